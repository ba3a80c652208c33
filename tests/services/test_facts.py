"""Facts go live with the words that they were approved with, and no later ones slip out (decision 22)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from app.cli import main
from app.domain.documents import Facts
from app.domain.errors import Forbidden, NotAllowed
from app.domain.people import Actor
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action
from app.formats.facts import read_facts, with_facts
from app.queries.suggestions import still_open
from app.services import corrections, revisions, suggestions, transitions, writing
from app.services.texts import find
from app.storage.outbox import DbWork
from app.storage.texts import DbRevision
from app.worker.embargoes import publish_what_is_due
from tests.copies import Copies
from tests.services.test_writing import AUTHOR, form
from tests.trees import EDITOR, FACTS, FOLDER, ITEM, SITE, Place, article, decide

EN = Tag("en")
LATER = datetime(2099, 1, 1, tzinfo=UTC)
READY = (Action.SUBMIT, Action.APPROVE)


def begin_with(place: Place) -> None:
    place.item(en=article("Opening", "The centre opens.", slug="opening", status="draft"))
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def do(place: Place, *actions: Action) -> None:
    with place.database.write() as session:
        decide(session, find(session, ITEM, EN), *actions)


def schedule(place: Place) -> None:
    with place.database.write() as session:
        text = find(session, ITEM, EN)
        transitions.take(session, text, Action.SCHEDULE, EDITOR, revision=text.head, due=LATER)


def let_the_time_come(place: Place) -> int:
    with place.database.write() as session:
        session.execute(update(DbWork).values(due_at=datetime.now(UTC) - timedelta(hours=1)))
    return publish_what_is_due(place.database)


def write_facts(place: Place, **changed: object) -> None:
    """Change the facts by the form of the source text."""
    with place.database.write() as session:
        filled = form(session, ITEM, EN)
        facts = replace(filled.facts, **changed)  # type: ignore[arg-type]  # some fields, by their names
        writing.save(session, ITEM, EN, replace(filled, facts=facts), EDITOR)


def slip_facts_in(place: Place, **changed: object) -> None:
    """Let facts become others by a way on which nobody is asked to approve them again."""
    with place.database.write() as session:
        text = find(session, ITEM, NO_LANGUAGE)
        transitions.lock(session, text)
        assert text.head is not None
        facts = replace(read_facts(text.head.text, path=""), **changed)  # type: ignore[arg-type]  # some fields, by their names
        revisions.save(session, text, with_facts(text.head.text, facts), EDITOR, base=text.head, path="item.toml")


def facts_of(place: Place) -> tuple[Facts | None, Facts | None]:
    """What is live of the facts, and what is newest."""
    with place.database.read() as session:
        text = find(session, ITEM, NO_LANGUAGE)
        said = [session.get_one(DbRevision, one).text if one else None for one in (text.live_id, text.head_id)]
    live, newest = (None if one is None else read_facts(one, path="") for one in said)
    return live, newest


def live_tags(place: Place) -> tuple[str, ...] | None:
    live = facts_of(place)[0]
    return None if live is None else live.tags


@pytest.mark.parametrize("press", [Action.PUBLISH, Action.SCHEDULE])
def test_facts_that_were_changed_after_the_approval_are_not_published_until_they_are_approved_too(
    place: Place, press: Action
) -> None:
    do(place, *READY)
    slip_facts_in(place, tags=("unseen",))
    with pytest.raises(NotAllowed, match="changed after it was approved") as refused:
        do(place, press) if press is Action.PUBLISH else schedule(place)
    assert refused.value.guard == "its date, tags and photos are those that were approved with it"
    assert live_tags(place) is None
    do(place, Action.REOPEN, *READY, Action.PUBLISH)
    assert live_tags(place) == ("unseen",)


def test_another_time_of_publication_needs_no_other_approval(place: Place) -> None:
    do(place, *READY)
    slip_facts_in(place, publish_at=LATER)
    do(place, Action.PUBLISH)
    assert live_tags(place) == ()


def test_an_embargo_publishes_the_facts_that_stood_when_it_was_scheduled_and_later_ones_stay_a_draft(
    place: Place,
) -> None:
    write_facts(place, tags=("approved",))
    do(place, *READY)
    schedule(place)
    write_facts(place, tags=("later",))
    assert place.stand("en")[0] == "draft"
    assert let_the_time_come(place) == 1
    live, newest = facts_of(place)
    assert (live and live.tags, newest and newest.tags) == (("approved",), ("later",))
    do(place, *READY)
    do(place, Action.PUBLISH)
    assert live_tags(place) == ("later",)


def test_an_embargo_undoes_no_facts_that_readers_were_given_meanwhile(place: Place) -> None:
    do(place, *READY, Action.PUBLISH)
    with place.database.write() as session:
        filled = form(session, ITEM, EN)
        words = replace(filled.words, body="The centre opens in May.")
        facts = replace(filled.facts, tags=("desk",))
        writing.save(session, ITEM, EN, replace(filled, words=words, facts=facts), EDITOR)
    do(place, *READY)
    schedule(place)
    place.sync()
    place.write(f"content/{FOLDER}/item.toml", FACTS.replace("10:00", "11:00"))
    place.sync()
    live = facts_of(place)[0]
    assert live is not None
    assert live.date is not None
    assert live.date.hour == 11
    assert let_the_time_come(place) == 0
    with place.database.read() as session:
        assert [work.refusal for work in session.scalars(select(DbWork))] == [
            "its date, tags or photos were changed for readers after it was scheduled; schedule it again"
        ]
    assert facts_of(place)[0] == live


def test_what_a_file_asks_for_goes_live_with_the_facts_beside_it(place: Place) -> None:
    path = f"content/{FOLDER}/en.md"
    place.write(path, place.read(path).replace("status: draft", "status: approved"))
    place.sync()
    place.write(f"content/{FOLDER}/item.toml", FACTS + 'tags = ["beside"]\n')
    place.write(path, place.read(path).replace("status: approved", "status: published"))
    place.sync()
    assert place.problems() == []
    assert live_tags(place) == ("beside",)


def test_a_source_text_that_is_published_by_hand_clears_the_time_for_which_others_would_wait(place: Place) -> None:
    write_facts(place, publish_at=LATER)
    do(place, *READY, Action.PUBLISH)
    live, newest = facts_of(place)
    assert live == newest
    assert live is not None
    assert live.publish_at is None
    place.sync()
    assert "publish-at" not in place.read(f"content/{FOLDER}/item.toml")
    assert place.problems() == []
    assert place.sync() == []


def both_change_facts(place: Place, mine: dict[str, object], theirs: dict[str, object]) -> None:
    """Two people save the form that both had opened before."""
    with place.database.read() as session:
        filled = form(session, ITEM, EN)
    for changed in (mine, theirs):
        with place.database.write() as session:
            facts = replace(filled.facts, **changed)  # type: ignore[arg-type]  # some fields, by their names
            writing.save(session, ITEM, EN, replace(filled, facts=facts), EDITOR)


def decide_on(place: Place, actor: Actor = EDITOR) -> None:
    with place.database.write() as session:
        (open_one,) = still_open(session, ITEM, NO_LANGUAGE)
        suggestions.take(session, open_one.number, actor)


def test_facts_that_are_taken_from_a_suggestion_wait_for_another_approval(place: Place) -> None:
    both_change_facts(place, {"tags": ("mine",)}, {"tags": ("theirs",)})
    do(place, *READY)
    decide_on(place)
    newest = facts_of(place)[1]
    assert (newest and newest.tags, place.stand("en")[0]) == (("theirs",), "draft")


def test_a_time_that_two_people_changed_is_decided_on_by_who_may_schedule_alone(place: Place) -> None:
    write_facts(place, publish_at=LATER)
    both_change_facts(place, {"publish_at": LATER.replace(month=2)}, {"publish_at": LATER.replace(month=3)})
    with pytest.raises(Forbidden):
        decide_on(place, AUTHOR)
    decide_on(place)
    newest = facts_of(place)[1]
    assert newest is not None
    assert newest.publish_at == LATER.replace(month=3)


def restore_facts(place: Place, number: int, actor: Actor = EDITOR) -> None:
    with place.database.write() as session:
        newest = find(session, ITEM, NO_LANGUAGE).head
        assert newest is not None
        writing.restore(session, ITEM, NO_LANGUAGE, number=number, base=newest.number, actor=actor)


def test_old_facts_that_are_restored_wait_for_another_approval_as_others_do(place: Place) -> None:
    write_facts(place, tags=("approved",))
    do(place, *READY)
    restore_facts(place, 1)
    newest = facts_of(place)[1]
    assert (newest and newest.tags, place.stand("en")[0]) == ((), "draft")


def test_who_may_not_schedule_ends_no_embargo_by_restoring_facts_that_had_no_time(place: Place) -> None:
    write_facts(place, publish_at=LATER)
    with pytest.raises(Forbidden):
        restore_facts(place, 1, AUTHOR)
    newest = facts_of(place)[1]
    assert newest is not None
    assert newest.publish_at == LATER
    restore_facts(place, 1)
    newest = facts_of(place)[1]
    assert newest is not None
    assert newest.publish_at is None


SCHEDULED = article("Opening", "The centre opens.", slug="opening", status="published")
WITH_TIME = f"{FACTS}publish-at = 2099-01-01T00:00:00+00:00\n"


def schedule_in_tree(place: Place) -> None:
    place.write(f"content/{FOLDER}/item.toml", WITH_TIME)
    place.write(f"content/{FOLDER}/en.md", SCHEDULED)
    place.sync()
    assert place.stand("en")[0] == "approved"


def test_what_a_file_scheduled_takes_no_facts_along_that_nobody_approved(place: Place) -> None:
    schedule_in_tree(place)
    with place.database.write() as session:
        filled = form(session, ITEM, EN)
        words = replace(filled.words, body="Nobody approved this.")
        facts = replace(filled.facts, tags=("unapproved",))
        writing.save(session, ITEM, EN, replace(filled, words=words, facts=facts), AUTHOR)
    assert let_the_time_come(place) == 1
    live, newest = facts_of(place)
    assert (live and live.tags, newest and newest.tags) == ((), ("unapproved",))


def test_an_item_that_waits_for_its_time_takes_along_what_the_tree_changes_in_its_facts(place: Place) -> None:
    schedule_in_tree(place)
    place.write(f"content/{FOLDER}/item.toml", WITH_TIME + 'tags = ["beside"]\n')
    place.sync()
    assert place.problems() == []
    assert let_the_time_come(place) == 1
    assert live_tags(place) == ("beside",)


def test_a_tree_that_may_not_schedule_adds_no_facts_to_what_waits_for_its_time(place: Place) -> None:
    schedule_in_tree(place)
    place.write("content/site.toml", SITE + '[tree]\nroles = ["author"]\n')
    place.sync()
    place.write(f"content/{FOLDER}/item.toml", WITH_TIME + 'tags = ["beside"]\n')
    place.sync()
    assert let_the_time_come(place) == 1
    assert live_tags(place) == ()


def test_facts_that_came_after_a_correction_are_not_published_as_if_its_text_had_been_approved_with_them(
    place: Place,
) -> None:
    do(place, *READY, Action.PUBLISH)
    with place.database.write() as session:
        text = find(session, ITEM, EN)
        assert text.live is not None
        corrections.correct(
            session, text, text.live.text.replace("opens", "opened"), EDITOR, live=text.live, minor=True
        )
    slip_facts_in(place, tags=("slipped",))
    with pytest.raises(NotAllowed, match="changed after it was approved"):
        do(place, Action.PUBLISH)
    assert live_tags(place) == ()


def in_the_shell(place: Place, *order: str) -> Result:
    environment = {
        "TILMASH_DATA": str(place.settings.data), "TILMASH_CONTENT": str(place.settings.content),
        "TILMASH_TRANSLATIONS": str(place.settings.translations), "DATABASE_URL": place.url,
    }  # fmt: skip
    return CliRunner().invoke(main, ["transition", str(ITEM), "en", *order], env=environment)


def test_who_names_only_the_words_in_a_shell_approves_no_facts_that_came_after_them(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.worker.workplace.Database", lambda *_given, **_named: place.database)
    write_facts(place, tags=("late",))
    do(place, Action.SUBMIT)
    refused = in_the_shell(place, "approve", "--revision", "1")
    assert (refused.exit_code, refused.stderr) == (1, "the facts were changed meanwhile\n")
    assert in_the_shell(place, "approve", "--revision", "1", "--facts", "1").exit_code == 1
    assert place.stand("en")[0] == "in review"
    assert in_the_shell(place, "approve", "--revision", "1", "--facts", "2").exit_code == 0
    assert place.stand("en")[0] == "approved"
