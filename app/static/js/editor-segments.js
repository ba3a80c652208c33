// The segments of a page: each knows its fields, what was typed there, and from what it was made.

import { joined, lineage } from "./editor-lineage.js";

let last = 0;

/** A number above all before it, in this tab and in those before: the newest words of a segment have the highest. */
const next = () => {
  last = Math.max(Date.now(), last + 1);
  return last;
};

const sourceOf = ({ dataset: { source, sourceRevision } }) => (
  { source: source || null, source_revision: sourceRevision ? Number(sourceRevision) : null }
);

/**
 * `machines` are words of a machine that were taken into it: they stay a machine's until somebody touches them. `renewed` says
 * that its source was changed while somebody typed, `right` that they confirmed it since.
 */
export class Segment {
  constructor(element) {
    this.element = element;
    this.key = element.dataset.key;
    this.fields = [...element.querySelectorAll("textarea[data-form]")];
    this.serial = Number(element.dataset.serial ?? 0);
    this.acknowledged = this.serial;
    this.seen = this.serial ? { [element.dataset.tab]: this.serial } : {};
    this.renewed = false;
    this.right = false;
    this.machines = new Set("taken" in element.dataset ? this.fields.map((field) => field.defaultValue) : []);
    last = Math.max(last, this.serial);
  }

  #tick(name) {
    return this.element.querySelector(`input[data-tick="${name}"]`);
  }

  /** Whether something was typed that the server has not acknowledged. */
  get waits() {
    return this.serial > this.acknowledged;
  }

  get empty() {
    return this.fields.every((field) => !field.value.trim());
  }

  /** Whether its fields hold something else than the page came with. */
  get edited() {
    return this.fields.some((field) => field.value !== field.defaultValue);
  }

  /** Whether there is something left to do. */
  get open() {
    return "open" in this.element.dataset;
  }

  /** What its words were made from. */
  get bases() {
    return { revision: Number(this.element.dataset.base), ...sourceOf(this.element) };
  }

  /** The source that is shown beside them: a newer one where it changed while somebody typed. */
  get beside() {
    return sourceOf(this.element.querySelector(".source") ?? this.element);
  }

  /** What is sent and kept of it. `seen` is what other windows wrote here that this one goes on from. */
  row() {
    const forms = this.fields.map((field) => field.value);
    const [unsure, out, ticked] = ["unsure", "out", "current"].map((name) => this.#tick(name)?.checked ?? false);
    const current = ticked || this.right;
    const origin = !current && forms.some((form) => form && this.machines.has(form)) ? "machine" : null;
    return {
      key: this.element.dataset.copyKey || this.key,
      serial: this.serial,
      seen: this.seen,
      bases: current ? { ...this.bases, ...this.beside } : this.bases,  // it is right beside what is shown
      typed: { forms, unsure, out, current, origin },
    };
  }

  /** Take over what was kept of it. */
  fill(row) {
    this.seen = joined(this.seen, lineage(row));
    for (const [place, field] of this.fields.entries()) field.value = row.typed.forms[place] ?? "";
    for (const name of ["unsure", "out", "current"]) {
      const tick = this.#tick(name);
      if (tick) tick.checked = row.typed[name];
    }
    this.right = row.typed.current && !this.#tick("current");
    if (row.typed.origin === "machine") for (const form of row.typed.forms) this.machines.add(form);
    const { revision, source, source_revision: sourceRevision } = row.bases;
    Object.assign(this.element.dataset, { base: revision, source: source ?? "", sourceRevision: sourceRevision ?? "" });
  }

  /** Note that its words are in the text, or beside it. */
  settle() {
    this.serial = 0;
    this.acknowledged = 0;
    this.element.dataset.settled = "";  // what is shown of it is not what it was made from: it comes anew
    this.seen = {};
    delete this.element.dataset.serial;
    delete this.element.dataset.met;
    this.say("");
  }

  /** What the counters above the text count it among no more, since somebody confirmed it. */
  get done() {
    return "confirmed" in this.element.dataset ? this.element.dataset.holds.split(" ") : [];
  }

  /** Show the source as it reads now. Whoever called the words right meant what stood there before. */
  renew(source) {
    this.element.querySelector(".source").replaceWith(source);
    const tick = this.#tick("current");
    if (tick) tick.checked = false;
    this.renewed = true;
    this.right = false;
  }

  /** Note that somebody changed it. */
  touch() {
    this.serial = next();
    if (this.done.length && (this.empty || this.#tick("unsure")?.checked)) {
      delete this.element.dataset.confirmed;
      this.element.dataset.open = "";
    }
  }

  /** Say of it, in its place, where its words are. */
  say(words) {
    const place = this.element.querySelector(".kept-where");
    if (place && place.textContent !== words) place.textContent = words;
  }

  /** Mark it as done, as far as that can be said before it is saved. */
  confirm() {
    for (const [name, value] of [["unsure", false], ["current", true]]) {
      const tick = this.#tick(name);
      if (tick) tick.checked = value;
    }
    this.machines.clear();
    if (this.empty) return;
    this.right = this.renewed;
    delete this.element.dataset.open;
    this.element.dataset.confirmed = "";
  }

  /** Let somebody write on: behind what stands in its first field. */
  focus() {
    const field = this.fields[0];
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  /** Put words in place of all of a form, so that the browser's own undo takes them back. */
  write(words, form = 0) {
    const field = this.fields[form] ?? this.fields[0];
    field.focus();
    field.select();
    insert(field, words);
  }

  /** Take somebody else's version, form by form, or both; one's own stands in the fields already, whatever was typed since. */
  decide(which, theirs, between) {
    if (which === "mine") return;
    for (const [form, words] of theirs.entries()) {
      const own = this.fields[form]?.value ?? "";
      const both = own.trim() && words.trim() ? own + between + words : own || words;
      this.write(which === "both" ? both : words, form);
    }
  }
}

/** Write at the caret or over what is selected; undo works, as it does after typing. */
export const insert = (field, words) => {
  field.focus();
  const command = words ? ["insertText", false, words] : ["delete", false];
  // the only way of writing that leaves undo whole; a browser without it writes all the same
  if (!document.execCommand(...command)) {
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

export class Segments {
  constructor(list) {
    this.list = list;
    this.read();
  }

  read() {
    const before = new Map((this.all ?? []).map((segment) => [segment.element, segment]));
    this.all = [...this.list.querySelectorAll(".segment[data-key]")]
      .map((element) => before.get(element) ?? new Segment(element));
    this.byKey = new Map(this.all.map((segment) => [segment.key, segment]));
  }

  /** Note that all that has arrived is in the text, or beside it. */
  settle() {
    for (const segment of this.all) if (!segment.waits) segment.settle();
  }

  /**
   * Put elements in this order, moving none that stands where it should: who writes in one goes on writing. What comes
   * in is there before what goes, or the page would be short for a moment, and jump.
   */
  arrange(elements) {
    const wanted = new Set(elements);
    let next = this.list.firstElementChild;
    for (const element of elements) {
      while (next && !wanted.has(next)) next = next.nextElementSibling;
      if (next === element) next = next.nextElementSibling;
      else this.list.insertBefore(element, next);
    }
    for (const old of [...this.list.children]) if (!wanted.has(old)) old.remove();
    this.read();
  }

  /** Write how many segments there are of each kind: as the server counted them, but for those that were confirmed since. */
  count(counters) {
    for (const counter of counters) counter.textContent = this.left(counter).toLocaleString(document.documentElement.lang);
  }

  /** How many there are of the kind that a counter counts. */
  left(counter) {
    const { count, asks } = counter.dataset;
    return Math.max(Number(count) - this.all.filter((segment) => segment.done.includes(asks)).length, 0);
  }

  of(node) {
    const element = node?.closest?.(".segment[data-key]");
    return element ? this.byKey.get(element.dataset.key) : undefined;
  }

  /** The one after (or before) another, that fits; from the beginning where there is none before it. */
  beside(segment, step, fits = () => true) {
    const from = segment ? this.all.indexOf(segment) : -1;
    for (let place = from + step; place >= 0 && place < this.all.length; place += step) {
      if (this.all[place].fields.length && fits(this.all[place])) return this.all[place];
    }
    return undefined;
  }
}
