"""What follows when a text was submitted, published or corrected.

Those are told whose texts it left behind, and what has to be written is given to people: what went out of date to who
made it, what there is not yet by rule.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.assigning import Rule
from app.domain.notices import NoticeKind
from app.domain.people import Actor
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.translations import Action, Status
from app.domain.working_days import due_after
from app.services import absences_known, lag_notices, notices, people, reminders, site, teams
from app.services.giving import give
from app.services.handing_over import hand_over_returned
from app.services.lags import left_behind_by
from app.services.publishing import newest_publication
from app.services.taking_back import take_back
from app.services.text_rules import calendar_of, rules_about
from app.storage.talk import DbAssignment, Given, newest_assignment
from app.storage.texts import DbRevision, DbTranslation

_MAY_LEAVE_BEHIND = frozenset({Action.SUBMIT, Action.PUBLISH, Action.CORRECT, Action.PUT_BACK})

_TAKES_BACK = frozenset({Action.PUT_BACK, Action.WITHDRAW})

_HAS_TO_BE_DONE_AGAIN = frozenset({Action.RETURN, Action.TAKE_BACK, Action.REOPEN})

_AT_WORK = frozenset({Status.MISSING, Status.DRAFT})


def of_transition(session: Session, translation: DbTranslation, *, action: Action, actor: Actor) -> None:
    """Tell and give what follows from a transition, in its transaction, by whichever door it was asked for."""
    if action in _TAKES_BACK:
        take_back(session, translation, actor)
    if action in _HAS_TO_BE_DONE_AGAIN:
        hand_over_returned(session, translation, actor)
        reminders.plan_again(session, translation.document, translation.locale)
    if action not in _MAY_LEAVE_BEHIND:
        return
    behind = left_behind_by(session, translation) if translation.is_language else ()
    lag_notices.tell(session, behind, actor)
    if action not in {Action.SUBMIT, Action.PUT_BACK}:
        _Giving(session, translation, actor).follow(behind)


class _Giving:
    """Gives texts of one document to people, in the name of who published what they are made from."""

    def __init__(self, session: Session, published: DbTranslation, actor: Actor) -> None:
        self._session, self._document, self._actor = session, published.document, actor
        self._published, newest = published, newest_publication(session, published)
        self._publication = newest.id if newest is not None else 0

    def follow(self, behind: Sequence[DbTranslation]) -> None:
        """Give what a published text left behind, and by it, if it is the source, what there is not yet."""
        translation = self._published
        for text in behind:
            if not self._is_at_work(text):
                self._return(text)
        if translation.is_source and translation.live_id is not None:
            for tag in self._missing():
                self._by_rule(tag)

    def _missing(self) -> Iterator[Tag]:
        for tag in self._site.locales:
            text = self._document.text_in(tag)
            begun = tag == self._document.source or (text is not None and text.head_id is not None)
            if not begun and self._asked(tag) is None:
                yield tag

    def _asked(self, locale: Tag) -> DbAssignment | None:
        """Return by which assignment a text is somebody's: of a team, or of a person who may still write it."""
        row = newest_assignment(self._session, self._document.id, locale)
        if row is None or not (row.person or row.team):
            return None
        gone = row.person and not people.writes(self._session, row.person, self._document, locale)
        return None if gone else row

    def _is_at_work(self, text: DbTranslation) -> bool:
        """Tell whether somebody has a text and is not through with it: a draft, or not saved since it is theirs.

        What they handed in is done; that it is out of date now is another thing to do, by another day.
        """
        row = self._asked(text.locale)
        head = self._session.get_one(DbRevision, text.head_id)
        return row is not None and (text.status in _AT_WORK or head.created_at < row.at)

    def _return(self, text: DbTranslation) -> None:
        """Give a text to who made it, or to who stands in for them; by rule where they are gone and nobody else has it.

        Who wrote the newest revision knows by now that it is behind, and is not told twice.
        """
        newest = self._session.get_one(DbRevision, text.head_id).author
        for maker in notices.writers(self._session, text):
            if people.writes(self._session, maker, self._document, text.locale):
                there = absences_known.stand_in(self._session, maker, self._document, text.locale)
                if there:
                    rule = next(rules_about(self._session, self._document, text.locale), Rule())
                    kind = None if there == maker == newest else NoticeKind.COMES_BACK
                    self._give(text.locale, rule, person=there, instead_of=maker, kind=kind)
                    return
        if self._asked(text.locale) is None:
            self._by_rule(text.locale)

    def _by_rule(self, locale: Tag) -> None:
        """Give a text by the first rule that fits and of which somebody is there."""
        for rule in rules_about(self._session, self._document, locale):
            if rule.team and self._team_writes(rule.team, locale):
                self._give(locale, rule)
                return
            there = absences_known.stand_in(self._session, rule.person, self._document, locale)
            if there:
                self._give(locale, rule, person=there, instead_of=rule.person)
                return

    def _team_writes(self, team: str, locale: Tag) -> bool:
        names = teams.members(self._session, team)
        return any(people.writes(self._session, name, self._document, locale) for name in names)

    def _give(
        self,
        locale: Tag,
        rule: Rule,
        *,
        person: str = "",
        instead_of: str = "",
        kind: NoticeKind | None = NoticeKind.GIVEN,
    ) -> None:
        now = datetime.now(UTC)
        days = rule.days if rule.days is not None else self._site.due_days
        working = calendar_of(self._session, self._document, locale, now.year)
        due = due_after(now, days, self._site.zone, working)
        given = Given(person=person, team="" if person else rule.team, due=due, priority=rule.priority)
        give(
            self._session, self._document, locale, self._actor, given, kind=kind, instead_of=instead_of,
            publication=self._publication, rule=rule.number,
        )  # fmt: skip

    @property
    def _site(self) -> Site:
        return site.settings(self._session)
