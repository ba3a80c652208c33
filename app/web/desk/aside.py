"""What stands under the segment in front: what collides with it, what was said of it, what helps to translate it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.errors import NotFound
from app.domain.rearranging import Deed, deeds_of
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Key, Tag
from app.domain.side_by_side import FORMS, Row
from app.domain.word_diff import Piece, word_diff
from app.queries.memory import Known
from app.queries.people import full_names
from app.queries.suggestions import still_open
from app.queries.talk import Remark, remarks
from app.services import collisions, sheets
from app.services.checks import Checked, Terms
from app.services.suggestions import between
from app.storage.texts import DbDocument, DbTranslation
from app.web.desk.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """Another version of a segment: its forms, what it changes in the words at hand, and what would stand between both.

    `number` is that of a suggestion that waits beside the text, in which stands what `stands` wrote (`stood` is its
    digest); 0 where somebody saved it as the text meanwhile: in the revision `base`.
    """

    author: str
    forms: tuple[str, ...]
    pieces: tuple[Piece, ...]
    between: str
    number: int = 0
    stands: str = ""
    stood: str = ""
    base: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Everything that stands under a segment.

    `matches` are the memory's, and `terms` the glossary's, whose sources are in the language `source`; `spread` is at
    how many other places of the text the same source has other words.
    `deeds` can be tried with the block, and `undo` is the revision in which one of them was just done, 0 of none.
    """

    key: Key
    collisions: Sequence[Collision] = ()
    findings: Sequence[Checked] = ()
    matches: Sequence[Known] = ()
    terms: Terms = ()
    source: Tag | None = None
    spread: int = 0
    remarks: Sequence[Remark] = ()
    names: Mapping[str, str]
    deeds: Sequence[Deed] = ()
    undo: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks, in which window, and what they have there: `words` that were made from the revision `base`."""

    account: str
    words: str
    base: int
    tab: str = ""
    findings: Sequence[Checked] = ()
    undo: int = 0


def about(session: Session, document: DbDocument, at: Address, row: Row, asking: Asking) -> About:
    """Return what stands under a row of a sheet."""
    text = document.text_in(at.locale)
    met = collisions.met(session, text, {row.key: asking.base}, account=asking.account, tab=asking.tab) if text else {}
    wrote = {one.author for one in met.values()}
    dismissed = [one.dismissal.by for one in asking.findings if one.dismissal]
    source_key = source_key_of(row)
    suggested = [
        one
        for one in still_open(session, at.name, at.locale)
        if row.key in {one.key, *(new.key for new in one.instead)}
    ]
    stands = collisions.writer(session, text, row.key) if text and suggested else ""
    said = remarks(session, texts_of(document, at), {row.key, source_key})
    said = tuple(one for one in said if one.key == (row.key if one.locale == at.locale else source_key))
    return About(
        key=row.key,
        collisions=[
            *(_collision(one.author, row.kind, one.text, asking.words, base=_head(text)) for one in met.values()),
            *(
                replace(
                    _collision(one.author, row.kind, one.text, asking.words),
                    number=one.number,
                    stood=one.stands,
                    stands=stands,
                )
                for one in suggested
            ),
        ],
        findings=asking.findings,
        remarks=said,
        deeds=deeds_of(row) if at.locale != document.source else (),
        undo=asking.undo,
        names=full_names(
            session, [*(one.author for one in said), *(one.author for one in suggested), *wrote, *dismissed, stands]
        ),
    )


def row_at(session: Session, at: Address, key: str) -> Row:
    """Return the row of a segment as the newest text has it. NotFound if it has none of this key."""
    found = next((row for row in sheets.sheet(session, at.name, at.locale).rows if row.key == key), None)
    if found is None:
        raise NotFound(saying("the text has no such segment"))
    return found


def source_key_of(row: Row) -> Key:
    """Return the segment that a question to the author of the source is about."""
    return row.sources[0].key if row.sources else row.key


def texts_of(document: DbDocument, at: Address) -> list[DbTranslation]:
    """Return the texts of which talk stands in the editor: the one that is written, and its source."""
    source = NO_LANGUAGE if at.name.kind is Kind.CATALOGUE else document.source
    found = (document.text_in(tag) for tag in dict.fromkeys((at.locale, source)))
    return [one for one in found if one is not None]


def _head(text: DbTranslation | None) -> int:
    return text.head.number if text is not None and text.head is not None else 0


def _collision(author: str, kind: str, text: str, words: str, *, base: int = 0) -> Collision:
    """Return another version beside the words that somebody has; `base` is the revision that it stands in."""
    forms = tuple(text.split(FORMS))
    return Collision(author=author, forms=forms, pieces=word_diff(words, text), between=between(kind), base=base)
