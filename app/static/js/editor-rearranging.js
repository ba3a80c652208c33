// Blocks divided at the caret, joined and moved, by key or button: a revision at once, which one press takes back.

export class Rearranging {
  constructor(editor) {
    Object.assign(this, editor);
  }

  /** What stands under a segment offers to take back what was just done there. */
  ask(asked) {
    if (this.undo && this.undo.key === asked.get("at")) asked.set("undo", this.undo.number);
  }

  /** Do what a button under the segment in front says: after what was typed has arrived. */
  async press(deed) {
    const segment = this.current();
    const button = segment?.element.querySelector(`.aside [data-rearrange="${deed}"]`);
    if (!button || this.busy) return;
    this.busy = true;
    try {
      const field = this.place();
      const said = { deed: button.value, words: field.value, before: field.value.slice(0, field.selectionStart) };
      if (await this.saving.send()) await this.#done(button.formAction, { ...said, ...this.#bases(segment) });
    } finally {
      this.busy = false;
    }
  }

  #bases(segment) {
    const { revision, source, source_revision: number } = segment.bases;
    return { base: revision, source: source ?? "", source_revision: number ?? "" };
  }

  async #done(address, said) {
    const sent = new FormData(this.form);
    for (const [name, value] of Object.entries(said)) sent.set(name, value);
    sent.set("csrf_token", this.line.token.value);
    const { status, page } = await this.line.page(address, "POST", sent);
    const refused = page?.querySelector("main [role=alert]");
    if (status !== 200 || refused) {
      this.tell({ 0: "offline", 401: "signed-out" }[status] ?? "refused", refused ? [refused.textContent.trim()] : []);
      return;
    }
    for (const segment of this.segments.all) if (!segment.waits) segment.settle();
    const back = page.querySelector(".aside [data-rearrange=back]");
    const key = page.querySelector(".aside")?.dataset.about;
    this.undo = back ? { key, number: back.value.split(" ")[1] } : null;
    const told = [...page.querySelectorAll(".said.done")].map((one) => one.textContent.trim());
    await this.refresh();
    const there = this.segments.byKey.get(key) ?? this.current();
    this.front(there, { focus: true });
    if (said.deed.startsWith("divide")) there?.fields[0]?.setSelectionRange(0, 0);
    this.tell("saved", told);
  }
}
