// Terms of the glossary: one press writes a translation where the caret is; what is selected is the beginning of a new term.

import { insert } from "./editor-segments.js";

const FIELD = "textarea[data-form]";

export class Terms {
  /** `current()` is the segment in front, `place()` the field of it that somebody writes in. */
  constructor(form, current, place) {
    Object.assign(this, { form, current, place, chosen: "" });
    document.addEventListener("selectionchange", () => this.#chosen());
    form.addEventListener("focusin", ({ target }) => {
      if (target.matches(FIELD)) this.field = target;
    });
    form.addEventListener("mousedown", (event) => {
      if (event.target.closest("[data-insert]")) event.preventDefault();  // the caret stays where it is
    });
    form.addEventListener("toggle", ({ target }) => {
      if (target.open && target.matches(".add-term")) this.#fill(target);
    }, true);
  }

  /** The field of the segment in front in which somebody wrote last. */
  get #field() {
    return this.current()?.fields.includes(this.field) ? this.field : this.place();
  }

  insert(button) {
    const field = this.#field;
    if (field) insert(field, button.dataset.insert);
  }

  /** Open the form that adds a term, among what stands under the segment in front, and go there; whether there is one. */
  open(aside) {
    const details = aside?.querySelector(".add-term");
    if (!details) return false;
    this.#chosen();  // a key may be faster than the event of what was selected
    details.open = true;
    this.#fill(details);
    const fields = [...details.querySelectorAll("input:not([type=hidden])")];
    (fields.find((field) => !field.value) ?? fields[0]).focus();
    return true;
  }

  /** Remember what is selected in the source: a selection in a field takes its place, and both belong to one term. */
  #chosen() {
    const selection = getSelection();
    const from = selection.anchorNode;
    const source = (from instanceof Element ? from : from?.parentElement)?.closest(".source");
    if (!source || source.closest(".segment") !== this.current()?.element) return;
    this.chosen = selection.toString();
    this.from = this.current();
  }

  #fill(details) {
    const field = this.#field;
    const written = field ? field.value.slice(field.selectionStart, field.selectionEnd) : "";
    for (const [name, words] of [["term", this.from === this.current() ? this.chosen : ""], ["term_translation", written]]) {
      const there = details.querySelector(`[name=${name}]`);
      there.value ||= words.trim().replace(/\s+/g, " ");
    }
  }
}
