// Copies the link, and opens the device's own way of sharing where there is one. The rest are plain links.

export function startShare(page) {
  const section = page.querySelector(".share");
  if (!section) return;
  const copy = section.querySelector("[data-copy]");
  const said = section.querySelector("[role=status]");
  copy.addEventListener("click", async (event) => {
    if (!navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(copy.href);
      said.textContent = copy.dataset.done;
    } catch {
      location.href = copy.href; // refused: the link itself is there to be copied
    }
  });
  if (!navigator.share) return;
  const button = section.querySelector("[data-share]");
  button.addEventListener("click", () => {
    navigator.share({ title: page.querySelector("h1").textContent, url: copy.href }).catch(() => {}); // closed again
  });
  button.parentElement.hidden = false;
}
