// Without scripts whatever leads on sends the sheet, so that what was typed is saved first (app/web/desk/going.py). With them
// words are kept as they are typed: a button that leads on is a link, and fields belong to the form that is around them.

const OURS = new Set(["form", "name", "value"]);

const link = (button) => {
  const there = document.createElement("a");
  for (const { name, value } of button.attributes) if (!OURS.has(name)) there.setAttribute(name, value);
  there.href = button.value;
  there.append(...button.childNodes);
  return there;
};

/** Make links and forms of their own of what leads on from a page of the editor: the one that is open, or one that came. */
export const links = (page) => {
  const focused = document.activeElement;
  for (const button of page.querySelectorAll("button[name=go][value]")) {
    const there = link(button);
    button.replaceWith(there);
    if (button === focused) there.focus();
  }
  for (const one of page.querySelectorAll("form:not(#sheet) [form=sheet]")) {
    one.removeAttribute("form");
    if (one.name === "go") one.removeAttribute("name");
    else if (one.name.startsWith("go ")) one.name = one.name.slice("go ".length);
  }
};
