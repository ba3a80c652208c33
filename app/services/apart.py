"""What is typed into one block stays one place of the text: as Markdown it takes in no other, and changes none."""

from collections.abc import Iterable, Sequence

from app.domain.errors import BadText, Problem
from app.domain.said import saying
from app.domain.segments import FIXED_KINDS, Segment, is_hole
from app.formats.blocks import read_body

_SHOWN = 60  # letters of a block that is named


def require_apart(made: Sequence[Segment], before: Iterable[Segment], read: Sequence[Segment], *, path: str) -> None:
    """Raise BadText where a text that was put together from `made` is `read` as other blocks than each is by itself.

    It names the block that does it: of those that are not as `before` the nearest to what reads otherwise.
    """
    old = {(one.key, one.kind, one.text) for one in before}
    blocks = [one for one in made if one.kind not in FIXED_KINDS and not is_hole(one)]
    meant = [
        (place, *said) for place, one in enumerate(blocks)
        for said in ([(one.kind, one.text)] if (one.key, one.kind, one.text) in old else _alone(one.text))
    ]  # fmt: skip
    found = [(one.kind, one.text) for one in read if one.kind not in FIXED_KINDS and not is_hole(one)]
    if [(kind, text) for _, kind, text in meant] == found:
        return
    pairs = zip(meant, found, strict=False)
    place = next((one[0] for one, other in pairs if one[1:] != other), len(blocks))
    changed = [number for number, one in enumerate(blocks) if (one.key, one.kind, one.text) not in old]
    if changed:
        words = blocks[min(changed, key=lambda number: abs(number - place))].text.strip()[:_SHOWN]
        reason = saying("as Markdown “%(words)s” changes the blocks beside it: look at its marks", words=words)
        raise BadText(Problem(path=path, line=0, reason=reason))


def is_one(kind: str, text: str) -> bool:
    """Tell whether a text is one block of this kind."""
    return kind in FIXED_KINDS or [one for one, _ in _alone(text)] == [kind]


def _alone(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in read_body(text).blocks]
