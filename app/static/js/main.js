// Each module looks for its own part of the page and does nothing where there is none.
import { startBack } from "./back.js";
import { startClock } from "./clock.js";
import { startGallery } from "./gallery.js";
import { startLanguages } from "./languages.js";
import { startShare } from "./share.js";
import { startThemes } from "./theme-switch.js";
import { startViews } from "./views.js";

for (const start of [startClock, startViews, startLanguages, startThemes, startShare, startBack, startGallery]) {
  try {
    start(document);
  } catch (error) {
    console.error(error); // one part's failure leaves the others alone
  }
}
