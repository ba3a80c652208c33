// Letters that a keyboard lacks: by click, by the arrows, and by a key that turns the letter before the caret into its kin.

import { insert } from "./editor-segments.js";

/** `field()` is where somebody writes. */
export class Letters {
  constructor(bar, field) {
    if (!bar) return;
    this.bar = bar;
    this.buttons = [...bar.querySelectorAll("button")];
    this.kin = JSON.parse(bar.dataset.kin);
    this.field = field;
    bar.hidden = false;
    for (const [place, button] of this.buttons.entries()) {
      button.tabIndex = place ? -1 : 0;
      button.addEventListener("mousedown", (event) => event.preventDefault());  // the caret stays where it is
      button.addEventListener("click", () => insert(this.field(), button.value));
    }
    bar.addEventListener("keydown", (event) => this.#moved(event));
  }

  focus() {
    this.buttons?.[0]?.focus();
  }

  #moved(event) {
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    const step = (steps[event.key] ?? 0) * (getComputedStyle(this.bar).direction === "rtl" ? -1 : 1);
    if (event.key === "Escape") this.field().focus();
    if (!step) return;
    event.preventDefault();
    const from = this.buttons.indexOf(document.activeElement);
    this.buttons[(from + step + this.buttons.length) % this.buttons.length].focus();
  }

  /** Turn the letter before the caret into the next of its kin: н ң н. */
  turn() {
    const field = this.field();
    const at = field.selectionStart;
    if (!this.kin || !at) return false;
    const letter = field.value[at - 1];
    const small = letter.toLocaleLowerCase("en");
    const circle = this.kin.find((one) => one.includes(small));
    if (!circle) return false;
    const next = circle[(circle.indexOf(small) + 1) % circle.length];
    field.setSelectionRange(at - 1, at);
    insert(field, letter === small ? next : next.toLocaleUpperCase("en"));
    return true;
  }
}
