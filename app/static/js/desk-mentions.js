// Names while somebody writes a comment: behind an @ those who are told if they are named. What was typed stays as it is
// unless one of them is taken.
//
// A field of several lines is a textbox and can be no combobox; what it offers it controls in the same way, and a status
// says that there is something, since nothing else does.

import { insert } from "./editor-segments.js";

const FIELD = "textarea[data-mentions]";
const MOST = 8;
const BEHIND_AT = /(?<![\p{L}\p{N}_@.])@([\p{L}\p{N}._-]*)$/u;
const GOES_ON = /^[\p{L}\p{N}._-]/u;

const element = (tag, attributes, words = "") => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = words;
  return made;
};

class Mentions {
  /** `place` has who can be named: pairs of a name and what they are called. */
  constructor(place) {
    const { people, names, found } = place.dataset;
    Object.assign(this, { people: JSON.parse(people), found, shown: [], active: -1 });
    this.list = element("ul", { id: "mentions", class: "mentions", role: "listbox", "aria-label": names });
    this.status = element("p", { class: "unseen", role: "status" });
    place.append(this.status);
    this.list.addEventListener("mousedown", (event) => event.preventDefault());  // the caret stays where it is
    this.list.addEventListener("click", ({ target }) => this.#take(this.shown[target.closest("[role=option]")?.dataset.place]));
    document.addEventListener("focusin", ({ target }) => {
      if (!target.matches(FIELD)) return;
      target.setAttribute("aria-autocomplete", "list");
      target.setAttribute("aria-haspopup", "listbox");
    });
    document.addEventListener("input", ({ target }) => target.matches(FIELD) && this.#look(target));
    document.addEventListener("focusout", () => this.#close());
    document.addEventListener("mousedown", ({ target }) => target === this.field && this.#close());
    document.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
  }

  /** Show who may be meant by what stands before the caret. */
  #look(field) {
    const { value, selectionStart: at, selectionEnd: to } = field;
    const [whole, typed] = (at === to && !GOES_ON.test(value.slice(at)) && BEHIND_AT.exec(value.slice(0, at))) || [];
    const start = whole === undefined ? null : at - whole.length;
    if (start !== this.left) this.left = null;
    const shown = start === null || start === this.left ? [] : this.#meant(typed.toLocaleLowerCase());
    const isWhole = shown.some(([name]) => name === typed);
    if (!shown.length || (isWhole && shown.length === 1)) {
      this.#close();
      return;
    }
    Object.assign(this, { field, start, shown });
    this.list.replaceChildren(...shown.map(([name, full], place) => {
      const option = element("li", { id: `mention-${place}`, role: "option", "data-place": place });
      option.append(element("strong", {}, `@${name}`), " ", element("bdi", {}, full));
      return option;
    }));
    if (this.list.previousElementSibling !== field) field.after(this.list);
    field.setAttribute("aria-controls", this.list.id);
    this.status.textContent = this.found.replace("{}", shown.length);
    this.#activate(typed && !isWhole ? 0 : -1);
    this.list.scrollIntoView({ block: "nearest" });
  }

  /** Those whose name begins with what was typed, and then those a word of whose full name does. */
  #meant(typed) {
    const begins = (words) => words.toLocaleLowerCase().startsWith(typed);
    const [by, others] = [this.people.filter(([name]) => begins(name)), this.people.filter(([name]) => !begins(name))];
    return [...by, ...others.filter(([, full]) => full.split(/\s+/).some(begins))].slice(0, MOST);
  }

  #activate(place) {
    this.active = place;
    for (const [nth, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", nth === place);
    if (place < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `mention-${place}`);
  }

  #move(step) {
    const count = this.shown.length;
    this.#activate(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
  }

  /** Write a name in place of what was typed of it; false if nobody is chosen. */
  #take(person) {
    if (!person) return false;
    const { field, start } = this;
    const next = field.value[field.selectionStart] ?? "";
    this.left = start;
    field.setSelectionRange(start, field.selectionStart);
    insert(field, `@${person[0]}${next ? "" : " "}`);
    this.#close();
    return true;
  }

  #close() {
    if (!this.shown.length) return;
    this.shown = [];
    this.list.remove();
    this.status.textContent = "";
    for (const name of ["aria-controls", "aria-activedescendant"]) this.field.removeAttribute(name);
  }

  #pressed(event) {
    if (!this.shown.length || event.target !== this.field || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) this.#close();
    const deed = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => this.#take(this.shown[this.active]),
      Tab: () => this.#take(this.shown[this.active]),
      Escape: () => {
        this.left = this.start;
        this.#close();
      },
    }[event.key];
    if (!deed || deed() === false) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

const place = document.querySelector("[data-people]");
if (place) new Mentions(place);
