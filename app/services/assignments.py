"""Whose a text is: a person or a team for each document and language, and until when it is asked for."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.assigning import PRIORITIES
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.notices import Notice, NoticeKind
from app.domain.people import Actor
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.domain.segments import Tag
from app.services import absences_known, notices, people, teams
from app.services.giving import absence_behind, give, may_go_back
from app.storage.talk import LONGEST_COMMENT, DbAssignment, Given, newest_assignment
from app.storage.texts import DbDocument


def assign(
    session: Session,
    document: DbDocument,
    locale: Tag,
    actor: Actor,
    *,
    person: str = "",
    team: str = "",
    due: datetime | None = None,
    priority: int | None = None,
) -> DbAssignment | None:
    """Give a text to somebody who may write it, or to a team (neither: to nobody), wanted at `due` (aware).

    Its `priority` stays as it was where none is named, and so does the team through which a person has it. Of who is
    away it becomes the substitute's, whom the row names. None if it was so before. Forbidden without the right;
    NotAllowed for somebody who could not edit it, or a team of nobody who could. In one transaction, as `give`.
    """
    given = asked(session, document, locale, actor, person=person, team=team, due=due, priority=priority)
    return give(session, document, locale, actor, given, instead_of=person)


def asked(
    session: Session,
    document: DbDocument,
    locale: Tag,
    actor: Actor,
    *,
    person: str = "",
    team: str = "",
    due: datetime | None = None,
    priority: int | None = None,
) -> Given:
    """Return what `assign` would give. Refusals as `assign`; nothing is done."""
    if priority not in {None, *PRIORITIES}:
        raise NotAllowed(saying("a priority is 1 (urgent), 0 or -1 (can wait)"))
    there = _there(session, document, locale, actor, person=person, team=team)
    before = Given.of(current(session, document, locale))
    through = team or (before.team if there and there == before.person else "")
    urgency = before.priority if priority is None else priority
    return Given(person=there, team=through, due=due, priority=urgency) if person or team else Given()


def restore(
    session: Session, document: DbDocument, locale: Tag, actor: Actor, before: DbAssignment | None
) -> DbAssignment | None:
    """Let a text be as an earlier assignment said (None: nobody's), with all that it said; None if it is so.

    Why it was declined, from which publication it followed and for whom a substitute had it come back with it. Of who
    is away by now it is their substitute's. Refusals as `assign`; in one transaction, as `give`.
    """
    was = Given.of(before)
    there = _there(session, document, locale, actor, person=was.person, team=was.team)
    made = give(
        session, document, locale, actor, replace(was, person=there), instead_of=was.person,
        publication=before.publication if before is not None else 0,
    )  # fmt: skip
    if made is not None and before is not None and there == was.person:
        may_go_back(session, made, absence_behind(session, before))
    return made


def _there(session: Session, document: DbDocument, locale: Tag, actor: Actor, *, person: str, team: str) -> str:
    """Return who writes a text that is given to somebody, as `assign`: they or their substitute. Refusals as there."""
    require(actor.roles, Right.ASSIGN)
    if person and not people.writes(session, person, document, locale):
        name = people.called(session, person)
        raise NotAllowed(saying("%(name)s has no role in which to write this text", name=name))
    if team and not person and not _any_writes(session, team, document, locale):
        raise NotAllowed(saying("nobody in the team %(name)s has a role in which to write this text", name=team))
    return absences_known.stand_in(session, person, document, locale) or person


def _any_writes(session: Session, team: str, document: DbDocument, locale: Tag) -> bool:
    teams.named(session, team)
    return any(people.writes(session, name, document, locale) for name in teams.members(session, team))


def decline(session: Session, document: DbDocument, locale: Tag, actor: Actor, reason: str) -> None:
    """Give back what was asked of oneself: it is the team's again that it came through, else nobody's, by the same day.

    NotAllowed where it is not theirs, or without a reason; BadText for one that is too long. In one transaction: the
    assignment, its event, and the notice with the reason to who assigned it (else to all coordinators).
    """
    before, reason = _theirs(session, document, locale, actor), reason.strip()
    if not reason:
        raise NotAllowed(saying("say why you decline"))
    if len(reason) > LONGEST_COMMENT:
        too_long = saying("a reason has %(most)s letters at most", most=LONGEST_COMMENT)
        raise BadText(Problem(path=f"{document.full_name}@{locale}", line=0, reason=too_long))
    given = Given(team=before.team, due=before.due, priority=before.priority, reason=reason)
    asked_by = before.asked_by
    give(session, document, locale, actor, given, kind=None)
    for name in people.answerable(session, asked_by):
        told = Notice(
            kind=NoticeKind.DECLINED, to=name, by=actor.name, document=document.full_name, locale=locale, text=reason
        )
        notices.tell(session, told)


def _theirs(session: Session, document: DbDocument, locale: Tag, actor: Actor) -> DbAssignment:
    before = current(session, document, locale)
    if before is None or before.person != actor.name:
        raise NotAllowed(saying("this text is not asked of you"))
    return before


def take(session: Session, document: DbDocument, locale: Tag, actor: Actor) -> None:
    """Let a team's text be a member's, who presses for it; of two who do at once the second is refused.

    NotAllowed where it is no team's, somebody has it, or they are not of the team or could not write it.
    """
    session.refresh(document, with_for_update={"key_share": True})
    before = current(session, document, locale)
    if before is None or not before.team or before.person:
        raise NotAllowed(saying("this text does not wait for somebody of a team"))
    if actor.name not in teams.members(session, before.team):
        raise NotAllowed(saying("you are not of the team %(name)s", name=before.team))
    if not people.writes(session, actor.name, document, locale):
        raise NotAllowed(saying("%(name)s has no role in which to write this text", name=actor.name))
    give(session, document, locale, actor, replace(Given.of(before), person=actor.name, reason=""))


def current(session: Session, document: DbDocument, locale: Tag) -> DbAssignment | None:
    """Return the assignment that counts, None if the text was never anybody's."""
    return newest_assignment(session, document.id, locale)
