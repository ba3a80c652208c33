// Full view of the photos in a dialog: arrows, Escape and swipes. Without it the links lead to the large files.
// The view has an entry of its own in the browser's history, so that Back closes it and leaves the reader on the page;
// whatever else closes it goes back as well, so that no entry stays behind.

const SWIPE = 40;

export function startGallery(page) {
  const links = [...page.querySelectorAll("[data-photo]")];
  if (!links.length || typeof HTMLDialogElement === "undefined") return;
  const viewer = new Viewer(page.querySelector("[data-viewer]"), links);
  for (const [index, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the reader wants another tab
      event.preventDefault();
      viewer.open(index);
    });
  }
}

class Viewer {
  constructor(dialog, links) {
    this.dialog = dialog;
    this.links = links;
    this.image = dialog.querySelector("img");
    this.words = dialog.querySelector("[data-caption]");
    this.count = dialog.querySelector("[data-count]");
    this.leaving = false;
    const rightToLeft = document.documentElement.dir === "rtl";
    this.steps = { ArrowLeft: rightToLeft ? 1 : -1, ArrowRight: rightToLeft ? -1 : 1 };
    const steps = dialog.querySelectorAll("[data-step]");
    for (const button of steps) {
      button.addEventListener("click", () => this.step(Number(button.dataset.step)));
      button.hidden = links.length < 2;
    }
    dialog.querySelector("[data-close]").addEventListener("click", () => this.leave());
    dialog.addEventListener("click", (event) => event.target === dialog && this.leave());
    dialog.addEventListener("keydown", (event) => this.key(event));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave();
    });
    dialog.addEventListener("close", () => this.closed());
    window.addEventListener("popstate", () => this.follow());
    this.swipes();
    this.follow(); // after a reload too
  }

  open(index) {
    history.pushState({ photo: index }, "");
    this.follow();
  }

  // Shows what the present entry of the history says.
  follow() {
    this.leaving = false;
    const index = history.state?.photo;
    if (!this.links[index]) {
      this.dialog.close();
      return;
    }
    this.opener = this.links[index];
    this.show(index);
    if (!this.dialog.open) this.dialog.showModal();
  }

  leave() {
    if (this.leaving) return; // a second press would leave the page
    this.leaving = true;
    history.back();
  }

  closed() {
    this.opener.focus();
    if (!this.dialog.open && this.links[history.state?.photo]) this.leave(); // the browser closed it by itself
  }

  step(by) {
    this.show((this.at + by + this.links.length) % this.links.length);
  }

  show(index) {
    this.at = index;
    const link = this.links[index];
    const small = link.querySelector("img");
    this.image.width = Number(small.getAttribute("width"));
    this.image.height = Number(small.getAttribute("height"));
    this.image.alt = small.alt;
    this.image.src = link.href;
    const caption = link.closest("figure").querySelector("figcaption");
    this.words.replaceChildren(...(caption ? [...caption.cloneNode(true).childNodes] : []));
    this.count.textContent = this.links.length > 1 ? `${index + 1} / ${this.links.length}` : "";
    this.ahead(index + 1);
  }

  // The next photo is fetched while this one is looked at.
  ahead(index) {
    new Image().src = this.links[index % this.links.length].href;
  }

  key(event) {
    const by = this.steps[event.key];
    if (by && this.links.length > 1) {
      event.preventDefault();
      this.step(by);
    } else if (event.key === "Home") this.show(0);
    else if (event.key === "End") this.show(this.links.length - 1);
  }

  swipes() {
    let start = null;
    this.dialog.addEventListener("touchstart", (event) => {
      start = event.touches.length === 1 ? event.touches[0] : null; // two fingers enlarge
    }, { passive: true });
    this.dialog.addEventListener("touchend", (event) => {
      if (!start || this.links.length < 2) return;
      const across = event.changedTouches[0].clientX - start.clientX;
      const down = Math.abs(event.changedTouches[0].clientY - start.clientY);
      start = null;
      if (Math.abs(across) < SWIPE || Math.abs(across) < down) return;
      this.step(this.steps[across < 0 ? "ArrowRight" : "ArrowLeft"]);
    });
  }
}
