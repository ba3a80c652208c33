"""What is asked for a selection of texts, as a form has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from app.domain.bulk import MOST, BulkKind
from app.domain.errors import BadText, NotFound, Problem
from app.domain.people import Person
from app.domain.permissions import Right, may
from app.domain.said import Said, saying
from app.domain.translations import Action
from app.formats.files import Form
from app.queries.asked import NOBODY
from app.services.bulk import Chosen, Deed
from app.services.bulk_assigning import Assigning, Setting
from app.services.bulk_exporting import Exporting
from app.services.bulk_publishing import Publishing
from app.services.bulk_reminding import Reminding
from app.services.bulk_translating import Translating
from app.web.desk import moments
from app.web.desk.desk import Desk
from app.web.desk.odd_values import whole
from app.web.desk.whose import chosen as choice

OWN: Final = "own"
"""Each text as it is kept."""

FORMS: Final = (Form.DOCX, Form.PO, Form.XLIFF12, Form.XLIFF20)

LONGEST_BACK: Final = 2_000
"""Letters of the query of a board."""

_FIELDS: Final = ("person", "assign_due", "assign_priority", "due", "priority", "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The selection, and all that was typed. `more` tells that more texts were chosen than are taken at once.

    `entered` tells that the form was sent by the key and by none of its buttons, `unticked` that of all that was shown
    nothing was ticked; `back` is the query of the board on which they were chosen.
    """

    texts: tuple[Chosen, ...]
    kind: BulkKind | None
    fields: Mapping[str, str]
    more: bool
    entered: bool
    unticked: bool
    back: str


def filled(said: MultiDict[str, str]) -> Filled:
    """Read a form, or an address; what is no text of a language is left out."""
    ticked = said.getlist("text") or said.getlist("shown")
    texts = list(dict.fromkeys(one for one in map(_parsed, ticked) if one is not None))
    wanted = said.get("action", "")
    return Filled(
        texts=tuple(texts[:MOST]), more=len(texts) > MOST, entered="enter" in said,
        unticked="shown" in said and "text" not in said,
        kind=BulkKind(wanted) if wanted in set(BulkKind) else None,
        fields={name: said.get(name, "") for name in _FIELDS}, back=back(said),
    )  # fmt: skip


def back(said: MultiDict[str, str]) -> str:
    """Return the query of the board to which a page leads back; empty for one that is too long."""
    query = said.get("back", "")
    return query if len(query) <= LONGEST_BACK else ""


def bases(said: MultiDict[str, str], texts: tuple[Chosen, ...]) -> Mapping[Chosen, int]:
    """Return which number was shown of each text; BadRequest for none."""
    try:
        return {one: whole(said.get(f"seen {one}", "")) for one in texts}
    except ValueError:
        raise BadRequest from None


def offered(desk: Desk, person: Person) -> tuple[BulkKind, ...]:
    """Return what somebody may do to texts of one language at least."""
    roles = person.everywhere
    assigns = (BulkKind.ASSIGN, BulkKind.DUE, BulkKind.REMIND) if person.has(Right.ASSIGN) else ()
    publishes = (BulkKind.PUBLISH,) if may(roles, Action.PUBLISH) else ()
    return (
        *assigns,
        *publishes,
        *((BulkKind.TRANSLATE,) if desk.settings.machine is not None else ()),
        BulkKind.EXPORT,
    )


def require_pressed(asked: Filled) -> None:
    """Raise BadText where a key sent the form: none of its buttons is what that means; and where nothing is ticked."""
    if asked.unticked:
        raise _wrong(saying("nothing is ticked: tick the texts with which it is to be done"))
    if asked.entered:
        raise _wrong(saying("press the button of what is to be done: nothing was done yet"))


def deed_of(desk: Desk, asked: Filled) -> Deed:
    """Return what is asked for. BadText where a field says nothing that can be done; NotFound without a machine."""
    fields = asked.fields
    match asked.kind:
        case BulkKind.ASSIGN:
            if not fields["person"]:
                raise _wrong(saying("choose who is asked for these texts"))
            person, team = choice(fields["person"]) if fields["person"] != NOBODY else ("", "")
            due, priority = _due(desk, fields["assign_due"]), _priority(fields["assign_priority"])
            return Assigning(person=person, team=team, due=due, priority=priority)
        case BulkKind.DUE:
            return Setting(due=_due(desk, fields["due"]), priority=_priority(fields["priority"]))
        case BulkKind.REMIND:
            return Reminding()
        case BulkKind.PUBLISH:
            return Publishing()
        case BulkKind.TRANSLATE:
            if desk.settings.machine is None:
                raise NotFound(saying("no machine translates here"))
            return Translating(service=desk.settings.machine)
        case BulkKind.EXPORT:
            return Exporting(form=Form(fields["form"]) if fields["form"] in FORMS else None)
        case None:
            raise BadRequest


def _due(desk: Desk, written: str) -> datetime | None:
    due = moments.typed(written, desk.zone, moments.WANTED)
    if due is not None:
        moments.yet_to_come(due, moments.WANTED, datetime.now(UTC), desk.zone)
    return due


def _priority(written: str) -> int | None:
    return int(written) if written in {"1", "0", "-1"} else None


def _parsed(written: str) -> Chosen | None:
    try:
        return Chosen.parse(written)
    except ValueError:
        return None


def _wrong(reason: Said) -> BadText:
    return BadText(Problem(path="", line=0, reason=reason))
