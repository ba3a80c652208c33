"""Pages of the desk as people read and fill them: by the names of fields and the words of buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse


@dataclass
class Form:
    """One form: where it goes, what its fields hold, and its buttons by their words."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """A page's forms and words."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self.forms: list[Form] = []
        self.words = ""
        self._area: str | None = None
        self._select: str | None = None
        self._button: dict[str, str] | None = None
        self.feed(self.html)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get")))
        if not self.forms:
            return
        fields, name = self.forms[-1].fields, said.get("name", "")
        kind = said.get("type", "text")
        if tag == "input" and name and (kind not in {"checkbox", "radio"} or "checked" in said):
            fields[name] = said.get("value", "on")
        elif tag == "textarea":
            self._area, fields[name] = name, ""
        elif tag == "select":
            self._select = name
            fields.setdefault(name, "")
        elif tag == "option" and self._select is not None and "selected" in said:
            fields[self._select] = said.get("value", "")
        elif tag == "button":
            self._button = {"name": name, "value": said.get("value", ""), "words": ""}

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            fields = self.forms[-1].fields
            fields[self._area] = fields[self._area].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "button" and self._button is not None and self.forms:
            button, self._button = self._button, None
            self.forms[-1].buttons[" ".join(button["words"].split())] = (button["name"], button["value"])

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].fields[self._area] += data
        if self._button is not None:
            self._button["words"] += data
        self.words += data

    @property
    def buttons(self) -> list[str]:
        """The words of all buttons, in order."""
        return [words for form in self.forms for words in form.buttons]

    def form(self, button: str) -> Form:
        """The form that a button with these words sends."""
        return next(form for form in self.forms if button in form.buttons)
