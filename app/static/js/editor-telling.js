// What the page says: where words are, and what became of something that was pressed.

/** What was pressed and not done: no word is in danger, and only the reasons are told. */
export const notDone = ({ status, page }) => {
  const said = page?.querySelector("main [role=alert]");
  const reasons = [...said?.querySelectorAll(".reason") ?? []].map((one) => one.textContent.trim());
  return [{ 0: "offline", 401: "signed-out" }[status] ?? "not-done", reasons.length || !said ? reasons : [said.textContent.trim()]];
};

/** What was done, in the words of the page that came of it. */
export const done = (page) => [...page.querySelectorAll(".said.done")].map((one) => one.textContent.trim());

/** What can become of a save. */
const OUTCOMES = ["saved", "took-back", "collided", "refused"];

export class Telling {
  constructor(place, signIn) {
    Object.assign(this, { place, signIn, wanted: null });
  }

  tell = (name, reasons = []) => {
    this.place.dataset.state = name;
    const words = [this.place.dataset[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())], ...reasons].join(" ");
    if (this.place.textContent !== words) this.place.textContent = words;
    if (name === "signed-out") this.signIn.ask();
    const go = name === "kept" ? this.wanted : null;
    if (go || OUTCOMES.includes(name)) this.wanted = null;
    go?.();
  };

  /** Do a save that could not be done yet when all words have arrived. */
  later(save) {
    if (!OUTCOMES.includes(this.place.dataset.state)) this.wanted = save;
  }
}
