"""A progress bar on long runs, where somebody is looking."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Thing = TypeVar("Thing")


def progress(things: Sequence[Thing], what: str) -> Iterator[Thing]:
    """Yield the things, with a bar on standard error if that is a terminal and there are more than a few."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True, disable=not console.is_terminal or len(things) < 5,
    )  # fmt: skip
    with bar:
        yield from bar.track(things, description=what)
