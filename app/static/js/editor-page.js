// The page of today in place of the one that is open, without losing the place or a word.

import { apart } from "./editor-aside.js";
import { follow } from "./editor-chips.js";
import { links } from "./editor-going.js";

const sameBases = (one, other) => ["base", "source", "sourceRevision"].every((name) => one.dataset[name] === other.dataset[name]);

/** `head` and `newest` are the revisions of the text and of its source that the page shows. */
export class Page {
  /** `again(segment)` puts a segment in front anew, `counted` writes the counters above the text. */
  constructor({ form, line, segments, current, again, counted }) {
    Object.assign(this, { form, line, segments, current, again, counted });
    this.#note(form);
  }

  #note(form) {
    this.head = Number(form.dataset.head);
    this.newest = Number(form.dataset.newest);
  }

  /** Words of one's own stay as they are; what was saved for good comes back as it stands in the text. */
  async refresh() {
    const { page } = await this.line.page(location.href);
    const fresh = page?.querySelector("form.sheet-form");
    if (!fresh) return;
    apart(page);
    links(page);
    this.#note(fresh);
    const focus = this.#focused();
    const front = this.current();
    const stood = front?.element.getBoundingClientRect().top;
    this.#arrange(fresh);
    this.#chips(fresh);
    for (const name of ["[data-counts]", "[data-machine]", "[data-offers]", "[data-elsewhere]"]) {
      const there = page.querySelector(name);
      if (there) document.querySelector(name)?.replaceWith(document.adoptNode(there));
    }
    this.counted();
    const kept = this.segments.byKey.get(front?.key);
    this.again(kept);
    if (focus) this.#refocus(focus);
    if (kept && stood !== undefined) scrollBy({ top: kept.element.getBoundingClientRect().top - stood, behavior: "instant" });
  }

  /** Ask what checks find by now in the words of all segments that the server has. */
  async checks() {
    const { page } = await this.line.page(location.href);
    const fresh = page?.querySelector("form.sheet-form");
    if (fresh) this.#chips(fresh);
  }

  #chips(fresh) {
    for (const one of fresh.querySelectorAll(".segment[data-key]")) {
      const segment = this.segments.byKey.get(one.dataset.key);
      if (segment) follow(segment.element, one);
    }
  }

  #arrange(fresh) {
    const theirs = new Map([...fresh.querySelectorAll(".segment[data-key]")].map((one) => [one.dataset.key, one]));
    const list = [...theirs].map(([key, there]) => {
      const segment = this.segments.byKey.get(key);
      if (segment?.serial) return this.#stays(segment, there);
      return segment && !("settled" in segment.element.dataset) && sameBases(segment.element, there) && !there.dataset.serial
        ? segment.element : document.adoptNode(there);
    });
    const lost = this.segments.all.filter(({ key, serial }) => serial && !theirs.has(key)).map(({ element }) => element);
    this.segments.arrange([...list, ...lost]);
  }

  /** A segment with words of one's own keeps them; what stands beside it follows the source. */
  #stays(segment, there) {
    const [old, now] = [segment.element, there].map((element) => element.querySelector(".source"));
    if (old && now && old.textContent !== now.textContent) {
      segment.renew(document.adoptNode(now));
      segment.say(this.form.dataset.sourceChanged);
    }
    return segment.element;
  }

  /** Where somebody writes, so that the caret is there again when the field is another one, or what is `under` it moved. */
  #focused() {
    const field = document.activeElement;
    const segment = this.segments.of(field);
    const [place, under] = [segment?.fields.indexOf(field) ?? -1, field.closest(".aside")];
    return place < 0 && !under ? null : { key: segment?.key, place, under, from: field.selectionStart, to: field.selectionEnd, field };
  }

  #refocus({ key, place, under, from, to, field }) {
    const segment = this.segments.byKey.get(key);
    if (segment && under && !under.isConnected) {
      segment.element.querySelector(".aside")?.remove();
      segment.element.append(under);
    }
    const there = under ? field : segment?.fields[place];
    if (!there || there === document.activeElement || document.activeElement !== document.body) return;
    there.focus({ preventScroll: true });
    if ((under || there !== field) && Number.isInteger(from)) {
      there.setSelectionRange(Math.min(from, there.value.length), Math.min(to, there.value.length));
    }
  }
}
