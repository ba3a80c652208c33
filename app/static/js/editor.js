// The editor: one segment in front with what helps to translate it, words saved as they are typed, keys for everything.

import { Drafts } from "./editor-drafts.js";
import { Keys } from "./editor-keys.js";
import { Letters } from "./editor-letters.js";
import { Line } from "./editor-line.js";
import { lookUpSelection } from "./editor-memory.js";
import { Rearranging } from "./editor-rearranging.js";
import { Replace } from "./editor-replace.js";
import { Saving } from "./editor-saving.js";
import { insert, Segments } from "./editor-segments.js";
import { Store } from "./editor-store.js";
import { Terms } from "./editor-terms.js";

const LOOK = 50;  // milliseconds until checks and matches are asked for: of what the server was told
const POLL = 5000;

const form = document.querySelector("form.sheet-form");
const state = document.querySelector("[data-state]");
const line = new Line(form);
const segments = new Segments(form.querySelector(".sheet"));
const store = new Store(form.dataset.keep);
const again = document.querySelector("dialog[data-again]");
const replacing = new Replace(document.querySelector("dialog[data-replace]"), segments, () => fold({ tell: true }));
const undoReplace = document.querySelector("[data-undo-replace]");

let current = null;
let head = Number(form.dataset.head);
let newest = Number(form.dataset.newest);
let looking;
let wanted = null;  // what somebody pressed while the line was down: it is done when their words have arrived

const tell = (name, reasons = []) => {
  state.dataset.state = name;
  const words = [state.dataset[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())], ...reasons];
  if (state.textContent !== words.join(" ")) state.textContent = words.join(" ");
  if (name === "signed-out" && !again.open) again.showModal();
  const go = name === "kept" ? wanted : null;
  if (go) {
    wanted = null;
    go();
  }
};

/** What became of something that was pressed and not done: no word is in danger, and only the reasons are told. */
const notDone = ({ status, page }) => {
  const said = page?.querySelector("main [role=alert]");
  const reasons = [...said?.querySelectorAll(".reason") ?? []].map((one) => one.textContent.trim());
  return [{ 0: "offline", 401: "signed-out" }[status] ?? "not-done", reasons.length || !said ? reasons : [said.textContent.trim()]];
};

const met = (segment, found) => {
  if (!segment || (found && segment.element.dataset.met === found.text)) return;
  if (found) segment.element.dataset.met = found.text;
  segment.say(segment.element.dataset.met === undefined ? segment.element.dataset.kept : segment.element.dataset.collides);
  if (segment === current) look();
};

const saving = new Saving({ segments, store, line, account: form.dataset.account, tell, met });
const drafts = new Drafts(form, new Store(`${form.dataset.keep} below`, saving.tab));

// ---- the segment in front

const place = () => current?.fields.find((field) => field === document.activeElement) ?? current?.fields[0];

const front = (segment, { focus = false } = {}) => {
  if (segment && segment !== current) {
    for (const other of segments.all) other.element.classList.toggle("front", other === segment);
    current?.element.querySelector(".aside")?.remove();
    current = segment;
    look();
  }
  if (segment && focus) {
    segment.focus();
    segment.element.scrollIntoView({ block: "nearest" });
  }
};

/** With scripts what stands under a segment goes out by itself: without them the form of the text takes it along. */
const apart = (page) => {
  for (const one of page.querySelectorAll(".aside [form=sheet]:not([data-rearrange])")) {
    one.setAttribute("form", one.closest(".add-term") ? "add-term" : "aside");
  }
};

/** Ask for checks, matches, terms and talk of the segment in front, and show them below it. */
const look = () => {
  clearTimeout(looking);
  const segment = current;
  looking = setTimeout(async () => {
    if (!segment) return;
    const asked = new URLSearchParams({
      at: segment.key, base: segment.bases.revision, source: segment.bases.source ?? "", tab: saving.tab,
    });
    if (segment.bases.source_revision) asked.set("source_revision", segment.bases.source_revision);
    rearranging.ask(asked);
    const { page } = await line.page(`${line.at}aside?${asked}`);
    if (page) apart(page);
    const aside = page?.querySelector(".aside");
    if (!aside || segment !== current) return;
    const there = segment.element.querySelector(".aside");
    if (there?.contains(document.activeElement)) return;  // somebody is in the middle of it
    const opened = new Set([...segment.element.querySelectorAll(".aside details[open]")].map((one) => one.className));
    for (const one of aside.querySelectorAll("[data-rearrange]")) one.hidden = false;
    for (const one of aside.querySelectorAll("details")) one.open ||= opened.has(one.className);
    there?.remove();
    segment.element.append(document.adoptNode(aside));
    drafts.fill(aside);
  }, LOOK);
};

// ---- what the page of today says, without losing the place or a word

/** Words of one's own stay as they are; what was saved for good (`folded`) comes back as it stands in the text. */
const refresh = async () => {
  const { page } = await line.page(location.href);
  const fresh = page?.querySelector("form.sheet-form");
  if (!fresh) return;
  apart(page);
  head = Number(fresh.dataset.head);
  newest = Number(fresh.dataset.newest);
  const focus = focused();
  const stood = current?.element.getBoundingClientRect().top;
  const theirs = new Map([...fresh.querySelectorAll(".segment[data-key]")].map((one) => [one.dataset.key, one]));
  const list = [...theirs].map(([key, there]) => {
    const segment = segments.byKey.get(key);
    if (segment?.serial) return stays(segment, there);
    return segment && !("settled" in segment.element.dataset) && sameBases(segment.element, there) && !there.dataset.serial
      ? segment.element : document.adoptNode(there);
  });
  const lost = segments.all.filter(({ key, serial }) => serial && !theirs.has(key)).map(({ element }) => element);
  segments.arrange([...list, ...lost]);
  for (const name of ["[data-counts]", "[data-machine]", "[data-offers]", "[data-elsewhere]"]) {
    const there = page.querySelector(name);
    if (there) document.querySelector(name)?.replaceWith(document.adoptNode(there));
  }
  counted();
  const kept = segments.byKey.get(current?.key);
  current = null;
  front(kept);
  if (focus) refocus(focus);
  if (kept && stood !== undefined) scrollBy(0, kept.element.getBoundingClientRect().top - stood);
};

/** A segment with words of one's own keeps them; what stands beside it follows the source. */
const stays = (segment, there) => {
  const [old, now] = [segment.element, there].map((element) => element.querySelector(".source"));
  if (old && now && old.textContent !== now.textContent) {
    old.replaceWith(document.adoptNode(now));
    segment.say(form.dataset.sourceChanged);
  }
  return segment.element;
};

/** Where somebody writes, so that the caret is there again when the field is another one. */
const focused = () => {
  const field = document.activeElement;
  const segment = segments.of(field);
  const form = segment?.fields.indexOf(field) ?? -1;
  return form < 0 ? null : { key: segment.key, form, from: field.selectionStart, to: field.selectionEnd, field };
};

const refocus = ({ key, form: place, from, to, field }) => {
  const there = segments.byKey.get(key)?.fields[place];
  if (!there || there === document.activeElement || document.activeElement !== document.body) return;
  there.focus({ preventScroll: true });
  if (there !== field) there.setSelectionRange(Math.min(from, there.value.length), Math.min(to, there.value.length));
};

const sameBases = (one, other) => ["base", "source", "sourceRevision"].every((name) => one.dataset[name] === other.dataset[name]);

// ---- deeds, by key and by button

/** What is ticked of the text as a whole, with what it was made from. */
const whole = () => {
  const { current: all, checked, source, source_revision: number } = form.elements;
  return {
    current: all?.checked ?? false,
    checked: checked?.checked ?? false,
    source: source.value || null,
    source_revision: Number(number.value) || null,
  };
};

const fold = async (more = {}) => {
  tell("sending");
  const answer = await saving.fold({ ...whole(), ...more });
  if (answer?.status !== 200) return false;
  if (more.tell) return true;
  for (const segment of segments.all) if (!segment.waits) segment.settle();
  tell(answer.body.suggestions ? "collided" : "saved");
  await refresh();
  return true;
};

const changed = (segment) => {
  segment.element.classList.toggle("written", !segment.empty);
  saving.changed(segment);
  for (const next of document.querySelectorAll("[data-next]")) next.dataset.wait = "";
  counted();
};

const counted = () => segments.count(document.querySelectorAll("[data-counts] [data-asks^=state], [data-counts] [data-asks^=origin]"));

const take = (words) => {
  if (!current || words === undefined) return false;
  current.write(words, Math.max(0, current.fields.indexOf(place())));
  return true;
};

const deeds = {
  next: () => front(segments.beside(current, 1) ?? current, { focus: true }),
  previous: () => front(segments.beside(current, -1) ?? current, { focus: true }),
  unfinished: () => {
    const open = (one) => one.open;
    front(segments.beside(current, 1, open) ?? segments.beside(null, 1, open) ?? segments.beside(current, 1), { focus: true });
  },
  confirm: () => {
    if (!current) return;
    current.confirm();
    changed(current);
    deeds.unfinished();
  },
  copy: () => {
    const originals = JSON.parse(current?.element.querySelector("[data-originals]")?.dataset.originals ?? "[]");
    return take(originals[Math.max(0, current?.fields.indexOf(place()) ?? 0)] ?? originals.at(-1));
  },
  take: (number) => {
    const button = current?.element.querySelectorAll(".aside :is([data-take], [data-insert])")[number - 1];
    if (button?.matches("[data-insert]")) terms.insert(button);
    else if (button) takeFrom(button);
  },
  save: () => form.requestSubmit(form.querySelector("[name=stay]")),
  letters: () => letters.focus(),
  turn: () => letters.turn(),
  replace: () => replacing.open(undoReplace),
  ...Object.fromEntries(["divide", "join", "up", "down", "back"].map((deed) => [deed, () => rearranging.press(deed)])),
  mend: () => current?.element.querySelector(".aside [data-mend]")?.click(),
  keys: () => keys.show(),
  term: () => terms.open(),
  talk: () => {
    const talk = current?.element.querySelector(".aside details.talk");
    if (!talk) return;
    talk.open = true;
    talk.querySelector("textarea")?.focus();
  },
};

const takeFrom = (button) => {
  if (!current) return;
  take(button.dataset.take);
  if (button.dataset.origin === "machine") current.machines.add(button.dataset.take);
  changed(current);
};

const rearranging = new Rearranging({
  saving, line, segments, tell, notDone, refresh, front, place, current: () => current,
  form: document.querySelector("form[data-aside]"),
});
const keys = new Keys(document.querySelector("dialog[data-keys]"), deeds);
const terms = new Terms(form, () => current, place);
const letters = new Letters(document.querySelector("[data-letters]"), () => place() ?? segments.all[0]?.fields[0]);

form.addEventListener("input", (event) => {
  const segment = segments.of(event.target);
  if (segment && !event.target.closest(".aside")) changed(segment);
});
form.addEventListener("focusin", (event) => {
  const segment = segments.of(event.target);
  if (segment && event.target.matches("textarea[data-form]")) front(segment);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (!button) return;
  const segment = segments.of(button);
  if (button.matches("[data-take]")) {
    event.preventDefault();
    front(segment);
    takeFrom(button);
  } else if (button.matches("[data-insert]")) {
    front(segment);
    terms.insert(button);
  } else if (button.matches("[data-decide]")) {
    event.preventDefault();
    segment.element.dataset.base = button.dataset.base;  // whoever decides has seen what stands there
    delete segment.element.dataset.met;
    segment.write(button.dataset.decide);
    changed(segment);
    segment.element.querySelector(".aside")?.remove();
  } else if (button.matches("[data-mend]")) {
    event.preventDefault();
    segment.write(button.dataset.mend, Number(button.dataset.form ?? 0));
  } else if (button.matches("a[data-front]")) {
    event.preventDefault();
    front(segment, { focus: true });
  } else if (button.matches("[data-rearrange]")) {
    event.preventDefault();
    front(segment);
    deeds[button.dataset.rearrange]();
  } else if (button.matches("button[data-deed]")) {
    event.preventDefault();
    if (segment) front(segment);
    deeds[button.dataset.deed]();
  }
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const stays = event.submitter?.matches("[name=stay]") ?? false;
  const save = async () => {
    if (!await fold({ tell: !stays })) wanted = ["offline", "signed-out"].includes(state.dataset.state) ? save : null;
    else if (!stays) location.assign(form.dataset.after);
  };
  save();
});
// whoever goes on to another page finds there what was typed here
document.querySelector("main").addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button || link?.target);
  if (!link || !plain || event.defaultPrevented || !saving.anything || link.origin !== location.origin) return;
  event.preventDefault();
  if (await fold({ tell: true }) || !saving.waiting().length) location.assign(link.href);
});
// what is pressed under a segment (a comment, a decision, a dismissed check) goes out by itself; the page stays
const sent = async (event) => {
  event.preventDefault();
  const { submitter: button, target: asideForm } = event;
  const about = current?.key;
  if (button.name === "spread" && !await saving.send()) return;  // the words that are to stand everywhere
  let answer = await line.submit(button.formAction, asideForm, button);
  if ([400, 401].includes(answer.status) && await line.renew()) {  // a token of before: there is another one
    answer = await line.submit(button.formAction, asideForm, button);
  }
  const refused = answer.page?.querySelector("[role=alert]");
  if (answer.status !== 200 || refused) {
    tell(...notDone(answer));
    return;
  }
  drafts.drop(about, asideForm);
  place()?.focus({ preventScroll: true });  // the button that was pressed goes
  current?.element.querySelector(".aside")?.remove();
  tell("done", [...answer.page.querySelectorAll(".said.done")].map((one) => one.textContent.trim()));
  if (button.name === "spread") for (const segment of segments.all) if (!segment.waits) segment.settle();
  if (["decision", "spread"].includes(button.name)) await refresh();
  look();
};
apart(document);
for (const asideForm of document.querySelectorAll("form[data-aside]")) asideForm.addEventListener("submit", sent);
undoReplace.addEventListener("click", () => replacing.undo());
lookUpSelection(form);
for (const button of document.querySelectorAll(".tools [data-deed]")) {
  button.hidden = false;
  button.addEventListener("click", () => deeds[button.dataset.deed]());
}

// ---- signing in again, in a window beside this one

again?.querySelector("[data-sign-in]").addEventListener("click", (event) => {
  event.preventDefault();
  window.open(event.target.href, "sign-in", "width=480,height=720");
});
const back = async () => {
  if (!again.open || !await line.renew()) return;
  again.close();
  saving.send();
};
new BroadcastChannel("desk").addEventListener("message", back);
addEventListener("focus", back);

// ---- who else is here, and what became of the text meanwhile

let orders;  // how those to a machine stood at the last look

const poll = async () => {
  if (document.visibilityState === "visible" && !again.open) {
    const asked = new URLSearchParams({ at: current?.key ?? "", source: form.dataset.source, tab: saving.tab });
    if (current) asked.set("revision", current.bases.revision);
    const answer = await line.get(`present?${asked}`);
    if (answer.status === 200) {
      others(answer.body.others);
      for (const [key, found] of Object.entries(answer.body.met)) met(segments.byKey.get(key), found);
      const source = answer.body.source ?? newest;
      const asked = JSON.stringify(answer.body.machine);
      const other = asked !== orders && (orders !== undefined || document.querySelector("[data-waits]"));
      orders = asked;
      if (answer.body.head !== head || source !== newest || other) {
        newest = source;
        await refresh();
      }
    } else if (answer.status === 401) {
      tell("signed-out");
    }
  }
  setTimeout(poll, POLL);
};

const others = (people) => {
  const here = document.querySelector("[data-others]");
  here.textContent = people.length ? here.dataset.here.replace("{}", people.map((one) => one.full_name).join(", ")) : "";
  for (const segment of segments.all) {
    const names = people.filter(({ key }) => key === segment.key).map((one) => one.full_name);
    segment.element.classList.toggle("occupied", names.length > 0);
    const place = segment.element.querySelector(".who-types");
    if (place) place.textContent = names.join(", ");
  }
};

const begin = async () => {
  const restored = await saving.restore();
  const below = [...await drafts.restore()].map((key) => segments.byKey.get(key)).filter((segment) => segment);
  for (const segment of segments.all) if (segment.edited && !segment.waits) changed(segment);  // somebody was faster than this script
  if (restored.length || below.length) tell("restored");
  const wanted = new URLSearchParams(location.search).get("at");
  const first = segments.byKey.get(wanted) ?? restored[0] ?? below[0];
  if (first) front(first, { focus: true });
  setTimeout(poll, 1000);
  form.dataset.ready = "";
};

begin();
