"""What stands in the fields below the segment in front when its sheet is sent by another button than their own.

Enter in such a field presses the first button of the sheet, and who saves may have forgotten them. A reason that was
typed dismisses its warning and a whole term is added: nobody types them for anything else. A comment is read by others
and mails some of them, so that nobody sends it but who presses its button; it comes back in its field, as does a term
that lacks something, and whatever is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from flask import flash, request
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.domain.checks.pair import Check
from app.domain.errors import NotFound, Refusal
from app.domain.glossary import Term
from app.domain.said import saying
from app.domain.segments import Tag
from app.services import checks, glossary
from app.services.texts import held_or_begun
from app.web.desk.address import Address
from app.web.desk.aside import row_at
from app.web.desk.desk import Desk
from app.web.desk.glossary_form import between
from app.web.desk.refusals import given_back

_REASON: Final = "reason "
_DIGEST: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What was typed below a segment: a comment, a term, and reasons by the findings that they are of.

    `refusals` are why some of it was not done. False if nothing was typed there.
    """

    comment: str = ""
    term: Term | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.comment or self.term or self.reasons)


NOTHING: Final = Below()


def sent(locale: Tag) -> Below:
    """Return what stands in the fields below the segment in front of the form that was sent."""
    said = request.form
    term = Term(
        source=Tag(said.get("term_source", "")), target=locale, term=said.get("term", ""),
        translation=said.get("term_translation", ""), note=said.get("term_note", ""), keep="term_keep" in said,
    )  # fmt: skip
    typed = any(one.strip() for one in (term.term, term.translation, term.note)) or term.keep
    return Below(
        comment=said.get("say", "") if said.get("say", "").strip() else "",
        term=term if typed else None,
        reasons={name.removeprefix(_REASON): words for name, words in said.items() if _is_reason(name, words)},
    )


def _is_reason(name: str, words: str) -> bool:
    return name.startswith(_REASON) and bool(words.strip())


def besides(desk: Desk, at: Address, *, pressed: str) -> Below:
    """Do what was typed below a segment besides what was `pressed` there; return what is left, to be shown again.

    `pressed` is `comment`, `term`, `reason`, or empty. Each is done in a transaction of its own, after the text was
    saved: that one of them is refused takes nothing back. Scripts send what is below by itself, without the sheet: then
    nothing else was sent.
    """
    if "base" not in request.form:
        return NOTHING
    below, refusals = sent(at.locale), list[Refusal]()
    own = request.form.get("finding", "") if pressed == "reason" else ""
    reasons = {finding: words for finding, words in below.reasons.items() if finding != own}
    for finding, words in list(reasons.items()):
        if _done(desk, partial(dismiss, desk=desk, at=at, finding=finding, reason=words), refusals):
            del reasons[finding]
            flash(gettext("The warning is dismissed, with your reason."), "done")
    term = below.term if pressed != "term" else None
    whole = term is not None and term.term.strip() and (term.translation.strip() or term.keep)
    if term is not None and whole and _done(desk, partial(add, desk=desk, at=at, term=term), refusals):
        flash(gettext("“%(term)s” is in the glossary.", term=term.term), "done")
        term = None
    comment = below.comment if pressed != "comment" else ""
    return replace(below, comment=comment, term=term, reasons=reasons, refusals=tuple(refusals))


def _done(desk: Desk, do: Callable[[Session], None], refusals: list[Refusal]) -> bool:
    """Do something in a transaction of its own; tell whether it was, and note why not."""
    try:
        with desk.writing() as session:
            do(session)
    except (Refusal, OperationalError) as error:
        refusals.append(given_back(error)[0])
        return False
    return True


def dismiss(session: Session, *, desk: Desk, at: Address, finding: str, reason: str) -> None:
    """Keep why a finding of the segment in front is right, or with no reason that it is not. NotFound for no finding.

    `finding` is the name of its check and what it is about.
    """
    check, _, subject = finding.partition(" ")
    if check not in set(Check) or len(subject) != _DIGEST:
        raise NotFound(saying("the text has no such segment"))
    row = row_at(session, at, request.form.get("at", ""))
    checks.dismiss(
        session, held_or_begun(session, at.name, at.locale), desk.actor(at.locale), key=row.key, check=Check(check),
        subject=subject, reason=reason,
    )  # fmt: skip


def add(session: Session, *, desk: Desk, at: Address, term: Term) -> None:
    """Add a term that was typed in the editor; NotFound for languages that the site does not have."""
    between(desk.site, {"source": term.source, "target": at.locale})
    glossary.add(session, term, desk.actor(at.locale))
