// Photos: they come in when they are dropped or chosen, several at once, and change places without a page.

const named = (item, path, place) => {
  for (const field of item.querySelectorAll("[name]")) {
    if (field.name === "do") field.value = `${field.value.split(":")[0]}:${place}`;
    else if (field.name === "photo") field.value = path;
    else field.name = `${field.name.split(":")[0]}:${path}`;
  }
};

const numbered = (list) => [...list.children].forEach((item, place) => {
  for (const button of item.querySelectorAll("button[name=do]")) {
    button.value = `${button.value.split(":")[0]}:${place}`;
  }
});

const send = (url, token, file, progress) => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  const sent = new FormData();
  sent.append("new_photos", file);
  sent.append("csrf_token", token);
  request.upload.addEventListener("progress", ({ loaded, total }) => { progress.value = loaded / total; });
  request.addEventListener("loadend", () => resolve(request.response ?? {}));
  request.responseType = "json";
  request.open("POST", url);
  request.send(sent);
});

export const photos = (form, tell) => {
  const area = form.querySelector(".photos");
  const list = area.querySelector("ol");
  const said = area.querySelector(".uploads");
  const model = area.querySelector("template").content.firstElementChild;
  const chosen = form.elements.new_photos;
  area.querySelector(".plain").hidden = true;

  const add = ({ path, shown }) => {
    if ([...list.querySelectorAll("[name=photo]")].some((field) => field.value === path)) return;
    const item = document.importNode(model, true);
    named(item, path, list.children.length);
    if (shown) item.querySelector("img").src = shown;
    item.querySelector(".path").textContent = path;
    for (const button of item.querySelectorAll("[aria-label]")) button.ariaLabel += path;
    for (const label of item.querySelectorAll("label")) {
      label.classList.toggle("asked", label.querySelector("input").name.startsWith("alt:"));
    }
    list.append(item);
    tell();
  };

  const take = async (files) => {
    // two at a time: a camera's photos are large, and lines are slow
    for (const line of said.querySelectorAll(".error")) line.remove();  // what was said of the photos of before
    const waiting = [...files].map((file) => {
      const line = document.createElement("li");
      const progress = Object.assign(document.createElement("progress"), { max: 1, value: 0, ariaLabel: file.name });
      line.append(`${file.name} `, progress);
      said.append(line);
      return { file, line, progress };
    });
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const answer = await send(form.dataset.photos, form.elements.csrf_token.value, next.file, next.progress);
        if (answer.photos) {
          answer.photos.forEach(add);
          next.line.remove();
        } else {
          next.line.className = "said error";
          next.line.textContent = answer.fault ?? `${next.file.name}: ${said.dataset.failed}`;
        }
      }
    };
    await Promise.all([work(), work()]);
  };

  const takeChosen = () => {
    const files = [...chosen.files];
    chosen.value = "";
    return take(files);
  };
  chosen.addEventListener("change", takeChosen);
  if (chosen.files.length) takeChosen();  // somebody was faster than this script

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    const [wish] = button.value.split(":");
    if (wish === "up") item.previousElementSibling?.before(item);
    else if (wish === "down") item.nextElementSibling?.after(item);
    else {
      (item.nextElementSibling ?? item.previousElementSibling)?.querySelector("button")?.focus();
      item.remove();
    }
    if (wish !== "remove") button.focus();
    numbered(list);
    tell();
  });

  list.addEventListener("input", ({ target }) => {
    if (target.name.startsWith("alt:")) target.closest("label").classList.toggle("asked", !target.value.trim());
  });

  const files = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  area.addEventListener("dragover", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    area.classList.add("over");
  });
  area.addEventListener("dragleave", () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    area.classList.remove("over");
    take(event.dataTransfer.files);
  });

  return add;
};
