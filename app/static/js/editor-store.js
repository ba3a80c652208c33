// What was typed and not yet acknowledged by the server, in this browser: it outlives a closed tab and a power cut.
// One row per person, text, window and segment: two windows without a line do not write over each other. Where a browser refuses to keep anything, words live as long as the page does.

const ROWS = "words";

const opened = new Promise((resolve) => {
  try {
    const asked = indexedDB.open("tilmash-editor", 2);
    asked.onupgradeneeded = () => {
      if (asked.result.objectStoreNames.contains(ROWS)) asked.result.deleteObjectStore(ROWS);  // of other keys
      asked.result.createObjectStore(ROWS, { keyPath: ["text", "tab", "key"] });
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();  // a page of a later version waits for nobody
      resolve(asked.result);
    };
    asked.onerror = () => resolve(null);
    asked.onblocked = () => resolve(null);
  } catch {
    resolve(null);
  }
});

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export class Store {
  /** `text` names the person and the text, `tab` the window. */
  constructor(text, tab) {
    Object.assign(this, { text, tab });
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
      await done(rows.put({ ...row, text: this.text, tab: this.tab }));
      return true;
    } catch {
      return false;
    }
  }

  /** All rows of this text, those of its other pages and of other windows included, the oldest first. */
  async all() {
    try {
      const rows = await this.#rows("readonly");
      if (!rows) return [];
      const found = await done(rows.getAll(IDBKeyRange.bound([this.text], [this.text, []])));
      return found.sort((one, other) => one.serial - other.serial);
    } catch {
      return [];
    }
  }

  /** Forget a row, unless something was typed since. */
  async drop(key, serial, tab = this.tab) {
    try {
      const rows = await this.#rows("readwrite");
      const found = rows && await done(rows.get([this.text, tab, key]));
      if (found && found.serial <= serial) await done(rows.delete([this.text, tab, key]));
    } catch {
      // it stays, and is sent once more: the server knows its serial
    }
  }
}
