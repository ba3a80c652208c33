// A file that is dropped on the field is chosen and sent: what it would change is shown before anything is.

for (const form of document.querySelectorAll("form.drop")) {
  const field = form.querySelector("input[type=file]");
  form.querySelector("label").textContent = form.dataset.drop;

  let inside = 0;  // elements of the form that the file is over
  const over = (change) => {
    inside = Math.max(0, inside + change);
    form.classList.toggle("over", inside > 0);
  };

  form.addEventListener("dragenter", () => over(1));
  form.addEventListener("dragleave", () => over(-1));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    over(-inside);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
