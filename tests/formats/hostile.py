"""Files that are meant to do harm, or come from something that is broken: what is asked of whoever reads one."""

import tracemalloc
from collections.abc import Callable

from app.domain.errors import BadText, Problem

PLACES = ("/work", "/tmp", "/root", "/etc", "/home", "Traceback", ".py")  # noqa: S108  # what no sentence may name
LONGEST_SENTENCE = 300


def refused(read: Callable[[], object]) -> BadText | None:
    """Read a file, which is refused or not; give the refusal. Anything else that is raised is a fault of ours."""
    try:
        read()
    except BadText as error:
        return error
    return None


def sentences(*problems: Problem) -> list[str]:
    """What is said of a file: each sentence short, in one line, with no place of the server."""
    said = [str(one) for one in problems]
    for one in said:
        assert len(one) <= LONGEST_SENTENCE
        assert one.isprintable()
        assert not [place for place in PLACES if place in one]
    return said


def peak(work: Callable[[], object]) -> int:
    """The most bytes that Python, and expat by it, held at once beyond what they had."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
