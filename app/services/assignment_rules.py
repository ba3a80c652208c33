"""The rules by which texts are given to people, in an order that coordinators choose."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.assigning import MOST_DAYS, PRIORITIES, Rule
from app.domain.countries import is_country
from app.domain.errors import NotAllowed, NotFound
from app.domain.people import Actor
from app.domain.permissions import Right, Side, may, require
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.translations import Action
from app.formats.text import LARGEST_NUMBER
from app.services import site, teams
from app.storage.accounts import DbAccount
from app.storage.assigning import DbRule
from app.storage.journal import Event, note

_LONGEST_TAG = 200


def add(session: Session, rule: Rule, actor: Actor) -> DbRule:
    """Put a rule behind the others. Forbidden without the right; NotAllowed for one that can give nothing to anybody.

    In one transaction: the rule and its event, which names nobody.
    """
    require(actor.roles, Right.ASSIGN)
    _require_sense(session, rule)
    last = session.scalar(select(func.max(DbRule.position))) or 0
    made = DbRule(
        position=last + 1, locale=rule.locale or "", kind=rule.kind, tag=rule.tag, person=rule.person, team=rule.team,
        priority=rule.priority, days=rule.days, country=rule.country,
    )  # fmt: skip
    session.add(made)
    session.flush()
    note(session, Event.by(actor, f"rule/{made.id}", "rule", position=made.position))
    return made


def change(session: Session, number: int, rule: Rule, actor: Actor) -> None:
    """Let a rule say something else from now on, in its place. Refusals as `add`; NotFound if there is none."""
    require(actor.roles, Right.ASSIGN)
    row = _held(session, number)
    _require_sense(session, rule)
    row.locale, row.kind, row.tag = rule.locale or Tag(""), rule.kind, rule.tag
    row.person, row.team = rule.person, rule.team
    row.priority, row.days, row.country = rule.priority, rule.days, rule.country
    session.flush()
    note(session, Event.by(actor, f"rule/{number}", "change-rule"))


def move(session: Session, number: int, actor: Actor, *, up: bool) -> None:
    """Exchange a rule with the one before (or behind) it; nothing happens at the end. NotFound if there is none."""
    require(actor.roles, Right.ASSIGN)
    row = _held(session, number)
    beyond = DbRule.position < row.position if up else DbRule.position > row.position
    order = DbRule.position.desc() if up else DbRule.position
    other = session.scalar(select(DbRule).where(beyond).order_by(order).limit(1).with_for_update())
    if other is None:
        return
    here, there = row.position, other.position
    for one, position in ((row, -1), (other, here), (row, there)):  # one at a time: no two rules have one place
        one.position = position
        session.flush()
    note(session, Event.by(actor, f"rule/{row.id}", "move-rule", position=there))


def remove(session: Session, number: int, actor: Actor) -> None:
    """Let there be a rule no more; what it gave stays given. NotFound if there is none."""
    require(actor.roles, Right.ASSIGN)
    session.delete(_held(session, number))
    session.flush()
    note(session, Event.by(actor, f"rule/{number}", "remove-rule"))


def _require_writer(session: Session, rule: Rule) -> None:
    """Raise NotAllowed for somebody whom the rule could never give a text: it would be passed over without a word."""
    row = session.scalar(select(DbAccount).where(DbAccount.name == rule.person))
    if row is None:
        raise NotAllowed(saying("there is no account %(name)s", name=rule.person))
    person = row.person()
    languages = [rule.locale] if rule.locale else [grant.locale for grant in person.grants]
    if not any(may(person.roles(one), Action.EDIT, of=Side.TRANSLATION) for one in languages):
        who, there = person.full_name, rule.locale
        if there:
            raise NotAllowed(saying("%(name)s may not write in this language: %(language)s", name=who, language=there))
        raise NotAllowed(saying("%(name)s may not write translations", name=who))


def _held(session: Session, number: int) -> DbRule:
    """Return a rule; who changes their order holds them all, so that two never exchange one rule at once."""
    rows = session.scalars(select(DbRule).order_by(DbRule.id).with_for_update()).all()
    found = next((row for row in rows if row.id == number <= LARGEST_NUMBER), None)
    if found is None:
        raise NotFound(saying("there is no rule %(number)s", number=number))
    return found


def _require_sense(session: Session, rule: Rule) -> None:
    if bool(rule.person) is bool(rule.team):
        raise NotAllowed(saying("a rule gives texts to a person or to a team"))
    if rule.team:
        teams.named(session, rule.team)
    else:
        _require_writer(session, rule)
    if rule.locale and rule.locale not in site.settings(session).locales:
        raise NotAllowed(saying("the site has no language %(tag)s", tag=rule.locale))
    if rule.country and not is_country(rule.country):
        raise NotAllowed(saying("%(code)s is no country of ISO 3166", code=rule.country))
    if rule.days is not None and not 0 <= rule.days <= MOST_DAYS:
        raise NotAllowed(saying("a rule gives %(most)s working days at most", most=MOST_DAYS))
    if rule.priority not in PRIORITIES:
        raise NotAllowed(saying("a priority is 1 (urgent), 0 or -1 (can wait)"))
    if len(rule.tag) > _LONGEST_TAG:
        raise NotAllowed(saying("a tag has %(most)s letters at most", most=_LONGEST_TAG))
