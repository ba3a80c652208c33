// The plain form of a text beside its source: what is typed is kept in this browser until it is saved.

import { keep } from "./desk-keep.js";

const form = document.querySelector("form.sheet-form");
const state = form.querySelector(".state");
const changed = new Set();

keep(form, changed, () => {}, () => { state.textContent = `${state.dataset.unsaved}. ${state.dataset.kept}.`; });

form.addEventListener("input", () => {
  for (const next of form.querySelectorAll("[data-next]")) next.hidden = true;  // there is something to save first
  state.textContent = state.dataset.unsaved;
  for (const follow of changed) follow();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyS") {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.first"));
  }
});
