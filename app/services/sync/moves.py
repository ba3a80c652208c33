"""What a synchronisation tells while it runs, and what it has to say again until a file is mended."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from app.domain.errors import Problem
from app.storage.tree_files import DbTreeFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing that was done, or would be: `taken`, `written`, `removed`, or a `problem`."""

    what: str
    path: str
    problem: Problem | None = None


Tell = Callable[[Move], None]


def report(tell: Tell, problems: Iterable[Problem]) -> None:
    """Tell each problem."""
    for problem in problems:
        tell(Move(what="problem", path=problem.path, problem=problem))


def remember(row: DbTreeFile, problems: Iterable[Problem]) -> None:
    """Keep what is to be said of a file's present bytes."""
    said = [asdict(problem) for problem in problems]
    row.problem = json.dumps(said, ensure_ascii=False) if said else ""


def remembered(row: DbTreeFile) -> tuple[Problem, ...]:
    """Return what was said of a file when its present bytes were first read."""
    return tuple(Problem(**said) for said in json.loads(row.problem or "[]"))
