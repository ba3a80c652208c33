"""What checks find in a text, what of it somebody dismissed with a reason, and the dismissing itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.pair import Check, Finding, Pair, Severity
from app.domain.checks.table import CHECKS, findings
from app.domain.errors import NotAllowed
from app.domain.glossary import Glossary, Term
from app.domain.people import Actor
from app.domain.permissions import require
from app.domain.said import saying
from app.domain.segments import Key
from app.domain.side_by_side import FORMS, Row, together
from app.domain.translations import Action
from app.formats.message_pairs import message_pair, msgids
from app.services.sheets import Sheet
from app.storage.dismissals import LONGEST_REASON, DbDismissal
from app.storage.glossary import glossary
from app.storage.journal import Event, note
from app.storage.texts import DbTranslation

_ERRORS = frozenset(row.check for row in CHECKS if row.severity is Severity.ERROR)


_NO_TERMS: Final = Glossary(())

Terms = tuple[Term, ...]
"""What the glossary has for the source of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """Why somebody called a finding right."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A finding, by what it is about, and why it was dismissed, if it was."""

    finding: Finding
    subject: str
    dismissal: Dismissal | None = None

    @property
    def blocks(self) -> bool:
        """Tell whether the text cannot be submitted with it."""
        return self.finding.severity is Severity.ERROR


def pair_of(
    sheet: Sheet,
    row: Row,
    forms: Sequence[str],
    elsewhere: Mapping[str, Iterable[str]],
    terms: Glossary = _NO_TERMS,
) -> Pair:
    """Return a row with what stands or is typed there, as checks look at it; `elsewhere` is of `translations`."""
    entry = sheet.messages.get(row.key) if row.kind == "message" else None
    source = originals(sheet, row)
    others = tuple(one for one in elsewhere.get(FORMS.join(source), ()) if one != FORMS.join(forms))
    meant = terms_in(sheet, row, terms)
    if entry is not None:
        pair = message_pair(entry, tuple(forms), sheet.plurals, sheet.locale, sheet.unfilled)
        return replace(pair, terms=meant, elsewhere=others)
    return Pair(
        key=row.key, kind=row.kind, source=source, target=tuple(forms), source_tag=sheet.source_language,
        target_tag=sheet.locale, terms=meant, elsewhere=others,
    )  # fmt: skip


def glossary_of(session: Session, sheet: Sheet) -> Glossary:
    """Return the glossary that a sheet's translation is held against."""
    return glossary(session, sheet.source_language, sheet.locale)


def terms_in(sheet: Sheet, row: Row, terms: Glossary) -> Terms:
    """Return the terms that the source of a row has, in its order, each once."""
    found = (one.term for source in originals(sheet, row) for one in terms.found_in(source))
    return tuple(dict.fromkeys(found))


def originals(sheet: Sheet, row: Row) -> tuple[str, ...]:
    """Return the words that a row renders: of a message its msgid, and the plural one."""
    if row.kind != "message":
        return ("\n\n".join(one.text for one in row.sources),)
    entry = sheet.messages.get(row.key)
    return (row.key,) if entry is None else msgids(entry)


def translations(sheet: Sheet) -> Mapping[str, Sequence[str]]:
    """Return how each source text of a sheet is translated on it."""
    found: dict[str, list[str]] = {}
    parts = {part.key for one in together(sheet.rows).values() for part in one}
    for row in sheet.rows:
        if row.text and row.key not in parts:
            found.setdefault(FORMS.join(originals(sheet, row)), []).append(row.text)
    return {source: list(dict.fromkeys(texts)) for source, texts in found.items() if len(texts) > 1}


def checked(
    sheet: Sheet,
    typed: Mapping[Key, Sequence[str]],
    dismissed: Mapping[tuple[Key, str], Dismissal],
    terms: Glossary,
) -> Mapping[Key, tuple[Checked, ...]]:
    """Return what is found in the rows of a sheet that are asked for, with what is `typed` there, by their keys.

    A hole is no finding: it says itself what is to be done. A source text is held against nothing. What was divided is
    looked at as a whole; what is found in it stands at its first part. `terms` are those of `glossary_of`.
    """
    elsewhere, divided = translations(sheet), together(sheet.rows)
    later = {part.key for parts in divided.values() for part in parts[1:]}
    found: dict[Key, tuple[Checked, ...]] = {}
    for row in sheet.rows:
        forms = typed.get(row.key, ()) if row.key not in later else ()
        if forms and row.key in divided:
            forms = ("\n\n".join(typed.get(part.key, (part.text,))[0] for part in divided[row.key]),)
        if (row.sources or row.kind == "message") and any(form.strip() for form in forms):
            pair = pair_of(sheet, row, forms, elsewhere, terms)
            once = {(one.check, one.form, one.said): one for one in findings(pair)}
            if row.key in divided:  # a mend of the whole is none of a part
                once = {about: replace(one, mend=None, span=None) for about, one in once.items()}
            subjects = [(one, one.subject(pair)) for one in once.values()]
            found[row.key] = tuple(
                Checked(finding=one, subject=about, dismissal=dismissed.get((row.key, about)))
                for one, about in subjects
            )
    return found


def dismissals(session: Session, translation: DbTranslation | None) -> Mapping[tuple[Key, str], Dismissal]:
    """Return what was dismissed in a text and stands, by its segment and what it was about."""
    if translation is None:
        return {}
    rows = select(DbDismissal).where(DbDismissal.translation_id == translation.id).order_by(DbDismissal.id)
    newest = {(row.key, row.subject): row for row in session.scalars(rows)}
    return {about: Dismissal(reason=row.reason, by=row.by, at=row.at) for about, row in newest.items() if row.stands}


def dismiss(
    session: Session, translation: DbTranslation, actor: Actor, *, key: Key, check: Check, subject: str, reason: str
) -> None:
    """Note that a finding is right as it is, and why; an empty reason takes that back.

    Forbidden for who may not edit, NotAllowed for an error, for which there is no excuse, for a reason that is too
    long, and for none where nothing was dismissed. In one transaction: that, and its event.
    """
    require(actor.roles, Action.EDIT, of=translation.side)
    if check in _ERRORS:
        raise NotAllowed(saying("an error is mended, and not dismissed"))
    words = reason.strip()
    if not words and (key, subject) not in dismissals(session, translation):
        raise NotAllowed(saying("write why it is right"))
    if len(words) > LONGEST_REASON:
        raise NotAllowed(saying("a reason has %(most)s letters at most", most=LONGEST_REASON))
    session.add(
        DbDismissal(
            translation_id=translation.id, key=key, check=check, subject=subject, stands=bool(words), reason=words,
            by=actor.name, at=datetime.now(UTC),
        )
    )  # fmt: skip
    session.flush()
    note(session, Event.by(actor, translation.subject, "dismiss" if words else "undismiss", check=check))
