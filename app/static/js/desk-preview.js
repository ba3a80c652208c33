// The reader's page beside the form follows what is typed. It is made by the server, from the reader's own template.

const PAUSE = 600;

export const preview = (form, changed) => {
  const frame = form.querySelector("iframe");
  const address = form.querySelector('button[value="preview"]').formAction;
  let timer;
  let asked;

  const show = (page) => {
    const there = frame.contentDocument;
    const main = page?.querySelector("main");
    if (!main || !there?.querySelector("main")) return;
    there.querySelector("main").replaceWith(there.adoptNode(main));  // it stays where it was scrolled to
    there.title = page.title;
  };

  const ask = () => {
    asked?.abort();
    asked = new XMLHttpRequest();
    const sent = new FormData(form);
    sent.delete("new_photos");
    asked.responseType = "document";
    // another address is that of signing in again
    asked.addEventListener("load", ({ target }) => { if (target.responseURL === address) show(target.response); });
    asked.open("POST", address);
    asked.send(sent);
  };

  changed.add(() => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
};
