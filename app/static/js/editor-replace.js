// Search and replace over the segments of this page: what would change is shown first, and one press takes all back.

export class Replace {
  /** `save` puts what was typed into the text: the page that looks through all of it reads that. */
  constructor(dialog, segments, save) {
    this.dialog = dialog;
    this.segments = segments;
    this.form = dialog.querySelector("form");
    this.list = dialog.querySelector("[data-found]");
    this.count = dialog.querySelector("[data-count]");
    this.taken = [];
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

  open(undo) {
    this.undoButton = undo;
    this.#show();
    this.dialog.showModal();
    this.form.elements.search.focus();
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
    this.form.querySelector('[value="replace"]').disabled = !found.length;
  }

  #replace() {
    this.taken = this.#found().map(({ segment, form, field, becomes }) => ({ segment, form, was: field.value, becomes }));
    for (const { segment, form, becomes } of this.taken) this.#put(segment, form, becomes);
    this.undoButton.hidden = false;
  }

  /** Take the last replacing back, but where somebody has written on since. */
  undo() {
    for (const { segment, form, was, becomes } of this.taken) {
      if (segment.fields[form].value === becomes) this.#put(segment, form, was);
    }
    this.taken = [];
    this.undoButton.hidden = true;
  }

  #put(segment, form, words) {
    segment.fields[form].value = words;
    segment.fields[form].dispatchEvent(new Event("input", { bubbles: true }));
  }
}
