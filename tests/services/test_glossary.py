"""The glossary is written by one person at a time, and every change names the version that it started from."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.domain.errors import BadText, Forbidden, NotAllowed, NotFound
from app.domain.glossary import Term
from app.domain.segments import Tag
from app.domain.terms import LONGEST_NOTE, MOST_FORBIDDEN
from app.queries import glossary as queries
from app.services import glossary
from app.storage import glossary as terms
from app.storage.glossary import DbTerm
from app.storage.journal import DbEvent
from tests.services.rooms import Room

EN, KY = Tag("en"), Tag("ky")
CUSTOMS = Term(source=EN, target=KY, term="customs", translation="бажы", forbidden=("таможня",))


def add(room: Room, term: Term = CUSTOMS, name: str = "kanat") -> int:
    with room.place.database.write() as session:
        return glossary.add(session, term, room.actor(session, name, term.target)).id


def change(room: Room, number: int, term: Term, version: int, name: str = "kanat") -> int:
    with room.place.database.write() as session:
        actor = room.actor(session, name, term.target)
        return glossary.change(session, number, term, actor, version=version).version


def test_a_term_is_kept_tidied_with_who_wrote_it_and_its_history_quotes_no_word(room: Room) -> None:
    number = add(room, replace(CUSTOMS, term="  Customs\n office ", forbidden=("таможня", " ", "таможня ")))
    change(room, number, CUSTOMS, 1)
    assert change(room, number, CUSTOMS, 2) == 2, "the same again is no change"
    with room.place.database.write() as session:
        glossary.remove(session, number, EN, KY, room.actor(session, "carim", "ky"), version=2)
    with room.place.database.read() as session:
        assert queries.listed(session, EN, KY, size=9).all == 0
        events = session.scalars(select(DbEvent).where(DbEvent.subject == "glossary@ky").order_by(DbEvent.number)).all()
    assert [event.action for event in events] == ["term", "change-term", "remove-term"]
    assert not [event for event in events if "ustoms" in event.details]


def test_the_later_change_is_refused_and_so_is_one_of_a_term_that_somebody_took_out(room: Room) -> None:
    number = add(room)
    change(room, number, replace(CUSTOMS, translation="бажыкана"), 1)
    with pytest.raises(NotAllowed, match="somebody changed this term meanwhile"):
        change(room, number, replace(CUSTOMS, note="mine"), 1)
    with room.place.database.write() as session:
        actor = room.actor(session, "carim", "ky")
        with pytest.raises(NotAllowed):
            glossary.remove(session, number, EN, KY, actor, version=1)
        glossary.remove(session, number, EN, KY, actor, version=2)
    with pytest.raises(NotFound, match="took this term out"):
        change(room, number, CUSTOMS, 2)


def test_a_term_is_there_once_for_a_pair_however_it_is_written(room: Room) -> None:
    number = add(room)
    with pytest.raises(NotAllowed, match="has the term “CUSTOMS” already"):
        add(room, replace(CUSTOMS, term="CUSTOMS"))
    other = add(room, replace(CUSTOMS, term="border"))
    with pytest.raises(NotAllowed, match="already"):
        change(room, other, replace(CUSTOMS, term="Customs"), 1)
    assert change(room, number, replace(CUSTOMS, term="Customs"), 1) == 2
    assert add(room, replace(CUSTOMS, target=Tag("ru"), translation="таможня", forbidden=()), name="rustam")


def test_translators_and_reviewers_of_the_language_and_coordinators_write_and_nobody_else(room: Room) -> None:
    add(room, replace(CUSTOMS, term="a"), "kanat")
    add(room, replace(CUSTOMS, term="b"), "rustam")
    add(room, replace(CUSTOMS, term="c"), "carim")
    for name in ("elena", "aigul", "adil"):
        with pytest.raises(Forbidden):
            add(room, CUSTOMS, name)
    with pytest.raises(Forbidden):
        add(room, replace(CUSTOMS, target=Tag("ru")), "kanat")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"term": " "}, "the term is missing"),
        ({"term": "“…”"}, "the term has no letter"),
        ({"term": "ﷺ" * 100}, "the term has 100 letters, and 200 are the most"),
        ({"translation": "a" * 201}, "the translation has 201 letters"),
        ({"translation": "", "forbidden": ()}, "the translation is missing"),
        ({"keep": True}, "the translation is to be empty"),
        ({"forbidden": ("Бажы",)}, "“Бажы” cannot be the translation and be forbidden at once"),
        ({"forbidden": tuple(map(str, range(MOST_FORBIDDEN + 1)))}, "what is not to be written has 20 lines"),
        ({"note": "a" * (LONGEST_NOTE + 1)}, "the note has 1001 letters"),
    ],
)
def test_what_cannot_stand_there_is_refused_by_the_name_of_its_field(
    room: Room, wrong: dict[str, object], reason: str
) -> None:
    with pytest.raises(BadText, match=reason):
        add(room, replace(CUSTOMS, **wrong))  # type: ignore[arg-type]  # some fields, by their names


def test_a_table_changes_the_terms_that_it_has_and_touches_no_other(room: Room) -> None:
    add(room)
    add(room, replace(CUSTOMS, term="border", translation="чек ара", forbidden=()))
    table = [replace(CUSTOMS, term="Customs", note="new"), replace(CUSTOMS, term="pact", translation="келишим")]
    with room.place.database.write() as session:
        actor = room.actor(session, "kanat", "ky")
        assert glossary.bring(session, EN, KY, table, actor) == glossary.Brought(added=1, changed=1, same=0)
    with room.place.database.write() as session:
        actor = room.actor(session, "kanat", "ky")
        assert glossary.bring(session, EN, KY, table, actor) == glossary.Brought(added=0, changed=0, same=2)
    with room.place.database.read() as session:
        rows = session.scalars(select(DbTerm).order_by(DbTerm.id)).all()
        assert [(row.term, row.version) for row in rows] == [("Customs", 2), ("border", 1), ("pact", 1)]
        assert [one.term.term for one in queries.listed(session, EN, KY, size=9).entries] == [
            "border",
            "Customs",
            "pact",
        ]
        assert [one.term.term for one in queries.listed(session, EN, KY, words="ЧЕК", size=9).entries] == ["border"]
        found = terms.glossary(session, EN, KY).found_in("Two pacts with customs.")
        assert [one.term.term for one in found] == ["pact", "Customs"]
        assert terms.glossary(session, EN, Tag("ru")).found_in("Two pacts with customs.") == ()
    with room.place.database.write() as session:
        actor = room.actor(session, "kanat", "ky")
        glossary.remove(session, rows[2].id, EN, KY, actor, version=1)
        glossary.add(session, replace(CUSTOMS, term="two"), actor)
    with room.place.database.read() as session:
        found = terms.glossary(session, EN, KY).found_in("Two pacts with customs.")
        assert [one.term.term for one in found] == ["two", "Customs"], "the index is of today"
        assert queries.fullest(session, [KY, Tag("ru")]) == (EN, KY)


def test_a_glossary_has_an_end(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glossary, "MOST", 1)
    add(room)
    with pytest.raises(NotAllowed, match="1 terms at most"):
        add(room, replace(CUSTOMS, term="border"))
    with room.place.database.write() as session, pytest.raises(NotAllowed, match="1 terms at most"):
        glossary.bring(session, EN, KY, [replace(CUSTOMS, term="pact")], room.actor(session, "kanat", "ky"))
