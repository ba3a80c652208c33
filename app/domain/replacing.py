"""Words of a text replaced wherever they stand: what would change, before anything does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from app.domain.errors import NotAllowed
from app.domain.rules import SECONDS, NoRuleError, compiled
from app.domain.said import saying
from app.domain.segments import Key, Origin
from app.domain.side_by_side import FORMS, Row, Typed

LONGEST: Final = 500
"""Letters of what is looked for, and of what comes in its place, at most."""

LARGEST: Final = 200_000
"""Letters of a segment, at most: that many a working copy keeps."""

_OWN: Final = frozenset({"slug", "file"})  # what stands there is no prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for, and what comes in its place. A `rule` is a regular expression; `exact`: capitals count."""

    search: str
    instead: str = ""
    exact: bool = False
    rule: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A form of a segment that would change."""

    row: Row
    form: int
    old: str
    new: str


def places(shown: Sequence[Row], wanted: Wanted) -> Iterator[Place]:
    """Yield what would change, in the order of the rows. NotAllowed for a rule that is none, or finds no end."""
    if max(len(wanted.search), len(wanted.instead)) > LONGEST:
        raise NotAllowed(saying("what is looked for has %(most)s letters at most", most=LONGEST))
    put = _putting(wanted) if wanted.search else lambda text: text
    for row in (one for one in shown if one.text and one.kind not in _OWN):
        for form, old in enumerate(row.text.split(FORMS)):
            if (new := put(old)) != old:
                yield Place(row=row, form=form, old=old, new=new)


def typed_of(chosen: Sequence[Place]) -> Mapping[Key, Typed]:
    """Return the chosen places as somebody would have typed them; of a machine's words they are a machine's still."""
    forms: dict[Key, list[str]] = {}
    rows = {place.row.key: place.row for place in chosen}
    for place in chosen:
        forms.setdefault(place.row.key, place.row.text.split(FORMS))[place.form] = place.new
    return {
        key: Typed(
            forms=tuple(forms[key]), unsure=row.unsure,
            origin=Origin.MACHINE if row.origin is Origin.MACHINE else None,
        )
        for key, row in rows.items()
    }  # fmt: skip


def _putting(wanted: Wanted) -> Callable[[str], str]:
    try:
        found = compiled(wanted.search if wanted.rule else regex.escape(wanted.search), exact=wanted.exact)
    except NoRuleError as no_rule:
        raise NotAllowed(no_rule.said) from None

    def put(text: str) -> str:
        added = 0

        def instead(place: "regex.Match[str]") -> str:
            nonlocal added
            words = str(place.expand(wanted.instead)) if wanted.rule else wanted.instead
            added += len(words)
            if added > LARGEST:
                raise NotAllowed(saying("a segment has %(most)s letters at most: divide it", most=LARGEST))
            return words

        try:
            return str(found.sub(instead, text, timeout=SECONDS))
        except TimeoutError:
            raise NotAllowed(saying("this regular expression takes too long")) from None
        except (regex.error, IndexError, KeyError):
            raise _no_rule(wanted.instead) from None

    return put


def _no_rule(rule: str) -> NotAllowed:
    return NotAllowed(saying("/%(rule)s/ is no regular expression", rule=rule))
