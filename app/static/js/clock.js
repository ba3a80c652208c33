// The seat's date and time. The moment and the zone's offset come from the server, the names from the page; the
// device's clock and zone are never asked, only how much time has passed since the answer.

import { answer as tellAgo, question } from "./ago.js";

const AGAIN = 60 * 60 * 1000;
const SOON = [2, 5, 15, 60]; // seconds until a first answer that failed is asked for again

export function startClock(page) {
  const line = page.querySelector("[data-clock]");
  if (line) new Clock(line, page).begin();
}

class Clock {
  constructor(line, page) {
    this.page = page;
    this.names = {
      weekdays: line.dataset.weekdays.split("|"),
      months: line.dataset.months.split("|"),
      template: line.dataset.template,
    };
    this.day = line.querySelector(".day");
    this.time = line.querySelector(".hours");
    this.city = line.querySelector(".city");
    this.told = null;
    this.timer = 0;
    this.failed = 0;
  }

  begin() {
    this.ask();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.ask();
      else clearTimeout(this.timer);
    });
  }

  async ask() {
    const sent = performance.now();
    try {
      const answer = await fetch(`/now${question(this.page)}`, { cache: "no-store", headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      const arrived = performance.now();
      // Half of the way there and back is the server's answer underway.
      this.told = { ...told, at: arrived, epoch: told.epoch + (arrived - sent) / 2 };
    } catch {
      // offline, or the site begins anew: what was told before goes on
    }
    tellAgo(this.page, this.told?.ago);
    if (this.told) this.tick();
    else this.askSoon();
  }

  askSoon() {
    clearTimeout(this.timer);
    const seconds = SOON[Math.min(this.failed, SOON.length - 1)];
    this.failed += 1;
    this.timer = setTimeout(() => this.ask(), seconds * 1000);
  }

  tick() {
    clearTimeout(this.timer);
    const passed = performance.now() - this.told.at;
    if (passed > AGAIN) {
      this.told.at += AGAIN / 2; // asked again in half an hour if this answer fails
      this.told.epoch += AGAIN / 2;
      this.ask();
      return;
    }
    const moment = this.told.epoch + passed;
    this.show(moment);
    this.timer = setTimeout(() => this.tick(), 1000 - (moment % 1000) + 5);
  }

  show(moment) {
    const { change, offset } = this.told;
    const seconds = change && moment >= change.epoch ? change.offset : offset;
    // A date whose UTC fields are the seat's wall clock: arithmetic alone, no zone table.
    const wall = new Date(moment + seconds * 1000);
    const day = fullDate(wall, this.names);
    if (this.day.textContent !== day) this.day.textContent = day;
    this.time.textContent = [wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds()].map(two).join(":");
    this.city.hidden = false;
  }
}

export function fullDate(wall, { weekdays, months, template }) {
  const day = wall.getUTCDate();
  const month = wall.getUTCMonth();
  const parts = {
    weekday: weekdays[(wall.getUTCDay() + 6) % 7], // the names begin with Monday
    day,
    day2: two(day),
    month: months[month],
    month2: two(month + 1),
    year: wall.getUTCFullYear(),
  };
  return template.replace(/\{(\w+)\}/g, (slot, name) => parts[name] ?? slot);
}

function two(number) {
  return String(number).padStart(2, "0");
}
