"""`tilmash …`: every use case without a browser.

Exit status 0 done, 1 refused (the reasons on standard error, a line a problem: `file:line: reason`), 2 wrong usage.
"""

import gc
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from app.cli_accounts import account
from app.cli_assigning import assign, rules, teams
from app.cli_catalog import catalog
from app.cli_checks import check
from app.cli_figures import figures
from app.cli_glossary import glossary
from app.cli_memory import memory
from app.cli_shell import (
    SHELL,
    Commands,
    RegularFile,
    actor_of,
    as_json,
    moment,
    named,
    person,
    refusals,
    row,
    settings,
    tell,
    workplace,
    zone_of,
)
from app.cli_status import status, suggested
from app.cli_texts import download, upload
from app.cli_workflow import workflow
from app.domain.documents import Kind
from app.domain.errors import NotAllowed
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action, Status
from app.formats.charset import decode as decode_catalogue
from app.formats.choice import format_of
from app.formats.encoding import decode as decode_article
from app.serve import serve as serve_site
from app.services import facts, texts, transitions
from app.services.sync.moves import Move
from app.storage import journal as chain
from app.storage.texts import DbTranslation
from app.storage.tree_lock import only_synchroniser
from app.worker.figures import make_anew as figures_anew
from app.worker.main import run as run_worker
from app.worker.progress import progress
from app.worker.renewing import make_anew
from app.worker.repository import Exchange
from app.worker.synchroniser import Synchroniser


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tilmash", prog_name="tilmash")
def main() -> None:
    """News in many languages, and the translation work behind it."""
    gc.freeze()  # what is loaded stays; to look through it once more at the end took a fifth of a short command


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; say what would change (exit status 1 if anything would).")
@click.option("--git", is_flag=True, help="Then exchange the tree with the repository that TILMASH_GIT names.")
@as_json
def sync(*, check: bool, git: bool, machine: bool) -> None:
    """Bring the tree and the database in step."""
    place = workplace()
    if git and place.settings.git is None:
        raise click.UsageError("TILMASH_GIT does not say with which branch (as in origin/main)")
    moves: dict[str, int] = {}

    def told(move: Move) -> None:
        moves[move.what] = moves.get(move.what, 0) + 1
        if machine:
            problem = move.problem
            said = {"line": problem.line, "reason": problem.reason} if problem else {}
            row({"what": move.what, "path": move.path, **said})
        elif move.problem is not None:
            click.echo(str(move.problem), err=True)
        elif check:
            click.echo(f"{move.what}: {move.path}")

    with refusals(), only_synchroniser(place.database.engine, place.settings.data):
        synchroniser = Synchroniser(place.database, place.tree, place.store, tell=told, check=check)
        synchroniser.read_site()
        for name in progress(synchroniser.documents(), "Synchronising"):
            synchroniser.attempt(name)
    if git and place.settings.git is not None:
        with refusals():
            Exchange(place, place.settings.git, tell=told, check=check).run()
    if not machine:
        click.echo(", ".join(f"{what}: {count}" for what, count in sorted(moves.items())) or "in step")
    if moves.get("problem") or (check and moves):
        sys.exit(1)


@main.command()
@click.argument("file", type=RegularFile())
@as_json
def digest(file: Path, *, machine: bool) -> None:
    """Print the 64 digits of a text's canonical form; `based-on` takes the first eight (docs/digest.md)."""
    kind, locale = {
        ".po": (Kind.CATALOGUE, Tag("und")),
        ".pot": (Kind.CATALOGUE, NO_LANGUAGE),
        ".toml": (Kind.NEWS, NO_LANGUAGE),
    }.get(file.suffix, (Kind.NEWS, Tag("und")))
    decode = decode_catalogue if kind is Kind.CATALOGUE else decode_article
    with refusals():
        text = decode(file.read_bytes(), path=file.name)
        text_format = format_of(kind, locale)
        text_format.parse(text, path=file.name)
        found = text_format.digest(text)
        tell({"path": str(file), "digest": found}, found, machine=machine)


@main.group()
def journal() -> None:
    """Look at the journal of what happened."""


@journal.command()
@click.option("--head", help="A hash kept elsewhere: also finds that the end of the journal was cut off.")
@as_json
def verify(head: str | None, *, machine: bool) -> None:
    """Verify the chain of hashes; print the newest, to be kept elsewhere."""
    with workplace().database.read() as session:
        breaks = list(chain.verify(session, head=head))
        newest = chain.head(session)
    for sentence in breaks:
        click.echo(sentence, err=True)
    tell({"head": newest, "breaks": breaks}, newest, machine=machine)
    sys.exit(1 if breaks else 0)


@main.command()
@click.argument("document")
@click.argument("locale")
@click.argument("action", type=click.Choice([action.value for action in Action]))
@click.option(
    "--revision",
    type=click.IntRange(1),
    help="The one that is meant; if left out, the newest. `correct` always needs it.",
)
@click.option("--facts", "facts_number", type=click.IntRange(1), help="The facts that are meant with a source text.")
@click.option("--as", "account", default=SHELL, callback=person, help="Whose roles count; all, if left out.")
@click.option("--note", "comment", default="", help="Kept with the transition; some require one.")
@click.option("--minor", is_flag=True, help="Of a source text: translations stay current.")
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"]), help="For schedule.")
@as_json
def transition(
    document: str,
    locale: str,
    action: str,
    *,
    revision: int | None,
    facts_number: int | None,
    account: str,
    comment: str,
    minor: bool,
    at: datetime | None,
    machine: bool,
) -> None:
    """Take any transition of the table, such as submit, return, approve, publish or withdraw (docs/command-line.md).

    `edit` and `reopen` make a draft of it again, `return` wants a --note, `schedule` its time; `start` is what the
    first words of a text do by themselves.

    Without --revision the newest is meant, as it is when the command looks; what somebody saves in that moment does not
    slip out with it. With --revision of a source text, --facts names its date, tags and photos: approve, publish and
    schedule need it where those were changed after that revision. `correct` publishes a revision that was made from
    the live one, `put-back` gives readers the one that they had before it, and both need its number.
    """
    with refusals(), workplace().database.write() as session:
        actor = actor_of(session, account, Tag(locale))
        _require_to_come(session, action, at)
        translation = texts.find(session, named(document), Tag(locale))
        newest = None if action in {Action.CORRECT, Action.PUT_BACK} else translation.head
        meant = newest if revision is None else texts.find_revision(session, translation, revision)
        transitions.lock(session, translation)
        if action in facts.GO_OUT_WITH and translation.is_source and facts_number is not None:
            facts.require_newest(translation.document, facts_number)
        elif action in facts.GO_OUT_WITH and revision is not None and meant is not None:
            facts.require_stood_with(session, translation, meant)
        before, was_live = _state(translation), translation.live_id is not None
        transitions.take(
            session, translation, Action(action), actor, revision=meant, comment=comment, minor=minor, due=at
        )
        after = f"{_state(translation)}, goes live {moment(at, zone_of(session))}" if at else _state(translation)
        if action == Action.WITHDRAW:
            after = f"withdrawn ({after})" if was_live else f"{after}, and goes live no more"
        name, left = translation.document.full_name, _left(translation)
        told = {
            "document": str(name), "locale": translation.locale, "action": action, "status": translation.status,
            "live": translation.live.number if translation.live else None, "live_without_source": left,
        }  # fmt: skip
        lines = [f"{name} [{translation.locale}]: {before} → {after}"]
    if left:
        lines.append(f"still live, and their source is withdrawn: {', '.join(left)}")
    tell(told, *lines, machine=machine)


def _require_to_come(session: Session, action: str, at: datetime | None) -> None:
    """Raise NotAllowed where somebody schedules for a time that has passed: a mistyped year would end an embargo."""
    if action == Action.SCHEDULE and at is not None and at <= datetime.now(UTC):
        reason = f"{moment(at, zone_of(session))} has passed: what is to go live now is asked for by publish"
        raise NotAllowed(reason)


def _state(translation: DbTranslation) -> str:
    """Say in one breath how the head stands and what is live."""
    if translation.live_id is None:
        return str(translation.status)
    if translation.live_id == translation.head_id and translation.status is Status.APPROVED:
        return "published"
    return f"{translation.status} beside what is live"


def _left(translation: DbTranslation) -> list[Tag]:
    """Return in which languages readers still see it although its source was withdrawn: what to do is for people."""
    if not translation.is_source or not translation.is_language or translation.live_id is not None:
        return []
    return sorted(one.locale for one in translation.document.translations if one.is_language and one.live_id)


@main.command()
@as_json
def rebuild(*, machine: bool) -> None:
    """Make the published read model anew from what is live, and the summary of figures from the journal."""
    with refusals():
        count = make_anew(database := workplace().database)
        figures_anew(database)
    tell({"documents": count}, f"{count} documents", machine=machine)


@main.command()
def worker() -> None:
    """Do the background work: watch the tree, publish what is due."""
    with refusals():
        run_worker(settings())


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Set up the database, bring the tree in step, and serve the site with its worker."""
    with refusals():
        sys.exit(serve_site(workplace(), host, port))


for command in (
    account, assign, catalog, check, download, figures, glossary, memory, rules, status, suggested, teams, upload,
    workflow,
):  # fmt: skip
    main.add_command(command)
