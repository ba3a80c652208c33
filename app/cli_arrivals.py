"""Files that come in by `tilmash upload`: what each would change, what became of it, and several at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import click
from sqlalchemy.orm import Session

from app.cli_shell import actor_of, complain, tell, workplace
from app.domain.errors import BadText, Problem, Refusal
from app.domain.people import Channel
from app.domain.segments import Key
from app.formats import files
from app.services import arrivals, file_remarks, taking_in
from app.services.arrivals import Arrival, Told, Unnamed
from app.services.exchange import Taken, Wish
from app.services.file_remarks import Remark
from app.services.outlook import counted, outlook
from app.storage.database import Database
from app.storage.talk import WHOLE

_TOLD = 40  # letters of what a comment is said of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to become of files, by whom, or whether that is only to be told (`check`), and to a machine."""

    wish: Wish
    account: str
    check: bool
    machine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A text that came in: the name of its file as it is told, its bytes, and whether others came with it."""

    path: str
    raw: bytes
    is_alone: bool

    @property
    def before(self) -> str:
        """Return what stands before a line about it that does not name its file."""
        return "" if self.is_alone else f"{self.path}:0: "


def bring(raw: bytes, told: Told, asked: Asked, *, path: str) -> bool:
    """Take a file in, or each of a package, text by text; tell whether all became what was asked for.

    One that is refused is said to be, with the reasons, and holds up none of the others: each is a transaction.
    """
    database, fine = workplace().database, True
    for one in _sent(raw, told, path):
        if isinstance(one, Refusal):
            complain(one)
            fine = False
            continue
        try:
            fine = _one(database, one, told, asked) and fine
        except Refusal as refusal:
            complain(refusal, before=one.before)
            fine = False
    return fine


def _sent(raw: bytes, told: Told, path: str) -> Iterator[Sent | Refusal]:
    """Yield the texts of a file, or of each in a package, and what is wrong with one that cannot be read."""
    try:
        inside = list(files.opened(raw, path=path))
    except Refusal as refusal:
        yield refusal
        return
    for one in inside:
        shown = one.name if one.name.isprintable() else repr(one.name)[1:-1]
        try:
            sound = one.sound(shown)
            texts: Sequence[bytes] = [sound] if told.document else list(files.apart(sound, path=shown))
        except Refusal as refusal:
            yield refusal
            continue
        for text in texts:
            yield Sent(path=shown, raw=text, is_alone=len(texts) == 1 and len(inside) == 1)
    if not inside:
        yield BadText(Problem(path=path, line=0, reason="there is nothing in it"))


def _one(database: Database, sent: Sent, told: Told, asked: Asked) -> bool:
    with database.read() as session:
        found = _arrived(session, sent, told)
        if asked.check:
            for arrived in found:
                _foretell(session, arrived, sent, asked)
            return True
    done = []
    with database.write() as session:
        for arrived in found:
            actor = actor_of(session, asked.account, arrived.locale, Channel.UPLOAD)
            done.append((arrived, taking_in.take(session, arrived, actor, asked.wish)))
    for arrived, taken in done:
        _tell(sent, arrived, taken, asked)
    return all(taken.refusal is None for _, taken in done)


def _arrived(session: Session, sent: Sent, told: Told) -> tuple[Arrival, ...]:
    try:
        return arrivals.arrivals(session, sent.raw, told, path=sent.path)
    except Unnamed as unnamed:
        missing = [
            option for option, asked in (("--document", unnamed.document), ("--locale", unnamed.locale)) if asked
        ]
        advice = f": give {' and '.join(missing)}" if sent.is_alone else ""
        reason = f"does not say which text it is{advice}"
        raise BadText(Problem(path=sent.path, line=0, reason=reason)) from None


def _foretell(session: Session, arrived: Arrival, sent: Sent, asked: Asked) -> None:
    """Say what a file would change: of each fate how many segments, what cannot be used, and how sure that is.

    And which comments it brings: each with its line.
    """
    actor = actor_of(session, asked.account, arrived.locale, Channel.UPLOAD)
    counts = counted(arrived, outlook(session, arrived, actor.name))
    numbers = {fate.value: count for fate, count in counts.items()}
    talk = file_remarks.weighed(session, arrived.document, arrived.locale, arrived.remarks, actor)
    said = {
        "document": str(arrived.document), "locale": arrived.locale, **numbers, "sure": arrived.is_sure,
        "comments": [{"line": one.line, "key": one.key, "text": one.words} for one in talk.new],
    }  # fmt: skip
    words = ", ".join(f"{count} {fate}" for fate, count in numbers.items())
    lines = [f"{arrived.document} in {arrived.locale}: {words}"]
    if talk.new:
        stands = {one.key: one.text for one in arrived.theirs}
        lines += [f"{len(talk.new)} comments:", *(_noted(one, stands) for one in talk.new)]
    tell(said, *lines, machine=asked.machine)
    if not arrived.is_sure:
        click.echo(
            f"{sent.before}the file does not say what it was made from: it is held against the newest text", err=True
        )
    if arrived.by_place:
        click.echo(f"{sent.before}{arrived.by_place} segments were found by nothing but their place", err=True)
    for one in arrived.refused:
        click.echo(str(Problem(path=arrived.path, line=one.line, reason=f"{one.reason}: {one.text[:60]}")), err=True)
    for problem in (*arrived.problems, *talk.problems(arrived.path)):
        click.echo(str(problem), err=True)


def _noted(remark: Remark, stands: Mapping[Key, str]) -> str:
    """Return a comment in a line, with the line of the file and the first of the words that it is said of."""
    words = " ".join(stands.get(remark.key or WHOLE, "").split())[:_TOLD]
    where = (f"line {remark.line}, {words}" if words else f"line {remark.line}") if remark.line else "the whole text"
    return f"  {where}: {' '.join(remark.words.split())}"


def _tell(sent: Sent, arrived: Arrival, taken: Taken, asked: Asked) -> None:
    """Say what became of a text that came in."""
    whose = "" if sent.is_alone else f"{arrived.document} in {arrived.locale}: "
    lines = [f"{whose}revision {taken.head}"]
    if asked.wish is Wish.SUGGESTION:
        known = f", {taken.known} of them open before" if taken.known else ""
        lines.append(f"{whose}{taken.suggestions} suggestions{known}")
    if taken.remarks:
        lines.append(f"{whose}{taken.remarks} comments of the file are kept with their segments")
    said = {
        "document": str(arrived.document), "locale": arrived.locale, "revision": taken.head,
        "suggestions": taken.suggestions, "comments": taken.remarks, "problems": taken.problems,
    }  # fmt: skip
    tell(said, *lines, machine=asked.machine)
    for problem in taken.problems:
        click.echo(str(problem), err=True)
    if taken.unfit:
        click.echo(
            f"{sent.before}{taken.unfit} segments cannot be part of the text and are kept as suggestions", err=True
        )
    if (met := taken.suggestions - taken.unfit) and asked.wish is not Wish.SUGGESTION:
        click.echo(f"{sent.before}{met} segments were changed by others too and are kept as suggestions", err=True)
    if taken.refusal is not None:
        click.echo(f"{sent.path}:0: {'is' if taken.merged else 'is kept as a draft and'} not submitted", err=True)
        complain(taken.refusal, before=sent.before)
