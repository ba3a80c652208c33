"""Every status, action, role and guard: what is taken, what is refused and why, and that a refusal changes nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, Refusal
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import TRANSITIONS, Action, Guard, Role, Status
from app.services import revisions, schedule, transitions
from app.services.texts import find, find_revision
from app.storage.database import Database
from app.storage.journal import DbEvent
from app.storage.outbox import DbWork
from app.storage.texts import DbApproval, DbNote, DbPublication, DbRevision, DbTranslation
from tests import databases
from tests.domain.test_translations import LEGAL
from tests.trees import EDITOR, ITEM, Place, article

DUE = datetime(2099, 1, 1, tzinfo=UTC)
EN = article("Opening", "The centre opens.", slug="opening")
RU = article("Открытие", "Центр открывается.", "Приглашены все.", slug="otkrytie")
TEXTS = {
    "older": RU.replace("все", "многие"),
    "head": RU.replace("все", "некоторые"),
    "head with a hole": RU.replace("Приглашены все.", "<!-- untranslated -->"),
    "head that fails": RU.replace("otkrytie", "Not A Slug"),
    "head without a text": article("Открытие", slug="otkrytie"),
    "correction": RU.replace("все", "все-все"),
    "correction with a hole": RU.replace("Центр открывается.", "<!-- untranslated -->"),
    "correction that fails": RU.replace("otkrytie", "NO"),
    "correction without a text": article("Открытие", slug="otkrytie", summary="Кратко"),
}
WRITERS = {Role.TRANSLATOR, Role.REVIEWER, Role.COORDINATOR}
MAY = {
    Action.START: WRITERS,
    Action.EDIT: WRITERS,
    Action.SUBMIT: WRITERS,
    Action.TAKE_BACK: WRITERS,
    Action.REOPEN: WRITERS,
    Action.RETURN: {Role.REVIEWER, Role.COORDINATOR},
    Action.APPROVE: {Role.REVIEWER, Role.COORDINATOR},
    Action.PUBLISH: {Role.COORDINATOR},
    Action.SCHEDULE: {Role.COORDINATOR},
    Action.UNSCHEDULE: {Role.COORDINATOR},
    Action.WITHDRAW: {Role.COORDINATOR},
    Action.PUT_BACK: {Role.COORDINATOR},
    Action.CORRECT: {Role.COORDINATOR},
}
NEEDS: dict[Action, set[Guard]] = {
    Action.START: set(),
    Action.EDIT: set(),
    Action.SUBMIT: {Guard.COMPLETE, Guard.BODY, Guard.CHECKS},
    Action.TAKE_BACK: set(),
    Action.RETURN: {Guard.NOTE},
    Action.APPROVE: {Guard.NAMED, Guard.CHECKS, Guard.FOUR_EYES},
    Action.REOPEN: set(),
    Action.PUBLISH: {Guard.NAMED, Guard.CHECKS, Guard.SOURCE, Guard.FACTS},
    Action.SCHEDULE: {
        Guard.NAMED, Guard.CHECKS, Guard.TIME, Guard.AHEAD, Guard.SOURCE_FIRST, Guard.FACTS,
    },
    Action.UNSCHEDULE: {Guard.WAITING},
    Action.WITHDRAW: {Guard.SHOWN},
    Action.PUT_BACK: {Guard.LIVE, Guard.EARLIER, Guard.CHECKS},
    Action.CORRECT: {Guard.LIVE, Guard.CORRECTION, Guard.COMPLETE, Guard.BODY, Guard.CHECKS},
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class World:
    """What is so besides status, action and role; `broken` are the guards that say no to it."""

    head: str = "head"
    named: str | None = "head"
    correction: str | None = "correction"
    earlier: str | None = "older"
    had: str = "older"
    live: bool = True
    scheduled: bool = True
    source: bool = True
    withdrawn: bool = False
    note: str = "a note"
    due: datetime | None = DUE
    writes: bool = False
    broken: frozenset[Guard] = frozenset()


CONTENT = World()
WORLDS = {
    "every guard is content": CONTENT,
    "nothing is live": replace(
        CONTENT, live=False, scheduled=False, broken=frozenset({Guard.LIVE, Guard.SHOWN, Guard.WAITING})
    ),
    "it will be live": replace(CONTENT, live=False, broken=frozenset({Guard.LIVE})),
    "nothing is scheduled": replace(CONTENT, scheduled=False, broken=frozenset({Guard.WAITING})),
    "no revision is named": replace(
        CONTENT, named=None, correction=None, earlier=None,
        broken=frozenset({Guard.NAMED, Guard.CORRECTION, Guard.EARLIER}),
    ),
    "a draft is named": replace(
        CONTENT, correction="head", earlier="head", broken=frozenset({Guard.CORRECTION, Guard.EARLIER})
    ),
    "no time": replace(CONTENT, due=None, broken=frozenset({Guard.TIME})),
    "it is live already": replace(CONTENT, head="live", named="live", broken=frozenset({Guard.AHEAD})),
    "no note": replace(CONTENT, note=" \n", broken=frozenset({Guard.NOTE})),
    "no source": replace(CONTENT, source=False, broken=frozenset({Guard.SOURCE})),
    "a withdrawn source": replace(
        CONTENT, withdrawn=True, broken=frozenset({Guard.SOURCE, Guard.SOURCE_FIRST})
    ),
    "no text": replace(
        CONTENT, head="head without a text", named="head without a text", correction="correction without a text",
        broken=frozenset({Guard.BODY}),
    ),
    "a hole": replace(
        CONTENT, head="head with a hole", named="head with a hole", correction="correction with a hole",
        broken=frozenset({Guard.COMPLETE}),
    ),
    "a failing check": replace(
        CONTENT, head="head that fails", named="head that fails", correction="correction that fails",
        earlier="head that fails", had="head that fails",
        broken=frozenset({Guard.CHECKS}),
    ),
    "two eyes": replace(CONTENT, writes=True, note="", broken=frozenset({Guard.FOUR_EYES, Guard.NOTE})),
}  # fmt: skip


def person(name: str, *roles: Role, four_eyes: bool = True) -> Actor:
    return Actor(name=name, channel=Channel.DESK, roles=frozenset(roles), four_eyes=four_eyes)


WRITER = person("aigul", Role.TRANSLATOR)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One item, live in English and Russian; each test works in a session that is rolled back."""
    root = tmp_path_factory.mktemp("transitions")
    if request.param == "sqlite":
        yield from filled(root, databases.sqlite_copy(request.getfixturevalue("sqlite_template"), root / "test.db"))
    else:
        with databases.postgresql_database(request.getfixturevalue("postgresql_template")) as url:
            yield from filled(root, url)


def filled(root: Path, url: str) -> Iterator[Database]:
    place = Place(root, url)
    place.item(en=EN, ru=RU)
    place.sync()
    assert place.problems() == []
    with place.database.write() as session:
        store(session)
    yield place.database
    place.database.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with Session(database.engine) as session:
        yield session


def store(session: Session) -> None:
    """Keep each text as a revision beside the live one, by one writer; corrections are made from what is live."""
    translation = find(session, ITEM, Tag("ru"))
    live = older = session.get_one(DbRevision, translation.live_id)
    for name, text in TEXTS.items():
        base = older if name.startswith("head") else live
        kept = revisions.store(session, translation, text, WRITER, base=base, path="desk")
        older = kept if name == "older" else older


@pytest.fixture
def stored(session: Session) -> dict[str, DbRevision]:
    translation = find(session, ITEM, Tag("ru"))
    return {name: find_revision(session, translation, number) for number, name in enumerate(["live", *TEXTS], start=1)}


def text(session: Session, stored: dict[str, DbRevision], status: Status, world: World = CONTENT) -> DbTranslation:
    """The Russian text as it would be in this status and world."""
    translation = find(session, ITEM, Tag("ru"))
    head = stored[world.head]
    translation.status, translation.head_id = status, None if status is Status.MISSING else head.id
    translation.live_id = stored["live"].id if world.live and status is not Status.MISSING else None
    if world.scheduled:
        schedule.at(session, translation, head, due=DUE, by="carim", minor=False)
    had = stored[world.had]
    session.add(DbPublication(translation_id=translation.id, revision_id=had.id, minor=False, at=had.created_at))
    if not world.source:
        translation.document.source = Tag("kk")  # in which there is no text yet
    if world.withdrawn:
        find(session, ITEM, Tag("en")).live_id = None
    session.flush()
    return translation


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Undo what the block does, as the next round begins where this one did."""
    with session.begin_nested() as nested:
        yield
        nested.rollback()
    session.info.clear()


def expected(status: Status, action: Action, role: Role, world: World) -> bool:
    return (
        status is not Status.MISSING
        and (status, action) in LEGAL
        and role in MAY[action]
        and not NEEDS[action] & world.broken
    )


def meant(action: Action, world: World) -> str | None:
    return {Action.CORRECT: world.correction, Action.PUT_BACK: world.earlier}.get(action, world.named)


def rounds(session: Session, in_the_table: bool) -> Iterator[tuple[Role, tuple[str, World]]]:
    """Each role in each world. What the table has no row for is refused before the database is asked: all of it is
    tried on SQLite, and on PostgreSQL each role in one world, and each world with one role.
    """
    twice = session.get_bind().dialect.name == "postgresql" and not in_the_table
    for role, (so, world) in product(Role, WORLDS.items()):
        if not twice or role is Role.COORDINATOR or world is CONTENT:
            yield role, (so, world)


@pytest.mark.parametrize(("status", "action"), list(product(Status, Action)))
def test_a_transition_is_taken_exactly_where_table_role_and_guards_say_so(
    session: Session, stored: dict[str, DbRevision], status: Status, action: Action
) -> None:
    """`start` alone needs a text, which saving one brings."""
    for role, (so, world) in rounds(session, (status, action) in LEGAL):
        with undone(session):
            translation = text(session, stored, status, world)
            live = translation.live_id
            named = meant(action, world)
            may = expected(status, action, role, world)
            with nullcontext() if may else pytest.raises(Refusal):
                transitions.take(
                    session, translation, action, person("aigul" if world.writes else "bolat", role),
                    revision=stored[named] if named and status is not Status.MISSING else None,
                    comment=world.note, due=world.due,
                )  # fmt: skip
            assert translation.status is ((LEGAL[status, action] if may else None) or status), (role, so)
            if not may:
                assert (translation.live_id, session.info.get("events", [])) == (live, []), (role, so)


def test_the_table_asks_for_these_guards_and_no_others() -> None:
    assert {row.action: set(row.guards) for row in TRANSITIONS} == NEEDS
    elsewhere = {Guard.FACTS}  # of source texts alone: tests/services/test_facts.py
    seen = {guard for world in WORLDS.values() for guard in world.broken} | elsewhere
    assert seen == set(Guard), "each is seen to say no"


@pytest.mark.parametrize("action", sorted(set(Action) - {Action.CORRECT, Action.PUT_BACK, Action.START}))
def test_whoever_names_a_revision_that_is_the_newest_no_more_is_refused_whatever_they_want(
    session: Session, stored: dict[str, DbRevision], action: Action
) -> None:
    for status in (status for status in Status if (status, action) in LEGAL):
        translation = text(session, stored, status)
        with pytest.raises(NotAllowed, match=r"revision 2 is not the newest any more"):
            transitions.take(session, translation, action, EDITOR, revision=stored["older"], comment="a note", due=DUE)
        assert translation.status is status


@pytest.mark.parametrize(
    ("asked", "world", "reason"),
    [
        ((Status.IN_REVIEW, Action.RETURN), "no note", "a note is required"),
        ((Status.APPROVED, Action.SCHEDULE), "no time", "a time is required"),
        ((Status.APPROVED, Action.SCHEDULE), "it is live already", "revision 1 is live already"),
        ((Status.DRAFT, Action.WITHDRAW), "nothing is live", "nothing is live"),
        ((Status.APPROVED, Action.CORRECT), "nothing is live", "nothing is live"),
        ((Status.APPROVED, Action.PUBLISH), "no revision is named", "this needs the number of the revision"),
        ((Status.APPROVED, Action.CORRECT), "no revision is named", "a correction needs the number of the revision"),
        ((Status.APPROVED, Action.CORRECT), "a draft is named", "revision 3 is no correction: it was not made from"),
        ((Status.DRAFT, Action.PUT_BACK), "nothing is live", "nothing is live"),
        ((Status.DRAFT, Action.PUT_BACK), "no revision is named", "this needs the number of the revision"),
        ((Status.DRAFT, Action.PUT_BACK), "a draft is named", "revision 3 is not what readers had before"),
        ((Status.DRAFT, Action.SUBMIT), "a hole", "not translated yet"),
        ((Status.APPROVED, Action.PUBLISH), "no source", "its source text"),
    ],
)
def test_what_a_transition_needs_besides_is_said_and_a_refusal_changes_nothing(
    session: Session, stored: dict[str, DbRevision], asked: tuple[Status, Action], world: str, reason: str
) -> None:
    status, action = asked
    translation = text(session, stored, status, WORLDS[world])
    tables = (DbNote, DbPublication, DbWork, DbApproval)
    before = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    named = meant(action, WORLDS[world])
    with pytest.raises(NotAllowed, match=reason):
        transitions.take(
            session, translation, action, EDITOR, revision=stored[named] if named else None,
            comment=WORLDS[world].note, due=WORLDS[world].due,
        )  # fmt: skip
    assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == before


def test_nobodys_draft_goes_out_by_a_correction_and_the_head_keeps_its_status(
    session: Session, stored: dict[str, DbRevision]
) -> None:
    translation = text(session, stored, Status.DRAFT)
    transitions.take(session, translation, Action.CORRECT, EDITOR, revision=stored["correction"])
    assert translation.live_id == stored["correction"].id
    assert (translation.head_id, translation.status) == (stored["head"].id, Status.DRAFT)
    with pytest.raises(NotAllowed, match="not made from the live revision"):
        transitions.take(session, translation, Action.CORRECT, EDITOR, revision=stored["older"])


def test_publishing_and_withdrawing_leave_the_heads_status_as_it_is(
    session: Session, stored: dict[str, DbRevision]
) -> None:
    translation = text(session, stored, Status.APPROVED)
    transitions.take(session, translation, Action.PUBLISH, EDITOR, revision=stored["head"])
    assert (translation.status, translation.live_id) == (Status.APPROVED, translation.head_id)
    changed = TEXTS["head"].replace("некоторые", "немногие")
    revisions.save(session, translation, changed, EDITOR, base=stored["head"], path="desk")
    assert (translation.status, translation.live_id != translation.head_id) == (Status.DRAFT, True)
    transitions.take(session, translation, Action.WITHDRAW, EDITOR)
    assert (translation.status, translation.live_id) == (Status.DRAFT, None)


def test_each_transition_is_an_event_that_names_the_revision_and_no_words(sqlite: Database, tmp_path: Path) -> None:
    place = Place(tmp_path, str(sqlite.engine.url))
    place.item(en=EN.replace("published", "draft"))
    place.sync()
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        transitions.take(session, translation, Action.SUBMIT, person("aigul", Role.AUTHOR), comment="Secret words")
        digest = find_revision(session, translation, 1).digest
    with place.database.read() as session:
        event = session.scalars(select(DbEvent).where(DbEvent.action == "submit")).one()
    assert (event.source, event.subject) == ("desk", "news/2026-01-01-item@en")
    stands = "en:in review:1: zxx:draft:1:"
    assert json.loads(event.details) == {"revision": 1, "digest": digest, "texts": stands}
    assert "aigul" not in event.actor
    place.database.dispose()
