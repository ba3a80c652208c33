"""Two people at one message with plural forms: each form stays one, shown as such, whatever is decided."""

import re

import pytest

from app.domain.documents import DocumentName
from tests.desk import TestDesk
from tests.trees import Place
from tests.web.desk.at_the_editor import COUNTED, HEAD
from tests.web.desk.pages import Page
from tests.web.forms import form_in

NAME, AT = DocumentName.parse("catalogue/counted"), "/desk/catalogue/counted/ky"


def office(place: Place) -> None:
    place.write("translations/counted.pot", HEAD + COUNTED.format("", ""))
    place.write("translations/ky/LC_MESSAGES/counted.po", HEAD + COUNTED.format("%(n)s күн", "%(n)s күндөр"))
    place.sync()
    assert place.problems() == []


def fields(desk: TestDesk, name: str) -> dict[str, str]:
    return dict(form_in(Page(desk.signed_in(name).get(f"{AT}/translate")).html).items(multi=False))


def typed(sent: dict[str, str], one: str, many: str) -> dict[str, str]:
    """What a form sends when both forms of its one message were changed."""
    forms = [name for name, value in sent.items() if "күн" in value]
    return {**{name: value for name, value in sent.items() if name != "q"}, forms[0]: one, forms[1]: many}


@pytest.fixture
def collided(desk: TestDesk) -> TestDesk:
    """Kanat and Rustam began from the same text, and both saved."""
    both = {name: fields(desk, name) for name in ("kanat", "rustam")}
    for name, word in (("kanat", "сутка"), ("rustam", "кеч")):
        sent = typed(both[name], f"%(n)s {word}", f"%(n)s {word}лар")
        answer = desk.signed_in(name).post(f"{AT}/translate", data=sent)
        assert answer.status_code == 303, answer.text
    return desk


def test_the_second_version_is_kept_beside_the_text_and_each_page_shows_form_by_form(collided: TestDesk) -> None:
    assert [one.split("\0") for one in collided.place.suggestions()] == [["%(n)s кеч", "%(n)s кечлар"]]
    kanat = collided.signed_in("kanat")
    pages = [f"{AT}/", f"{AT}/translate?at=%25(n)s day", f"{AT}/history", "/desk/catalogue/counted/"]
    shown = {there: Page(kanat.get(there)).html for there in pages}
    assert [there for there, html in shown.items() if "\0" in html or "\ufdd1" in html] == []
    for there in pages[:2]:
        words = re.sub(r"</?(?:ins|del)>", "", shown[there])
        assert re.search(r"кеч\s+—\s", words), there


@pytest.mark.parametrize(
    ("decision", "forms"),
    [("take", ["%(n)s кеч", "%(n)s кечлар"]), ("both", ["%(n)s сутка / %(n)s кеч", "%(n)s суткалар / %(n)s кечлар"])],
)
def test_a_decision_takes_every_form(collided: TestDesk, decision: str, forms: list[str]) -> None:
    kanat = collided.signed_in("kanat")
    there = re.search(r'action="(/desk/catalogue/counted/ky/suggestions/[^"]+)"', Page(kanat.get(f"{AT}/")).html)
    assert there is not None
    answer = kanat.post(there[1].replace("&amp;", "&"), data={"decision": decision})
    assert answer.status_code == 303
    text = collided.place.stand("ky", NAME)[1] or ""
    assert re.findall(r'msgstr\[\d\] "(.*)"', text) == forms
