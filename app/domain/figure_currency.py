"""Which texts of a document are live and current, and how many source words their segments have."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from app.domain.counting import words_by_segment
from app.domain.figure_states import Document, Text, Texts
from app.domain.provenance import Chained, Draft, SourceVersion, outdated
from app.domain.segments import Key, Origin, State, Tag


def source_words(document: Document, texts: Texts) -> int:
    """Return how many words readers have in the source text; 0 while it is not live."""
    live = document.live(document.source)
    return 0 if live is None else sum(_words(texts, document.source, live).values())


def current(document: Document, texts: Texts) -> frozenset[Tag]:
    """Return in which languages a text is live, made from what readers have of the source now, and nothing is missing.

    As readers are told: what was made from a draft that came after what is live may be ahead of it.
    """
    shown = {*dict(document.languages()), document.source}
    live = {tag: number for tag in shown if (number := document.live(tag)) is not None}
    if document.source not in live:
        return frozenset()
    made_from = {tag: _made_from(document, texts, tag, number) for tag, number in live.items()}
    chained = {
        tag: Chained(
            map=texts.revision(tag, number).segment_map,
            versions=_versions(document, texts, tag) if tag in made_from.values() else (),
        )
        for tag, number in live.items()
    }
    behind = [tag for tag in live if outdated(tag, chained, source=document.source)]
    with_drafts = chained | {
        tag: replace(chained[tag], drafts=_drafts(document, texts, made_from[tag], tag, live[tag]))
        for tag in behind
        if made_from[tag] in live and made_from[tag] != tag and not texts.is_catalogue
    }
    return frozenset(
        tag
        for tag, number in live.items()
        if not (tag in behind and outdated(tag, with_drafts, source=document.source))
        and _is_whole(texts, tag, number, is_source=tag == document.source)
    )


def rendered_words(document: Document, texts: Texts, tag: Tag, number: int, before: int | None) -> int:
    """Return the source words of those segments of a revision that read otherwise than in the one `before` (or at all).

    What a segment was made from is counted as it stands in what readers have of that now; what is missing is not read.
    """
    revision = texts.revision(tag, number)
    old = {} if before is None else _read(texts, tag, before)
    changed = {key for key, text in _read(texts, tag, number).items() if old.get(key) != text}
    made_from = _made_from(document, texts, tag, number)
    if tag == document.source or made_from not in document.texts or not document.texts[made_from].published:
        return sum(words for key, words in _words(texts, tag, number).items() if key in changed)
    words = _words(texts, made_from, document.texts[made_from].published[-1].number)
    sources = {key for row in revision.segment_map.rows if row.key in changed for key in row.sources}
    return sum(words.get(key, 0) for key in sources)


def unread_words(texts: Texts, tag: Tag, number: int) -> int:
    """Return how many words of a revision readers are told to be a machine's, or would be."""
    revision = texts.revision(tag, number)
    unread = {row.key for row in revision.segment_map.rows if row.origin is Origin.MACHINE}
    return sum(words_by_segment(one for one in revision.segments if one.key in unread).values()) if unread else 0


def _words(texts: Texts, tag: Tag, number: int) -> Mapping[Key, int]:
    return words_by_segment(texts.revision(tag, number).segments, msgids=texts.is_catalogue)


def _read(texts: Texts, tag: Tag, number: int) -> Mapping[Key, str]:
    """Return what readers of a revision have, by segment."""
    revision = texts.revision(tag, number)
    lacking = {row.key for row in revision.segment_map.rows if row.state in _lacking(texts)}
    return {one.key: one.text for one in revision.segments if one.key not in lacking}


def _made_from(document: Document, texts: Texts, tag: Tag, number: int) -> Tag:
    based_on = texts.revision(tag, number).segment_map.based_on
    return based_on.locale if based_on is not None else document.source


def _versions(document: Document, texts: Texts, tag: Tag) -> tuple[SourceVersion, ...]:
    """Return what readers ever had of a text; of a catalogue the newest alone, since a message is its own source."""
    published = document.texts[tag].published
    return tuple(
        SourceVersion(
            digest=texts.revision(tag, one.number).digest, texts=_as_source(texts, tag, one.number), minor=one.minor,
            at=one.at,
        )
        for one in (published[-1:] if texts.is_catalogue else published)
    )  # fmt: skip


def _as_source(texts: Texts, tag: Tag, number: int) -> Mapping[Key, str]:
    """Return what a translator translates, by key: of a catalogue the key itself."""
    segments = texts.revision(tag, number).segments
    return {one.key: one.key if texts.is_catalogue else one.text for one in segments}


def _drafts(document: Document, texts: Texts, tag: Tag, other: Tag, made: int) -> tuple[Draft, ...]:
    """Return what was saved in `tag` before a revision in the `other`, was never live, and is in nothing that is."""
    text: Text = document.texts[tag]
    parents, number = texts.parents(tag), text.stand.live
    taken = {one.number for one in text.published}
    while number is not None:
        taken.add(number)
        number = parents.get(number)
    return tuple(
        Draft(digest=texts.revision(tag, one).digest, texts=_as_source(texts, tag, one), after=after)
        for one in texts.before(tag, other, made)
        if one not in taken
        and (after := max((place for place, was in enumerate(text.published) if was.number < one), default=-1)) >= 0
    )


def _is_whole(texts: Texts, tag: Tag, number: int, *, is_source: bool) -> bool:
    """Tell whether nothing of a text is missing."""
    return is_source or all(row.state not in _lacking(texts) for row in texts.revision(tag, number).segment_map.rows)


def _lacking(texts: Texts) -> Collection[State]:
    """Return in which states readers do not have a segment: a message that needs work is not shown either."""
    return (State.MISSING, State.NEEDS_WORK) if texts.is_catalogue else (State.MISSING,)
