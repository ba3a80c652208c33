// What is typed below a segment and not sent yet (a comment, a reason): what stands there comes and goes with the segment
// in front, and its words have to be there again.

export class Drafts {
  constructor(form) {
    this.words = new Map();
    form.addEventListener("input", ({ target }) => {
      const about = target.closest(".aside")?.dataset.about;
      if (about !== undefined && target.matches("textarea, input[type=text], input:not([type])")) this.#of(about).set(target.name, target.value);
    });
    addEventListener("beforeunload", (event) => {
      if ([...this.words.values()].some((fields) => [...fields.values()].some((words) => words.trim()))) event.preventDefault();
    });
  }

  #of(about) {
    if (!this.words.has(about)) this.words.set(about, new Map());
    return this.words.get(about);
  }

  /** Put the words of a segment into what stands below it. */
  fill(aside) {
    for (const [name, words] of this.#of(aside.dataset.about)) {
      const field = aside.querySelector(`[name="${CSS.escape(name)}"]`);
      if (!field || !words) continue;
      field.value = words;
      const details = field.closest("details");
      if (details) details.open = true;
    }
  }

  /** Forget what was typed below a segment into a form: it was sent. */
  drop(about, form) {
    for (const { name } of form.elements) this.words.get(about)?.delete(name);
  }
}
