// Runs before the page is drawn, so that a remembered appearance doesn't flash. The only script that isn't a module.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // storage is refused: the device's own wish holds
}
