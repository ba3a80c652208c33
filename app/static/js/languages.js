// Remembers the language that a reader chose, for addresses that name none; closes the switch on Escape or outside.

const YEAR = 365 * 24 * 60 * 60;

export function startLanguages(page) {
  for (const link of page.querySelectorAll("a[data-locale]")) {
    link.addEventListener("click", () => {
      const [name, secure] = location.protocol === "https:" ? ["__Host-locale", "; Secure"] : ["locale", ""];
      page.cookie = `${name}=${link.dataset.locale}; Max-Age=${YEAR}; Path=/; SameSite=Lax${secure}`;
    });
  }
  const folded = page.querySelector(".languages details");
  if (!folded) return;
  page.addEventListener("click", (event) => {
    if (!folded.contains(event.target)) folded.open = false;
  });
  folded.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !folded.open) return;
    folded.open = false;
    folded.querySelector("summary").focus();
  });
}
