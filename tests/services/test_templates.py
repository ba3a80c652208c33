"""A template that somebody sends: what it would do is told first, and done it alters nobody's words or statuses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.documents import DocumentName
from app.domain.errors import BadText, NotAllowed
from app.domain.people import Actor, Channel
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action, Role
from app.formats.po_update import Changes
from app.services.exchange import give_out
from app.services.templates import Effect, foresee, renew
from app.services.texts import find
from tests.journeys.test_new_templates import KY, POT, RU, RU_FILE, SHOP, behind
from tests.taking_back import take_back
from tests.trees import EDITOR, Place, decide

NEW = POT.replace("Close the till", "Close the till now") + '\nmsgid "Help"\nmsgstr ""\n'
COUNTED, OPEN = "%d item in the basket", "menu\x04Open {name}"
WHOLE = Changes(kept=(COUNTED, OPEN), near=("Close the till now",), revived=(), added=("Help",), vanished=())
PROPOSED = '#, fuzzy\n#| msgid "Close the till"\nmsgid "Close the till now"\nmsgstr "{}"\n'


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    place.write("translations/shop.pot", POT)
    place.write(RU_FILE, RU)
    place.write("translations/ky/LC_MESSAGES/shop.po", KY)
    place.sync()
    yield place
    place.database.dispose()


def foreseen(place: Place, text: str) -> tuple[Effect, ...]:
    with place.database.read() as session:
        return foresee(session, SHOP, text.encode(), path="shop.pot")


def renewed(place: Place, text: str = NEW, *, name: DocumentName = SHOP, actor: Actor = EDITOR) -> tuple[Effect, ...]:
    with place.database.write() as session:
        return renew(session, name, text.encode(), actor, path="shop.pot")


def test_what_it_would_do_to_each_language_is_told_and_nothing_is_stored(place: Place) -> None:
    before = place.revisions()
    assert foreseen(place, NEW) == (Effect(locale=Tag("ky"), changes=WHOLE), Effect(locale=Tag("ru"), changes=WHOLE))
    assert [one.changes and one.changes.any for one in foreseen(place, POT)] == [False, False]
    only = foreseen(place, POT.split("\n#: src/menu.py:9")[0])
    assert [one.changes and one.changes.vanished for one in only] == [("Close the till",)] * 2
    assert place.revisions() == before


def test_done_each_language_has_its_messages_and_keeps_its_status_and_what_is_live_moves_with_it(place: Place) -> None:
    assert renewed(place) == (Effect(locale=Tag("ky"), changes=WHOLE), Effect(locale=Tag("ru"), changes=WHOLE))
    status, head, live = place.stand("ky", SHOP)
    assert (status, head) == ("approved", live)
    assert PROPOSED.format("Жабуу") in (live or "")
    status, head, live = place.stand("ru", SHOP)
    assert (status, live) == ("draft", None)
    assert PROPOSED.format("Закрыть") in (head or "")
    assert behind(place) == {"ru": "", "ky": ""}
    place.sync()
    assert place.problems() == []
    assert place.read("translations/shop.pot") == NEW
    assert PROPOSED.format("Закрыть") in place.read(RU_FILE)


def test_a_draft_beside_what_is_live_is_brought_up_too_and_stays_in_review(place: Place) -> None:
    with place.database.write() as session:
        given = give_out(session, SHOP, Tag("ky"))
        raw = given.raw.replace("Жабуу".encode(), "Токтотуу".encode())
        take_back(session, SHOP, Tag("ky"), raw, EDITOR, base=given.number, path="shop.po")
    with place.database.write() as session:
        decide(session, find(session, SHOP, Tag("ky")), Action.SUBMIT)
    renewed(place)
    status, head, live = place.stand("ky", SHOP)
    assert status == "in review"
    assert PROPOSED.format("Токтотуу") in (head or "")
    assert PROPOSED.format("Жабуу") in (live or "")
    assert place.suggestions() == []


def test_a_domain_begins_with_its_template(place: Place) -> None:
    name = DocumentName.parse("catalogue/stock")
    assert renewed(place, POT, name=name) == ()
    status, head, live = place.stand(NO_LANGUAGE, name)
    assert (status, head, live) == ("approved", POT, POT)
    place.sync()
    assert place.read("translations/stock.pot") == POT


@pytest.mark.parametrize("roles", [{Role.AUTHOR}, {Role.TRANSLATOR, Role.REVIEWER}])
def test_who_may_not_correct_what_readers_see_replaces_no_template(place: Place, roles: set[Role]) -> None:
    before, stands = place.revisions(), place.stand("ky", SHOP)
    with pytest.raises(NotAllowed):
        renewed(place, actor=Actor(name="ann", channel=Channel.UPLOAD, roles=frozenset(roles)))
    assert (place.revisions(), place.stand("ky", SHOP)) == (before, stands)


def test_a_template_that_is_broken_or_the_same_changes_nothing(place: Place) -> None:
    before = place.revisions()
    with pytest.raises(BadText, match=r"shop\.pot:26: a string that does not end"):
        renewed(place, NEW.replace('"Help"', '"Help'))
    with pytest.raises(NotAllowed, match="nothing was changed"):
        renewed(place, POT)
    with pytest.raises(NotAllowed, match="only a catalogue has a template"):
        renewed(place, name=DocumentName.parse("news/x"))
    assert place.revisions() == before


def test_a_catalogue_that_is_broken_is_told_and_left_and_the_others_are_brought_up(place: Place) -> None:
    place.write(RU_FILE, f'{RU}\nmsgid "More\nmsgstr ""\n')
    place.sync()
    ky, ru = renewed(place)
    assert ky.changes == WHOLE
    assert ru.changes is None
    assert [one.reason for one in ru.problems] == ["a string that does not end"]
    assert "Help" not in (place.stand("ru", SHOP)[1] or "")
