// Keys for everything. Letters are named by their place on the keyboard, so that they work in every layout.

const NAMES = { ArrowDown: "↓", ArrowUp: "↑", Enter: "↵", Slash: "/", Period: ".", Escape: "Esc" };

/** `deeds` by name; the list in the page says which key does which, so that what is read there is what happens. */
export class Keys {
  constructor(dialog, deeds) {
    this.dialog = dialog;
    this.deeds = deeds;
    this.bound = [...dialog.querySelectorAll("[data-deed]")].flatMap((row) => (
      row.dataset.keys.split(" ").map((key) => ({ key, deed: row.dataset.deed }))
    ));
    addEventListener("keydown", (event) => this.#pressed(event));
    for (const button of document.querySelectorAll("[data-keys-help]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.show());
    }
  }

  show() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  #pressed(event) {
    if (event.isComposing) return;
    const typing = event.target.matches?.("textarea, input:not([type=checkbox]), select");
    const dialog = document.querySelector("dialog[open]");  // what is behind it is not worked on
    if (event.key === "?" && !typing && !dialog) {
      event.preventDefault();
      this.show();
      return;
    }
    const pressed = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.code}`;
    const any = pressed.replace(/(Digit|Numpad)[1-9]$/, "1-9");
    const found = this.bound.find(({ key }) => key === pressed || key === any);
    if (!found) return;
    if (dialog || this.deeds[found.deed]?.(Number(event.code.at(-1))) !== false) event.preventDefault();
  }
}

/** How a key is shown to people. */
export const shown = (key) => key.split("+").map((part) => NAMES[part] ?? part.replace(/^Key/, "")).join(" + ");
