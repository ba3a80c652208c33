// The link to the memory asks for what is selected: in the source, or in the field that somebody writes in.

const LONGEST = 200;

const selected = (field) => {
  const words = field?.matches?.("textarea[data-form]") ? field.value.slice(field.selectionStart, field.selectionEnd) : "";
  return words.trim() ? { words, side: "t" } : { words: String(getSelection()), side: "s" };
};

export const lookUpSelection = (form) => {
  for (const kind of ["pointerdown", "focusin"]) {
    form.addEventListener(kind, (event) => {
      const link = event.target.closest("a[data-concordance]");
      const { words, side } = selected(event.relatedTarget ?? document.activeElement);
      if (!link || !words.trim() || words.length > LONGEST) return;
      const there = new URL(link.href);
      there.searchParams.set("words", words.trim());
      there.searchParams.set("side", side);
      link.href = there;
    });
  }
};
