// What is typed below a segment and not sent yet (a comment, a reason): what stands there comes and goes with the segment
// in front, and its words have to be there again, also after the browser was killed.

export class Drafts {
  /** `store` keeps a row for each field, apart from the words of the text. */
  constructor(form, store) {
    Object.assign(this, { words: new Map(), store });
    form.addEventListener("input", ({ target }) => {
      const about = target.closest(".aside")?.dataset.about;
      if (about !== undefined && target.matches("textarea, input[type=text], input:not([type])")) this.#typed(about, target);
    });
    addEventListener("beforeunload", (event) => {
      if (this.wait) event.preventDefault();
    });
  }

  /** Whether something was typed that is not sent. */
  get wait() {
    return [...this.words.values()].some((fields) => [...fields.values()].some((words) => words.trim()));
  }

  #of(about) {
    if (!this.words.has(about)) this.words.set(about, new Map());
    return this.words.get(about);
  }

  #typed(about, { name, value }) {
    this.#of(about).set(name, value);
    if (value.trim()) this.#keep(about, name, value);
    else this.store.drop(key(about, name), Infinity);
  }

  #keep(about, name, words) {
    return this.store.put({ key: key(about, name), serial: Date.now(), about, name, words });
  }

  /** What an earlier page left in this browser is this one's from now on; resolves to the segments that it is below. */
  async restore() {
    const found = new Set();
    for (const { about, name, words, serial, tab } of (await this.store.all()).reverse()) {
      if (this.#of(about).get(name)) continue;  // something newer: this one waits until that is sent
      this.#of(about).set(name, words);
      found.add(about);
      if (await this.#keep(about, name, words)) await this.store.drop(key(about, name), serial, tab);
    }
    return found;
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

  /** Forget what was typed below a segment into these fields: it was sent. */
  drop(about, names) {
    for (const name of names) {
      if (this.words.get(about)?.delete(name)) this.store.drop(key(about, name), Infinity);
    }
  }
}

const key = (about, name) => `${about}\n${name}`;
