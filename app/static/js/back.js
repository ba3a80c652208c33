// Leads back to the very place in the list that a reader came from. Without this it leads to the list's first page.
import { recall, remember } from "./memory.js";

const KEY = "list";

export function startBack(page) {
  if (page.querySelector("[data-list]")) {
    remember("sessionStorage", KEY, location.pathname + location.search);
    return;
  }
  const link = page.querySelector("[data-back]");
  const list = recall("sessionStorage", KEY);
  const plain = link && new URL(link.href);
  if (!link || !list || !list.startsWith(plain.pathname.replace(/news\/$/, ""))) return;
  link.href = list + plain.hash;
  const cameFrom = document.referrer && new URL(document.referrer);
  if (!cameFrom || cameFrom.origin !== location.origin || cameFrom.pathname + cameFrom.search !== list) return;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || history.length < 2) return;
    event.preventDefault();
    history.back(); // the browser remembers how far down the list was
  });
}
