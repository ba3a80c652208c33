"""A machine's words come in marked, until a person has confirmed each of them."""

import pytest

from app.domain.errors import NotAllowed
from app.domain.people import Channel
from app.domain.segments import Key, Origin, State
from app.domain.side_by_side import Typed
from app.domain.translations import Action
from app.queries.people import person
from app.services import folds, working_copies
from app.services.working_copies import Words
from app.storage.machine import Order
from app.web import published
from tests.databases import on_both
from tests.desk import TestDesk
from tests.machines import FakeMachine
from tests.trees import ITEM, article
from tests.web.desk.at_the_machine import (
    AT,
    INVITED,
    KY,
    LABEL,
    ask,
    let_time_pass,
    orders,
    read,
    save,
    sheet,
    stands,
    take,
    work,
)
from tests.web.desk.pages import Page

pytestmark = pytest.mark.usefixtures("with_a_list")


def test_a_text_goes_all_the_way_and_readers_see_the_label_until_a_person_confirmed_each_segment(
    desk: TestDesk, fake: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "FRESH", 0.0)
    kanat = desk.signed_in("kanat")
    assert "The machine was asked" in ask(kanat)
    assert work(desk) == 5
    assert "data-waits" not in Page(kanat.get(AT)).html
    assert fake.texts() == [
        "Opening", "The centre opens.", "one", "two", "All are invited to [see][X0X] it."
    ]  # fmt: skip
    assert stands(desk) == {
        source: (made, State.NEEDS_WORK, Origin.MACHINE)
        for source, made in {
            "Opening": "Мына Opening", "The centre opens.": "Мына The centre opens.", "- one": "- Мына one",
            "- two": "- Мына two", INVITED: f"Мына {INVITED}",
        }.items()
    }  # fmt: skip
    take(desk, "kanat", Action.SUBMIT)
    take(desk, "rustam", Action.APPROVE)
    take(desk, "carim", Action.PUBLISH)
    assert LABEL in read(desk)
    *some, last = [row for row in sheet(desk).rows if row.text]
    for row in some:
        save(desk, "kanat", {row.key: Typed(forms=(row.text,), current=True)})
    take(desk, "carim", Action.PUBLISH)
    assert LABEL in read(desk)
    assert "origin:machine" in Page(kanat.get(AT)).html
    save(desk, "kanat", {last.key: Typed(forms=("Баары [мында](https://example.org) чакырылат.",))})
    assert {one[1:] for one in stands(desk).values()} == {(State.DONE, Origin.HUMAN)}
    take(desk, "kanat", Action.SUBMIT)
    take(desk, "rustam", Action.APPROVE)
    take(desk, "carim", Action.PUBLISH)
    assert LABEL not in read(desk)
    assert "Мына The centre opens." in read(desk)


def test_who_asked_for_a_machines_words_or_confirmed_them_does_not_approve_them(
    desk: TestDesk, fake: FakeMachine
) -> None:
    rustam = desk.signed_in("rustam")
    ask(rustam)
    assert work(desk) == 5
    take(desk, "kanat", Action.SUBMIT)
    with pytest.raises(NotAllowed, match="four eyes"):
        take(desk, "rustam", Action.APPROVE)
    assert fake.asked


def test_who_confirmed_a_machines_words_does_not_approve_them(desk: TestDesk, fake: FakeMachine) -> None:
    ask(desk.signed_in("kanat"))
    assert work(desk) == 5
    row = next(row for row in sheet(desk).rows if row.text)
    save(desk, "rustam", {row.key: Typed(forms=(row.text,), current=True)})
    take(desk, "kanat", Action.SUBMIT)
    with pytest.raises(NotAllowed, match="four eyes"):
        take(desk, "rustam", Action.APPROVE)
    assert fake.asked


def test_what_somebody_saved_or_is_typing_meanwhile_stays_and_the_machines_words_are_dropped(
    desk: TestDesk, fake: FakeMachine
) -> None:
    ask(desk.signed_in("kanat"))
    keys = {row.sources[0].text: row.key for row in sheet(desk).rows}
    before = sheet(desk).bases

    def meanwhile(text: str) -> str:
        if text == "Opening":
            save(desk, "kanat", {keys["The centre opens."]: Typed(forms=("Борбор ачылды.",))}, before)
            with desk.place.database.write() as session:
                found = person(session, "rustam")
                assert found is not None
                words = Words(key=keys["- one"], typed=Typed(forms=("- бир",)), bases=before, serial=1)
                actor = found.actor(KY, channel=Channel.DESK)
                working_copies.keep(session, ITEM, KY, actor, words=[words], tab="t")
        return f"Мына {text}"

    fake.words = meanwhile
    assert work(desk) == 3
    assert stands(desk)["The centre opens."] == ("Борбор ачылды.", State.DONE, Origin.HUMAN)
    assert "- one" not in stands(desk) or stands(desk)["- one"][0] == ""
    assert desk.place.suggestions() == []
    with desk.place.database.write() as session:
        found = person(session, "rustam")
        assert found is not None
        folds.fold(session, ITEM, KY, found.actor(KY, channel=Channel.DESK))
    assert stands(desk)["- one"] == ("- бир", State.DONE, Origin.HUMAN)
    assert stands(desk)["- two"] == ("- Мына two", State.NEEDS_WORK, Origin.MACHINE)
    assert (desk.place.suggestions(), orders(desk)) == ([], [])


@on_both
def test_who_types_on_a_page_from_before_the_machines_words_came_has_the_segment_and_no_second_version(
    desk: TestDesk, fake: FakeMachine
) -> None:
    kanat = desk.signed_in("kanat")
    save(desk, "kanat", {Key("title"): Typed(forms=("Ачылыш",))})
    old = sheet(desk)
    ask(kanat)
    assert work(desk) == 4
    key = next(row.key for row in old.rows if row.sources[0].text == "The centre opens.")
    said = {"key": key, "typed": {"forms": ["Борбор ачылды."]}, "serial": 5}
    sent = {"tab": "t", "revision": old.bases.revision, "source": "en", "segments": [said]}
    answer = kanat.post(f"{AT}/typed", json=sent)
    assert (answer.json or {})["met"] == {}
    assert save(desk, "kanat", {key: Typed(forms=("Борбор ачылды.",))}, old.bases) == 0
    assert stands(desk)["The centre opens."] == ("Борбор ачылды.", State.DONE, Origin.HUMAN)
    assert stands(desk)["- two"] == ("- Мына two", State.NEEDS_WORK, Origin.MACHINE)
    assert fake.asked


def test_one_text_that_the_machine_refuses_is_left_out_and_the_others_come_in(
    desk: TestDesk, fake: FakeMachine
) -> None:
    before = fake.answer

    def answer(path: str, said: dict[str, object] | None) -> tuple[int, bytes]:
        return (400, b"{}") if said and "one" in fake.texts_in(said) else before(path, said)

    fake.answer = answer  # type: ignore[method-assign]  # this one fake answers otherwise
    ask(desk.signed_in("kanat"))
    assert work(desk) == 4
    assert stands(desk)["- two"][0] == "- Мына two"
    assert [Order.of(one).harmed for one in orders(desk)] != [()]


@on_both
def test_what_came_before_the_machine_failed_is_kept_and_the_rest_is_asked_for_later(
    desk: TestDesk, fake: FakeMachine
) -> None:
    desk.place.item(en=article("Opening", *(f"Paragraph {number} says this." for number in range(60)), slug="opening"))
    desk.place.sync()

    def failing(text: str) -> str:
        fake.instead = (503, b"")
        return f"Мына {text}"

    fake.words = failing
    ask(desk.signed_in("kanat"))
    assert work(desk) == 50
    assert [Order.of(one).failures for one in orders(desk)] == [1]
    fake.words, fake.instead = (lambda text: f"Мына {text}"), None
    let_time_pass(desk)
    assert work(desk) == 11
    assert orders(desk) == []


def test_words_of_a_machine_that_were_taken_stay_a_machines_until_somebody_changes_or_confirms_them(
    desk: TestDesk,
) -> None:
    kanat = desk.signed_in("kanat")
    save(desk, "kanat", {Key("title"): Typed(forms=("Ачылыш",))})
    keys = {row.sources[0].text: row.key for row in sheet(desk).rows}
    sources = ("The centre opens.", "- one", "- two")
    for serial, source in enumerate(sources, start=1):
        said = {"key": keys[source], "serial": serial, "typed": {"forms": [f"- {source[2:]}!"], "origin": "machine"}}
        kanat.post(f"{AT}/typed", json={"tab": "t", "revision": 2, "source": "en", "segments": [said]})
    page = Page(kanat.get(AT))
    assert page.html.count(" data-taken") == 3
    fields = next(form for form in page.forms if "base" in form.fields).fields
    place = {row.sources[0].text: number for number, row in enumerate(sheet(desk).rows)}
    fields = {name: text for name, text in fields.items() if not name.startswith(("c", "w", "o"))}
    kanat.post(AT, data=fields | {f"s{place['- one']}.0": "- бир", f"c{place['- two']}": "on"})
    assert [stands(desk)[source][2] for source in sources] == [Origin.MACHINE, Origin.HUMAN, Origin.HUMAN]
