// What checks found stands at the name of a segment as the server tells it: with what stands under it, and with the page.

/** Let the name of a segment say what a page says that is newer than it. */
export const follow = (element, page) => {
  const [there, now] = [element, page].map((one) => one.querySelector("[data-chips]"));
  if (there && now && there.textContent !== now.textContent) there.replaceWith(document.adoptNode(now));
};
