"""What a translator said of a text, that it still fits or was made from a newer one, outlives a merge."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.merge import merge
from app.domain.merged_maps import Side, merged_map
from app.domain.segments import BasedOn, Key, Rendering, Segment, SegmentMap, Tag, digest_of

KEYS = "abcd"
WORDS = st.sampled_from(["one", "two", "three"])
TEXTS = st.fixed_dictionaries(dict.fromkeys(KEYS, WORDS))


def made(words: Mapping[str, str], source: Mapping[str, str], version: int) -> Side:
    """A translation of a whole source text, which is the version of this number."""
    segments = tuple(Segment(key=Key(key), kind="paragraph", text=words[key]) for key in KEYS)
    rows = tuple(
        Rendering(key=Key(key), sources=(Key(f"s{key}"),), source_digest=digest_of(source[key])) for key in KEYS
    )
    return Side(
        segments=segments, map=SegmentMap(rows=rows, based_on=BasedOn(locale=Tag("en"), digest=f"{version:08}"))
    )


def merged(base: Side, ours: Side, theirs: Side) -> SegmentMap:
    text = merge(base.segments, ours.segments, theirs.segments)
    return merged_map(base.map, ours, theirs, text.segments)


@given(words=TEXTS, source=TEXTS, newer=TEXTS, mended=st.sets(st.sampled_from(KEYS)))
def test_that_a_text_still_fits_is_kept_of_every_segment_that_nobody_else_touched(
    words: dict[str, str], source: dict[str, str], newer: dict[str, str], mended: set[str]
) -> None:
    base = made(words, source, 1)
    ours = made({key: f"{text} more" if key in mended else text for key, text in words.items()}, source, 1)
    result = merged(base, ours, theirs := made(words, newer, 2))
    for row, mine, other in zip(result.rows, ours.map.rows, theirs.map.rows, strict=True):
        assert row == (mine if row.key in mended else other)
    sure = all(source[key] == newer[key] for key in mended)
    assert result.based_on == (theirs if sure else base).map.based_on, "a text is not called newer than all of it is"


@given(words=TEXTS, other=TEXTS, source=TEXTS, newer=TEXTS)
def test_a_merge_with_one_that_changed_nothing_has_the_map_of_the_other(
    words: dict[str, str], other: dict[str, str], source: dict[str, str], newer: dict[str, str]
) -> None:
    base, changed = made(words, source, 1), made(other, newer, 2)
    assert merged(base, base, changed) == changed.map
    assert merged(base, changed, base) == changed.map


@given(words=TEXTS, others=TEXTS, source=TEXTS, newer=TEXTS, newest=TEXTS)
def test_of_two_who_both_say_that_it_still_fits_the_one_whose_text_it_is_counts(
    words: dict[str, str], others: dict[str, str], source: dict[str, str], newer: dict[str, str], newest: dict[str, str]
) -> None:
    base, ours, theirs = made(words, source, 1), made(words, newest, 3), made(others, newer, 2)
    result = merged(base, ours, theirs)
    for row, mine, other in zip(result.rows, ours.map.rows, theirs.map.rows, strict=True):
        same = words[row.key] == others[row.key]
        kept = other if not same or mine in base.map.rows else mine
        assert row == kept


def test_a_text_of_which_nobody_knew_what_it_was_made_from_takes_what_the_other_says() -> None:
    words = dict.fromkeys(KEYS, "one")
    base = made(words, words, 1)
    unknown = replace(base, map=replace(base.map, based_on=None))
    assert merged(unknown, unknown, base).based_on == base.map.based_on
