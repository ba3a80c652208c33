// What was saved need not be kept in this browser any more.

const saved = `desk text: ${document.querySelector("[data-saved-text]").dataset.savedText}`;
try {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(saved))) localStorage.removeItem(key);
} catch {
  // storage is refused: nothing was kept
}
