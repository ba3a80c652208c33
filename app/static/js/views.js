// Counts this view and shows how many there are; its place in the line is kept free, behind how long ago it was.

import { said } from "./ago.js";

export async function startViews(page) {
  const place = page.querySelector("[data-views]");
  if (!place) return;
  const locale = encodeURIComponent(page.documentElement.lang);
  await shown(page);
  try {
    const answer = await fetch(`/views/${place.dataset.views}?locale=${locale}`, { method: "POST", keepalive: true });
    const { views, text } = answer.ok ? await answer.json() : { views: 0 };
    await said;
    if (views > 0) place.textContent = text;
  } catch {
    // offline: nothing is shown
  }
}

// A page that is being prerendered, or opened in a tab behind, is not read yet.
function shown(page) {
  if (page.visibilityState === "visible") return Promise.resolve();
  return new Promise((resolve) => {
    page.addEventListener("visibilitychange", function seen() {
      if (page.visibilityState !== "visible") return;
      page.removeEventListener("visibilitychange", seen);
      resolve();
    });
  });
}
