// The form of a source text: toolbar and keys, photos, the preview beside it, and what is kept of what was typed.

import { differs } from "./desk-differs.js";
import { keep } from "./desk-keep.js";
import { photos } from "./desk-photos.js";
import { preview } from "./desk-preview.js";
import { toolbar } from "./desk-toolbar.js";

const form = document.querySelector("form.write");
const state = form.querySelector(".state");
const changed = new Set();

const tell = () => {
  for (const next of form.querySelectorAll("[data-next]")) next.hidden = true;  // there is something to save first
  state.textContent = state.dataset.unsaved;
  for (const follow of changed) follow();
};

toolbar(form.querySelector(".tools"), form.elements.body);
preview(form, changed);
differs(form, changed);
keep(form, changed, photos(form, tell), () => { state.textContent = `${state.dataset.unsaved}. ${state.dataset.kept}.`; });

form.addEventListener("input", tell);
const typed = [...form.querySelectorAll("textarea, input:not([type])")];
if (typed.some((field) => field.value !== field.defaultValue)) tell();  // somebody was faster than this script
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyS") {
    event.preventDefault();
    form.requestSubmit(form.querySelector('button[value="save"]'));
  }
});
