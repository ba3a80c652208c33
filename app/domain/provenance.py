"""What is out of date: computed from segment maps and published versions, and never stored (idea 3 of the design)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.segments import Key, Rendering, SegmentMap, Tag, digest_of

SLUG = Key("slug")
"""Each language has its own: a slug is never out of date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVersion:
    """One published (for the desk: submitted) version of a text.

    `digest` is canonical, `texts` holds the text of each segment, `minor` says that translations stay current, and
    `at` is aware. A history of versions goes from the oldest to the newest.
    """

    digest: str
    texts: Mapping[Key, str]
    minor: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How a translation differs from the newest version of the text it was made from.

    `changed` are keys of target segments whose source reads differently now or is unknown, `added` keys of source
    segments that came later and that no target segment renders. False if there are none.
    """

    changed: frozenset[Key] = frozenset()
    added: frozenset[Key] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """One locale's text as a link of the chain: its segment map, and its own versions, oldest first."""

    map: SegmentMap
    versions: Sequence[SourceVersion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """A text is older than what it was made from.

    `newer` is the locale of the newer text, `since` the time of its newest version, `via` the texts in between, from
    the reader's end (empty where the text was made from `newer` itself), `differences` those between the two texts at
    the far end of the chain.
    """

    newer: Tag
    since: datetime
    differences: Differences
    via: tuple[Tag, ...] = ()


def changed_segments(segment_map: SegmentMap, versions: Sequence[SourceVersion]) -> Differences:
    """Return what differs from the newest of the versions; minor edits don't count.

    An unknown base counts as different, an equal digest as current whatever stood between. A source segment that the
    named base already had and the translation lacks was left out on purpose; without a named base it counts as added.
    """
    if not versions:
        return Differences()
    rendered = {key for row in segment_map.rows for key in row.sources}
    since = _named(segment_map, versions)
    return Differences(
        changed=frozenset(row.key for row in segment_map.rows if not _current(row, versions)),
        added=frozenset(
            key
            for key in versions[-1].texts
            if key != SLUG and key not in rendered and _appeared(key, versions, since=since)
        ),
    )


def based_on(segment_map: SegmentMap, versions: Sequence[SourceVersion]) -> str | None:
    """Return the digest of the newest version of which every segment is current, None if there is none."""
    for end in range(len(versions), 0, -1):
        if not changed_segments(segment_map, versions[:end]):
            return versions[end - 1].digest
    return None


def outdated(locale: Tag, texts: Mapping[Tag, Chained], *, source: Tag) -> Lag | None:
    """Return how far a locale's text is behind, following what it was made from up to the document's `source`.

    A text whose base is unknown is held against the source. What isn't among `texts` (missing or withdrawn) makes
    nothing out of date. None if the text is current; texts that name each other in a circle are followed once round.
    """
    chain: list[Tag] = []
    while locale in texts and locale != source and locale not in chain:
        chain.append(locale)
        made_from = texts[locale].map.based_on
        locale = source if made_from is None else made_from.locale
        newer = texts.get(locale)
        differences = newer and changed_segments(texts[chain[-1]].map, newer.versions)
        if newer and differences:
            return Lag(newer=locale, since=newer.versions[-1].at, differences=differences, via=tuple(chain[1:]))
    return None


def _named(segment_map: SegmentMap, versions: Sequence[SourceVersion]) -> int | None:
    """Return the place of the newest version that the map says it is based on."""
    if segment_map.based_on is None:
        return None
    digest = segment_map.based_on.digest
    return next((place for place in reversed(range(len(versions))) if versions[place].digest.startswith(digest)), None)


def _digest(version: SourceVersion, sources: Sequence[Key]) -> str | None:
    """Return the digest of these segments in a version, None where it lacks one."""
    if any(key not in version.texts for key in sources):
        return None
    return digest_of(*(version.texts[key] for key in sources))


def _current(row: Rendering, versions: Sequence[SourceVersion]) -> bool:
    if not row.sources or row.sources == (SLUG,):
        return True
    if row.source_digest is None:
        return False
    newer = _digest(versions[-1], row.sources)
    for place in reversed(range(len(versions))):
        digest = _digest(versions[place], row.sources)
        if digest != newer and not versions[place + 1].minor:
            return False
        if digest == row.source_digest:
            return True
        newer = digest
    return False


def _appeared(key: Key, versions: Sequence[SourceVersion], *, since: int | None) -> bool:
    """Tell whether a segment of the newest version came after the version `since`, by an edit that was not minor."""
    first = len(versions) - 1
    while first > 0 and key in versions[first - 1].texts:
        first -= 1
    if since is None:
        return first == 0 or not versions[first].minor
    return first > since and not versions[first].minor
