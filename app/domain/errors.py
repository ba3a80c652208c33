"""Every refusal of Tilmash, in one tree.

Refusal                     something was asked for and not done; nothing was lost
├── BadText                 a text that cannot be used: file, line and reason of each problem
│   ├── StillWritten        a file that was changed a moment ago, and so may not be whole yet
│   └── TooLarge            more than is kept
├── NotAllowed              the table of transitions, a guard or a missing role said no
│   ├── Forbidden           the missing role, which no other moment would mend
│   └── SoAlready           nothing was to be done: it is so already
└── NotFound                no such document, translation, revision or page

`web` turns them into a status and a translated sentence, `cli` into `file:line: reason` and exit status 1.
"""

from dataclasses import dataclass


class Refusal(Exception):  # noqa: N818  # a refusal is an outcome of the domain, not a fault of the program
    """Something was asked for and not done; nothing was lost."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each reason by itself, in English; what people at the desk can meet is a `Said` (domain/said.py)."""
        return tuple(one for one in self.args if isinstance(one, str))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong with a text: `file:line: reason`.

    `path` is relative to the tree and uses `/`; it never holds a path of the server. `line` counts from 1, 0 is
    the text as a whole. `reason` is English, a sentence without a full stop.
    """

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class BadText(Refusal):
    """A text that cannot be used. Carries at least one problem."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what is wrong, without file and line."""
        return tuple(problem.reason for problem in self.problems)


class StillWritten(BadText):
    """A file that was changed a moment ago, and so may not be whole yet; in `left` seconds it may be."""

    def __init__(self, problem: Problem, *, left: float) -> None:
        super().__init__(problem)
        self.left = left


class TooLarge(BadText):
    """More than is kept."""


class NotAllowed(Refusal):
    """The table of transitions, a guard or a missing role said no; `reason` says which, in English.

    `line` is that of the file which asked, 0 if it is about the file as a whole; `guard` the guard that said no, if one
    did.
    """

    def __init__(self, reason: str, *, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line, self.guard = reason, line, ""


class SoAlready(NotAllowed):
    """Nothing was to be done: it is so already."""


class Forbidden(NotAllowed):
    """Who asks has none of the roles that it takes."""


class NotFound(Refusal):
    """No such document, translation, revision or page."""
