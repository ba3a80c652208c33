// Who else is here, and what became of the text meanwhile: asked every few seconds of a page that somebody looks at.

const POLL = 5000;

export class Others {
  constructor(editor) {
    Object.assign(this, editor);  // `orders`: how those to a machine stood at the last look
  }

  begin() {
    setTimeout(() => this.#poll(), 1000);
  }

  async #poll() {
    if (document.visibilityState === "visible" && !this.signIn.open) await this.#look();
    setTimeout(() => this.#poll(), POLL);
  }

  async #look() {
    const current = this.current();
    const asked = new URLSearchParams({ at: current?.key ?? "", source: this.form.dataset.source, tab: this.saving.tab });
    if (current) asked.set("revision", current.bases.revision);
    const { status, body } = await this.line.get(`present?${asked}`);
    if (status === 401) this.tell("signed-out");
    if (status !== 200) return;
    this.#show(body.others);
    for (const [key, found] of Object.entries(body.met)) this.met(this.segments.byKey.get(key), found);
    const source = body.source ?? this.page.newest;
    const orders = JSON.stringify(body.machine);
    const other = orders !== this.orders && (this.orders !== undefined || document.querySelector("[data-waits]"));
    this.orders = orders;
    if (body.head === this.page.head && source === this.page.newest && !other) return;
    this.page.newest = source;
    await this.page.refresh();
  }

  #show(people) {
    const here = document.querySelector("[data-others]");
    here.textContent = people.length ? here.dataset.here.replace("{}", people.map((one) => one.full_name).join(", ")) : "";
    for (const segment of this.segments.all) {
      const names = people.filter(({ key }) => key === segment.key).map((one) => one.full_name);
      segment.element.classList.toggle("occupied", names.length > 0);
      const place = segment.element.querySelector(".who-types");
      if (place) place.textContent = names.join(", ");
    }
  }
}
