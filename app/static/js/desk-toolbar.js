// Marks around or before what is selected in a text of Markdown; the browser's own undo takes them back.

const put = (field, words, from, to) => {
  field.focus();
  field.setSelectionRange(from, to);
  // the only way of writing that leaves undo whole; a browser without it writes all the same
  if (!document.execCommand("insertText", false, words)) {
    field.setRangeText(words, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const around = (field, mark) => {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const inner = value.slice(from, to);
  const marked = inner.startsWith(mark) && inner.endsWith(mark) && inner.length >= 2 * mark.length;
  const words = marked ? inner.slice(mark.length, -mark.length) : mark + inner + mark;
  put(field, words, from, to);
  const begin = from + (marked || inner ? 0 : mark.length);
  field.setSelectionRange(begin, inner ? from + words.length : begin);
};

const before = (field, mark) => {
  const { selectionStart, selectionEnd, value } = field;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const marked = lines.every((line) => line.startsWith(mark));
  const words = lines.map((line) => (marked ? line.slice(mark.length) : mark + line)).join("\n");
  put(field, words, from, to);
  field.setSelectionRange(from + words.length, from + words.length);
};

const link = (field) => {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const words = `[${value.slice(from, to)}](https://)`;
  put(field, words, from, to);
  const place = from + words.length - 1;
  if (from === to) field.setSelectionRange(from + 1, from + 1);
  else field.setSelectionRange(place - 8, place);
};

const KEYS = {
  KeyB: (field) => around(field, "**"),
  KeyI: (field) => around(field, "*"),
  KeyK: link,
  "alt Digit2": (field) => before(field, "## "),
  "shift Digit8": (field) => before(field, "- "),
  "shift Digit9": (field) => before(field, "> "),
};

export const toolbar = (bar, field) => {
  bar.hidden = false;
  const buttons = [...bar.querySelectorAll("button")];
  buttons.forEach((button, place) => { button.tabIndex = place ? -1 : 0; });
  bar.addEventListener("click", ({ target }) => {
    const { around: mark, before: start, link: isLink } = target.closest("button")?.dataset ?? {};
    if (mark) around(field, mark);
    else if (start) before(field, start);
    else if (isLink !== undefined) link(field);
  });
  // one stop of the Tab key, and arrows within (ARIA Authoring Practices, toolbar)
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const place = buttons.indexOf(document.activeElement);
    if (!step || place < 0) return;
    event.preventDefault();
    const way = getComputedStyle(bar).direction === "rtl" ? -step : step;
    const next = buttons[(place + way + buttons.length) % buttons.length];
    buttons[place].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const act = KEYS[`${event.altKey ? "alt " : ""}${event.shiftKey ? "shift " : ""}${event.code}`];
    if (!act) return;
    event.preventDefault();
    act(field);
  });
};
