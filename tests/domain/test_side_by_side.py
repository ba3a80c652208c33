"""A translation beside its source, and the text that is made of what somebody typed there."""

from collections.abc import Sequence

import pytest

from app.domain.segments import Key, Rendering, Segment, SegmentMap, State, digest_of
from app.domain.side_by_side import Row, Typed, rows, typed_into


def block(key: str, text: str, kind: str = "paragraph") -> Segment:
    return Segment(key=Key(key), kind=kind, text=text)


def rendering(key: str, *sources: Segment) -> Rendering:
    return Rendering(
        key=Key(key), sources=tuple(one.key for one in sources), source_digest=digest_of(*(one.text for one in sources))
    )


ONE, TWO, THREE = block("1", "One."), block("2", "Two."), block("3", "Three.")
EINS, DREI = block("a", "Eins."), block("c", "Drei.")
MAP = SegmentMap(rows=(rendering("a", ONE), rendering("c", THREE)))


def typed(shown: Sequence[Row], *texts: str) -> dict[Key, Typed]:
    return {row.key: Typed(forms=(text,)) for row, text in zip(shown, texts, strict=False)}


def test_each_segment_stands_beside_what_it_renders_and_what_nothing_renders_behind_what_it_follows() -> None:
    shown = rows((ONE, TWO, THREE), (EINS, DREI), MAP)
    assert [(row.sources, row.target) for row in shown] == [((ONE,), EINS), ((TWO,), None), ((THREE,), DREI)]
    assert not any(row.stale or row.gone for row in shown)


def test_what_reads_otherwise_now_is_stale_with_the_words_it_was_made_from_where_they_are_known() -> None:
    now = block("1", "One and a half.")
    (first, *_) = rows((now, THREE), (EINS, DREI), MAP, (ONE, THREE))
    assert (first.stale, first.before) == (True, (ONE,))
    (first, *_) = rows((now, THREE), (EINS, DREI), MAP, (block("1", "Something else."),))
    assert (first.stale, first.before) == (True, ())


def test_what_the_source_has_no_more_is_told() -> None:
    (first, last) = rows((ONE,), (EINS, DREI), MAP, (ONE, THREE))
    assert (first.gone, last.gone, last.sources) == (False, True, ())


def test_what_is_typed_takes_the_place_of_what_was_there_and_the_rest_stays_as_it_was() -> None:
    shown = rows((ONE, TWO, THREE), (EINS, DREI), MAP)
    made = typed_into(shown, {Key("a"): Typed(forms=("Eins!\r\nUnd mehr.\r\n",))}, begun=False)
    assert [(one.key, one.text) for one in made] == [("a", "Eins!\nUnd mehr."), ("c", "Drei.")]
    assert typed_into(shown, typed(shown, "Eins.", "", "Drei."), begun=False) == (EINS, DREI)
    made = typed_into(
        shown, {TWO.key: Typed(forms=("Zwei.",)), DREI.key: Typed(forms=("Drei.",), out=True)}, begun=False
    )
    assert [(one.key, one.text) for one in made] == [("a", "Eins."), ("2", "Zwei.")]


def test_a_text_that_is_begun_has_a_hole_for_each_segment_that_nothing_was_typed_for() -> None:
    source = (block("title", "Title", "title"), block("slug", "title", "slug"), ONE, TWO)
    shown = rows(source, (), SegmentMap(rows=()))
    made = typed_into(shown, {Key("title"): Typed(forms=("Titel",)), TWO.key: Typed(forms=("Zwei.",))}, begun=True)
    assert [(one.key, one.text, one.state) for one in made] == [
        ("title", "Titel", State.DONE), ("1", "", State.MISSING), ("2", "Zwei.", State.DONE),
    ]  # fmt: skip


def test_a_message_keeps_its_forms_and_is_unsure_only_where_somebody_says_so() -> None:
    message = Segment(key=Key("%d file"), kind="message", text="файл\0файла\0файлов", state=State.NEEDS_WORK)
    shown = rows((), (message,), SegmentMap(rows=()))
    forms = ("файл", "файла", "файлов")
    assert typed_into(shown, {message.key: Typed(forms=forms, unsure=True)}, begun=False) == (message,)
    (made,) = typed_into(shown, {message.key: Typed(forms=forms)}, begun=False)
    assert (made.text, made.state) == (message.text, State.DONE)
    (made,) = typed_into(shown, {message.key: Typed(forms=("", "", ""))}, begun=False)
    assert made.text == ""
    (made,) = typed_into(shown, {message.key: Typed(forms=("a\0b", "c", "d"))}, begun=False)
    assert made.text == "ab\0c\0d", "nobody types a form more"


@pytest.mark.parametrize(
    ("source", "text", "kept"),
    [
        ("- One.", "Eins.", "- Eins."),
        ("- One.", "- Eins.", "- Eins."),
        ("2. Two.", "Zwei.", "2. Zwei."),
        ("2. Two.", "* Zwei.", "* Zwei."),
        ("## Part", "Teil", "## Teil"),
        ("> Words", "Worte", "> Worte"),
        ("- One.", " ", ""),
        ("One.", "Eins.", "Eins."),
        ("*One* is first.", "Eins.", "Eins."),
        ("#One", "Eins", "Eins"),
    ],
)
def test_a_mark_that_somebody_forgot_is_that_of_the_source(source: str, text: str, kept: str) -> None:
    shown = rows((block("1", source, "bullet"),), (), SegmentMap(rows=()))
    (made,) = typed_into(shown, typed(shown, text), begun=True)
    assert made.text == kept


def test_each_row_has_a_key_of_its_own_even_where_source_and_translation_name_two_things_alike() -> None:
    other = block("2", "Zwei, aber anders.")
    shown = rows((ONE, TWO), (EINS, other), SegmentMap(rows=(rendering("a", ONE), Rendering(key=other.key))))
    assert [(row.key, row.text) for row in shown] == [("a", "Eins."), ("+2", ""), ("2", "Zwei, aber anders.")]
    made = typed_into(shown, {Key("+2"): Typed(forms=("Zwei.",))}, begun=False)
    assert [one.key for one in made] == ["a", "+2", "2"]


def test_what_came_to_the_source_under_a_name_that_the_translation_has_stands_beside_it() -> None:
    caption, words = block("caption:a.jpg", "A hall", "caption"), block("caption:a.jpg", "Ein Saal", "caption")
    (row,) = rows((caption,), (words,), SegmentMap(rows=(Rendering(key=words.key),)))
    assert (row.sources, row.target, row.stale) == ((caption,), words, True)
