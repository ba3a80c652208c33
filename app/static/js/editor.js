// The editor: one segment in front with what helps to translate it, words saved as they are typed, keys for everything.

import { Aside } from "./editor-aside.js";
import { Drafts } from "./editor-drafts.js";
import { Finished } from "./editor-finished.js";
import { links } from "./editor-going.js";
import { Keys } from "./editor-keys.js";
import { Letters } from "./editor-letters.js";
import { Line } from "./editor-line.js";
import { lookUpSelection } from "./editor-memory.js";
import { Others } from "./editor-others.js";
import { Page } from "./editor-page.js";
import { Rearranging } from "./editor-rearranging.js";
import { Replace } from "./editor-replace.js";
import { Saving } from "./editor-saving.js";
import { Segments } from "./editor-segments.js";
import { SignIn } from "./editor-sign-in.js";
import { Store } from "./editor-store.js";
import { Telling } from "./editor-telling.js";
import { Terms } from "./editor-terms.js";
import { lift, reveal } from "./editor-view.js";

const form = document.querySelector("form.sheet-form");
links(document);
const line = new Line(form);
const segments = new Segments(form.querySelector(".sheet"));
const store = new Store(form.dataset.keep);
const replaced = document.querySelector("[data-replaced]");
const replacing = new Replace(document.querySelector("dialog[data-replace]"), replaced, segments, () => fold({ tell: true }));
const finished = new Finished(document.querySelector("[data-finished]"), () => segments.left(document.querySelector("[data-asks='state:open']")));

let current = null;

const met = (segment, found) => {
  if (!segment || (found && segment.element.dataset.met === found.text)) return;
  if (found) segment.element.dataset.met = found.text;
  segment.say(segment.element.dataset.met === undefined ? segment.element.dataset.kept : segment.element.dataset.collides);
  if (segment === current) aside.look();
  else if (!found) aside.kept(segment);
};

const signIn = new SignIn(document.querySelector("dialog[data-again]"), line, () => saving.send());
const telling = new Telling(document.querySelector("[data-state]"), signIn);
const { tell } = telling;
const saving = new Saving({ segments, store, line, account: form.dataset.account, tell, met });
const drafts = new Drafts(form, new Store(`${form.dataset.keep} below`, saving.tab));

// ---- the segment in front

const place = () => current?.fields.find((field) => field === document.activeElement) ?? current?.fields[0];

const front = (segment, { focus = false } = {}) => {
  if (segment && segment !== current) {
    for (const other of segments.all) other.element.classList.toggle("front", other === segment);
    current?.element.querySelector(".aside")?.remove();
    current = segment;
    aside.look({ led: focus });
  }
  if (segment && focus) {
    segment.focus();
    lift(segment.element);
  }
};

/** What the parts of the editor share. */
const editor = {
  form, line, segments, drafts, saving, tell, met, place, front,
  current: () => current,
  refresh: () => page.refresh(),
  checks: () => page.checks(),
  rearranging: () => rearranging,
};
const aside = new Aside(editor);
const unfinished = (one) => one.open;
const counted = () => {
  segments.count(document.querySelectorAll("[data-counts] [data-asks^=state], [data-counts] [data-asks^=origin]"));
  if (segments.all.some(unfinished)) finished.hide();
};
const page = new Page({
  form, line, segments, counted,
  current: () => current,
  again: (segment) => {
    current = null;
    front(segment);
  },
});
const rearranging = new Rearranging({ ...editor, form: document.querySelector("form[data-aside]") });
const others = new Others({ ...editor, page, signIn });

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
  segments.settle();
  const saved = answer.body.took_back ? "took-back" : "saved";
  tell(answer.body.suggestions ? "collided" : saved, drafts.wait ? [form.dataset.notSent] : []);
  await page.refresh();
  return true;
};

const changed = (segment) => {
  segment.element.classList.toggle("written", !segment.empty);
  saving.changed(segment);
  for (const next of document.querySelectorAll("[data-next]")) next.dataset.wait = "";
  counted();
};

const take = (words) => {
  if (!current || words === undefined) return false;
  current.write(words, Math.max(0, current.fields.indexOf(place())));
  return true;
};

const deeds = {
  next: () => front(segments.beside(current, 1) ?? current, { focus: true }),
  previous: () => front(segments.beside(current, -1) ?? current, { focus: true }),
  unfinished: () => {
    const next = segments.beside(current, 1, unfinished) ?? segments.beside(null, 1, unfinished);
    if (next) {
      front(next, { focus: true });
      return;
    }
    finished.tell();
    if (current) reveal(current.element);  // the bar that says so has grown
  },
  confirm: () => {
    if (!current || aside.sends(document.activeElement)) return;
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
  replace: () => replacing.open(),
  ...Object.fromEntries(["divide", "join", "up", "down", "back"].map((deed) => [deed, () => rearranging.press(deed)])),
  mend: () => current?.element.querySelector(".aside [data-mend]")?.click(),
  keys: () => keys.show(),
  term: () => {
    if (!terms.open(aside.here()) && form.dataset.noTerms) tell("not-done", [form.dataset.noTerms]);
  },
  talk: () => {
    const talk = aside.here()?.querySelector("details.talk");
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
  const button = event.target.closest("button, a, summary");
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
    const other = button.closest("[data-theirs]").dataset;
    segment.element.dataset.base = other.base;  // whoever decides has seen what stands there
    delete segment.element.dataset.met;
    segment.decide(button.dataset.decide, JSON.parse(other.theirs), other.between);
    changed(segment);
    segment.element.querySelector(".aside")?.remove();
  } else if (button.matches("[data-mend]")) {
    event.preventDefault();
    segment.write(button.dataset.mend, Number(button.dataset.form ?? 0));
  } else if (button.matches(".dismiss:not([open]) > summary")) {
    event.preventDefault();
    button.parentElement.open = true;
    button.parentElement.querySelector("input").focus();
  } else if (button.matches("[data-front]")) {
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
    if (!await fold({ tell: !stays })) telling.later(save);
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
lookUpSelection(form);
for (const button of document.querySelectorAll(".tools [data-deed]")) {
  button.hidden = false;
  button.addEventListener("click", () => deeds[button.dataset.deed]());
}

const begin = async () => {
  const restored = await saving.restore();
  const below = [...await drafts.restore()].map((key) => segments.byKey.get(key)).filter((segment) => segment);
  for (const segment of segments.all) if (segment.edited && !segment.waits) changed(segment);  // somebody was faster than this script
  if (restored.length || below.length) tell("restored");
  const wanted = new URLSearchParams(location.search).get("at");
  const first = segments.byKey.get(wanted) ?? restored[0] ?? below[0];
  if (first) front(first, { focus: true });
  others.begin();
  form.dataset.ready = "";
};

begin();
