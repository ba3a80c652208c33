// What a text changes for readers follows what is typed: the server compares, as "Compare again" does.

const PAUSE = 800;

export const differs = (form, changed) => {
  const area = form.querySelector(".differs");
  if (!area) return;
  const again = form.querySelector('button[value="look"]');
  let timer;
  let asked;

  const ask = () => {
    asked?.abort();
    asked = new XMLHttpRequest();
    const sent = new FormData(form, again);
    sent.delete("new_photos");
    asked.responseType = "document";
    asked.addEventListener("load", ({ target }) => {
      const there = target.response?.querySelector(".differs");
      if (there) area.replaceChildren(...[...there.childNodes].map((node) => document.adoptNode(node)));
    });
    asked.open("POST", form.action);
    asked.send(sent);
  };

  changed.add(() => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
};
