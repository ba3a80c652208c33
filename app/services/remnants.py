"""A text that is damaged in places can be used; one that was cut off cannot."""

from collections.abc import Sequence

from app.domain.errors import BadText, Problem
from app.domain.said import saying
from app.domain.segments import Segment
from app.formats.text import Parsed

_MOST_PROBLEMS = 20


def require_whole(parsed: Parsed, before: Sequence[Segment], *, path: str) -> None:
    """Raise BadText where a text with broken entries has no other, or lacks more of the last good text than those.

    A broken entry costs one message: where more are gone, nobody can tell what was deleted and what was lost.
    """
    if not parsed.broken:
        return
    there = {segment.key for segment in parsed.segments}
    gone = sum(segment.key not in there for segment in before)
    if parsed.segments and gone <= len(parsed.broken):
        return
    broken = len(parsed.broken)
    one = saying("lacks %(gone)s messages of the last good text, and 1 is broken here: is the file cut off?", gone=gone)
    several = saying(
        "lacks %(gone)s messages of the last good text, and %(broken)s are broken here: is the file cut off?",
        gone=gone, broken=broken,
    )  # fmt: skip
    cut = [Problem(path=path, line=0, reason=one if broken == 1 else several)] if parsed.segments else []
    raise BadText(*parsed.broken[: _MOST_PROBLEMS - 1], *cut)
