"""Blocks keep their keys from revision to revision."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.domain.alignment import carry
from app.domain.segments import UNTRANSLATED, Key, Segment, State

PARENT = "3f2a9c1b" * 8
FIRST = "The course ended in Bishkek on 12 June, and twenty-four officers of six countries took part in it."
SECOND = "Four trainers taught in Russian and English, two of whom had been heads of laboratories at the border."
THIRD = "The next course is going to be held in Dushanbe in October; write to your contact point before that."


def block(text: str, kind: str = "paragraph", key: str = "") -> Segment:
    return Segment(key=Key(key), kind=kind, text=text)


def paragraphs(*texts: str) -> tuple[Segment, ...]:
    return tuple(block(text) for text in texts)


def hole(kind: str = UNTRANSLATED) -> Segment:
    mark = "- " if kind == "bullet" else ""
    return Segment(key=Key(""), kind=kind, text=f"{mark}<!-- untranslated -->", state=State.MISSING)


def saved(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    return carry((), segments, parent="")


def keys(segments: Sequence[Segment]) -> list[Key]:
    return [segment.key for segment in segments]


TITLE = st.just(Segment(key=Key("title"), kind="title", text="A title"))
BLOCKS = st.lists(
    st.builds(
        block,
        st.sampled_from([FIRST, SECOND, THIRD, FIRST + SECOND, FIRST[:40], "Dushanbe", "---"]),
        st.sampled_from(["paragraph", "heading-2", "bullet"]),
    )
    | st.just(hole())
    | st.just(hole("bullet")),
    max_size=8,
)
TEXTS = st.builds(lambda title, blocks: (title, *blocks), TITLE, BLOCKS)


@given(TEXTS, TEXTS)
def test_every_segment_has_a_key_of_its_own_and_nothing_else_changes(
    old: Sequence[Segment], new: Sequence[Segment]
) -> None:
    carried = carry(saved(old), new, parent=PARENT)
    assert len(set(keys(carried))) == len(new)
    assert all(keys(carried))
    assert [(one.kind, one.text, one.state) for one in carried] == [(one.kind, one.text, one.state) for one in new]


@given(TEXTS)
def test_an_equal_text_has_equal_keys(text: Sequence[Segment]) -> None:
    assert carry(saved(text), text, parent=PARENT) == saved(text)


@given(TEXTS, TEXTS)
def test_kinds_never_mix(old: Sequence[Segment], new: Sequence[Segment]) -> None:
    kinds = {segment.key: segment.kind for segment in saved(old)}
    for segment in carry(saved(old), new, parent=PARENT):
        assert len({kinds.get(segment.key, segment.kind), segment.kind} - {UNTRANSLATED}) <= 1


@given(TEXTS, TEXTS)
def test_two_who_make_the_same_change_make_the_same_keys(old: Sequence[Segment], new: Sequence[Segment]) -> None:
    assert carry(saved(old), new, parent=PARENT) == carry(saved(old), new, parent=PARENT)


def test_a_key_is_the_kind_and_a_digest_of_the_birth() -> None:
    first, second = saved(paragraphs(FIRST, FIRST))
    assert first.key[0] == "p"
    assert len(first.key) == 9
    assert first.key != second.key
    assert carry((), paragraphs(FIRST), parent=PARENT)[0].key != first.key


def test_an_edited_paragraph_keeps_its_key_and_an_inserted_one_gets_a_new_one() -> None:
    old = saved(paragraphs(FIRST, THIRD))
    new = carry(old, paragraphs(FIRST.replace("Bishkek", "Osh"), SECOND, THIRD), parent=PARENT)
    assert [new[0].key, new[2].key] == keys(old)
    assert new[1].key not in keys(old)


def test_moved_paragraphs_keep_their_keys_even_if_a_word_was_mended_on_the_way() -> None:
    old = saved(paragraphs(FIRST, SECOND, THIRD))
    new = carry(old, paragraphs(THIRD, FIRST, SECOND.replace("Four", "Five")), parent=PARENT)
    assert keys(new) == [old[2].key, old[0].key, old[1].key]


def test_the_longer_part_of_a_split_paragraph_keeps_the_key() -> None:
    old = saved(paragraphs(FIRST + " " + SECOND[:40], THIRD))
    new = carry(old, paragraphs(FIRST, SECOND[:40], THIRD), parent=PARENT)
    assert [new[0].key, new[2].key] == keys(old)


def test_joined_paragraphs_keep_the_key_of_the_longer_one() -> None:
    old = saved(paragraphs(FIRST[:30], SECOND, THIRD))
    new = carry(old, paragraphs(FIRST[:30] + " " + SECOND, THIRD), parent=PARENT)
    assert keys(new) == keys(old)[1:]


def test_a_heading_made_of_a_paragraph_is_another_segment() -> None:
    old = saved(paragraphs(FIRST))
    assert carry(old, [block(FIRST, "heading-2")], parent=PARENT)[0].key != old[0].key


def test_holes_keep_the_place_of_what_they_stand_for() -> None:
    old = saved(paragraphs(FIRST, SECOND, THIRD))
    emptied = carry(old, [block(FIRST), hole(), block(THIRD)], parent=PARENT)
    assert keys(emptied) == keys(old)
    assert keys(carry(emptied, paragraphs(FIRST, SECOND, THIRD), parent=PARENT)) == keys(old)


def test_the_first_of_three_holes_is_translated_and_no_key_moves() -> None:
    old = saved([block(FIRST), hole(), hole(), hole()])
    assert keys(carry(old, [block(FIRST), block(SECOND), hole(), hole()], parent=PARENT)) == keys(old)


def test_blocks_that_come_with_their_keys_keep_them() -> None:
    old = saved(paragraphs(FIRST, SECOND))
    recorded = [block(SECOND, key=old[0].key), block(FIRST)]
    assert carry(old, recorded, parent=PARENT)[0].key == old[0].key


def test_a_text_of_thousands_of_new_blocks_is_keyed_without_comparing_all_with_all() -> None:
    old = saved(paragraphs(*(f"{number} {FIRST}" for number in range(1500))))
    new = carry(old, paragraphs(*(f"{SECOND} {number}" for number in range(1500))), parent=PARENT)
    assert set(keys(new)).isdisjoint(keys(old))


def test_a_hole_in_a_list_keeps_the_place_of_an_item_and_of_nothing_else() -> None:
    old = saved([block(FIRST), block("- customs", "bullet"), block("- police", "bullet"), block(THIRD)])
    emptied = carry(old, [block(FIRST), hole("bullet"), hole("bullet"), block(THIRD)], parent=PARENT)
    assert keys(emptied) == keys(old)
    filled = carry(emptied, [block(FIRST), hole("bullet"), block("- border guards", "bullet"), block(THIRD)], parent="")
    assert keys(filled) == keys(old)
    other = carry(old, [hole("bullet"), *old[1:3], block(THIRD)], parent=PARENT)
    assert other[0].key not in keys(old)


def test_a_rewritten_paragraph_of_a_whole_book_keeps_its_key() -> None:
    """Two million letters held against as many would take a minute each time, and nothing else came in meanwhile."""
    old = saved(paragraphs(FIRST, "word " * 400_000, THIRD))
    for ending in range(20):
        new = paragraphs(FIRST, "word " * 390_000 + f"other{ending} " * 5_000, THIRD)
        assert keys(carry(old, new, parent=PARENT)) == keys(old)
