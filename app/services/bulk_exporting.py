"""Texts of a selection go out as files. Nothing of them is changed, and nothing is to be undone."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.domain.bulk import BulkKind
from app.domain.people import Actor
from app.domain.permissions import Right, require
from app.formats.files import Form
from app.formats.packages import Packed
from app.services import packages
from app.services.bulk import Change, Plan, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported(Change):
    """The form in which a text goes out: that which was asked for, or as it is kept."""

    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporting:
    """Give texts out in a form (None: each as it is kept). `files` are those that went out so far."""

    form: Form | None = None
    files: list[Packed] = field(default_factory=list)
    kind = BulkKind.EXPORT

    def plan(self, session: Session, text: Text, actor: Actor) -> Plan:
        """Return in which form it goes out, as it is by then; NotFound where there is nothing to give out."""
        require(actor.roles, Right.READ)
        form = packages.form_for(text.document, text.locale, self.form)

        def do() -> tuple[int | None, int | None]:
            out = packages.out(session, text.document.full_name, text.locale, form)
            self.files.append(out.file)
            return None, out.revision

        return Plan(base=0, change=Exported(form=form), do=do)
