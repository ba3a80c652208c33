// The board: what others do appears by itself, cells are reached by arrows, and what is chosen is counted and kept.

const EVERY = 3000;
const SIGNED_OUT = 403; // or led to the page where one signs in
const board = document.querySelector("#board");
const chosen = document.querySelector("#chosen");
const lost = document.querySelector("#live");
const PICK = "input.pick";
const ALL = "thead .all input";

let seen = board.dataset.state ?? "";
let picked = new Set(history.state?.picked); // kept with the place in the history: who comes back finds the same texts ticked
let last = "";
let looking = false;

const picks = () => [...board.querySelectorAll(PICK)];

/** Tick what was chosen before. */
function pickAgain() {
  for (const one of picks()) one.checked = picked.has(one.value);
  count();
}

function count() {
  picked = new Set(picks().filter((one) => one.checked).map((one) => one.value));
  history.replaceState({ picked: [...picked] }, "");
  if (chosen) chosen.textContent = picked.size ? board.dataset.chosen.replace("{}", picked.size) : "";
  for (const box of board.querySelectorAll(ALL)) {
    const ticked = below(box).filter((one) => one.checked).length;
    box.checked = ticked > 0 && ticked === below(box).length;
    box.indeterminate = ticked > 0 && !box.checked;
    box.parentElement.hidden = below(box).length === 0;
  }
}

/** The boxes of the column in whose head a box stands. */
function below(box) {
  const { cellIndex } = box.closest("th");
  return [...board.querySelectorAll("tbody tr")].map((row) => row.cells[cellIndex]?.querySelector(PICK)).filter(Boolean);
}

/** What finds the place of the focus when the rows were drawn anew; null where it is elsewhere. */
function place() {
  const here = document.activeElement;
  if (!board.contains(here)) return null;
  const again = here.matches(PICK)
    ? (one) => one.value === here.value
    : (one) => one.className === here.className && one.getAttribute("href") === here.getAttribute("href");
  const heads = [...board.querySelectorAll(ALL)];
  if (heads.includes(here)) return () => board.querySelectorAll(ALL)[heads.indexOf(here)];
  return () => [...board.querySelectorAll(here.localName)].find(again);
}

/** Ask for a part of a page: its status, its state, and what stands in it; `seen` is the state that is known already. */
const ask = (address, known = "") => new Promise((resolve, reject) => {
  const asked = new XMLHttpRequest();
  asked.open("GET", address);
  asked.responseType = "document";
  if (known) asked.setRequestHeader("If-None-Match", known);
  asked.addEventListener("load", () => resolve({
    status: asked.responseURL === new URL(address, location.href).href ? asked.status : SIGNED_OUT,
    page: asked.status === 200 ? asked.response : null, // an empty answer would be read as a page that is wrong
    state: asked.getResponseHeader("ETag") ?? "",
  }));
  for (const failed of ["error", "abort", "timeout"]) asked.addEventListener(failed, reject);
  asked.send();
});

function draw(page) {
  const focused = place();
  const before = new Map([...board.querySelectorAll("tbody tr")].map((row) => [key(row), row.textContent]));
  board.replaceChildren(...page.body.childNodes);
  for (const row of board.querySelectorAll("tbody tr")) {
    row.classList.toggle("moved", before.has(key(row)) && before.get(key(row)) !== row.textContent);
  }
  pickAgain();
  focused?.()?.focus({ preventScroll: true });
  sums();
}

const key = (row) => row.querySelector("th a")?.getAttribute("href") ?? row.textContent;

async function look() {
  if (document.hidden || looking) return;
  looking = true;
  try {
    const { status, page, state } = await ask(board.dataset.live, seen);
    if (status === 200) {
      draw(page);
      seen = state;
    } else if (status !== 304 && status !== SIGNED_OUT) {
      throw new Error(status);
    }
    lost.textContent = status === SIGNED_OUT ? lost.dataset.signedOut : "";
  } catch {
    lost.textContent = lost.dataset.lost;
  }
  looking = false;
}

/** Counts that take longer than the page come after it, into the heads of their columns. */
async function sums() {
  const link = board.querySelector("[data-counts]");
  if (!link) return;
  const { status, page: counted } = await ask(link.href).catch(() => ({}));
  if (status !== 200) return;
  for (const from of counted.querySelectorAll("[data-sums]")) {
    board.querySelector(`th[data-sums="${CSS.escape(from.dataset.sums)}"]`)?.append(...from.childNodes);
  }
  link.textContent = counted.querySelector("#when")?.textContent ?? link.textContent;
}

/** Arrows go from cell to cell as the table stands, past cells that hold nothing; Home and End to those of a row. */
function arrow(event) {
  const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Home: "end", End: "end" };
  const step = steps[event.key];
  const cell = event.target.closest("td, tbody th");
  if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
  if (step === "end") {
    [...cell.parentElement.querySelectorAll("a, input")].at(event.key === "Home" ? 0 : -1)?.focus();
    event.preventDefault();
    return;
  }
  const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
  const rows = [...board.querySelectorAll("tbody tr:not(.group)")];
  let row = rows.indexOf(cell.parentElement) + step[0];
  let column = cell.cellIndex + step[1] * rtl;
  while (rows[row]?.cells[column]) {
    const next = rows[row].cells[column].querySelector("a, input");
    if (next) {
      next.focus();
      event.preventDefault();
      return;
    }
    row += step[0];
    column += step[1] * rtl;
  }
}

/** X chooses the text at hand; with the shift key pressed a click chooses all between it and the one before. */
function letter(event) {
  if (event.code !== "KeyX" || event.altKey || event.ctrlKey || event.metaKey) return;
  const ofRow = event.target.closest("tr")?.querySelectorAll(PICK) ?? [];
  const pick = event.target.closest("td")?.querySelector(PICK) ?? (ofRow.length === 1 ? ofRow[0] : null);
  if (!pick) return;
  pick.checked = !pick.checked;
  last = pick.value;
  count();
  event.preventDefault();
}

/** The menu of a cell: what can be done with its text; without it the three dots lead to a page that says the same. */
function menu(link) {
  const acts = document.querySelector("#acts");
  if (!acts?.showPopover) return false;
  const not = link.dataset.not.split(" ");
  for (const one of acts.querySelectorAll("a")) {
    one.parentElement.hidden = not.includes(one.dataset.action);
    one.href = one.dataset.action ? `${link.href}&action=${one.dataset.action}` : link.dataset.at;
  }
  acts.showPopover();
  const { left, right, bottom, top } = link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = acts;
  acts.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8, right))}px`;
  acts.style.top = `${bottom + height < innerHeight ? bottom : Math.max(8, top - height)}px`;
  acts.querySelector("a").focus();
  acts.addEventListener("toggle", (event) => {
    const now = [...board.querySelectorAll("a.act")].find((one) => one.href === link.href); // rows may be drawn anew meanwhile
    if (event.newState === "closed" && document.activeElement === document.body) now?.focus({ preventScroll: true });
  }, { once: true });
  return true;
}

document.querySelector("#acts")?.addEventListener("focusout", ({ currentTarget, relatedTarget }) => {
  if (relatedTarget && !currentTarget.contains(relatedTarget)) currentTarget.hidePopover();
});

document.querySelector("#acts")?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [...event.currentTarget.querySelectorAll("li:not([hidden]) a")];
  all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
  event.preventDefault();
});

board.addEventListener("change", ({ target }) => {
  if (target.matches(ALL)) for (const one of below(target)) one.checked = target.checked;
  count();
});
board.addEventListener("click", (event) => {
  const link = event.target.closest("a.act");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && menu(link)) event.preventDefault();
});
board.addEventListener("click", (event) => {
  if (!event.target.matches(PICK)) return;
  const all = picks();
  const before = all.findIndex((one) => one.value === last);
  if (event.shiftKey && before >= 0) {
    const [from, to] = [before, all.indexOf(event.target)].sort((one, other) => one - other);
    for (const one of all.slice(from, to + 1)) one.checked = event.target.checked;
  }
  last = event.target.value;
  count();
});
board.addEventListener("keydown", (event) => {
  if (event.target.matches("select, input:not([type=checkbox])")) return;
  arrow(event);
  letter(event);
});
document.addEventListener("visibilitychange", look);
setInterval(look, EVERY);
pickAgain();
sums();
