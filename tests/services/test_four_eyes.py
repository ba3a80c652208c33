"""Four eyes: who approves wrote no segment that changed since the last approved revision."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.errors import NotAllowed
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Action, Role, Status
from app.services import revisions, transitions, writing
from app.services.texts import find
from app.storage.journal import DbEvent
from app.storage.texts import DbNote, DbRevision
from tests.services.test_writing import form
from tests.trees import ITEM, Place, article

PARTS = {"first": "The first of them.", "second": "The second of them.", "third": "The third of them."}


def person(name: str, *roles: Role, four_eyes: bool = True) -> Actor:
    return Actor(name=name, channel=Channel.DESK, roles=frozenset(roles), four_eyes=four_eyes)


AIGUL, BOLAT, CHYNAR = (person(name, Role.AUTHOR, Role.REVIEWER) for name in ("aigul", "bolat", "chynar"))
CHIEF = person("chief", Role.COORDINATOR)


class Text:
    """An English text that people write and approve, each in a transaction of their own."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.parts = dict(PARTS)

    def words(self) -> str:
        return article("Opening", *self.parts.values(), status="draft", slug="opening")

    def write(self, who: Actor, base: int | None = None, **parts: str) -> int:
        """Save a text in which these paragraphs are other ones, made from a revision or the newest; give the head."""
        self.parts |= parts
        with self.place.database.write() as session:
            translation = find(session, ITEM, Tag("en"))
            transitions.lock(session, translation)
            number = translation.head_id if base is None else base
            parent = session.get_one(DbRevision, number) if number else None
            saved = revisions.save(session, translation, self.words(), who, base=parent, path="desk")
            return saved.head.id

    def take(self, who: Actor, action: Action, comment: str = "") -> None:
        with self.place.database.write() as session:
            translation = find(session, ITEM, Tag("en"))
            transitions.take(session, translation, action, who, revision=translation.head, comment=comment)

    def approve(self, who: Actor, comment: str = "") -> None:
        with self.place.database.read() as session:
            draft = find(session, ITEM, Tag("en")).status is Status.DRAFT
        if draft:
            self.take(person("somebody", Role.AUTHOR), Action.SUBMIT)
        self.take(who, Action.APPROVE, comment)

    def details(self, action: Action) -> dict[str, object]:
        with self.place.database.read() as session:
            newest = select(DbEvent.details).where(DbEvent.action == action).order_by(DbEvent.number.desc()).limit(1)
            told: dict[str, object] = json.loads(session.scalars(newest).one())
            return told


@pytest.fixture
def text(tmp_path: Path, database_url: str) -> Iterator[Text]:
    """A draft that the tree brought in, and nobody approved yet."""
    place = Place(tmp_path, database_url)
    text = Text(place)
    place.item(en=text.words())
    place.sync()
    yield text
    place.database.dispose()


def test_who_wrote_a_word_of_it_does_not_approve_a_text_that_never_was_approved(text: Text) -> None:
    text.write(AIGUL, first="Aigul's.")
    text.write(BOLAT, second="Bolat's.")
    for writer in (AIGUL, BOLAT):
        with pytest.raises(NotAllowed, match="four eyes"):
            text.approve(writer)
    text.approve(CHYNAR)


def test_what_was_approved_before_counts_no_more_though_it_never_went_live(text: Text) -> None:
    text.write(AIGUL, first="Aigul's.")
    text.approve(BOLAT)
    text.write(BOLAT, second="Bolat's.")
    with pytest.raises(NotAllowed, match="four eyes"):
        text.approve(BOLAT)
    text.approve(AIGUL)


def test_what_went_live_is_not_what_counts(text: Text) -> None:
    """Aigul's words were approved after the last publication: her eyes are the other two now."""
    text.approve(BOLAT)
    text.take(CHIEF, Action.PUBLISH)
    text.write(AIGUL, first="Aigul's.")
    text.approve(BOLAT)
    text.write(CHYNAR, second="Chynar's.")
    text.approve(AIGUL)


def test_who_changed_a_segment_and_changed_it_back_wrote_nothing_of_it(text: Text) -> None:
    text.approve(BOLAT)
    text.write(AIGUL, first="The very first of them.")
    text.write(AIGUL, first=PARTS["first"])
    text.write(BOLAT, second="Bolat's.")
    text.approve(AIGUL)


def test_who_wrote_a_segment_that_somebody_else_wrote_over_still_wrote_it(text: Text) -> None:
    text.approve(CHYNAR)
    text.write(AIGUL, first="The very first of them.")
    text.write(BOLAT, first="The very first of all of them.")
    for writer in (AIGUL, BOLAT):
        with pytest.raises(NotAllowed, match="four eyes"):
            text.approve(writer)


def test_who_wrote_a_segment_before_it_was_approved_may_approve_what_another_made_of_it(text: Text) -> None:
    text.write(AIGUL, first="The very first of them.")
    text.approve(CHYNAR)
    text.write(BOLAT, first="The very first of all of them.")
    text.approve(AIGUL)


def test_who_took_a_segment_out_changed_it(text: Text) -> None:
    text.approve(CHYNAR)
    del text.parts["third"]
    text.write(AIGUL)
    with pytest.raises(NotAllowed, match="four eyes"):
        text.approve(AIGUL)


def test_who_wrapped_lines_or_moved_a_block_wrote_nothing(text: Text) -> None:
    text.parts["first"] = "First of all."
    text.write(CHYNAR)
    text.approve(BOLAT)
    text.parts = {"second": PARTS["second"], "first": "First\nof all.", "third": PARTS["third"]}
    text.write(AIGUL)
    text.approve(AIGUL)


def test_words_that_came_in_by_merge_are_those_of_who_saved_them(text: Text) -> None:
    text.approve(CHYNAR)
    with text.place.database.read() as session:
        base = find(session, ITEM, Tag("en")).head_id
    text.write(AIGUL, first="Aigul's.")
    text.parts = dict(PARTS)
    text.write(BOLAT, base, second="Bolat's.")
    for writer in (AIGUL, BOLAT):
        with pytest.raises(NotAllowed, match="four eyes"):
            text.approve(writer)
    text.approve(CHYNAR)


def test_a_coordinator_may_with_a_note_which_is_kept_and_the_journal_shows_it(text: Text) -> None:
    text.write(CHIEF, first="The chief's.")
    with pytest.raises(NotAllowed, match="four eyes"):
        text.approve(CHIEF, "  ")
    text.approve(CHIEF, "Nobody else is here today")
    assert text.details(Action.APPROVE)["four-eyes"] == "overridden"
    with text.place.database.read() as session:
        assert session.scalars(select(DbNote.text)).all() == ["Nobody else is here today"]


def test_a_coordinators_note_on_the_words_of_others_overrides_nothing(text: Text) -> None:
    text.write(AIGUL, first="Aigul's.")
    text.approve(CHIEF, "Well done")
    assert "four-eyes" not in text.details(Action.APPROVE)


def test_a_note_overrides_for_nobody_but_a_coordinator(text: Text) -> None:
    text.write(AIGUL, first="Aigul's.")
    with pytest.raises(NotAllowed, match="four eyes"):
        text.approve(AIGUL, "please")


def test_where_the_site_asks_for_two_eyes_whoever_wrote_it_approves_it(text: Text) -> None:
    text.write(AIGUL, first="Aigul's.")
    text.approve(person("aigul", Role.REVIEWER, four_eyes=False))
    assert "four-eyes" not in text.details(Action.APPROVE)


def tag(text: Text, who: Actor, **changed: object) -> None:
    with text.place.database.write() as session:
        filled = form(session, ITEM, Tag("en"))
        facts = replace(filled.facts, **changed)  # type: ignore[arg-type]  # some fields, by their names
        writing.save(session, ITEM, Tag("en"), replace(filled, facts=facts), who)


def test_who_changed_date_tags_or_photos_does_not_approve_them(text: Text) -> None:
    text.approve(CHYNAR)
    tag(text, AIGUL, tags=("mine",))
    with pytest.raises(NotAllowed, match="four eyes"):
        text.approve(AIGUL)
    text.approve(BOLAT)


def test_a_coordinator_approves_facts_of_their_own_with_a_note(text: Text) -> None:
    text.approve(CHYNAR)
    tag(text, replace(CHIEF, roles=frozenset(Role)), tags=("mine",))
    with pytest.raises(NotAllowed, match="four eyes"):
        text.approve(CHIEF)
    text.approve(CHIEF, "nobody else is here")
    assert text.details(Action.APPROVE)["four-eyes"] == "overridden"


def test_who_changed_facts_that_were_approved_since_approves_later_words(text: Text) -> None:
    text.approve(CHYNAR)
    tag(text, AIGUL, tags=("mine",))
    text.approve(BOLAT)
    text.write(BOLAT, first="Another beginning.")
    text.approve(AIGUL)
