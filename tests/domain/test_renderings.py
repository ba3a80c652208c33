"""Segment maps: what renders what, and what is left open because nothing tells it surely."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.alignment import carry
from app.domain.renderings import align, originals, remap
from app.domain.segments import (
    UNTRANSLATED,
    BasedOn,
    Key,
    Origin,
    Segment,
    SegmentMap,
    State,
    Tag,
    digest_of,
)

BASE = BasedOn(locale=Tag("en"), digest="3f2a9c1b" * 8)
NEXT = BasedOn(locale=Tag("en"), digest="0a1b2c3d" * 8)


def block(text: str, kind: str = "paragraph") -> Segment:
    return Segment(key=Key(""), kind=kind, text=text)


def fixed(key: str, text: str, kind: str | None = None) -> Segment:
    return Segment(key=Key(key), kind=kind or key, text=text)


HOLE = Segment(key=Key(""), kind=UNTRANSLATED, text="<!-- untranslated -->", state=State.MISSING)
ENGLISH = carry(
    (),
    [
        fixed("title", "A course in Bishkek"),
        block("The course ended in Bishkek on 12 June, and 24 officers of six countries took part in it."),
        block("What comes next", "heading-2"),
        block("The next course is going to be held in Dushanbe in October. Write to your contact point."),
        block("The handouts are in the library of the Centre."),
    ],
    parent="",
)
RUSSIAN = [
    fixed("title", "Курс в Бишкеке"),
    block("12 июня в Бишкеке завершился курс, в котором участвовали 24 сотрудника из шести стран."),
    block("Что дальше", "heading-2"),
    block("Следующий курс пройдёт в Душанбе в октябре. Обратитесь в свой контактный пункт."),
    block("Учебные материалы хранятся в библиотеке Центра."),
]
KEYS = tuple(segment.key for segment in ENGLISH)
TEXTS = st.lists(
    st.sampled_from([*RUSSIAN[1:], *(replace(one, key=Key("")) for one in ENGLISH[1:]), HOLE]), max_size=9
).map(lambda blocks: [RUSSIAN[0], *blocks])


def digests(segment_map: SegmentMap) -> list[str | None]:
    return [row.source_digest for row in segment_map.rows]


def sources(segment_map: SegmentMap) -> list[tuple[Key, ...]]:
    return [row.sources for row in segment_map.rows]


def aligned(target: Sequence[Segment]) -> tuple[SegmentMap, tuple[Segment, ...]]:
    segment_map = align(ENGLISH, target, based_on=BASE)
    return segment_map, segment_map.with_keys(target)


def test_a_text_of_the_same_build_is_aligned_one_to_one_under_the_keys_of_its_source() -> None:
    segment_map = align(ENGLISH, RUSSIAN, based_on=BASE, origin=Origin.MACHINE)
    assert [row.key for row in segment_map.rows] == list(KEYS)
    assert sources(segment_map) == [(key,) for key in KEYS]
    assert digests(segment_map) == [digest_of(segment.text) for segment in ENGLISH]
    assert {(row.state, row.origin) for row in segment_map.rows} == {(State.DONE, Origin.MACHINE)}
    assert segment_map.based_on == BASE


@given(st.lists(st.sampled_from(list(zip(ENGLISH, RUSSIAN, strict=True))[1:]), max_size=9))
def test_whatever_its_blocks_a_text_of_the_same_build_and_a_text_and_itself_are_aligned_one_to_one(
    blocks: list[tuple[Segment, Segment]],
) -> None:
    english = [ENGLISH[0], *(replace(source, key=Key("")) for source, _ in blocks)]
    source = carry((), english, parent="")
    for target in ([RUSSIAN[0], *(target for _, target in blocks)], english):
        rows = align(source, target, based_on=BASE).rows
        assert [row.sources for row in rows] == [(one.key,) for one in source]


def test_of_a_text_whose_base_is_not_known_the_digests_stay_unknown() -> None:
    segment_map = align(ENGLISH, RUSSIAN, based_on=None, known=False)
    assert sources(segment_map) == [(key,) for key in KEYS]
    assert digests(segment_map) == [None] * len(KEYS)


def test_a_source_text_renders_nothing() -> None:
    assert originals(ENGLISH) == SegmentMap(rows=originals(ENGLISH).rows)
    assert [row.key for row in originals(ENGLISH).rows] == list(KEYS)
    assert set(sources(originals(ENGLISH))) == {()}


def test_a_paragraph_that_is_left_out_shifts_no_other() -> None:
    segment_map, _ = aligned([*RUSSIAN[:3], RUSSIAN[4]])
    assert sources(segment_map) == [(KEYS[0],), (KEYS[1],), (KEYS[2],), (KEYS[4],)]


def test_two_paragraphs_may_render_one_and_one_two() -> None:
    first, second = RUSSIAN[1].text + " ", RUSSIAN[3].text
    cut = second.index(".") + 1
    split, _ = aligned([*RUSSIAN[:3], block(second[:cut]), block(second[cut:]), RUSSIAN[4]])
    assert sources(split)[3:] == [(KEYS[3],), (KEYS[3],), (KEYS[4],)]
    assert len({row.key for row in split.rows}) == 6
    english = carry((), [ENGLISH[0], *(block(one.text) for one in (ENGLISH[1], ENGLISH[3]))], parent="")
    joined = align(english, [RUSSIAN[0], block(first + second)], based_on=BASE)
    assert sources(joined)[1] == (english[1].key, english[2].key)
    assert digests(joined)[1] == digest_of(english[1].text, english[2].text)


def test_a_block_that_translates_nothing_needs_work() -> None:
    segment_map, _ = aligned([*RUSSIAN[:3], block("Примечание", "quote"), *RUSSIAN[3:]])
    row = segment_map.rows[3]
    assert (row.sources, row.source_digest, row.state) == ((), None, State.NEEDS_WORK)


def test_a_hole_stands_for_the_block_in_its_place_and_is_missing() -> None:
    segment_map, _ = aligned([*RUSSIAN[:2], HOLE, *RUSSIAN[3:]])
    assert sources(segment_map) == [(key,) for key in KEYS]
    assert segment_map.rows[2].state is State.MISSING


def test_a_slug_or_caption_without_source_is_no_unfinished_work() -> None:
    segment_map, _ = aligned([*RUSSIAN, fixed("caption:a.jpg", "У стола", "caption")])
    assert (segment_map.rows[-1].sources, segment_map.rows[-1].state) == ((), State.DONE)


@given(TEXTS)
def test_an_alignment_has_one_row_a_segment_and_never_pairs_different_kinds(target: list[Segment]) -> None:
    kinds = {segment.key: segment.kind for segment in ENGLISH}
    segment_map, segments = aligned(target)
    assert len({row.key for row in segment_map.rows}) == len(target)
    for row, segment in zip(segment_map.rows, segments, strict=True):
        assert {kinds[key] for key in row.sources} <= {segment.kind} or segment.kind == UNTRANSLATED
        assert row.sources or row.state is not State.DONE


@given(TEXTS, TEXTS)
def test_the_next_map_has_one_row_a_segment_and_keeps_what_did_not_change(
    old: list[Segment], new: list[Segment]
) -> None:
    before_map, before = aligned(old)
    after = carry(before, new, parent=BASE.digest)
    after_map = remap(before_map, before, after, source=ENGLISH, based_on=BASE, origin=Origin.MACHINE)
    rows = {row.key: row for row in before_map.rows}
    assert [row.key for row in after_map.rows] == [segment.key for segment in after]
    for row, segment in zip(after_map.rows, after, strict=True):
        if segment in before and rows[segment.key].sources:
            assert row == rows[segment.key]
        assert row.sources or row.state is not State.DONE


def edited(text: str) -> list[Segment]:
    return [*RUSSIAN[:3], block(text), RUSSIAN[4]]


def test_an_edited_segment_keeps_its_source_and_says_who_edited_it() -> None:
    before_map, before = aligned(RUSSIAN)
    after = carry(before, edited(RUSSIAN[3].text.replace("пройдёт", "будет")), parent="")
    rows = remap(before_map, before, after, source=ENGLISH, based_on=BASE, origin=Origin.MACHINE).rows
    assert rows[3] == replace(before_map.rows[3], origin=Origin.MACHINE)
    assert (*rows[:3], rows[4]) == (*before_map.rows[:3], before_map.rows[4])


def test_a_newly_named_base_brings_its_digests_and_its_new_blocks() -> None:
    before_map, before = aligned(RUSSIAN)
    text = ENGLISH[1].text.replace("24", "25")
    source = carry(
        ENGLISH,
        [ENGLISH[0], block(text), block("Four trainers taught."), *(replace(one, key=Key("")) for one in ENGLISH[2:])],
        parent=BASE.digest,
    )
    new = [*RUSSIAN[:2], block("Занятия вели четыре преподавателя."), *RUSSIAN[2:]]
    after = carry(before, new, parent="")
    moved = remap(before_map, before, after, source=source, based_on=NEXT)
    assert sources(moved) == [(segment.key,) for segment in source]
    assert digests(moved) == [digest_of(segment.text) for segment in source]
    assert moved.based_on == NEXT
    stayed = remap(before_map, before, after, source=ENGLISH, based_on=BASE)
    assert digests(stayed)[1] == digest_of(ENGLISH[1].text)
    assert stayed.rows[2].state is State.NEEDS_WORK


def test_the_same_base_may_be_named_in_short_or_not_at_all() -> None:
    before_map, before = aligned(RUSSIAN)
    for named in (None, BasedOn(locale=BASE.locale, digest=BASE.digest[:8])):
        rows = remap(before_map, before, before, source=(), based_on=named).rows
        assert rows == before_map.rows


def test_a_newly_named_base_that_nobody_knows_leaves_the_digests_unknown() -> None:
    before_map, before = aligned(RUSSIAN)
    moved = remap(before_map, before, before, source=ENGLISH, based_on=NEXT, known=False)
    assert sources(moved) == sources(before_map)
    assert set(digests(moved)) == {None}


def test_a_source_that_is_gone_from_the_new_base_leaves_work() -> None:
    before_map, before = aligned(RUSSIAN)
    moved = remap(before_map, before, before, source=ENGLISH[:4], based_on=NEXT)
    assert (moved.rows[4].sources, moved.rows[4].state) == ((), State.NEEDS_WORK)


def test_a_hole_that_is_filled_renders_what_the_hole_stood_for() -> None:
    before_map, before = aligned([*RUSSIAN[:3], HOLE, RUSSIAN[4]])
    after = carry(before, RUSSIAN, parent="")
    rows = remap(before_map, before, after, source=ENGLISH, based_on=BASE).rows
    assert [row.sources for row in rows] == [(key,) for key in KEYS]
    assert {row.state for row in rows} == {State.DONE}


def test_work_that_was_asked_for_stays_asked_for_until_the_segment_is_edited() -> None:
    before_map, before = aligned(RUSSIAN)
    doubtful = replace(
        before_map,
        rows=(*before_map.rows[:3], replace(before_map.rows[3], state=State.NEEDS_WORK), before_map.rows[4]),
    )
    assert remap(doubtful, before, before, source=ENGLISH, based_on=BASE).rows[3].state is State.NEEDS_WORK
    after = carry(before, edited(RUSSIAN[3].text.replace("пройдёт", "будет")), parent="")
    assert remap(doubtful, before, after, source=ENGLISH, based_on=BASE).rows[3].state is State.DONE


def test_words_that_are_merely_confirmed_stay_those_of_whoever_made_them() -> None:
    doubtful = [*RUSSIAN[:3], replace(RUSSIAN[3], state=State.NEEDS_WORK), RUSSIAN[4]]
    before_map = align(ENGLISH, doubtful, based_on=BASE, origin=Origin.MACHINE)
    before = before_map.with_keys(doubtful)
    after = carry(before, RUSSIAN, parent="")
    row = remap(before_map, before, after, source=ENGLISH, based_on=BASE, origin=Origin.HUMAN).rows[3]
    assert (before_map.rows[3].state, row.state, row.origin) == (State.NEEDS_WORK, State.DONE, Origin.MACHINE)


@given(TEXTS, TEXTS, st.permutations(ENGLISH[1:]), st.booleans())
def test_a_new_base_leaves_no_row_that_speaks_of_another_text(
    old: list[Segment], new: list[Segment], blocks: list[Segment], known: bool
) -> None:
    before_map, before = aligned(old)
    source = [ENGLISH[0], *blocks[:3]]
    texts = {segment.key: segment.text for segment in source}
    after = carry(before, new, parent=BASE.digest)
    moved = remap(before_map, before, after, source=source, based_on=NEXT, known=known)
    assert moved.based_on == NEXT
    for row in moved.rows:
        assert set(row.sources) <= set(texts)
        current = digest_of(*(texts[key] for key in row.sources)) if row.sources and known else None
        assert row.source_digest == current


def test_a_hole_in_a_list_stands_for_an_item() -> None:
    item = Segment(key=Key(""), kind="bullet", text="- <!-- untranslated -->", state=State.MISSING)
    source = carry((), [*ENGLISH[:2], block("- customs", "bullet"), block("- police", "bullet")], parent="")
    rows = align(source, [*RUSSIAN[:2], item, block("- полиция", "bullet")], based_on=BASE).rows
    assert [row.sources for row in rows] == [(segment.key,) for segment in source]
    assert rows[2].state is State.MISSING
