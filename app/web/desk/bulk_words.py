"""What an action on a selection is called, and what it makes of a text, in the words of who reads it."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext, ngettext

from app.domain.assigning import Absence
from app.domain.bulk import BulkKind
from app.queries.bulk import Item
from app.services.bulk import Change
from app.services.bulk_assigning import Assigned
from app.services.bulk_exporting import Exported
from app.services.bulk_publishing import Published
from app.services.bulk_reminding import Reminded
from app.services.bulk_translating import Asked
from app.storage.talk import Given
from app.web.desk.whose import priority_word
from app.web.reader.writing import Writing


def action_word(kind: BulkKind) -> str:
    """Return what an action is called, as a heading."""
    words: dict[BulkKind, str] = {
        BulkKind.ASSIGN: gettext("Assign"),
        BulkKind.DUE: gettext("Set the day by which they are wanted"),
        BulkKind.REMIND: gettext("Remind"),
        BulkKind.PUBLISH: gettext("Publish what is approved"),
        BulkKind.TRANSLATE: gettext("Have a machine translate what is missing"),
        BulkKind.EXPORT: gettext("Take them away as files"),
    }
    return words[kind]


def look_word(kind: BulkKind) -> str:
    """Return the heading above what an action would do."""
    words: dict[BulkKind, str] = {
        BulkKind.ASSIGN: gettext("Before they are assigned"),
        BulkKind.DUE: gettext("Before their day is set"),
        BulkKind.REMIND: gettext("Before anybody is reminded"),
        BulkKind.PUBLISH: gettext("Before they are published"),
        BulkKind.TRANSLATE: gettext("Before the machine is asked"),
        BulkKind.EXPORT: gettext("Before they are taken away as files"),
    }
    return words[kind]


def done_word(kind: BulkKind) -> str:
    """Return what was done, as a heading."""
    words: dict[BulkKind, str] = {
        BulkKind.ASSIGN: gettext("Texts were assigned"),
        BulkKind.DUE: gettext("The day of texts was set"),
        BulkKind.REMIND: gettext("People were reminded"),
        BulkKind.PUBLISH: gettext("Texts were published"),
        BulkKind.TRANSLATE: gettext("The machine was asked to translate"),
        BulkKind.EXPORT: gettext("Texts were taken away as files"),
    }
    return words[kind]


def press_word(kind: BulkKind) -> str:
    """Return what the button says that does it to the texts that are ticked."""
    words: dict[BulkKind, str] = {
        BulkKind.ASSIGN: gettext("Assign what is ticked"),
        BulkKind.DUE: gettext("Set the day of what is ticked"),
        BulkKind.REMIND: gettext("Remind of what is ticked"),
        BulkKind.PUBLISH: gettext("Publish what is ticked"),
        BulkKind.TRANSLATE: gettext("Ask the machine for what is ticked"),
        BulkKind.EXPORT: gettext("Download what is ticked"),
    }
    return words[kind]


def undo_word(kind: BulkKind) -> str:
    """Return what of it can be undone, before anybody presses."""
    words: dict[BulkKind, str] = {
        BulkKind.ASSIGN: gettext("It can be undone until a text is assigned anew. Whose it becomes is told at once."),
        BulkKind.DUE: gettext("It can be undone until a text is assigned anew."),
        BulkKind.REMIND: gettext(
            "It can be undone until the reminder is read or goes out by mail, which may be at once."
        ),
        BulkKind.PUBLISH: gettext(
            "It can be undone until something newer is published: readers get back what they had. What they have read "
            "by then, and letters and feeds that told of it, nobody takes back."
        ),
        BulkKind.TRANSLATE: gettext(
            "It can be undone: what the machine wrote and nobody touched is taken out. What it was given stays given."
        ),
        BulkKind.EXPORT: gettext("Nothing of the texts is changed. Files that went out cannot be taken back."),
    }
    return words[kind]


class ChangeTeller:
    """Says what an action makes of a text."""

    def __init__(self, write: Writing, names: Mapping[str, str], form_names: Mapping[str, str]) -> None:
        self._write, self._names, self._forms = write, names, form_names

    def who(self, name: str) -> str:
        """Return how somebody is called."""
        return self._names.get(name, name)

    def would(self, change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return how a text stands, and how it would; each as words that stand side by side."""
        match change:
            case Assigned(was=was, now=now, away=away):
                return self._held(was), (*self._held(now), *self._stands_in(away))
            case Published(revision=number, instead=instead, minor=minor):
                stays = (gettext("translations stay current"),) if minor else ()
                return (self._seen(instead),), (self._seen(number), *stays)
            case Reminded(people=people, due=due):
                told = gettext("%(who)s is reminded", who=", ".join(self.who(one) for one in people))
                return self._until(due), (told,)
            case Asked(letters=letters):
                count: str = ngettext(
                    "the machine is given %(num)s letter", "the machine is given %(num)s letters", letters
                )
                return (), (count,)
            case Exported(form=form):
                return (), (self._forms[form],)
        raise TypeError(f"no words for {change!r}")

    def became(self, kind: BulkKind, item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return how a text stood, and how it stood after it was done."""
        was, now = item.was, item.now
        match kind:
            case BulkKind.ASSIGN | BulkKind.DUE:
                return self._held(was), self._held(now)
            case BulkKind.PUBLISH:
                return (self._seen(item.instead),), (self._seen(item.revision),)
            case BulkKind.REMIND:
                who = ", ".join(self.who(one) for one in item.people)
                return (), (gettext("%(who)s is reminded", who=who),) if who else ()
            case BulkKind.TRANSLATE:
                return (), (gettext("the machine was asked"),)
            case BulkKind.EXPORT:
                return (), (gettext("revision %(number)s", number=item.revision),) if item.revision else ()

    def _held(self, given: Given) -> tuple[str, ...]:
        whose = self.who(given.person) or given.team
        if not whose:
            # Translators: of a text, beside those that are asked of somebody
            return (gettext("asked of nobody"),)
        return (whose, *self._until(given.due), *((priority_word(given.priority),) if given.priority else ()))

    def _stands_in(self, away: Absence | None) -> tuple[str, ...]:
        if away is None:
            return ()
        # Translators: after the name of who stands in; who is away, until (with) the day
        words = gettext(
            "stands in for %(who)s, who is away until %(day)s",
            who=self.who(away.person),
            day=self._write.day(away.last),
        )
        return (words,)

    def _until(self, due: datetime | None) -> tuple[str, ...]:
        # Translators: after the name of who is asked for a text
        return (gettext("by %(time)s", time=self._write.date_time(due)),) if due is not None else ()

    def _seen(self, number: int | None) -> str:
        if number is None:
            nothing: str = gettext("readers see nothing of it")
            return nothing
        seen: str = gettext("readers see revision %(number)s", number=number)
        return seen
