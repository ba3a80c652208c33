// What is typed is kept in this browser until it is saved, and offered again: after a closed tab, a lost session, a crash.

const PAUSE = 400;
const KEPT_FOR = 30 * 24 * 3600 * 1000;
const PREFIX = "desk text: ";
const OURS = new Set(["csrf_token", "new_photos", "do"]);
// What the words were made from is put back with them, so that what others saved since is merged and not overwritten.
const BASES = new Set(["text_base", "facts_base"]);

const fields = (form) => [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");

const words = (list) => JSON.stringify(list.filter(([name]) => !BASES.has(name)));

const forgetOld = () => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    try {
      if (Date.now() - JSON.parse(localStorage.getItem(key)).at > KEPT_FOR) localStorage.removeItem(key);
    } catch {
      localStorage.removeItem(key);
    }
  }
};

const fill = (form, kept, addPhoto) => {
  const wanted = new Map();
  for (const [name, value] of kept) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  for (const path of wanted.get("photo") ?? []) addPhoto({ path, shown: "" });
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name) || field.name === "photo") continue;
    const values = wanted.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (wanted.has(field.name)) field.value = values[0].replaceAll("\r\n", "\n");
  }
};

export const keep = (form, changed, addPhoto, tell) => {
  const key = PREFIX + form.dataset.keep;
  const offer = form.querySelector("[data-offer]");
  let timer;
  const store = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: fields(form) }));
      tell();
    } catch {
      // there is no room: nothing is promised
    }
  };
  try {
    forgetOld();
    const found = JSON.parse(localStorage.getItem(key) ?? "null");
    const differs = found && words(found.fields) !== words(fields(form));
    if ("unsaved" in form.dataset) timer = setTimeout(() => store(), PAUSE);  // it came back
    else if (!differs || "saved" in form.dataset) localStorage.removeItem(key);
    else offer.hidden = false;
    // said once: who comes back to this address has typed something since
    if ("saved" in form.dataset) history.replaceState(null, "", location.pathname);
    offer.querySelector("[data-take]").addEventListener("click", () => {
      fill(form, found.fields, addPhoto);
      offer.hidden = true;
      form.dispatchEvent(new Event("input", { bubbles: true }));
      (form.elements.title ?? form.querySelector("textarea"))?.focus();
    });
    offer.querySelector("[data-drop]").addEventListener("click", () => {
      localStorage.removeItem(key);
      offer.hidden = true;
      (form.elements.title ?? form.querySelector("textarea"))?.focus();
    });
  } catch {
    return; // storage is refused: the form works as it does without
  }
  changed.add(() => {
    clearTimeout(timer);
    timer = setTimeout(store, PAUSE);
  });
  addEventListener("pagehide", () => { if (timer) store(); });
};
