"""The page of a document: its languages, the order by which they go live, and what happened."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import transitions
from app.services.texts import find
from app.web.desk import documents
from tests.databases import on_both
from tests.desk import TestDesk
from tests.journeys.test_valid_html import checker_or_skip
from tests.queries.test_standings import counted
from tests.trees import EDITOR, FOLDER, ITEM, Place, article
from tests.web.desk.one_text import press, state
from tests.web.desk.pages import Page

EN = article("Opening", "The centre opens.", slug="opening", status="draft")
RU = article("Открытие", "Центр открывается.", slug="otkrytie", status="draft")
AT = f"/desk/{FOLDER}/"


def office(place: Place) -> None:
    place.item(en=EN, ru=RU)
    place.sync()


def order(desk: TestDesk, policy: str, *together: str) -> Page:
    carim = desk.signed_in("carim")
    data = {"policy": policy, "together": list(together)}
    return Page(carim.post(AT + "order", data=data, follow_redirects=True))


def test_all_languages_stand_there_with_their_status_and_whose_they_are(desk: TestDesk) -> None:
    press(desk.signed_in("carim"), "Ask for it", AT + "ky/", person="kanat")
    shown = Page(desk.signed_in("rustam").get(AT))
    assert shown.status == 200
    for word in ("английский", "русский", "кыргызский", "Kanat Kyrgyz"):
        assert word in shown.words


@on_both
def test_an_order_is_given_carried_on_at_an_approval_told_and_ended(desk: TestDesk) -> None:
    given = order(desk, "group first", "en", "ru")
    assert "The order stands" in given.words
    assert "Waits: its newest text is not approved." in given.words
    for name, locale in (("rustam", "ru"), ("elena", "en")):
        press(desk.signed_in("carim"), "Submit revision 1 for review", f"{AT}{locale}/")
        client = desk.signed_in(name)
        form = next(one for one in Page(client.get(f"{AT}{locale}/")).forms if one.action.endswith("/act"))
        client.post(f"{AT}{locale}/act", data={**form.fields, "action": "approve"})
    assert (state(desk), state(desk, "en")) == (("approved", True), ("approved", True))
    story = Page(desk.signed_in("carim").get(AT)).words
    assert "Carim Coordinator published revision 1." in story
    assert "Rustam Reviewer approved revision 1." in story
    assert "Carim Coordinator gave an order to publish." in story
    ended = press(desk.signed_in("carim"), "End this order", AT)
    assert "Nothing is ordered" in ended.words


def test_an_order_that_means_nothing_is_refused_and_what_was_chosen_stays_chosen(desk: TestDesk) -> None:
    refused = order(desk, "together")
    assert refused.status == 409
    assert next(one for one in refused.forms if "policy" in one.fields).fields["policy"] == "together"
    assert order(desk, "whenever").status == 400


def test_only_who_coordinates_orders(desk: TestDesk) -> None:
    for name in ("aigul", "rustam", "kanat", "adil"):
        client = desk.signed_in(name)
        assert client.post(AT + "order", data={"policy": "each"}).status_code == 403
        assert client.post(AT + "order/end").status_code == 403
    assert "Give this order" not in Page(desk.signed_in("rustam").get(AT)).buttons


def test_the_page_of_a_document_takes_as_many_queries_after_a_long_story(desk: TestDesk) -> None:
    client = desk.signed_in("rustam")
    client.get(AT)
    with counted(desk.place.database) as short:
        client.get(AT)
    for _ in range(4):
        for action in (Action.SUBMIT, Action.RETURN):
            with desk.place.database.write() as session:
                text = find(session, ITEM, Tag("ru"))
                transitions.take(session, text, action, EDITOR, revision=text.head, comment="again")
    with counted(desk.place.database) as long:
        client.get(AT)
    assert _asked(long) == _asked(short)


def _asked(statements: list[str]) -> int:
    """How many there were, but for the look once a second whether something was published."""
    return sum("published_site" not in statement for statement in statements)


@pytest.mark.vnu
def test_pages_of_documents_and_texts_are_valid_html(desk: TestDesk, tmp_path: Path) -> None:
    checker, carim = checker_or_skip(), desk.signed_in("carim")
    order(desk, "group first", "en", "ru")
    press(carim, "Ask for it", AT + "ru/", person="rustam", due="2099-01-01T10:00")
    press(carim, "Comment", AT + "ru/", comment="<i>@rustam</i> & others")
    press(carim, "Make a link", AT + "ru/")
    press(carim, "Submit revision 1 for review", AT + "en/")
    press(carim, "Return revision 1 to be mended", AT + "en/", note="<b>why</b>")
    (answers := tmp_path / "answers").mkdir()
    for name in ("", "ru/", "en/", "ky/", "ru/translate", "ky/translate"):
        (answers / f"{name.replace('/', '-')}.html").write_bytes(carim.get(AT + name).data)
    refused = carim.post(AT + "ru/act", data={"action": "approve", "revision": "1", "note": "<b>no</b>"})
    (answers / "refused.html").write_bytes(refused.data)
    done = subprocess.run(
        ["java", "-jar", checker, "--format", "json", "--exit-zero-always", *sorted(answers.iterdir())],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert [(one["url"], one["message"]) for one in json.loads(done.stderr)["messages"]] == []


def test_the_timeline_is_paged_and_no_page_changes_or_loses_anything_while_it_grows(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_STORY", 3)
    client = desk.signed_in("carim")
    for number in range(8):
        press(client, "Comment", AT + "ru/", comment=f"comment number {number}")

    def told(address: str) -> tuple[list[str], str | None]:
        page = client.get(address).text
        older = re.search(r'href="([^"#]+)[^"]*">What happened before', page)
        return re.findall(r'<p class="words note" dir="auto">(.*?)</p>', page), older and older[1]

    def walked(start: str) -> list[str]:
        said, older = told(start)
        return said + (walked(older) if older else [])

    everything = [f"comment number {number}" for number in reversed(range(8))]
    assert walked(AT) == everything
    newest, second = told(AT)
    assert second is not None
    before = told(second)
    press(client, "Comment", AT + "ru/", comment="one more")
    assert told(second) == before
    assert [*newest, *walked(second)] == everything
    assert "To the newest" in client.get(second).text
    for odd in ("0", "-1", "99999999999999999999", "x"):
        assert client.get(f"{AT}?until={odd}").status_code == 200


@on_both
def test_each_save_in_the_timeline_shows_its_word_diff_on_the_spot_in_a_fixed_number_of_queries(desk: TestDesk) -> None:
    carim, there = desk.signed_in("carim"), AT + "ru/translate"

    def saved(old: str, new: str) -> None:
        form = Page(carim.get(there)).form("Save")
        carim.post(there, data={name: text.replace(old, new) for name, text in form.fields.items()})

    saved("открывается", "открылся")
    shown = carim.get(AT).text
    assert "<del>открывается</del><ins>открылся</ins>" in re.sub(r">\s+<", "><", shown)
    assert "<details" in shown
    with counted(desk.place.database) as few:
        carim.get(AT)
    for number in range(4):
        saved("Центр", f"Центр {number}")
    with counted(desk.place.database) as many:
        carim.get(AT)
    assert _asked(many) == _asked(few)
