"""Notices: what people are told of texts they have to do with, when it reaches them, and the sentence that says it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from app.domain.documents import DocumentName
from app.domain.segments import NO_LANGUAGE, Key, Tag
from app.domain.site import MSGIDS


class NoticeKind(StrEnum):
    """What happened."""

    RETURNED = "returned"
    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    BEHIND = "behind"
    APPROVED = "approved"
    PUBLISHED = "published"
    REFUSED = "refused"
    DECLINED = "declined"
    REASSIGNED = "reassigned"
    UNASSIGNED = "unassigned"
    STANDS_IN = "stands in"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    REMINDED = "reminded"
    PUT_BACK = "put back"
    TEAM_ASSIGNED = "assigned to team"
    GIVEN = "given"
    TEAM_GIVEN = "given to team"
    COMES_BACK = "comes back"
    CALLED_OFF = "called off"
    AWAY = "away"
    YOURS_AGAIN = "yours again"


AT_ONCE: Final = frozenset(NoticeKind) - {
    NoticeKind.BEHIND, NoticeKind.APPROVED, NoticeKind.PUBLISHED, NoticeKind.REASSIGNED, NoticeKind.PUT_BACK,
    NoticeKind.CALLED_OFF, NoticeKind.AWAY,
}  # fmt: skip
"""What somebody has to do something about; the rest can wait until it is read together."""


class MailChoice(StrEnum):
    """What somebody wants by mail. The desk shows everything whatever they choose."""

    AT_ONCE = "at once"
    DIGEST = "digest"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHabit:
    """What somebody wants by mail, and the hour of the site's day at which they get what can wait.

    `weekly` wants the report of the past week on Monday, at that hour.
    """

    choice: MailChoice = MailChoice.AT_ONCE
    hour: int = 9
    weekly: bool = False

    def due(self, kind: NoticeKind, now: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when a notice of now is to be in the mail; None if never."""
        if self.choice is MailChoice.NONE:
            return None
        if self.choice is MailChoice.AT_ONCE and kind in AT_ONCE:
            return now
        return next_hour(self.hour, now, zone)


def next_hour(hour: int, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next time after `now` (aware) at which clocks of the zone show this full hour."""
    there = now.astimezone(zone)
    at = there.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    return (at if at > there else at + timedelta(days=1)).astimezone(now.tzinfo)


_WHOLE: Final = Key("")
_NONE: Final = Tag("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What `to` is told: that `by` did something with a text. Both are names of accounts, or of who acts otherwise.

    What is about no text has no `document`. `days` are the first and the last of an absence, `title` who stands in.

    `text` is what was written to them: the note, the comment, and `key` the segment that it is about (empty: all of the
    text). `reasons` (`Said`s) are why something was refused, of which those are told who wanted it, too. `for_locale`
    is the language that `by` was translating into when they asked the author of `document` something.
    """

    kind: NoticeKind
    to: str
    by: str
    document: DocumentName | None = None
    locale: Tag = NO_LANGUAGE
    text: str = ""
    title: str = ""
    days: tuple[date, date] | None = None
    reasons: tuple[str, ...] = ()
    key: Key = _WHOLE
    for_locale: Tag = _NONE


def place_of(document: str, locale: Tag, key: Key) -> str:
    """Return where at the desk that stands which a notice is about: a text, at a segment if it is about one.

    A catalogue's template has no page of its own: then it is that of the catalogue. What is about no text is about who
    is away.
    """
    if not document:
        return "/desk/away"
    page = f"/desk/{document}/" if locale == NO_LANGUAGE else f"/desk/{document}/{locale}/"
    return page + (f"?{urlencode({'at': key})}#segment" if key else "")


def tongue_of(locale: Tag) -> Tag:
    """Return the language by which a notice calls a text: of a catalogue's template that of its msgids."""
    return MSGIDS if locale == NO_LANGUAGE else locale


class Words(Protocol):
    """Where a language's words are: those of the page at hand, or of a letter."""

    def gettext(self, string: str, /, **variables: object) -> str:
        """Translate a message and fill its placeholders."""
        ...

    def ngettext(self, singular: str, plural: str, num: int, /, **variables: object) -> str:
        """Translate a message with plural forms and fill its placeholders, `num` among them."""
        ...


def sentence(
    kind: NoticeKind,
    words: Words,
    *,
    who: str,
    title: str,
    language: str,
    into: str = "",
    days: tuple[str, str] = ("", ""),
) -> str:
    """Say in the words of a language what happened: who did it, with which text, in which language that is.

    `into` is the language that they were translating it into, if that is why they ask. `days` are those of an absence.
    """
    named: dict[str, object] = {"who": who, "title": title, "language": language}
    named |= {"first": days[0], "last": days[1], "substitute": title}
    match kind:
        case NoticeKind.RETURNED:
            # Translators: a notice in the desk and the subject of a letter; language is the name of a language
            said = words.gettext("%(who)s returned “%(title)s” (%(language)s) to you", **named)
        case NoticeKind.ASSIGNED:
            said = words.gettext("%(who)s assigned “%(title)s” (%(language)s) to you", **named)
        case NoticeKind.TEAM_ASSIGNED:
            said = words.gettext("%(who)s assigned “%(title)s” (%(language)s) to your team", **named)
        case NoticeKind.MENTIONED if into:
            # Translators: a question to who wrote a text (in language), asked while it was translated (into into)
            said = words.gettext(
                "%(who)s asks about “%(title)s” (%(language)s) while translating into %(into)s", into=into, **named
            )
        case NoticeKind.MENTIONED:
            said = words.gettext("%(who)s mentions you at “%(title)s” (%(language)s)", **named)
        case NoticeKind.BEHIND:
            said = words.gettext("“%(title)s” (%(language)s) is behind its source, which %(who)s changed", **named)
        case NoticeKind.APPROVED:
            said = words.gettext("%(who)s approved “%(title)s” (%(language)s)", **named)
        case NoticeKind.PUBLISHED:
            said = words.gettext("%(who)s published “%(title)s” (%(language)s)", **named)
        case NoticeKind.REFUSED:
            # Translators: a text was to go live by itself, at its time or by an order that this person gave
            said = words.gettext("%(who)s scheduled “%(title)s” (%(language)s), and it could not be published", **named)
        case _:
            said = _of_what_follows(words, named)[kind]
    return said


def _of_what_follows(words: Words, named: dict[str, object]) -> dict[NoticeKind, str]:
    """Return what is said of texts that were asked of somebody, of their days, and of what readers see no more."""
    return {
        # Translators: to who gave somebody a text to translate: that person gives it back
        NoticeKind.DECLINED: words.gettext("%(who)s declined “%(title)s” (%(language)s)", **named),
        # Translators: who is the person or the team that has the text now
        NoticeKind.REASSIGNED: words.gettext("“%(title)s” (%(language)s) is asked of %(who)s now, not of you", **named),
        NoticeKind.UNASSIGNED: words.gettext(
            "%(who)s does not ask you for “%(title)s” (%(language)s) any more", **named
        ),
        # Translators: to a substitute, while who has to do this text is on leave
        NoticeKind.STANDS_IN: words.gettext("You stand in for %(who)s at “%(title)s” (%(language)s)", **named),
        NoticeKind.DUE_SOON: words.gettext("“%(title)s” (%(language)s) is due soon", **named),
        NoticeKind.OVERDUE: words.gettext("“%(title)s” (%(language)s) is overdue", **named),
        # Translators: to a coordinator; who is the person or the team that the text was asked of
        NoticeKind.ESCALATED: words.gettext("“%(title)s” (%(language)s) is overdue; it was asked of %(who)s", **named),
        # Translators: a person reminds another of a text that was assigned to them
        NoticeKind.REMINDED: words.gettext("%(who)s reminds you of “%(title)s” (%(language)s)", **named),
        # Translators: who published a text, and by a rule somebody has to write it in another language (language)
        NoticeKind.GIVEN: words.gettext(
            "“%(title)s” (%(language)s) is asked of you by a rule, since %(who)s published its source", **named
        ),
        NoticeKind.TEAM_GIVEN: words.gettext(
            "“%(title)s” (%(language)s) is asked of your team by a rule, since %(who)s published its source", **named
        ),
        # Translators: to who made a translation: it is out of date, and has to be brought up to date
        NoticeKind.COMES_BACK: words.gettext(
            "“%(title)s” (%(language)s) comes back to you by a rule, since %(who)s changed its source", **named
        ),
        # Translators: to somebody who comes back from leave; who stood in for them there
        NoticeKind.YOURS_AGAIN: words.gettext(
            "“%(title)s” (%(language)s) is yours again: %(who)s had it while you were away", **named
        ),
        # Translators: what a rule had asked somebody for is not wanted any more: its source is not live any more
        NoticeKind.CALLED_OFF: words.gettext(
            "“%(title)s” (%(language)s) is not asked of you any more: %(who)s took back what its source said", **named
        ),
        NoticeKind.AWAY: words.gettext(
            "%(who)s is away from %(first)s to %(last)s; %(substitute)s stands in.", **named
        ),
        # Translators: to who wrote a text that was published and is not what readers see any more
        NoticeKind.PUT_BACK: words.gettext(
            "%(who)s gave readers back the text before yours: “%(title)s” (%(language)s)", **named
        ),
    }
