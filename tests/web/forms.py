"""The form in a page, as a browser without scripts would send it."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

Form = MultiDict[str, str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields = Form()
        self.area: str | None = None
        self.select = ""
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.skipped += tag == "template"
        name, value = given.get("name"), given.get("value") or ""
        if self.skipped:
            return
        if tag == "textarea" and name:
            self.area = name
            self.fields.add(name, "")
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and "selected" in given:
            self.fields.add(self.select, value)
        elif tag == "input" and name and self.is_sent(given):
            self.fields.add(name, value)

    def is_sent(self, given: dict[str, str | None]) -> bool:
        kind = given.get("type")
        return kind != "file" and (kind not in {"radio", "checkbox"} or "checked" in given)

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag == "template"
        if tag == "textarea" and self.area is not None:
            self.fields[self.area] = self.fields[self.area].removeprefix("\n")
            self.area = None


def form_in(page: str) -> Form:
    """Return the fields of the only form of a page that is worth filling."""
    reader = _Reader()
    reader.feed(page)
    return reader.fields
