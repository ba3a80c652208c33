"""Everybody there can be, and texts in every state there can be, for proofs that walk through all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import func, select

from app.domain.documents import DocumentName, Kind
from app.domain.people import Actor, Channel, Grant
from app.domain.permissions import PER_LOCALE, Side, may
from app.domain.segments import Tag
from app.domain.translations import TRANSITIONS, Action, Role, Status, Transition
from app.services import revisions, schedule, transitions
from app.services.texts import find, find_document
from app.storage.database import Database
from app.storage.journal import DbEvent
from app.storage.outbox import DbWork
from app.storage.texts import DbRevision
from tests.desk import hire
from tests.trees import FACTS, Place, article

SOURCE, LOCALES = Tag("en"), (Tag("en"), Tag("ru"), Tag("ky"))

EVERYBODY: dict[str, tuple[Grant, ...]] = {
    "nobody": (),
    **{str(role): (Grant(role=role),) for role in Role if role not in PER_LOCALE},
    **{f"{role}-{locale}": (Grant(role=role, locale=locale),) for role in sorted(PER_LOCALE) for locale in LOCALES},
}
"""Each role by itself, for the site or for one language, and somebody without any: one person each, named after it."""


class State(StrEnum):
    """What a text can be: its status, and whether readers see something of it."""

    MISSING = "missing"
    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    LIVE = "approved, and live"
    DRAFT_BESIDE = "draft, and live"
    REVIEW_BESIDE = "in review, and live"

    @property
    def status(self) -> Status:
        return Status(self.value.partition(",")[0])

    @property
    def is_live(self) -> bool:
        return self.value.endswith("live")


ABOUT_LIVE = frozenset({Action.WITHDRAW, Action.PUT_BACK, Action.CORRECT})


@dataclass(frozen=True, kw_only=True)
class Case:
    """Somebody asks for something of a text in a language and a state."""

    person: str
    action: Action
    locale: Tag
    state: State
    kind: Kind = Kind.NEWS

    @property
    def is_source(self) -> bool:
        """Whether it is asked of a source text; that of a catalogue is its template, of which nothing is asked."""
        return self.kind is not Kind.CATALOGUE and self.locale == SOURCE

    @property
    def row(self) -> Transition | None:
        """What the first table says; None if it has no such row."""
        return next((row for row in TRANSITIONS if row.action is self.action and self.state.status in row.source), None)

    @property
    def is_allowed(self) -> bool:
        """What both tables say, of what no guard is against."""
        roles = frozenset(grant.role for grant in EVERYBODY[self.person] if grant.locale in {None, self.locale})
        side = Side.SOURCE if self.is_source else Side.TRANSLATION
        return self.row is not None and may(roles, self.action, of=side)

    @property
    def text(self) -> DocumentName:
        """The document that it is asked of: one of its own if the text will be another afterwards."""
        own = f"-{self.person}-{self.action.value}" if self.is_allowed else ""
        state = self.state.value.replace(", and", "").replace(" ", "-")
        return DocumentName(kind=self.kind, name=f"{self.locale}-{state}{own}")

    def __str__(self) -> str:
        return f"{self.person} asks to {self.action} the {self.kind} in {self.locale} that is {self.state}"


def cases(person: str, kind: Kind = Kind.NEWS) -> Iterator[Case]:
    """Yield each action of the table on a text in each language and state; without a row in the table, one of each.

    What is about live texts is asked of such alone: without one it is refused whoever asks.
    """
    for locale in LOCALES if kind is Kind.NEWS else LOCALES[-1:]:
        for action in Action:
            for state in State:
                case = Case(person=person, action=action, locale=locale, state=state, kind=kind)
                if state.is_live == (action in ABOUT_LIVE) or (case.row is None and not state.is_live):
                    yield case


def hire_everybody(database: Database) -> None:
    for name, grants in EVERYBODY.items():
        hire(database, name, name.title(), "en", grants)


def text_of(case: Case, *, word: str = "opens") -> str:
    """The text as its file has it; each item has a slug of its own."""
    if case.kind is Kind.CATALOGUE:
        return TEMPLATE.replace('msgstr ""\n"', 'msgstr ""\n"X-Tilmash-Status: published\\n"\n"', 1).replace(
            'ing"\nmsgstr ""', f'ing"\nmsgstr "The centre {word}."'
        )
    slug = f"{case.text.name}-{case.locale}"
    return article("Opening", f"The centre {word}.", status="published", slug=slug)


TEMPLATE = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    '\nmsgid "Opening"\nmsgstr ""\n'
)


def file_of(case: Case, *, draft: bool = False) -> str:
    """Where the tree has the text of a case, or the draft beside what is live."""
    if case.kind is Kind.CATALOGUE:
        return f"translations/{case.locale}/LC_MESSAGES/{case.text.name}{'.draft' if draft else ''}.po"
    return f"content/news/{case.text.name}/{case.locale}{'.draft' if draft else ''}.md"


def _word(case: Case) -> str:
    """What the centre does in the text that comes first."""
    return "will open" if case.action is Action.PUT_BACK and case.is_allowed else "opens"


def _go_on_from(place: Place, wanted: list[Case]) -> None:
    """Let readers have another text than the first, where that is to be put back."""
    earlier = {case.text: case for case in wanted if case.action is Action.PUT_BACK and case.is_allowed}.values()
    for case in earlier:
        place.write(file_of(case), text_of(case))
    if earlier:
        place.sync()


def put_on(place: Place, wanted: list[Case]) -> None:
    """Write the documents of these cases and bring each text to its state."""
    for case in {case.text: case for case in wanted}.values():
        if case.kind is Kind.CATALOGUE:
            place.write(f"translations/{case.text.name}.pot", TEMPLATE)
            if case.state is not State.MISSING:
                status = "published" if case.state.is_live else case.state.value
                place.write(file_of(case), text_of(case, word=_word(case)).replace("published", status))
            continue
        folder = f"content/news/{case.text.name}"
        place.write(f"{folder}/item.toml", FACTS)
        if case.locale != SOURCE:
            source = Case(person=case.person, action=case.action, locale=SOURCE, state=State.LIVE)
            place.write(f"{folder}/en.md", text_of(source).replace(source.text.name, case.text.name))
        if case.state is not State.MISSING:
            status = "published" if case.state.is_live else case.state.value
            place.write(f"{folder}/{case.locale}.md", text_of(case, word=_word(case)).replace("published", status))
        elif case.locale == SOURCE:
            place.path(f"{folder}/item.toml").unlink()  # a source that is missing is a document that is not there
    place.sync()
    _go_on_from(place, wanted)
    for case in {case.text: case for case in wanted}.values():
        if case.state.is_live and case.state is not State.LIVE:
            status = str(case.state.status)
            beside = text_of(case, word="has opened").replace("published", status)
            place.write(file_of(case, draft=True), beside)
    place.sync()
    assert place.problems() == []
    for case in (case for case in wanted if case.action is Action.UNSCHEDULE and case.is_allowed):
        with place.database.write() as session:
            text = find(session, case.text, case.locale)
            assert text.head is not None
            schedule.at(session, text, text.head, due=datetime(2099, 1, 1, tzinfo=UTC), by="carim", minor=False)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All that a transition could change of a text."""

    status: Status = Status.MISSING
    head: int | None = None
    live: int | None = None


def standing(place: Place, case: Case) -> Standing:
    with place.database.read() as session:
        document = find_document(session, case.text)
        translation = document.text_in(case.locale) if document else None
        if translation is None:
            return Standing()
        return Standing(status=translation.status, head=translation.head_id, live=translation.live_id)


def written(place: Place) -> tuple[int, int, int]:
    """How many events, revisions and pieces of work there are: what was refused adds none."""
    with place.database.read() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (DbEvent, DbRevision, DbWork)]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0


def correction(place: Place, case: Case) -> int:
    """Keep a small change of what is live, that nobody published yet; return its number."""
    all_roles = Actor(name="shell", channel=Channel.SHELL, roles=frozenset(Role), four_eyes=False)
    with place.database.write() as session:
        translation = find(session, case.text, case.locale)
        transitions.lock(session, translation)
        live = session.get_one(DbRevision, translation.live_id)
        text = live.text.replace("The centre opens.", "The centre opens now.")
        return revisions.store(session, translation, text, all_roles, base=live, path="test").number


def meant(place: Place, case: Case) -> int:
    """The number of the revision that somebody names: the newest, but for who mends or takes back what is live."""
    if case.action is Action.CORRECT and case.state.is_live:
        return correction(place, case)
    return 1 if case.action is Action.PUT_BACK else head(place, case)


def head(place: Place, case: Case) -> int:
    with place.database.read() as session:
        document = find_document(session, case.text)
        translation = document.text_in(case.locale) if document else None
        return translation.head.number if translation and translation.head else 0


def became(case: Case, before: Standing, after: Standing) -> bool:
    """Tell whether an action that was allowed did what the table says, and nothing else.

    What a correction was merged into, or stands against, is a draft: nobody submitted it as it is now.
    """
    row = case.row
    assert row is not None
    shown = {
        Action.PUBLISH: after.live == before.head,
        Action.WITHDRAW: after.live is None,
        Action.PUT_BACK: after.live not in {None, before.live},
        Action.CORRECT: after.live not in {None, before.live},
    }.get(case.action, after.live == before.live)
    followed = case.action is Action.CORRECT and after.status is Status.DRAFT
    return shown and (after.status == (row.to or before.status) or followed)
