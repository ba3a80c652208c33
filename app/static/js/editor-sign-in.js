// Signing in again, in a window beside this one.

export class SignIn {
  /** `send` sends what waits, once somebody is signed in again. */
  constructor(dialog, line, send) {
    Object.assign(this, { dialog, line, send });
    dialog.querySelector("[data-sign-in]").addEventListener("click", (event) => {
      event.preventDefault();
      window.open(event.target.href, "sign-in", "width=480,height=720");
    });
    new BroadcastChannel("desk").addEventListener("message", () => this.#back());
    addEventListener("focus", () => this.#back());
  }

  get open() {
    return this.dialog.open;
  }

  ask() {
    if (!this.open) this.dialog.showModal();
  }

  async #back() {
    if (!this.open || await this.line.renew() !== 200) return;
    this.dialog.close();
    this.send();
  }
}
