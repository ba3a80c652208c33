// Saving as one types: into this browser at once, to the server's working copy a moment later. Nothing is forgotten here
// before the server has said that it has it.

import { goesOnFrom, joined, lineage } from "./editor-lineage.js";

const PAUSE = 600;
const WAITS = [1, 2, 5, 10, 20, 30];  // seconds until a line that is down is tried again

const lock = (tab) => `tilmash window ${tab}`;

/** Two versions of what one person typed in a field: both, unless one of them has the other in it. */
const together = (kept, typed) => {
  if (kept.includes(typed)) return kept;
  return typed.includes(kept) ? typed : `${kept}\n\n${typed}`;
};

export class Saving {
  /** `tell(state, reasons)` says how it stands: kept, unsent, sending, offline, signed-out, refused, unkept. */
  constructor({ segments, store, line, account, tell, met }) {
    Object.assign(this, { segments, store, line, account, tell, met, tries: 0, loose: new Map() });
    this.tab = crypto.randomUUID?.() ?? `${Date.now()}.${Math.random()}`;  // addresses without TLS have no randomUUID
    store.tab = this.tab;
    navigator.locks?.request(lock(this.tab), () => new Promise(() => {}));  // for as long as this window lives
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => {
      if (this.waiting().length) event.preventDefault();
    });
    addEventListener("pagehide", () => this.leave());
  }

  /** Somebody changed a segment. */
  changed(segment) {
    segment.touch();
    this.anything = true;
    this.keeping = this.store.put(segment.row()).then((kept) => { this.keepsHere = kept; });
    segment.say("");
    this.tell("unsent");
    this.soon(PAUSE);
  }

  /**
   * What windows that are closed left in this browser, below which stands what somebody typed since this one is there. Segments
   * on other pages of the text are sent as they are.
   */
  async restore() {
    const found = new Set();
    const living = new Set((await navigator.locks?.query())?.held.map(({ name }) => name));
    const rows = (await this.store.all()).filter((row) => !living.has(lock(row.tab)));  // who lives sends their own
    const typing = new Set(this.segments.all.filter((segment) => segment.edited));
    for (const row of rows) {
      const segment = this.segments.byKey.get(row.key);
      if (!segment) {
        this.#loose(row);
        continue;
      }
      let kept = Promise.resolve();
      if (!goesOnFrom(segment.seen, { [row.tab]: row.serial })) {
        const shown = segment.fields.map((field) => field.value);
        const both = typing.has(segment) || !goesOnFrom(lineage(row), segment.seen);
        segment.fill(row);
        if (both) for (const [place, field] of segment.fields.entries()) field.value = together(field.value, shown[place]);
        found.add(segment);
        this.changed(segment);
        kept = this.keeping;
      }
      kept.then(() => this.keepsHere !== false && this.store.drop(row.key, row.serial, row.tab));
    }
    if (this.loose.size) this.soon(0);
    return [...found];
  }

  /** Note words of a segment that is not on this page; those of several windows are sent as one. */
  #loose(row) {
    const before = this.loose.get(row.key);
    const forms = !before || goesOnFrom(lineage(row), before.seen)
      ? row.typed.forms
      : row.typed.forms.map((words, place) => together(words, before.typed.forms[place] ?? ""));
    const seen = joined(before?.seen ?? {}, lineage(row));
    const from = [...before?.from ?? [], [row.key, row.serial, row.tab]];
    this.loose.set(row.key, { ...row, seen, typed: { ...row.typed, forms }, from });
  }

  waiting() {
    const rows = this.segments.all.filter((segment) => segment.waits).map((segment) => segment.row());
    return [...rows, ...this.loose.values()];
  }

  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  /** Send what waits; resolves to whether all of it is acknowledged. */
  async send() {
    if (this.sending) {
      await this.sending;
      return this.waiting().length ? this.send() : true;
    }
    const rows = this.waiting();
    clearTimeout(this.timer);
    if (!rows.length) {
      const { tries } = this;
      this.tries = 0;
      if (tries) this.tell("kept");
      return true;
    }
    this.tell("sending");
    this.sending = this.line.post("typed", this.#said(rows));
    const answer = await this.sending;
    this.sending = undefined;
    return this.#answered(answer, rows);
  }

  #said(rows) {
    return { account: this.account, tab: this.tab, segments: rows };
  }

  async #answered(answer, rows) {
    const kept = new Set(answer.body?.kept);
    for (const row of rows) if (kept.has(row.serial)) await this.#acknowledged(row);
    if (answer.status === 200) {
      this.tries = 0;
      this.renewed = false;
      for (const [key, found] of Object.entries(answer.body.met ?? {})) this.met(this.segments.byKey.get(key), found);
      if (this.waiting().length) {
        this.soon(PAUSE);
        return false;
      }
      this.tell("kept");
      return true;
    }
    let { status } = answer;
    if (status === 400 && !this.renewed) {
      status = await this.line.renew();  // a token of before: there is another one
      this.renewed = status === 200;
    }
    this.tries += 1;
    if (status === 200) {
      this.soon(0);
    } else if (status === 401) {
      this.tell("signed-out");
    } else if (status === 0 || status >= 500) {
      this.tell(this.keepsHere === false ? "unkept" : "offline");
      this.soon(1000 * WAITS[Math.min(this.tries, WAITS.length) - 1]);
    } else {
      this.tries = 0;
      this.tell(this.keepsHere === false ? "unkept" : "refused", answer.body?.reasons ?? []);
    }
    return false;
  }

  async #acknowledged(row) {
    await this.store.drop(row.key, row.serial);
    if ((this.loose.get(row.key)?.serial ?? Infinity) <= row.serial) {
      for (const kept of row.from ?? []) await this.store.drop(...kept);
      this.loose.delete(row.key);
    }
    const segment = this.segments.byKey.get(row.key);
    if (!segment) return;
    segment.acknowledged = Math.max(segment.acknowledged, row.serial);
    this.met(segment, null);
  }

  /** Make the text of it, by merge. `more` is what else is said of the text as a whole. */
  async fold(more = {}) {
    if (!await this.send()) return undefined;
    this.anything = false;  // until somebody types again, which may be before the answer is here
    const answer = await this.line.post("fold", { ...this.#said([]), ...more });
    if (answer.status !== 200) {
      this.anything = true;
      await this.#answered(answer, []);
    } else {
      this.renewed = false;
    }
    return answer;
  }

  /** Whoever leaves leaves a text behind. What the server does not take in time stays in this browser. */
  leave() {
    if (this.anything) this.line.beacon("fold", this.#said(this.waiting()));
  }
}
