// Blocks divided at the caret, joined and moved, by key or button: a revision at once, which one press takes back.

import { done, notDone } from "./editor-telling.js";

export class Rearranging {
  constructor(editor) {
    Object.assign(this, editor, { queue: Promise.resolve() });
  }

  /** What stands under a segment offers to take back what was just done there. */
  ask(asked) {
    if (this.undo && this.undo.key === asked.get("at")) asked.set("undo", this.undo.number);
  }

  /** Do what a key or a button says of the segment in front, one after the other, after what was typed has arrived. */
  press(deed) {
    if (document.activeElement?.matches(".aside textarea, .aside input")) return;  // somebody writes of it, and not in it
    this.queue = this.queue.then(async () => {
      const [segment, field] = [this.current(), this.place()];
      const about = deed === "back" ? this.undo?.number : segment?.key;
      if (!segment || !about) return;
      const before = field.value.slice(0, field.selectionStart);
      const at = deed === "back" ? this.undo.before : segment.key;  // the block, by the name that it has then
      const said = { deed: `${deed} ${about}`, at, words: field.value, before, ...this.#bases(segment) };
      if (await this.saving.send()) await this.#done(said);
    });
  }

  #bases(segment) {
    const { revision, source, source_revision: number } = segment.bases;
    return { base: revision, source: source ?? "", source_revision: number ?? "" };
  }

  #post({ at, ...said }) {
    const sent = new FormData(this.form);
    for (const [name, value] of Object.entries(said)) sent.set(name, value);
    sent.set("csrf_token", this.line.token.value);
    return this.line.page(`${this.line.at}rearrange?${new URLSearchParams({ at })}`, "POST", sent);
  }

  async #done(said) {
    let { status, page } = await this.#post(said);
    if ([400, 401].includes(status) && await this.line.renew() === 200) ({ status, page } = await this.#post(said));
    const refused = page?.querySelector("main [role=alert]");
    if (status !== 200 || refused) {
      this.tell(...notDone({ status, page }));
      return;
    }
    this.segments.settle();
    const back = page.querySelector(".aside [data-rearrange=back]");
    const key = page.querySelector(".aside")?.dataset.about;
    this.undo = back ? { key, number: back.value.split(" ")[1], before: said.at } : null;
    const told = done(page);
    await this.refresh();
    const there = this.segments.byKey.get(key) ?? this.current() ?? this.segments.all[0];
    this.front(there, { focus: !there?.fields.includes(document.activeElement) });  // a caret that is there stays in its place
    if (said.deed.startsWith("divide")) there?.fields[0]?.setSelectionRange(0, 0);
    this.tell("saved", told);
  }
}
