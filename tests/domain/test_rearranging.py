"""Blocks that are divided, joined and moved keep their words, and what they were made from."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.errors import NotAllowed
from app.domain.rearranging import Deed, Rearranged, divided, joined, moved, require_same
from app.domain.segments import Key, Origin, Rendering, Segment, SegmentMap, State, digest_of
from app.domain.side_by_side import Row, rows

PARAGRAPHS = st.just("paragraph")
KINDS = st.sampled_from(["paragraph", "paragraph", "heading-2", "bullet", "quote"])
SENTENCES = st.lists(st.sampled_from(["Ачык", "эшик", "борбор", "күн", "-", "1."]), min_size=1, max_size=6)


def block(key: str, text: str, kind: str = "paragraph") -> Segment:
    return Segment(key=Key(key), kind=kind, text=text)


@st.composite
def sheets(draw: st.DrawFn, kind: st.SearchStrategy[str] = KINDS, least: int = 1) -> tuple[Row, ...]:
    """A source of some blocks, and a translation that renders each, some of them as they were before."""
    kinds = draw(st.lists(kind, min_size=least, max_size=6))
    source = [block(f"s{place}", f"Source {place}.", one) for place, one in enumerate(kinds)]
    target, known = [block("title", "Аталыш", "title")], [Rendering(key=Key("title"), sources=(Key("title"),))]
    for place, one in enumerate(source):
        target.append(block(f"t{place}", " ".join(draw(SENTENCES)), one.kind))
        old = draw(st.booleans())
        digest = digest_of("other words" if old else one.text)
        state = draw(st.sampled_from([State.DONE, State.NEEDS_WORK]))
        known.append(Rendering(key=target[-1].key, sources=(one.key,), source_digest=digest, state=state))
    return rows(source, target, SegmentMap(rows=tuple(known)))


def after(shown: Sequence[Row], done: Rearranged) -> tuple[Row, ...]:
    """The sheet on which a deed was done, as it is shown then."""
    sources = {one.key: one for row in shown for one in row.sources}
    known = {row.key: row.rendering for row in shown if row.rendering is not None} | dict(done.rows)
    return rows(list(sources.values()), done.segments, SegmentMap(rows=tuple(known[one.key] for one in done.segments)))


def told(shown: Sequence[Row]) -> list[tuple[object, ...]]:
    return [(row.key, row.text, row.rendering, row.stale, row.unsure) for row in shown]


def words(shown: Sequence[Row]) -> list[str]:
    return " ".join(row.text for row in shown).split()


def rendered(shown: Sequence[Row]) -> set[Key]:
    return {key for row in shown if row.rendering for key in row.rendering.sources}


@settings(max_examples=60)
@given(sheets(PARAGRAPHS), st.data())
def test_a_paragraph_that_is_divided_and_joined_again_is_the_same_text_with_the_same_map(
    shown: tuple[Row, ...], data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(shown[1:]))
    parts = row.text.split()
    assume(len(parts) > 1)
    before = " ".join(parts[: data.draw(st.integers(1, len(parts) - 1))])
    done = divided(shown, row.key, row.text, before, parent="")
    apart = after(shown, done)
    halves = [one for one in apart if one.key in done.rows]
    assert [(one.sources, one.stale, one.unsure) for one in halves] == [(row.sources, row.stale, row.unsure)] * 2
    assert (words(apart), rendered(apart), done.key) == (words(shown), rendered(shown), halves[1].key)
    again = joined(apart, row.key)
    assert again.gone == done.key
    assert told(after(apart, again)) == told(shown)


@settings(max_examples=60)
@given(sheets(PARAGRAPHS, 2), st.data())
def test_what_is_joined_renders_what_both_did_and_is_done_and_current_only_if_both_were(
    shown: tuple[Row, ...], data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(shown) - 2))
    one, other = shown[place : place + 2]
    whole = after(shown, joined(shown, one.key))
    (both,) = [row for row in whole if row.key == one.key]
    assert both.sources == (*one.sources, *other.sources)
    assert (both.stale, both.unsure) == (one.stale or other.stale, one.unsure or other.unsure)
    assert (words(whole), rendered(whole)) == (words(shown), rendered(shown))


@settings(max_examples=60)
@given(sheets(), st.data())
def test_moving_is_a_permutation_and_moving_back_undoes_it(shown: tuple[Row, ...], data: st.DataObject) -> None:
    row, deed = data.draw(st.sampled_from(shown)), data.draw(st.sampled_from([Deed.UP, Deed.DOWN]))
    try:
        there = after(shown, moved(shown, row.key, deed))
    except NotAllowed:
        return
    assert sorted(map(repr, told(there))) == sorted(map(repr, told(shown)))
    assert told(there) != told(shown)
    back = after(there, moved(there, row.key, Deed.UP if deed is Deed.DOWN else Deed.DOWN))
    assert told(back) == told(shown)


ONE, TWO, THREE = block("1", "One."), block("2", "Two."), block("3", "- Three.", "bullet")
EINS, ZWEI, DREI = block("a", "Eins und mehr."), block("b", "Zwei."), block("c", "- Drei.", "bullet")
MAP = SegmentMap(
    rows=tuple(
        Rendering(key=target.key, sources=(source.key,), source_digest=digest_of(source.text))
        for source, target in ((ONE, EINS), (TWO, ZWEI), (THREE, DREI))
    )
)
SHOWN = rows((ONE, TWO, THREE), (EINS, ZWEI, DREI), MAP)


def test_a_paragraph_takes_in_the_next_one_that_nobody_translated_yet_and_is_not_done_then() -> None:
    shown = rows((ONE, TWO), (EINS,), SegmentMap(rows=MAP.rows[:1]))
    done = joined(shown, EINS.key)
    assert done.segments == (EINS,)
    assert done.rows[EINS.key] == Rendering(
        key=EINS.key, sources=(ONE.key, TWO.key), source_digest=digest_of("One.", "Two."), state=State.NEEDS_WORK
    )
    hole = Segment(key=Key("b"), kind="untranslated", text="<!-- untranslated -->", state=State.MISSING)
    done = joined(rows((ONE, TWO), (hole, EINS), MAP), hole.key)
    assert (done.segments, done.gone) == ((block("b", EINS.text),), EINS.key)


def test_what_a_machine_wrote_of_it_is_a_machines_still() -> None:
    made = SegmentMap(rows=(MAP.rows[0], Rendering(key=ZWEI.key, sources=(TWO.key,), origin=Origin.MACHINE)))
    assert joined(rows((ONE, TWO), (EINS, ZWEI), made), EINS.key).rows[EINS.key].origin is Origin.MACHINE


@pytest.mark.parametrize("before", ["", "Ei", "Eins und mehr.", "Zwei "])
def test_nothing_is_divided_within_a_word_or_at_an_end(before: str) -> None:
    with pytest.raises(NotAllowed, match="between two words"):
        divided(SHOWN, EINS.key, EINS.text, before, parent="")


def test_what_means_something_else_by_now_is_refused() -> None:
    with pytest.raises(NotAllowed, match="meanwhile"):
        divided(SHOWN, EINS.key, "Eins und noch mehr.", "Eins ", parent="")
    with pytest.raises(NotAllowed, match="meanwhile"):
        joined(SHOWN, Key("none"))
    with pytest.raises(NotAllowed, match="meanwhile"):
        require_same(SHOWN, (SHOWN[1], SHOWN[0], SHOWN[2]), ZWEI.key, Deed.DOWN)
    with pytest.raises(NotAllowed, match="meanwhile"):
        require_same((SHOWN[0], SHOWN[2]), SHOWN, EINS.key, Deed.JOIN)
    require_same(SHOWN[:2], SHOWN, EINS.key, Deed.JOIN)
    require_same(SHOWN, SHOWN, EINS.key, Deed.UP)


def test_lists_and_what_is_no_block_are_left_whole_with_a_sentence() -> None:
    with pytest.raises(NotAllowed, match="list"):
        moved(SHOWN, ZWEI.key, Deed.DOWN)
    with pytest.raises(NotAllowed, match="direction"):
        moved(SHOWN, EINS.key, Deed.UP)
    with pytest.raises(NotAllowed, match="nothing else"):
        joined(SHOWN, ZWEI.key)
    with pytest.raises(NotAllowed, match="only a paragraph"):
        divided(SHOWN, DREI.key, DREI.text, "-", parent="")
