"""`tilmash assign`, `teams` and `rules`: whose texts are, and by which rules they become somebody's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from app.cli_shell import SHELL, actor_of, as_json, moment, named, person, row, tagged, tell, workplace, zone_of
from app.domain.assigning import CAN_WAIT, URGENT, USUAL, Rule
from app.domain.errors import NotAllowed
from app.domain.working_days import END_OF_DAY
from app.queries import teams as queries
from app.queries.reading import site as site_of
from app.services import assignments, texts
from app.storage.talk import Given

_PRIORITIES = {"urgent": URGENT, "usual": USUAL, "can-wait": CAN_WAIT}


@click.command()
@click.argument("document")
@click.argument("locale")
@click.argument("whom", default="", required=False)
@click.option("--team", default="", help="A team instead of a person.")
@click.option(
    "--due",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
    help="By clocks of the site; a day: till 18:00. As before, if left out.",
)
@click.option("--no-due", is_flag=True, help="Until no day.")
@click.option("--priority", type=click.Choice(list(_PRIORITIES)), help="As before, if left out.")
@click.option("--as", "account", default=SHELL, callback=person, help="Whose roles count; all, if left out.")
@as_json
def assign(
    document: str,
    locale: str,
    whom: str,
    *,
    team: str,
    due: datetime | None,
    no_due: bool,
    priority: str | None,
    account: str,
    machine: bool,
) -> None:
    """Ask somebody for a text: `assign news/2026-03-18-x ky kanat --due 2026-03-20`; of nobody, if none is named."""
    if due is not None and no_due:
        raise click.UsageError("--due and --no-due say different things")
    tag = tagged(locale)
    with workplace().database.write() as session:
        zone, site = zone_of(session), site_of(session)
        found = texts.require_document(session, named(document))
        if found.text_in(tag) is None and (site is None or tag not in site.locales):
            raise NotAllowed(f"the site has no language {tag}")
        wanted = _until(due, zone) if due or no_due else Given.of(assignments.current(session, found, tag)).due
        made = assignments.assign(
            session, found, tag, actor_of(session, account, tag), person=whom, team=team, due=wanted,
            priority=_PRIORITIES[priority] if priority else None,
        )  # fmt: skip
        row_now = made or assignments.current(session, found, tag)
        who = (row_now.person or row_now.team) if row_now is not None else ""
        until = row_now.due.astimezone(UTC) if row_now is not None and row_now.due else None
        by_when = f" until {moment(until, zone)}" if until else ""
    instead = f" (instead of {whom}, who is away)" if whom and who != whom else ""
    told = {"document": document, "locale": tag, "who": who, "due": until, "changed": made is not None}
    tell(told, f"{document} [{tag}]: {who or 'nobody'}{instead}{by_when}", machine=machine)


def _until(due: datetime | None, zone: ZoneInfo) -> datetime | None:
    return due and (datetime.combine(due, END_OF_DAY) if due.hour == due.minute == 0 else due).replace(tzinfo=zone)


@click.command()
@as_json
def teams(*, machine: bool) -> None:
    """List the teams, and who is of them; they are made at the desk."""
    with workplace().database.read() as session:
        for team in queries.teams(session):
            if machine:
                row(team)
            else:
                click.echo(f"{team.name}  {team.locale or 'any language'}  {', '.join(team.members) or 'nobody'}")


@click.command()
@as_json
def rules(*, machine: bool) -> None:
    """List the rules by which published texts become somebody's, in their order; they are made at the desk."""
    with workplace().database.read() as session:
        for rule in queries.rules(session):
            if machine:
                row(rule)
            else:
                click.echo(_line(rule))


def _line(rule: Rule) -> str:
    about = (rule.locale or "any language", rule.kind or "any kind", rule.tag or "any topic")
    days = "the site's" if rule.days is None else str(rule.days)
    urgency = next(name for name, value in _PRIORITIES.items() if value == rule.priority)
    holidays = f", holidays of {rule.country}" if rule.country else ""
    return (
        f"{rule.number}  {' · '.join(about)} → {rule.person or rule.team}  ({days} working days{holidays}, {urgency})"
    )
