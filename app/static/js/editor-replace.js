// Search and replace over the segments of this page: what would change is shown first, what was changed is said, and one
// press takes all back.

export class Replace {
  /** `said` tells what was changed; `save` puts what was typed into the text: the page that looks through all of it reads that. */
  constructor(dialog, said, segments, save) {
    this.dialog = dialog;
    [this.said, this.back] = said.children;
    this.segments = segments;
    this.form = dialog.querySelector("form");
    this.list = dialog.querySelector("[data-found]");
    this.count = dialog.querySelector("[data-count]");
    this.button = this.form.querySelector('[value="replace"]');
    this.taken = [];
    this.back.addEventListener("click", () => this.#undo());
    this.form.addEventListener("keydown", (event) => this.#pressed(event));
    this.form.addEventListener("input", () => this.#show());
    this.form.addEventListener("submit", async (event) => {
      if (event.submitter?.value === "whole") {
        event.preventDefault();
        await save();
        location.assign(`${event.submitter.formAction}?${new URLSearchParams(new FormData(this.form))}`);
      }
      if (event.submitter?.value !== "replace") return;
      event.preventDefault();
      this.#replace();
      this.dialog.close();
    });
  }

  open() {
    this.#show();
    this.dialog.showModal();
    this.form.elements.search.focus();
  }

  /** Enter goes on from field to field: words are replaced from that of the new ones, and taken out by the button alone. */
  #pressed(event) {
    const { search, instead } = this.form.elements;
    const goes = event.key === "Enter" && !event.isComposing && event.target.matches("input");
    if (!goes || (event.target === instead && instead.value)) return;
    event.preventDefault();
    (event.target === search ? instead : this.button).focus();
  }

  /** Each field that would change, with what it would become. */
  #found() {
    const { search, instead, exact } = this.form.elements;
    if (!search.value) return [];
    const escaped = search.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const rule = new RegExp(escaped, exact.checked ? "gu" : "giu");
    return this.segments.all.flatMap((segment) => segment.fields.map((field, form) => {
      const pieces = field.value.split(rule);
      return { segment, form, field, pieces, hits: field.value.match(rule) ?? [], becomes: pieces.join(instead.value) };
    })).filter(({ hits }) => hits.length);
  }

  #show() {
    const found = this.#found();
    const instead = this.form.elements.instead.value;
    this.list.replaceChildren(...found.slice(0, 50).map(({ pieces, hits }) => {
      const line = document.createElement("li");
      for (const [place, piece] of pieces.entries()) {
        line.append(piece);
        if (place >= hits.length) continue;
        line.append(Object.assign(document.createElement("del"), { textContent: hits[place] }));
        if (instead) line.append(Object.assign(document.createElement("ins"), { textContent: instead }));
      }
      line.lang = this.list.lang;
      return line;
    }));
    this.count.textContent = found.length;
    this.button.disabled = !found.length;
    this.button.textContent = instead ? this.button.dataset.replaces : this.button.dataset.takesOut;
  }

  #replace() {
    const found = this.#found();
    this.taken = found.map(({ segment, form, field, becomes }) => ({ key: segment.key, form, was: field.value, becomes }));
    for (const { field, becomes } of found) this.#put(field, becomes);
    this.#say("changed", found.length);
  }

  /** Take the last replacing back, but where somebody has written on since. */
  #undo() {
    const fields = this.taken.map((one) => ({ ...one, field: this.segments.byKey.get(one.key)?.fields[one.form] }));
    const same = fields.filter(({ field, becomes }) => field?.value === becomes);
    for (const { field, was } of same) this.#put(field, was);
    this.taken = [];
    this.#say("back", same.length);
  }

  #say(what, number) {
    this.said.textContent = this.said.dataset[what].replace("{}", number.toLocaleString(document.documentElement.lang));
    this.back.hidden = !this.taken.length;
  }

  #put(field, words) {
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
