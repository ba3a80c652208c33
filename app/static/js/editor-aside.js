// What stands under the segment in front: checks, matches, terms and talk. It is asked for anew when words were kept, and
// what is pressed in it (a comment, a decision, a dismissed check) goes out by itself; the page stays.

import { follow } from "./editor-chips.js";
import { done, notDone } from "./editor-telling.js";
import { inView, lift, reveal } from "./editor-view.js";

const LOOK = 50;  // milliseconds until checks and matches are asked for: of what the server was told
const SOON = 500;  // until that is asked of a segment that somebody left
const AGAIN = 5000;  // until they are asked for again where the line is down, or somebody signed out

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
    this.left = new Set();
    this.loading = document.querySelector("template[data-loading]").content.firstElementChild;
    this.form.addEventListener("keydown", (event) => this.#entered(event));
    for (const form of document.querySelectorAll("form[data-aside]")) form.addEventListener("submit", (event) => this.#send(event));
  }

  /** Ask for what stands under the segment in front, and show it; where it was `led` to, as much of it as fits is in view. */
  look({ led = false, after = LOOK } = {}) {
    clearTimeout(this.looking);
    const segment = this.current();
    if (led) this.led = segment;
    const looking = setTimeout(async () => {
      const status = segment ? await this.#shown(segment) : 200;
      if (segment && segment === this.led && segment === this.current()) reveal(segment.element);
      this.led = null;
      const unheard = [0, 401].includes(status) || status >= 500;
      if (unheard && this.looking === looking) this.look({ after: AGAIN });
    }, after);
    this.looking = looking;
  }

  /** Let the name of a segment that somebody left say what checks find in the words that were kept of it. */
  kept(segment) {
    this.left.add(segment);
    clearTimeout(this.leaving);
    this.leaving = setTimeout(async () => {
      const [one, ...others] = this.left;
      this.left.clear();
      if (others.length) return this.checks();
      const { page } = await this.#asked(one);
      return page && follow(one.element, page);
    }, SOON);
  }

  /** What stands under the segment in front; until that is here, what takes in what is to be written there. */
  here() {
    const segment = this.current();
    const there = segment?.element.querySelector(".aside");
    if (there || !segment) return there;
    const loading = document.importNode(this.loading, true);
    loading.dataset.about = segment.key;
    segment.element.append(loading);
    this.drafts.fill(loading);
    return loading;
  }

  /** Send what somebody writes under a segment, as its button does; whether they write there. */
  sends(field) {
    const part = field.matches("textarea, input") && field.closest(".aside details");
    if (!part) return false;
    const button = part.querySelector("[data-sends]");
    if (button) button.click();
    else this.tell("not-done", [part.closest(".aside").querySelector("[role=status]").textContent]);
    return true;
  }

  /** Enter sends what is written in a line; without this it would press the first button of all under the segment. */
  #entered(event) {
    const plain = event.key === "Enter" && !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
    if (plain && event.target.matches(".aside input") && this.sends(event.target)) event.preventDefault();
  }

  /** Ask for what stands under a segment and show it, if that is still in front; the status of the answer. */
  async #shown(segment) {
    const { status, page } = await this.#asked(segment);
    const aside = page?.querySelector(".aside");
    if (!aside || segment !== this.current()) return status;
    follow(segment.element, page);
    this.#show(segment, aside);
    return status;
  }

  async #asked(segment) {
    const { source, source_revision: number } = segment.beside;
    const asked = new URLSearchParams({ at: segment.key, base: segment.bases.revision, source: source ?? "", tab: this.saving.tab });
    if (number) asked.set("source_revision", number);
    if (segment === this.current()) this.rearranging().ask(asked);
    const answer = await this.line.page(`${this.line.at}aside?${asked}`);
    if (answer.page) apart(answer.page);
    return answer;
  }

  #show(segment, aside) {
    const there = segment.element.querySelector(".aside");
    const loading = there?.matches("[data-loading]");
    if (!loading && there?.contains(document.activeElement)) return;  // somebody is in the middle of it
    const writes = loading && there.contains(document.activeElement) ? document.activeElement : null;
    const opened = new Set([...segment.element.querySelectorAll(".aside details[open]")].map(named));
    for (const one of aside.querySelectorAll("[data-rearrange]")) one.hidden = false;
    for (const one of aside.querySelectorAll("details")) one.open ||= opened.has(named(one));
    const [from, to] = [writes?.selectionStart, writes?.selectionEnd];
    there?.remove();
    segment.element.append(document.adoptNode(aside));
    this.drafts.fill(aside);
    if (loading) handOver(there, aside);
    if (writes) goOn(aside.querySelector(`[name=${writes.name}]`), from, to);
  }

  /** One press after the other: where a second one finds its button gone, the first has done it. */
  #send(event) {
    event.preventDefault();
    const { submitter: button, target: form } = event;
    const press = () => (button.isConnected ? this.#do(button, form) : null);
    this.pressed = Promise.resolve(this.pressed).then(press, press);
  }

  async #do(button, form) {
    const about = this.current()?.key;
    if (button.name === "spread" && !await this.saving.send()) return;  // the words that are to stand everywhere
    let answer = await this.line.submit(button.formAction, form, button);
    if ([400, 401].includes(answer.status) && await this.line.renew() === 200) {  // a token of before: there is another one
      answer = await this.line.submit(button.formAction, form, button);
    }
    if (answer.status !== 200 || answer.page?.querySelector("[role=alert]")) {
      this.tell(...notDone(answer));
      return;
    }
    const names = new Set(sent(button, form));
    this.drafts.drop(about, names);
    for (const field of form.elements) if (names.has(field.name) && field.matches("textarea, input:not([type])")) field.value = "";
    this.place()?.focus({ preventScroll: true });  // the button that was pressed goes
    this.tell("done", done(answer.page));
    if (button.name === "spread") this.segments.settle();
    if (["decision", "spread"].includes(button.name)) await this.refresh();
    if (form.id === "add-term") this.checks();  // other segments may have the term, too
    const segment = this.current();
    if (!segment) return;
    if (await this.#shown(segment) !== 200) {
      segment.element.querySelector(".aside")?.remove();
      this.look();
    }
    if (segment.key === about && !inView(this.place())) lift(segment.element);  // somebody was far below
  }
}

/** A part that opens, told from others of its kind: each finding has one. */
const named = (details) => `${details.className} ${details.querySelector("input")?.name}`;

/** What was put into a place holder's fields stands in those that came for them. */
const handOver = (loading, aside) => {
  for (const { name, value } of loading.querySelectorAll("[name]")) {
    const field = aside.querySelector(`[name=${name}]`);
    if (field && value) field.value = value;
  }
};

const goOn = (field, from, to) => {
  const part = field?.closest("details");
  if (part) part.open = true;
  field?.focus({ preventScroll: true });
  field?.setSelectionRange(from, to);
};
