"""The words on the page are those of the last published state that was not broken, however it came about."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sql
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.people import Channel
from app.domain.segments import Tag
from app.domain.translations import Action
from app.formats.mo import load
from app.services import projection, revisions, transitions
from app.services.texts import find
from app.storage.published import DbCatalogue
from app.storage.texts import DbRevision, DbTranslation
from tests import databases
from tests.readers import assert_as_computed_afresh, compute_afresh, scratch
from tests.trees import EDITOR, Place, decide

NAME = DocumentName(kind=Kind.CATALOGUE, name="messages")
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n!=1;\\n"\n'
NEWS = '\nmsgid "News"\nmsgstr "{}"\n'
MORE = '\nmsgid "More"\nmsgstr "{}"\n'
BROKEN = ('x" y', 'x"\ny', "%9999d", r"\q")
WORDS = ("alpha", "beta", "")


def text(news: str, more: str = "x") -> str:
    return HEAD + NEWS.format(news) + MORE.format(more)


FILE = replace(EDITOR, channel=Channel.TREE)
"""A file comes in with what is broken in it, message by message; the desk hands in no such text."""


def head_of(session: Session, translation: DbTranslation) -> DbRevision:
    return session.get_one(DbRevision, translation.head_id)


def publish(session: Session, written: str, locale: str = "ky") -> None:
    translation = find(session, NAME, Tag(locale))
    transitions.lock(session, translation)
    revisions.save(session, translation, written, FILE, base=head_of(session, translation), path="ky.po")
    actions = () if translation.status == "approved" else (Action.SUBMIT, Action.APPROVE)
    decide(session, translation, *actions, Action.PUBLISH, actor=FILE)


def words(place: Place, msgid: str = "News") -> str | None:
    with place.database.read() as session:
        mo = session.scalar(select(DbCatalogue.mo).where(DbCatalogue.locale == "ky"))
    return None if mo is None else load(mo).gettext(msgid)


def begin(root: Path, url: str) -> Place:
    place = Place(root, url)
    for locale in ("ru", "ky"):
        draft = text("").replace("Plural", "X-Tilmash-Status: published\\nPlural")
        place.write(f"translations/{locale}/LC_MESSAGES/messages.po", draft)
    place.sync()
    return place


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = begin(tmp_path, database_url)
    yield place
    place.database.dispose()


def test_of_two_that_go_live_in_one_breath_the_first_counts_too(place: Place) -> None:
    def both(*written: str) -> None:
        with place.database.write() as session, projection.deferred(session):
            for one in written:
                publish(session, one)

    both(text("alpha"), text(BROKEN[0]))
    assert words(place) == "alpha"
    both(text("beta"), text(BROKEN[1]))
    assert words(place) == "beta"
    both(text(""), text(BROKEN[2]))
    assert words(place) == "News"
    assert_as_computed_afresh(place)


def test_words_outlast_a_time_in_which_the_catalogue_was_withdrawn(place: Place) -> None:
    with place.database.write() as session:
        publish(session, text("alpha"))
        transitions.take(session, find(session, NAME, Tag("ky")), Action.WITHDRAW, EDITOR)
    assert words(place) is None
    with place.database.write() as session:
        publish(session, text(BROKEN[0], "more"))
    assert (words(place), words(place, "More")) == ("alpha", "more")
    assert_as_computed_afresh(place)


def test_an_older_text_published_again_takes_its_words_from_what_was_live_before_it_now(place: Place) -> None:
    with place.database.write() as session:
        publish(session, text("alpha"))
        publish(session, text(BROKEN[0]))
        broken = head_of(session, find(session, NAME, Tag("ky")))
        publish(session, text("beta"))
        publish(session, broken.text)
    assert words(place) == "beta"
    assert_as_computed_afresh(place)


@contextmanager
def texts_read(place: Place) -> Iterator[list[str]]:
    """The statements that load a text of the past."""
    asked: list[str] = []

    def listen(*arguments: object) -> None:
        statement = " ".join(str(arguments[2]).split())
        if statement.startswith("SELECT revision.text FROM"):
            asked.append(statement)

    sql.listen(place.database.engine, "before_cursor_execute", listen)
    yield asked
    sql.remove(place.database.engine, "before_cursor_execute", listen)


def test_a_publication_looks_at_no_text_of_the_past_however_long_a_message_has_been_bad(place: Place) -> None:
    with place.database.write() as session:
        for number in range(20):
            publish(session, text(BROKEN[number % 4], str(number)))
    with texts_read(place) as asked, place.database.write() as session:
        publish(session, text(BROKEN[0], "good"))
        publish(session, text("alpha", "good"), "ru")
    assert asked == []
    assert words(place, "More") == "good"
    with texts_read(place) as asked, scratch(place.database.engine) as session:
        compute_afresh(session)
    assert len(asked) == 21, "from nothing it is all of them once, since the message was never good"


STEPS = st.one_of(
    st.tuples(st.just("publish"), st.sampled_from((*WORDS, *BROKEN, *BROKEN))),
    st.tuples(st.sampled_from(("withdraw", "other", "draft", "settings")), st.just("")),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=1, max_size=10))
def test_after_any_history_readers_see_the_words_of_the_last_published_state_that_was_not_broken(
    sqlite_template: str, steps: list[tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory(prefix="tilmash-") as root:
        place = begin(Path(root), databases.sqlite_copy(sqlite_template, Path(root) / "test.db"))
        expected, live = "", True
        try:
            for number, (what, new) in enumerate(steps):
                with place.database.write() as session:
                    DO[what](session, text(new, str(number)))
                live = what == "publish" or (live and what != "withdraw")
                expected = new if what == "publish" and new not in BROKEN else expected
                event(f"{what}, broken: {new in BROKEN}, and shown: {bool(expected)}")
                assert words(place) == ((expected or "News") if live else None)
                if what == "publish":
                    assert words(place, "More") == str(number)
                assert_as_computed_afresh(place)
        finally:
            place.database.dispose()


def withdraw(session: Session, _written: str) -> None:
    translation = find(session, NAME, Tag("ky"))
    if translation.live_id is not None:
        transitions.take(session, translation, Action.WITHDRAW, EDITOR)


def draft(session: Session, written: str) -> None:
    translation = find(session, NAME, Tag("ky"))
    transitions.lock(session, translation)
    secret = written.replace('msgstr "x"', 'msgstr "secret"')
    revisions.save(session, translation, secret, EDITOR, base=head_of(session, translation), path="ky.po")


DO: dict[str, Callable[[Session, str], None]] = {
    "publish": publish,
    "withdraw": withdraw,
    "draft": draft,
    "other": lambda session, written: publish(session, written, "ru"),
    "settings": lambda session, _written: projection.project(session, find(session, NAME, Tag("ky")).document),
}
