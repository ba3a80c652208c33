"""`tilmash figures`: what each figure is, as a page of the documentation, and the summary that they are read from."""

from collections.abc import Iterator
from typing import Final

import click

from app.cli_shell import as_json, moment, refusals, row, tell, workplace, zone_of
from app.domain.figures import FIGURES, FURTHEST, WEEKS, Figure
from app.queries.figures import up_to
from app.worker.figures import make_anew

_HEAD: Final = """# The figures

Drawn by `tilmash figures` from `app/domain/figures.py`, where each figure is defined once; a test compares, and another
holds each of them against a computation from the definition over histories of ten thousand events, in memory and from
the tables of the journal. They are computed
from the journal and the revisions that it names, which never change, so that the past can be computed again:
`tilmash figures rebuild` does, and comes to the same.

| figure | unit | what it says | how it is computed |
| --- | --- | --- | --- |"""

_WORDS: Final = f"""
## What the words mean

- A *period* is made of days in the site's time zone. A *week* begins on Monday.
- An *item* is a news item, a standing page or a catalogue. A *text* is an item in one language. It is *live and
  current* if its source text is live and so is it, readers are not told that it is out of date
  (`app/domain/provenance.py`), and nothing of it is missing (of a catalogue: nor fuzzy). An item's source text is its
  text in that language.
- *Source words* are those of the source text that is live: runs of letters and digits, without placeholders and
  addresses; slugs, names of files, code, HTML and what is not translated yet have none.
- A text is *of the person* who submitted it last or, before anybody did, who wrote in it last. Who was erased counts
  for the languages and the site, and is nobody.
- A text *goes live* when it is published and readers did not have it already. What is *taken back* in the week in
  which it went live, withdrawn or undone so that readers have again what they had before, counts nowhere: not among the
  texts and words of the week, not in its lead times, and not in the list of the weekly report. Later it stays counted:
  a week that is over does not change any more. Nor is counted what was live in several languages when its document came
  in, since that was made elsewhere. The weekly report lists the texts that the figures count.
- A *correction* of what is live (*Correct* at the desk, or a changed file in the tree) goes live for the figures where
  it is more than a mend: where readers get by it what they lacked, since the translation was not current and is by it,
  or where it changes a source text and is not marked as a minor edit. So what a desk brings up to date by its files
  counts as what is published at the desk does, and who mends a comma has published nothing.
- *Languages* are those that the site has now, also for what was before: a language that is added today lacks all items
  of earlier months too, so that the site's share of then becomes smaller and its backlog larger; one that is taken away
  is in no month any more. What a language's own column says of the past does not change.
- A *percentile* is the nearest rank: the smallest of the values that so many per cent of all values do not exceed.
- A *stay* in a status begins and ends with a transaction: what passes through one in a single transaction did not stay.
- What the memory knew is what it had when the text was submitted at the desk: the worker looks it up a moment later,
  leaves out what the memory learnt since, and the journal keeps it. It counts on the day of the submission.
- That is recorded since this version, and so are views by the day (at first by days of UTC; those stay as they were
  counted). Of what is not known from the beginning a report says since when it is.

## What the charts show

- *Flow*: how many texts stood in each status when each day ended: missing (the source text is live, nobody has begun),
  draft, in review, approved (and the newest text not live), live (the newest text is).
- *Lead times*, from the shortest to the longest that there were: how many translations went live within an hour, three,
  six, twelve hours, a day, two, three, five, seven, fourteen, thirty days, and later.
- *Coverage*: the share that is live and current in each language when each month ended.
- *Forecast*: the backlog ÷ the pace, from the last day of the period on. The pace is how much smaller the backlog
  became in each of the last {WEEKS} times seven days: *likely* by their median, *early* by the third quartile, *late*
  by the first. None where the pace is none, or the day more than {FURTHEST.days // 7} weeks off.
"""


@click.group(invoke_without_command=True)
@click.pass_context
@as_json
def figures(context: click.Context, *, machine: bool) -> None:
    """Print docs/figures.md: what each figure is, and how it is computed."""
    if context.invoked_subcommand is not None:
        return
    if machine:
        for one in FIGURES:
            row(one)
    else:
        click.echo(page(), nl=False)


@figures.command()
@as_json
def rebuild(*, machine: bool) -> None:
    """Make the summary that figures are read from anew, from the first event of the journal to the newest."""
    place = workplace()
    with refusals():
        make_anew(place.database)
    with place.database.read() as session:
        reached, zone = up_to(session), zone_of(session)
    at = f", {moment(reached.at, zone)}" if reached.at is not None else ""
    tell({"number": reached.number}, f"up to event {reached.number}{at}", machine=machine)


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_HEAD, *_rows(), _WORDS])


def _rows() -> Iterator[str]:
    yield from (_row(one) for one in FIGURES)


def _row(one: Figure) -> str:
    return f"| {one.title} | {one.unit} | {one.sentence} | {one.formula} |"
