// What was typed and not yet acknowledged by the server, in this browser: it outlives a closed tab and a power cut.
// One row per person, text and segment. Where a browser refuses to keep anything, words live as long as the page does.

const ROWS = "typed";

const opened = new Promise((resolve) => {
  try {
    const asked = indexedDB.open("tilmash-editor", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(ROWS, { keyPath: ["text", "key"] });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(null);
  } catch {
    resolve(null);
  }
});

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export class Store {
  /** `text` names the person and the text. */
  constructor(text) {
    this.text = text;
  }

  async #rows(mode) {
    const database = await opened;
    return database?.transaction(ROWS, mode, { durability: "strict" }).objectStore(ROWS);
  }

  /** Keep a row { key, serial, … }; false where it could not be kept. */
  async put(row) {
    try {
      const rows = await this.#rows("readwrite");
      if (!rows) return false;
      await done(rows.put({ ...row, text: this.text }));
      return true;
    } catch {
      return false;
    }
  }

  /** All rows of this text, those of other pages of it included. */
  async all() {
    try {
      const rows = await this.#rows("readonly");
      if (!rows) return [];
      return await done(rows.getAll(IDBKeyRange.bound([this.text], [this.text, []])));
    } catch {
      return [];
    }
  }

  /** Forget a row, unless something was typed since. */
  async drop(key, serial) {
    try {
      const rows = await this.#rows("readwrite");
      const found = rows && await done(rows.get([this.text, key]));
      if (found && found.serial <= serial) await done(rows.delete([this.text, key]));
    } catch {
      // it stays, and is sent once more: the server knows its serial
    }
  }
}
