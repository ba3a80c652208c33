"""What is out of date: computed from segment maps and published versions, and never stored (idea 3 of the design)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.segments import Key, Rendering, SegmentMap, State, Tag, digest_of

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
class Draft:
    """A text that was saved when a translation was made, was never live, and is none that the live text was made of.

    `after` is the place of the newest version that it came after.
    """

    digest: str
    texts: Mapping[Key, str]
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How a translation differs from the newest version of the text it was made from.

    `changed` are keys of target segments whose source reads differently now or is unknown, `added` keys of source
    segments that came later and that no target segment renders. `unknown` are those of both of which nobody knows
    whether they differ from what the translation was made from. False if there are none at all.
    """

    changed: frozenset[Key] = frozenset()
    added: frozenset[Key] = frozenset()
    unknown: frozenset[Key] = frozenset()

    @property
    def certain(self) -> bool:
        """Tell whether one of them is known to differ."""
        return bool((self.changed | self.added) - self.unknown)

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """One locale's text as a link of the chain: its segment map, and its own versions, oldest first.

    `drafts` are those of the text that it was made from.
    """

    map: SegmentMap
    versions: Sequence[SourceVersion]
    drafts: Sequence[Draft] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """A text is older than what it was made from.

    `newer` is the locale of the newer text, `since` the time of its newest version (None where it is not certain that
    the text is older at all), `via` the texts in between, from
    the reader's end (empty where the text was made from `newer` itself), `differences` those between the two texts at
    the far end of the chain.
    """

    newer: Tag
    since: datetime | None
    differences: Differences
    via: tuple[Tag, ...] = ()


def standing(published: Sequence[int]) -> list[int]:
    """Return the places of those publications that count, of revisions by their numbers, oldest first.

    Only who gives readers back what they had publishes a revision anew after another. What came in between is then as
    if it had never been live, and a translation that was current before is so again.
    """
    found: list[int] = []
    for place, one in enumerate(published):
        before = next((at for at, other in enumerate(found) if published[other] == one), None)
        if before is None:
            found.append(place)
        else:
            del found[before + 1 :]
    return found


def changed_segments(
    segment_map: SegmentMap, versions: Sequence[SourceVersion], drafts: Sequence[Draft] = ()
) -> Differences:
    """Return what differs from the newest of the versions; minor edits don't count.

    An unknown base counts as different, an equal digest as current whatever stood between. A source segment that the
    named base already had and the translation lacks was left out on purpose; without a named base it counts as added.
    What was made from a draft that came after the segment as it is in the newest version is ahead of it, and current.
    While some of the translation is the rendering of nobody knows what, it may be of any segment that nothing renders.
    """
    if not versions:
        return Differences()
    rendered = {key for row in segment_map.rows for key in row.sources}
    named = next((draft for draft in drafts if _names(segment_map, draft)), None)
    since = _named(segment_map, versions)
    if since is None and named is not None:
        since = named.after
    else:
        named = None
    changed = {
        row.key: row.source_digest is not None
        for row in segment_map.rows
        if not _current(row, versions) and not _ahead(row, versions, drafts, named)
    }
    left = [key for key in versions[-1].texts if key != SLUG and key not in rendered]
    added = {key: since is not None for key in left if _appeared(key, versions, since=since)}
    if since is not None and any(not row.sources and row.state is State.NEEDS_WORK for row in segment_map.rows):
        added |= {key: False for key in left if key not in added and _since((key,), versions) > since}
    return Differences(
        changed=frozenset(changed),
        added=frozenset(added),
        unknown=frozenset(key for key, known in (*changed.items(), *added.items()) if not known),
    )


def based_on(segment_map: SegmentMap, versions: Sequence[SourceVersion]) -> str | None:
    """Return the digest of the newest version of which every segment is current, None if there is none."""
    for end in range(len(versions), 0, -1):
        if not changed_segments(segment_map, versions[:end]):
            return versions[end - 1].digest
    return None


def only_base(published: Sequence[tuple[str, bool]], saved: Iterable[str]) -> str | None:
    """Return the digest of the only text that a translation which names none can have been made from, None if unknown.

    `published` are the digests of what was live of the source when the translation came in, oldest first, each with
    whether that edit was minor (those leave translations current); `saved` those of what was saved since, which is all
    of it while nothing was live: who translates may have had a draft.
    """
    candidates = {digest for place, (digest, minor) in enumerate(published) if place == 0 or not minor}
    candidates |= set(saved) - {digest for digest, _ in published}
    if len(candidates) != 1:
        return None
    return published[-1][0] if published else candidates.pop()


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
        differences = newer and changed_segments(texts[chain[-1]].map, newer.versions, texts[chain[-1]].drafts)
        if newer and differences:
            since = newer.versions[-1].at if differences.certain else None
            return Lag(newer=locale, since=since, differences=differences, via=tuple(chain[1:]))
    return None


def _names(segment_map: SegmentMap, text: SourceVersion | Draft) -> bool:
    return segment_map.based_on is not None and text.digest.startswith(segment_map.based_on.digest)


def _named(segment_map: SegmentMap, versions: Sequence[SourceVersion]) -> int | None:
    """Return the place of the newest version that the map says it is based on."""
    return next((place for place in reversed(range(len(versions))) if _names(segment_map, versions[place])), None)


def _digest(text: SourceVersion | Draft, sources: Sequence[Key]) -> str | None:
    """Return the digest of these segments in a text, None where it lacks one."""
    if any(key not in text.texts for key in sources):
        return None
    return digest_of(*(text.texts[key] for key in sources))


def _current(row: Rendering, versions: Sequence[SourceVersion]) -> bool:
    if not row.sources or row.sources == (SLUG,):
        return True
    if row.source_digest is None:
        return False
    same = range(_since(row.sources, versions), len(versions))
    return any(_digest(versions[place], row.sources) == row.source_digest for place in same)


def _since(sources: Sequence[Key], versions: Sequence[SourceVersion]) -> int:
    """Return the place of the oldest version from which on these segments had minor edits alone."""
    place = len(versions) - 1
    while place > 0 and (
        versions[place].minor or _digest(versions[place - 1], sources) == _digest(versions[place], sources)
    ):
        place -= 1
    return place


def _ahead(row: Rendering, versions: Sequence[SourceVersion], drafts: Sequence[Draft], named: Draft | None) -> bool:
    """Tell whether a segment was made from a draft that came after what is live of it.

    Words that were live once are taken for those, unless the translation says that it was made from that very draft.
    """
    if row.source_digest is None or not drafts:
        return False
    since = _since(row.sources, versions)
    live_once = any(_digest(version, row.sources) == row.source_digest for version in versions)
    return any(
        draft.after >= since and _digest(draft, row.sources) == row.source_digest
        for draft in drafts
        if draft is named or not live_once
    )


def _appeared(key: Key, versions: Sequence[SourceVersion], *, since: int | None) -> bool:
    """Tell whether a segment of the newest version came after the version `since`, by an edit that was not minor."""
    first = len(versions) - 1
    while first > 0 and key in versions[first - 1].texts:
        first -= 1
    if since is None:
        return first == 0 or not versions[first].minor
    return first > since and not versions[first].minor
