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

  // whoever was signed out goes on writing beside a sentence, and not beside a page of its own
  const lost = () => {
    const main = frame.contentDocument?.querySelector("main");
    if (!main) return;
    const said = Object.assign(frame.contentDocument.createElement("p"), { textContent: frame.dataset.lost });
    main.replaceChildren(said);
  };

  const ask = () => {
    asked?.abort();
    asked = new XMLHttpRequest();
    const sent = new FormData(form);
    sent.delete("new_photos");
    asked.responseType = "document";
    // another address is that of signing in again
    asked.addEventListener("load", ({ target }) => {
      if (target.status === 401 || target.responseURL !== address) lost();
      else if (target.status === 200) show(target.response);
    });
    asked.open("POST", address);
    asked.send(sent);
  };

  changed.add(() => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
};
