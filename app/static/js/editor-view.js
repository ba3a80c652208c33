// What of a segment is in view: between the bars at both edges, as style sheets leave room for them.

export const inView = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  const { scrollPaddingBlockStart: above, scrollPaddingBlockEnd: below } = getComputedStyle(document.documentElement);
  return top >= (parseFloat(above) || 0) && bottom <= innerHeight - (parseFloat(below) || 0);
};

/** Bring an element to where there is most room below its top, for what stands under a segment comes a moment later. */
export const lift = (element) => element.scrollIntoView({ block: "start" });

/** Bring an element into view as far as it fits, its top in any case; one that is in view stays. */
export const reveal = (element) => {
  if (!inView(element)) lift(element);
};
