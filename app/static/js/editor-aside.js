// What stands under the segment in front: checks, matches, terms and talk. It is asked for anew when words were kept, and
// what is pressed in it (a comment, a decision, a dismissed check) goes out by itself; the page stays.

import { done, notDone } from "./editor-telling.js";

const LOOK = 50;  // milliseconds until checks and matches are asked for: of what the server was told

/** With scripts what stands under a segment goes out by itself: without them the form of the text takes it along. */
export const apart = (page) => {
  for (const one of page.querySelectorAll(".aside [form=sheet]:not([data-rearrange])")) {
    one.setAttribute("form", one.closest(".add-term") ? "add-term" : "aside");
  }
};

/** Which fields below a segment a button sends for good; what else stands there was sent along, and is not done yet. */
const sent = (button, form) => {
  if (form.id === "add-term") return [...form.elements].map(({ name }) => name);
  return { to: ["say"], finding: [`reason ${button.value}`] }[button.name] ?? [];
};

export class Aside {
  constructor(editor) {
    Object.assign(this, editor);
    apart(document);
    for (const form of document.querySelectorAll("form[data-aside]")) form.addEventListener("submit", (event) => this.#send(event));
  }

  /** Ask for what stands under the segment in front, and show it. */
  look() {
    clearTimeout(this.looking);
    const segment = this.current();
    this.looking = setTimeout(async () => {
      if (!segment) return;
      const aside = await this.#asked(segment);
      if (aside && segment === this.current()) this.#show(segment, aside);
    }, LOOK);
  }

  async #asked(segment) {
    const { revision, source, source_revision: number } = segment.bases;
    const asked = new URLSearchParams({ at: segment.key, base: revision, source: source ?? "", tab: this.saving.tab });
    if (number) asked.set("source_revision", number);
    this.rearranging().ask(asked);
    const { page } = await this.line.page(`${this.line.at}aside?${asked}`);
    if (page) apart(page);
    return page?.querySelector(".aside");
  }

  #show(segment, aside) {
    const there = segment.element.querySelector(".aside");
    if (there?.contains(document.activeElement)) return;  // somebody is in the middle of it
    const opened = new Set([...segment.element.querySelectorAll(".aside details[open]")].map((one) => one.className));
    for (const one of aside.querySelectorAll("[data-rearrange]")) one.hidden = false;
    for (const one of aside.querySelectorAll("details")) one.open ||= opened.has(one.className);
    there?.remove();
    segment.element.append(document.adoptNode(aside));
    this.drafts.fill(aside);
  }

  async #send(event) {
    event.preventDefault();
    const { submitter: button, target: form } = event;
    const about = this.current()?.key;
    if (button.name === "spread" && !await this.saving.send()) return;  // the words that are to stand everywhere
    let answer = await this.line.submit(button.formAction, form, button);
    if ([400, 401].includes(answer.status) && await this.line.renew()) {  // a token of before: there is another one
      answer = await this.line.submit(button.formAction, form, button);
    }
    if (answer.status !== 200 || answer.page?.querySelector("[role=alert]")) {
      this.tell(...notDone(answer));
      return;
    }
    this.drafts.drop(about, sent(button, form));
    this.place()?.focus({ preventScroll: true });  // the button that was pressed goes
    this.current()?.element.querySelector(".aside")?.remove();
    this.tell("done", done(answer.page));
    if (button.name === "spread") this.segments.settle();
    if (["decision", "spread"].includes(button.name)) await this.refresh();
    this.look();
  }
}
