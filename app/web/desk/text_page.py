"""The page of one text: where it stands, what may be pressed, its words beside their source, and what was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import request
from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.domain.people import Actor
from app.domain.permissions import Right, Side, may
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.side_by_side import Row
from app.domain.translations import Action, Role
from app.formats.choice import parse
from app.formats.words import words_in
from app.queries import standings
from app.queries.addresses import where_read
from app.queries.facts import told
from app.queries.people import full_names, people
from app.queries.preview import newest_facts
from app.queries.reviews import review
from app.queries.standings import Stand
from app.queries.suggestions import Suggestion, still_open
from app.queries.teams import teams, teams_of
from app.queries.timeline import Happening, What, timeline
from app.services import checks, lags, schedule, sheets
from app.services.offers import Offer, meant, offers
from app.services.sheets import Sheet
from app.services.texts import require_document
from app.storage.texts import DbDocument
from app.web.desk.address import Address
from app.web.desk.deeds import deeds_of
from app.web.desk.desk import Desk
from app.web.desk.draft_media import thumbs
from app.web.desk.happenings import Teller
from app.web.desk.lines import SHOWN, SIZE, Line, Part, lines_of, part_of
from app.web.desk.mentions import mentionable
from app.web.desk.moments import shown as shown_moment
from app.web.desk.odd_values import whole
from app.web.desk.withdrawal import withdrawals

_MOVES = frozenset(
    {What.SAVE, What.SUBMIT, What.RETURN, What.TAKE_BACK, What.APPROVE, What.REOPEN, What.PUBLISH, What.SCHEDULE,
     What.UNSCHEDULE, What.WITHDRAW, What.PUT_BACK, What.CORRECT, What.TAKE_SUGGESTION, What.DECLINE_SUGGESTION}
)  # fmt: skip
"""What may be why a press was refused."""

_MEANWHILE = 3
"""What happened since a page was shown, at most: the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a refused form gives back, and why it was refused."""

    refusal: Refusal | None = None
    action: str = ""
    note: str = ""
    due: str = ""
    comment: str = ""
    person: str = ""
    wanted: str = ""
    seen: datetime | None = None


NOTHING: Final = Given()


def text_page(desk: Desk, at: Address, given: Given = NOTHING) -> str:
    """Return the page of a text as it is now, with what a refused form gives back. NotFound for what is none."""
    locale, now = at.locale, datetime.now(UTC)
    with desk.reading() as session:
        document = require_document(session, at.name)
        at.require_place(session, desk.site.locales)
        shown = review(session, at.name, locale, now=now)
        stands = {one.locale: one for one in standings.all_of(session, at.name, None)}
        facts = stands.pop(NO_LANGUAGE, None)
        sheet = sheets.sheet(session, at.name, locale)
        lines = lines_of(sheet, shown.changes)
        front = _front(sheet)
        story = [one for one in timeline(session, at.name) if one.locale == locale]
        idle = stands[locale].live == stands[locale].head and (facts is None or facts.live == facts.head)
        pointless = {
            Action.PUBLISH: idle,
            Action.WITHDRAW: stands[locale].live is None,  # its time is taken from it instead
            Action.TAKE_BACK: not _is_theirs(desk.actor(locale), story, source=locale == document.source),
        }
        deeds = deeds_of(
            _offers(session, desk, document, locale), pointless={one for one, never in pointless.items() if never}
        )
        suggested = _suggested(session, document, locale)
        lag = lags.lags_of(session, document).get(locale)
        others = (shown.assigned.person if shown.assigned else "", *(one.author for one in suggested))
        names = full_names(session, _people(story, *others))
        teller = Teller(desk.frame().write, names)
        return desk.render(
            "desk/text.html",
            at=at,
            review=shown,
            stands=stands,
            stand=stands[locale],
            facts=facts if locale == document.source else None,
            part=_part(lines, front, compared=shown.changes is not None),
            front=front,
            about={line.key: " ".join(line.forms) for line in lines if line.forms},
            sheet=sheet,
            pressed=tuple(one for one in deeds.pressed if one.action is not Action.WITHDRAW),
            withdrawals=withdrawals(
                at,
                document.source,
                stands.values(),
                desk.frame().write,
                one=Action.WITHDRAW in deeds.forms,
                earlier=_earlier(session, document, locale) if Action.PUT_BACK in deeds.forms else 0,
                whole=locale == document.source and _whole(desk, locale, stands.values()),
            ),
            held=deeds.held,
            warnings=_warnings(session, document, sheet) if Action.SUBMIT in deeds.forms else 0,
            forms=deeds.forms,
            lag=lag,
            photos=thumbs(session, document.id),
            read_at=where_read(session, document.id, locale),
            suggested=suggested,
            teller=teller,
            seen=story[0].at if story else None,
            handed_in=_handed_in(story),
            given=given,
            meanwhile=[teller.sentence(one) for one in _meanwhile(story, given.seen)],
            rights=_rights(desk, locale),
            writes=_writes(desk, document, locale),
            **_facts(session, desk, document, sheet),
            minor=_says_minor(sheet),
            **_others(session, document, locale, by=desk.person().name),
        )


def _rights(desk: Desk, locale: Tag) -> set[str]:
    """Return the names of what this person may do at this text; to comment takes a role for any language."""
    roles = desk.actor(locale).roles
    return {right.name for right in Right if may(desk.anywhere().roles if right is Right.COMMENT else roles, right)}


def _whole(desk: Desk, locale: Tag, stands: Iterable[Stand]) -> bool:
    """Tell whether this person may withdraw more than this language by one press."""
    shown = {one.locale: one.live is not None for one in stands if one.live is not None or one.due is not None}
    return (
        any(shown.values()) and any(tag != locale for tag in shown) and may(desk.actor(locale).roles, Action.WITHDRAW)
    )


def _is_theirs(actor: Actor, story: Iterable[Happening], *, source: bool) -> bool:
    """Tell whether somebody handed the text in or wrote its newest revision, or such texts are theirs to write."""
    last = {one.what: one.who for one in reversed([*story]) if one.what in {What.SUBMIT, What.SAVE}}
    return actor.name in last.values() or (Role.AUTHOR if source else Role.TRANSLATOR) in actor.roles


def _suggested(session: Session, document: DbDocument, locale: Tag) -> list[Suggestion]:
    """Return what waits beside a text for a decision, with a source text also what waits beside the facts."""
    tags = (locale, NO_LANGUAGE) if locale == document.source else (locale,)
    return [one for tag in tags for one in still_open(session, document.full_name, tag)]


def _facts(session: Session, desk: Desk, document: DbDocument, sheet: Sheet) -> Mapping[str, object]:
    """Return what the facts have to say: `wished` is the time to go live as a field has it, `ahead` if it is to come.

    `undescribed` are the photos of which the newest text has no description, `facts_told` what goes out with a source
    text.
    """
    facts = newest_facts(session, document)
    if facts is None:
        return {"wished": "", "ahead": None, "undescribed": (), "facts_told": ()}
    later = schedule.waiting(session, text) if (text := document.text_in(sheet.locale)) is not None else None
    time = later.due_at if later is not None and not later.refusal else facts.publish_at
    words = words_in(sheet.base.text) if sheet.base is not None else None
    return {
        "facts_told": tuple(told(session, document)) if sheet.locale == document.source else (),
        "wished": shown_moment(facts.publish_at, desk.zone),
        "ahead": time if time is not None and time > datetime.now(UTC) else None,
        "undescribed": tuple(path for path in facts.photos if words is not None and path not in words.alt),
    }


def _offers(session: Session, desk: Desk, document: DbDocument, locale: Tag) -> tuple[Offer, ...]:
    translation = document.text_in(locale)
    if translation is not None:
        return offers(session, translation, desk.actor(locale))
    side = Side.SOURCE if locale == document.source else Side.TRANSLATION
    return (Offer(action=Action.START),) if may(desk.actor(locale).roles, Action.START, of=side) else ()


def _earlier(session: Session, document: DbDocument, locale: Tag) -> int:
    """Return the number of what readers had before the live revision, 0 for none."""
    translation = document.text_in(locale)
    revision = meant(session, translation, Action.PUT_BACK) if translation is not None else None
    return revision.number if revision is not None else 0


def _writes(desk: Desk, document: DbDocument, locale: Tag) -> bool:
    """Tell whether this person may decide on suggestions: who may edit may."""
    side = Side.SOURCE if locale == document.source else Side.TRANSLATION
    return may(desk.actor(locale).roles, Action.EDIT, of=side)


def _others(session: Session, document: DbDocument, locale: Tag, *, by: str) -> Mapping[str, object]:
    """Return who can be asked for this text, who is told if somebody names them, and the teams of who asks."""
    side = Side.SOURCE if locale == document.source else Side.TRANSLATION
    everybody = people(session)
    return {
        "writers": [one for one in everybody if may(one.roles(locale), Action.EDIT, of=side)],
        "mentionable": mentionable(session, by=by),
        "teams": [one.name for one in teams(session) if one.locale in {"", locale}],
        "own_teams": teams_of(session, by),
    }


def _warnings(session: Session, document: DbDocument, sheet: Sheet) -> int:
    """Return how many findings of checks in a text nobody has mended or dismissed."""
    forms = {line.key: line.forms for line in lines_of(sheet)}
    dismissed = checks.dismissals(session, document.text_in(sheet.locale))
    found = checks.checked(sheet, forms, dismissed, checks.glossary_of(session, sheet))
    return sum(one.dismissal is None for some in found.values() for one in some)


def _says_minor(sheet: Sheet) -> bool:
    """Tell whether who wrote the newest revision said that translations stay current by it."""
    text = sheet.base.text if sheet.base is not None else ""
    return bool(text) and parse(sheet.document.kind, sheet.locale, text, path=str(sheet.document)).header.minor


def _people(story: Iterable[Happening], *others: str) -> set[str]:
    return {*(one.who for one in story), *(one.person for one in story if one.person), *others}


def _meanwhile(story: Iterable[Happening], seen: datetime | None) -> list[Happening]:
    """Return what happened to the text since somebody saw it, the newest first."""
    later = [one for one in story if seen is not None and one.at > seen and one.what in _MOVES]
    return later[:_MEANWHILE]


def _handed_in(story: Iterable[Happening]) -> Happening | None:
    """Return what was said when the text was last submitted; None where nothing was, or it has come back since."""
    last = next((one for one in story if one.what in {What.SUBMIT, What.RETURN, What.REOPEN}), None)
    return last if last is not None and last.what is What.SUBMIT and last.note else None


def _front(sheet: Sheet) -> Row | None:
    """Return the segment that the address names: by its key (`at`), or by that of a source that it renders (`of`)."""
    at, of = request.args.get("at", ""), request.args.get("of", "")
    named = (row for row in sheet.rows if row.key == at or any(one.key == of for one in row.sources))
    return next(named, None)


def _part(lines: Sequence[Line], front: Row | None, *, compared: bool) -> Part:
    if front is not None:
        place = next(place for place, line in enumerate(lines) if line.key == front.key)
        return part_of(lines, show="all", first=place // SIZE * SIZE)
    wanted = request.args.get("show", "")
    show = wanted if wanted in SHOWN else "changed" if compared and any(line.changed for line in lines) else "all"
    return part_of(lines, show=show, first=request.args.get("from", 0, type=whole))
