"""Three texts in, one text and suggestions out: what a person who saves may rely on."""

from collections import Counter
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.merge import Merged, Proposal, Reason, as_continued, merge, proposals
from app.domain.segments import UNTRANSLATED, Key, Segment, State, digest_of, is_hole

Text = tuple[Segment, ...]


def block(key: str, text: str, kind: str = "paragraph", state: State = State.DONE) -> Segment:
    return Segment(key=Key(key), kind=kind, text=text, state=state)


def text(**words: str) -> Text:
    return tuple(block(key, value) for key, value in words.items())


def shape(merged: Merged) -> list[tuple[str, str]]:
    return [(segment.key, segment.text) for segment in merged.segments]


WORDS = st.sampled_from(["alpha", "beta", "gamma", "delta", "beta ", "alpha\n", "", "—"])
SEGMENTS = st.builds(
    block,
    st.sampled_from("abcdefgh"),
    WORDS,
    st.sampled_from(["paragraph", "bullet", "caption", UNTRANSLATED]),
    st.sampled_from(State),
)
TEXTS = st.lists(SEGMENTS, max_size=8, unique_by=lambda segment: segment.key).map(tuple)
LONG = st.permutations([block(key, key.upper()) for key in "abcdefghij"]).map(tuple)


def plain(segment: Segment) -> str:
    return "\n".join(line.rstrip() for line in segment.text.rstrip().splitlines())


def words(*texts: Text) -> set[str]:
    return {plain(segment) for one in texts for segment in one if not is_hole(segment)}


def kept(merged: Merged) -> set[str]:
    return words(merged.segments) | {proposal.text.rstrip() for proposal in merged.suggestions}


@given(TEXTS | LONG, TEXTS | LONG)
def test_a_change_of_the_newest_text_is_simply_applied(base: Text, changed: Text) -> None:
    assert merge(base, base, changed) == Merged(segments=changed)
    assert merge(base, changed, base) == Merged(segments=changed)


@given(TEXTS | LONG, TEXTS | LONG)
def test_the_same_change_made_twice_is_made_once(base: Text, changed: Text) -> None:
    assert merge(base, changed, changed) == Merged(segments=changed)


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_somebody_typed_is_lost(base: Text, ours: Text, theirs: Text) -> None:
    assert words(ours, theirs) - words(base) <= kept(merge(base, ours, theirs))


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_that_only_one_side_changed_stands_in_the_result(base: Text, ours: Text, theirs: Text) -> None:
    merged = {segment.key: segment for segment in merge(base, ours, theirs).segments}
    old, our, their = ({segment.key: segment for segment in one} for one in (base, ours, theirs))
    for key in old:
        if our.get(key) == old[key]:
            assert merged.get(key) == their.get(key)


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_is_invented(base: Text, ours: Text, theirs: Text) -> None:
    merged = merge(base, ours, theirs)
    assert set(merged.segments) <= {*ours, *theirs}
    assert {(one.key, one.text) for one in merged.suggestions} <= {(one.key, one.text) for one in theirs}


@given(TEXTS | LONG, TEXTS | LONG, TEXTS | LONG)
def test_a_key_names_one_segment_of_the_result(base: Text, ours: Text, theirs: Text) -> None:
    merged = merge(base, ours, theirs)
    assert set(Counter(segment.key for segment in merged.segments).values()) <= {1}
    assert set(Counter(proposal.key for proposal in merged.suggestions).values()) <= {1}


@given(TEXTS, TEXTS, TEXTS)
@example((), (block("a", "beta", state=State.MISSING),), (block("b", "beta", state=State.NEEDS_WORK),))
def test_the_two_sides_keep_the_same_words_whoever_comes_first(base: Text, ours: Text, theirs: Text) -> None:
    new = words(ours, theirs) - words(base)
    assert kept(merge(base, ours, theirs)) & new == kept(merge(base, theirs, ours)) & new


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_for_what_is_kept_which_two_of_three_come_together_first(
    base: Text, ours: Text, second: Text, third: Text
) -> None:
    """A desk that takes two files one after the other keeps the words that it would keep of the two made one first."""
    one_by_one = merge(base, ours, second)
    then = merge(base, one_by_one.segments, third)
    together = merge(base, second, third)
    at_once = merge(base, ours, together.segments)
    new = words(ours, second, third) - words(base)
    assert (kept(one_by_one) | kept(then)) & new == (kept(together) | kept(at_once)) & new == new


@given(TEXTS, TEXTS, TEXTS)
def test_a_proposal_is_a_text_that_the_result_does_not_show(base: Text, ours: Text, theirs: Text) -> None:
    merged = merge(base, ours, theirs)
    shown = {segment.key: plain(segment) for segment in merged.segments}
    for proposal in merged.suggestions:
        assert proposal.text.strip()
        assert shown.get(proposal.key) != proposal.text.rstrip()


@given(LONG, LONG)
@example(text(a="A", b="B", c="C", d="D"), text(b="B", a="A", c="C", d="D"))
def test_an_order_that_only_one_side_changed_is_taken(base: Text, changed: Text) -> None:
    edited = (replace(base[0], text="mended"), *base[1:])
    merged = merge(base, edited, changed)
    assert [segment.key for segment in merged.segments] == [segment.key for segment in changed]
    assert "mended" in {segment.text for segment in merged.segments}


@given(LONG, LONG, LONG)
def test_moving_segments_on_both_sides_loses_and_doubles_none(base: Text, ours: Text, theirs: Text) -> None:
    merged = merge(base, ours, theirs)
    assert Counter(merged.segments) == Counter(base)
    assert merged.suggestions == ()


BASE = text(a="A", b="B", c="C")


def test_of_two_different_changes_ours_stays_and_theirs_is_proposed() -> None:
    merged = merge(BASE, text(a="A", b="B ours", c="C"), text(a="A", b="B theirs", c="C theirs"))
    assert shape(merged) == [("a", "A"), ("b", "B ours"), ("c", "C theirs")]
    assert merged.suggestions == (
        Proposal(key=Key("b"), base_digest=digest_of("B"), text="B theirs", reason=Reason.CHANGED),
    )


def test_a_paragraph_that_theirs_split_and_ours_changed_stays_whole_and_the_parts_are_one_proposal() -> None:
    base = text(k="Zero.", a="One. Two. Three.", z="Four.")
    ours = text(k="Zero.", a="One. Two. Three, indeed.", z="Four.")
    for theirs in (
        text(k="Zero.", a="One.", b="Two.", c="Three.", z="Four."),
        text(k="Zero.", b="One.", c="Two.", a="Three.", z="Four."),
    ):
        merged = merge(base, ours, theirs)
        assert merged.segments == ours
        assert [(one.key, one.text) for one in merged.suggestions] == [("a", "One.\n\nTwo.\n\nThree.")]


def test_what_theirs_joined_to_a_paragraph_that_ours_changed_stays_beside_it() -> None:
    base = text(k="Zero.", a="One.", b="Two.", c="Three.", z="Four.")
    ours = text(k="Zero.", a="One.", b="Two, indeed.", c="Three.", z="Four.")
    merged = merge(base, ours, text(k="Zero.", b="One. Two. Three.", z="Four!"))
    assert shape(merged) == [*shape(Merged(segments=ours))[:-1], ("z", "Four!")]
    assert [(one.key, one.text) for one in merged.suggestions] == [("b", "One. Two. Three.")]


def test_what_two_paragraphs_that_ours_changed_were_both_joined_with_stays_once() -> None:
    base, theirs = text(a="One.", b="Two.", c="Three."), text(a="One. Two.", c="Two. Three.")
    ours = text(a="One!", b="Two.", c="Three!")
    assert merge(base, ours, theirs).segments == ours


def test_a_paragraph_that_only_theirs_split_or_joined_is_so_in_the_result() -> None:
    whole, parts = text(a="One. Two.", z="Four."), text(a="One.", b="Two.", z="Four.")
    for base, theirs in ((whole, parts), (parts, whole)):
        ours = (*base[:-1], block("z", "Four!"))
        assert merge(base, ours, theirs) == Merged(segments=(*theirs[:-1], block("z", "Four!")))


PIECES = st.lists(st.sampled_from(["One.", "Two.", "Three."]), min_size=1, max_size=4)


@given(PIECES, st.integers(0, 3), st.booleans(), st.booleans())
def test_however_a_paragraph_is_split_or_joined_each_of_its_words_is_in_the_result_once(
    pieces: list[str],
    key: int,
    joined: bool,
    changed: bool,
) -> None:
    key %= len(pieces)
    parts = tuple(block("a" if number == key else f"p{number}", piece) for number, piece in enumerate(pieces))
    whole = (block("a", " ".join(pieces)),)
    base, theirs = (parts, whole) if joined else (whole, parts)
    ours = tuple(replace(one, text=f"{one.text} Indeed.") if one.key == "a" and changed else one for one in base)
    merged = merge(base, ours, theirs)
    assert " ".join(one.text for one in merged.segments).replace(" Indeed.", "").split() == pieces
    assert changed or merged.segments == theirs


EDITS = st.lists(
    st.tuples(st.sampled_from(["write", "split", "join", "delete", "insert", "move"]), st.integers(0, 9)), max_size=5
)
BOOK = tuple(block(f"k{place}", f"base{place}a base{place}b. base{place}c base{place}d.") for place in range(4))


def edited(edits: list[tuple[str, int]], who: str) -> Text:
    """What somebody made of the book, with words of their own."""
    made = list(BOOK)
    for number, (what, chosen) in enumerate(edits):
        place = chosen % max(1, len(made))
        new = f"{who}{number}"
        if what == "insert" or not made:
            made.insert(place, block(new, new))
            continue
        one = made[place]
        head, dot, tail = one.text.partition(". ")
        if what == "write":
            made[place] = replace(one, text=f"{one.text} {new}")
        elif what == "split" and dot:
            made[place : place + 1] = [replace(one, text=f"{head}."), block(new, tail)]
        elif what == "join" and place + 1 < len(made):
            made[place : place + 2] = [replace(one, text=f"{one.text} {made[place + 1].text}")]
        elif what == "delete":
            del made[place]
        elif what == "move":
            made.append(made.pop(place))
    return tuple(made)


def tokens(*texts: str) -> set[str]:
    return {word.strip(".") for text in texts for word in text.split()}


@given(EDITS, EDITS)
@example([("write", 1)], [("split", 1), ("write", 2)])
@example([("split", 1), ("write", 1)], [("join", 0), ("write", 0)])
def test_every_word_that_anybody_typed_or_left_is_kept_whoever_comes_first(
    mine: list[tuple[str, int]], others: list[tuple[str, int]]
) -> None:
    ours, theirs = edited(mine, "ours"), edited(others, "theirs")
    old, our, their = (tokens(*(one.text for one in text)) for text in (BOOK, ours, theirs))
    for merged in (merge(BOOK, ours, theirs), merge(BOOK, theirs, ours)):
        texts = [*(one.text for one in merged.segments), *(one.text for one in merged.suggestions)]
        found = tokens(*texts)
        assert (our | their) - old <= found, "what was typed"
        assert our & their <= found, "what neither took out"


def test_a_segment_that_ours_deleted_and_theirs_changed_is_proposed() -> None:
    merged = merge(BASE, text(a="A", c="C"), text(a="A", b="B theirs", c="C"))
    assert shape(merged) == [("a", "A"), ("c", "C")]
    assert [(one.text, one.reason) for one in merged.suggestions] == [("B theirs", Reason.DELETED)]


def test_a_segment_that_theirs_deleted_and_ours_changed_stays_in_its_place() -> None:
    assert shape(merge(BASE, text(a="A", b="B ours", c="C"), text(a="A", c="C"))) == [
        ("a", "A"), ("b", "B ours"), ("c", "C"),
    ]  # fmt: skip


def test_two_blocks_inserted_at_one_place_are_both_kept_and_ours_comes_first() -> None:
    ours, theirs = text(a="A", x="X", y="same", b="B", c="C"), text(a="A", z="same", w="W", b="B", c="C")
    assert [key for key, _ in shape(merge(BASE, ours, theirs))] == ["a", "x", "y", "w", "b", "c"]


def test_equal_captions_of_two_photos_are_two_captions() -> None:
    ours = (block("caption:1.jpg", "At the table", "caption"),)
    theirs = (block("caption:2.jpg", "At the table", "caption"),)
    assert merge((), ours, theirs).segments == ours + theirs


def test_a_hole_never_takes_the_place_of_a_text() -> None:
    hole = block("b", "", UNTRANSLATED, State.MISSING)
    old = block("b", "B", UNTRANSLATED, State.MISSING)
    assert merge((old,), (hole,), text(b="B theirs")) == Merged(segments=text(b="B theirs"))
    assert merge(text(b="B"), text(b="B ours"), (hole,)) == Merged(segments=text(b="B ours"))


def test_a_half_written_plural_is_a_text_and_an_empty_one_a_hole() -> None:
    message = Segment(key=Key("day"), kind="message", text="\0", state=State.MISSING)
    half, whole = replace(message, text="күн\0"), replace(message, text="күн\0күндер", state=State.DONE)
    assert merge((message,), (half,), (whole,)).suggestions[0].text == "күн\0күндер"
    assert merge((whole,), (message,), (half,)) == Merged(segments=(half,))


def test_white_space_at_the_end_of_lines_is_no_change() -> None:
    merged = merge(text(a="A\nA"), text(a="A  \nA\n"), text(a="A theirs"))
    assert merged == Merged(segments=text(a="A theirs"))


def test_a_state_is_a_change_but_no_words() -> None:
    doubtful = (block("a", "A", state=State.NEEDS_WORK),)
    assert merge(text(a="A"), text(a="A"), doubtful).segments == doubtful
    assert merge(text(a="A"), text(a="A ours"), doubtful) == Merged(segments=text(a="A ours"))
    assert merge(text(a="A"), doubtful, text(a="A theirs")).suggestions[0].text == "A theirs"


def test_what_was_inserted_after_a_deleted_segment_stays_where_it_was() -> None:
    assert [key for key, _ in shape(merge(BASE, text(a="A", x="X", c="C"), text(a="A", b="B", y="Y", c="C")))] == [
        "a", "x", "y", "c",
    ]  # fmt: skip


def test_moves_at_different_places_are_both_taken() -> None:
    base = text(a="A", b="B", c="C", d="D", e="E", f="F")
    ours = text(b="B", a="A", c="C", d="D", e="E", f="F")
    theirs = text(a="A", b="B", c="C", e="E", f="F", d="D")
    assert [key for key, _ in shape(merge(base, ours, theirs))] == ["b", "a", "c", "e", "f", "d"]


@given(TEXTS, TEXTS, TEXTS)
def test_what_is_suggested_are_words_of_theirs_that_neither_other_has(base: Text, ours: Text, theirs: Text) -> None:
    changed = {one.text for one in theirs if one not in base and not is_hole(one)}
    shown = {segment.key: plain(segment) for segment in ours if not is_hole(segment)}
    for proposal in proposals(base, ours, theirs):
        assert proposal.text in changed
        assert plain(block("", proposal.text)) != shown.get(proposal.key)


def test_a_block_that_was_written_anew_is_suggested_for_the_one_in_whose_place_it_stands() -> None:
    base = text(a="one", b="two", c="three")
    theirs = (base[0], block("x", "something else"), base[2], block("y", "and more"))
    assert [(one.key, one.text) for one in proposals(base, base, theirs)] == [
        ("b", "something else"),
        ("y", "and more"),
    ]
    joined = (base[0], block("x", "something else"))
    assert [one.key for one in proposals(base, base, joined)] == ["x"], "two blocks for one: nobody can say which"


def test_one_file_that_is_sent_again_takes_back_nothing_but_its_own_words() -> None:
    base, sent = text(a="one", b="two", c="three"), text(a="ONE", b="TWO", c="THREE")
    ours = text(a="ONE", b="TWO", c="others")
    theirs = text(a="ONE", b="twice", c="THREE")
    merged = merge(as_continued(base, ours, theirs, sent), ours, theirs)
    assert [one.text for one in merged.segments] == ["ONE", "twice", "others"]
    assert [one.text for one in merged.suggestions] == ["THREE"]
    back = text(a="ONE", b="two", c="THREE")
    merged = merge(as_continued(base, ours, back, sent), ours, back)
    assert [one.text for one in merged.segments] == ["ONE", "TWO", "others"]


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_nothing_that_others_typed_is_lost_to_one_who_sends_a_file_again(
    base: Text, ours: Text, theirs: Text, sent: Text
) -> None:
    merged = merge(as_continued(base, ours, theirs, sent), ours, theirs)
    assert words(ours) - words(sent) - words(base) <= kept(merged)
    assert words(theirs) - words(base) <= kept(merged)
