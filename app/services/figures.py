"""The summary of the journal that figures are read from: carried on row by row, or made anew; the same either way.

Each document is folded by itself (`domain.figure_fold`), transaction by transaction, from where it stood; the sums of
all are added up. What is looked up beside the journal never changes, so that it does not matter when that is done.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import msgspec
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.figure_fold import fold
from app.domain.figure_measures import Lead, Row
from app.domain.figure_states import Deed, Document, Happening, Known, read
from app.domain.figures import AT_ONCE
from app.domain.segments import Tag
from app.services import site
from app.services.figure_texts import DocumentTexts
from app.services.stands import DETAIL
from app.storage import figures
from app.storage.figures import Addition, Mark, Went
from app.storage.journal import DbEvent
from app.storage.texts import DbDocument

_COUNTED = 3  # words, and of how many the memory had the same and something like it

_STATE = msgspec.json.Decoder(Document)  # made while the module is imported: see `storage.texts.MAP`


def is_current(session: Session) -> bool:
    """Tell whether the summary has all rows of the journal, under the days of the site's zone."""
    mark = figures.mark(session)
    return mark.zone == site.zone(session).key and mark.number == _newest(session)


def next_addition(session: Session, *, most: int = AT_ONCE) -> Addition | None:
    """Return what the next rows of the journal add to the summary, None if there are none.

    Computed from a snapshot, so that nobody who writes waits for it; `storage.figures.add` writes it, unless somebody
    else was faster. Where the site's zone has changed since (`needs_anew`), all of it has to be made anew instead.
    """
    mark, zone = figures.mark(session), site.zone(session)
    rows = _rows(session, mark.number, most)
    if not rows:
        return None
    sums, leads, went = Counter[Row](), Counter[Lead](), Counter[Went]()
    packed = dict[int, bytes]()
    by_document = _by_document(session, rows)
    states = figures.states(session, [document.id for document in by_document])
    for document, its_rows in by_document.items():
        state = _STATE.decode(states[document.id]) if document.id in states else Document()
        texts = DocumentTexts(session, document)
        for happening in _happenings(its_rows, texts):
            folded = fold(state, happening, texts, zone=zone)
            state = folded.document
            sums.update(folded.sums)
            leads.update(folded.leads)
            went.update({Went(day, document.id, tag): texts for (tag, day), texts in folded.went.items()})
        packed[document.id] = msgspec.json.encode(state)
    reached = Mark(rows[-1].number, rows[-1].at, zone.key)
    return Addition(after=mark, mark=reached, sums=sums, leads=leads, went=went, documents=packed)


def needs_anew(session: Session) -> bool:
    """Tell whether the days of the summary are not those of the site's zone."""
    return figures.mark(session).zone != site.zone(session).key


def begin_anew(session: Session) -> None:
    """Forget the summary, to make it anew from the first row of the journal."""
    figures.begin_anew(session, site.zone(session).key)


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(DbEvent.number))) or 0


def _rows(session: Session, after: int, most: int) -> Sequence[DbEvent]:
    """Return the next rows, whole transactions of them: all that one writes have its time."""
    following = select(DbEvent).where(DbEvent.number > after).order_by(DbEvent.number)
    rows = list(session.scalars(following.limit(most)))
    if len(rows) == most:
        rest = session.scalars(following.where(DbEvent.number > rows[-1].number, DbEvent.at == rows[-1].at))
        rows += rest.all()
    return rows


def _by_document(session: Session, rows: Iterable[DbEvent]) -> Mapping[DbDocument, list[DbEvent]]:
    """Return what of the rows is about documents, by document, in order."""
    found = defaultdict[tuple[str, str], list[DbEvent]](list)
    for row in rows:
        kind, _, name = row.subject.partition("@")[0].partition("/")
        if kind in list(Kind):
            found[kind, name].append(row)
    wanted = select(DbDocument).where(tuple_(DbDocument.kind, DbDocument.name).in_(list(found)))
    return {one: found[one.kind, one.name] for one in session.scalars(wanted).all()} if found else {}


def _happenings(rows: Iterable[DbEvent], texts: DocumentTexts) -> Iterator[Happening]:
    for at, together in groupby(rows, key=lambda row: row.at):
        of_one = [(row, json.loads(row.details)) for row in together]
        said = next((details[DETAIL] for _, details in reversed(of_one) if DETAIL in details), None)
        deeds = (_deed(row, details, texts) for row, details in of_one if "@" in row.subject)
        yield Happening(at=at, deeds=tuple(deeds), stands=None if said is None else read(said))


def _deed(row: DbEvent, details: Mapping[str, str | int | None], texts: DocumentTexts) -> Deed:
    locale, number = Tag(row.subject.partition("@")[2]), details.get("revision")
    return Deed(
        locale=locale, action=row.action, actor=row.actor,
        revision=number if isinstance(number, int) and texts.has(locale, number) else None, known=_known(details),
    )  # fmt: skip


def _known(details: Mapping[str, str | int | None]) -> Known | None:
    """Return what the memory knew; older journals say it with the submission itself."""
    counted = [many for name in ("words", "exact", "near") if isinstance(many := details.get(name), int)]
    if len(counted) != _COUNTED:
        return None
    submitted = details.get("submitted")
    at = datetime.fromisoformat(submitted) if isinstance(submitted, str) else None
    return Known(words=counted[0], exact=counted[1], near=counted[2], submitted=at)
