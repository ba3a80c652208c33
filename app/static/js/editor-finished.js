// Says that nothing is left to do, here or in the whole text, and where to go on from there.

export class Finished {
  /** `left()` is how many segments of the whole text are still to be done. */
  constructor(place, left) {
    Object.assign(this, { left, all: place.querySelector("[data-all]"), here: place.querySelector("[data-here]") });
  }

  tell() {
    const left = this.left();
    this.all.hidden = left > 0;
    this.here.hidden = !left;
  }

  hide() {
    this.all.hidden = true;
    this.here.hidden = true;
  }
}
