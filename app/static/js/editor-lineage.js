// Which words go on from which: by windows, up to which serial somebody had before them what that window wrote. So two
// versions are told apart from one that was mended, whichever of them is longer, and without asking a clock.

const MOST = 20;  // windows; the server takes no more

/** What a row goes on from, which was kept by a window: its own words with it. */
export const lineage = ({ seen, tab, serial }) => ({ ...Object(seen) === seen ? seen : {}, [tab]: serial });

/** What words go on from that were made of both. */
export const joined = (one, other) => {
  const all = { ...one };
  for (const [tab, serial] of Object.entries(other)) all[tab] = Math.max(all[tab] ?? 0, serial);
  return Object.fromEntries(Object.entries(all).sort(([, one], [, other]) => other - one).slice(0, MOST));
};

/** Whether who wrote the one had all of the other before them. */
export const goesOnFrom = (one, other) => Object.entries(other).every(([tab, serial]) => (one[tab] ?? 0) >= serial);
