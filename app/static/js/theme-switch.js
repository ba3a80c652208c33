// The reader's choice between the device's appearance, light and dark.
import { recall, remember } from "./memory.js";

export function startThemes(page) {
  const group = page.querySelector("[data-themes]");
  if (!group) return;
  const buttons = [...group.querySelectorAll("[data-theme-choice]")];
  const mark = (chosen) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const chosen = button.dataset.themeChoice;
      if (chosen === "auto") delete page.documentElement.dataset.theme;
      else page.documentElement.dataset.theme = chosen;
      remember("localStorage", "theme", chosen === "auto" ? null : chosen);
      mark(chosen);
    });
  }
  mark(recall("localStorage", "theme") ?? "auto");
  group.hidden = false;
}
