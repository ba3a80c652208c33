// How long ago the page's items were: the server says it, with the time of day, and in words only of what is young.

const MOST = 30;
const ASKED = "[data-ago]";

let say;
export const said = new Promise((resolve) => {
  say = resolve;
});

export function question(page) {
  const moments = [...page.querySelectorAll(ASKED)].slice(0, MOST).map((place) => ["of", place.dataset.ago]);
  return moments.length ? `?${new URLSearchParams([["locale", page.documentElement.lang], ...moments])}` : "";
}

export function answer(page, words = []) {
  for (const [at, place] of [...page.querySelectorAll(ASKED)].entries()) place.textContent = words[at] ?? "";
  say();
}
