"""What translators say in a file of segments, a comment in PO, a note in XLIFF, a comment in Word: it joins the talk.

What we wrote into the file ourselves comes back with it, and is nobody's remark; nor is a thing said twice at the same
segment, however often its file is brought, and by whomever.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.errors import Problem, Refusal
from app.domain.people import Actor
from app.domain.permissions import Right, Side, require
from app.domain.said import saying
from app.domain.segments import Key, Tag
from app.formats.bitext import Returned
from app.formats.xliff import plain
from app.services import comments
from app.services.bitexts import bitext_of
from app.services.sheets import Sheet
from app.services.texts import find_document
from app.storage.accounts import DbAccount
from app.storage.talk import WHOLE, DbComment
from app.storage.texts import DbTranslation

MOST: Final = 500
"""Comments that one file brings: an article has a hundred segments."""

_TOLD: Final = 500
"""Letters that are told of a comment that cannot be one."""

_MOST_TOLD: Final = 100
"""Of such comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody says in a file: of a segment, of all of it (`WHOLE`), or of what the text does not have (None)."""

    key: Key | None
    words: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Which remarks of a file are new comments, and which cannot be any, with the reason; the others were made before.

    They are in the order of the file.
    """

    new: tuple[Remark, ...] = ()
    refused: tuple[tuple[Remark, str], ...] = ()

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield what cannot be a comment, with its words; of very many the first, and how many there are besides."""
        for one, reason in self.refused[:_MOST_TOLD]:
            words = " ".join(one.words.split())[:_TOLD]
            yield Problem(path=path, line=one.line, reason=f"{reason}: {words}")
        if (more := len(self.refused) - _MOST_TOLD) > 0:
            reason = saying("%(number)s more comments of the file are not kept", number=more)
            yield Problem(path=path, line=0, reason=reason)


NOTHING_SAID: Final = Weighed()


def of_others(session: Session, shown: Sheet, returned: Returned, keys: Sequence[Key | None]) -> tuple[Remark, ...]:
    """Return what a file says that we did not write into it; `keys` are what its units are of, on this sheet.

    Ours is known by its words and not by a mark, since some tools take marks out, and who adds to a note of ours says
    something new.
    """
    if not returned.remarks and not any(came.remarks for came in returned.units):
        return ()
    sent = bitext_of(shown)
    ours = {_plainly(note) for unit in sent.units for note in unit.notes}
    said = _said(session, shown.document, shown.locale, shown.source)
    ours |= {_plainly(f"{one.author}: {one.text}") for one in said}
    found = [
        Remark(key=key, words=words, line=came.line)
        for key, came in zip(keys, returned.units, strict=True) for words in came.remarks
    ]  # fmt: skip
    whole = [Remark(key=WHOLE, words=words) for words in returned.remarks if _plainly(words) != _plainly(sent.title)]
    return tuple(one for one in (*found, *whole) if _plainly(one.words) not in ours)


def weighed(
    session: Session, document: DocumentName, locale: Tag, remarks: Collection[Remark], actor: Actor
) -> Weighed:
    """Return what would become of remarks if this person made them now at a text."""
    if not remarks:
        return NOTHING_SAID
    known: set[tuple[str | None, str]] = {
        (key, _plainly(one.text)) for one in _said(session, document, locale)
        for key in (one.key, *one.was_at.splitlines())
    }  # fmt: skip
    by, new, refused = _anywhere(session, actor), list[Remark](), list[tuple[Remark, str]]()
    for one in remarks:
        if (one.key, _plainly(one.words)) in known:
            continue
        if reason := _against(one, by, count=len(new)):
            refused.append((one, reason))
        else:
            known.add((one.key, _plainly(one.words)))
            new.append(one)
    return Weighed(new=tuple(new), refused=tuple(refused))


def keep(session: Session, translation: DbTranslation, remarks: Collection[Remark], actor: Actor) -> Weighed:
    """Make remarks of a file comments of who brings it, as `comments.add`; return what became of them."""
    found = weighed(session, translation.document.full_name, translation.locale, remarks, actor)
    by = _anywhere(session, actor)
    for one in found.new:
        comments.add(session, translation, one.words, by, key=one.key or WHOLE)
    return found


def _against(remark: Remark, actor: Actor, *, count: int) -> str:
    """Return why a remark cannot be a comment, empty if it can."""
    try:
        require(actor.roles, Right.COMMENT, of=Side.TRANSLATION)
        comments.worded(remark.words, path="")
    except Refusal as refusal:
        return refusal.reasons[0]
    if remark.key is None:
        return saying("a comment on a segment that the text does not have")
    return saying("one file brings %(most)s comments at most", most=MOST) if count >= MOST else ""


def _anywhere(session: Session, actor: Actor) -> Actor:
    """Return somebody with all their roles: who translates into one language comments on texts in others."""
    account = session.scalar(select(DbAccount).where(DbAccount.name == actor.name))
    return actor if account is None else replace(actor, roles=account.person().everywhere)


def _said(session: Session, name: DocumentName, *locales: Tag) -> Sequence[DbComment]:
    """Return all that was ever said of texts of a document."""
    document = find_document(session, name)
    texts = [text.id for text in document.translations if text.locale in locales] if document is not None else []
    return session.scalars(select(DbComment).where(DbComment.translation_id.in_(texts))).all()


def _plainly(words: str) -> str:
    """Return words by which they are known again when a tool has laid their lines out its own way."""
    return " ".join(plain(words).split())
