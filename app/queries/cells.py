"""One text at a glance, as each view of the board and *My work* show it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_
from sqlalchemy.orm import aliased

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.domain.translations import Status
from app.storage.standings import DbStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One text: the status of its head, and which revision is live, with what else a look has to tell.

    `behind` is the language whose newer text it was made from, `through` the one in between; `done` of `segments` are.
    `person` (`person_name` in full) or `team` was asked for it until `due`. `scheduled` is when something of it is to
    go live, `withdrawn` tells that nothing is live and something once was. `failing`, `comments` and `suggestions` are
    how many are open.
    """

    locale: Tag
    status: Status
    head: int | None
    live: int | None
    origin: str
    is_source: bool
    behind: Tag | None = None
    through: Tag | None = None
    segments: int = 0
    done: int = 0
    person: str = ""
    person_name: str = ""
    team: str = ""
    due: datetime | None = None
    priority: int = 0
    scheduled: datetime | None = None
    withdrawn: bool = False
    failing: int = 0
    comments: int = 0
    suggestions: int = 0
    since: datetime | None = None

    @property
    def differs(self) -> bool:
        """Tell whether readers see another text than the newest."""
        return self.live is not None and self.live != self.head

    @property
    def unfinished(self) -> bool:
        """Tell whether who was asked for it still has to do something."""
        return self.status in {Status.MISSING, Status.DRAFT} or self.behind is not None

    def is_late(self, now: datetime) -> bool:
        """Tell whether the time until which somebody was asked for it has passed without it."""
        return self.due is not None and self.due < now and self.unfinished


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of a document, with a title: in the language that was asked for, its own, or that of the source.

    `title_language` is that of the title, None where it is the source's, which the text does not tell.
    """

    name: DocumentName
    title: str
    title_language: Tag | None
    place: str
    cell: Cell


def cell(text: DbStanding, person_name: str | None = None) -> Cell:
    """Return what a look at one text has to tell; `person_name` is who was asked for it, in full."""
    done = max(text.segments - text.missing - text.needs_work, 0) if text.head is not None else 0
    return Cell(
        locale=text.locale, status=text.status, head=text.head, live=text.live, origin=text.origin,
        behind=Tag(text.behind) if text.behind else None, through=Tag(text.through) if text.through else None,
        is_source=text.is_source, segments=text.segments, done=done, person=text.person,
        person_name=person_name or text.person, team=text.team, due=text.due, priority=text.priority,
        scheduled=text.scheduled, withdrawn=text.withdrawn, failing=text.failing, comments=text.comments,
        suggestions=text.suggestions, since=text.since,
    )  # fmt: skip


def text(row: DbStanding, person_name: str | None = None, *, called: str | None, reader: Tag) -> Text:
    """Return a text with what names it: as it is `called` in the language of who reads, else by its own title."""
    name, own = DocumentName(kind=row.kind, name=row.name), row.locale if row.head is not None else None
    return Text(
        name=name, title=called or row.title, title_language=reader if called else own, place=row.place,
        cell=cell(row, person_name),
    )  # fmt: skip


class Called:
    """What texts are called in the language of whoever reads: `title` of `row`, joined by `of_text`.

    NULL where the document has no text in that language; a text goes then by its own title.
    """

    def __init__(self, reader: Tag) -> None:
        self.reader = reader
        self.row = aliased(DbStanding)
        same = self.row.document_id == DbStanding.document_id
        self.of_text = and_(same, self.row.locale == reader, self.row.head.is_not(None))
        self.title = self.row.title
