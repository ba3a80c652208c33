"""A translation beside another text than it was made from: by way of what lies between, and never surer than that."""

from collections.abc import Sequence

from app.domain.other_sources import Known, beside
from app.domain.segments import BasedOn, Key, Rendering, Segment, SegmentMap, Tag, digest_of

EN, RU, UZ, KY = map(Tag, ("en", "ru", "uz", "ky"))


def block(key: str, text: str) -> Segment:
    return Segment(key=Key(key), kind="paragraph", text=text)


def made(made_from: Tag, rows: dict[str, Sequence[Segment]]) -> SegmentMap:
    renderings = (
        Rendering(
            key=Key(key), sources=tuple(one.key for one in of), source_digest=digest_of(*(one.text for one in of))
        )
        for key, of in rows.items()
    )
    return SegmentMap(rows=tuple(renderings), based_on=BasedOn(locale=made_from, digest="0" * 64))


ONE, TWO = block("e1", "One."), block("e2", "Two.")
OLD = block("e2", "Two of old.")
RUSSIAN = (block("r1", "Odin."), block("r2", "Dva."))
UZBEK = (block("u", "Bir. Ikki."),)
SOURCE = SegmentMap(rows=(Rendering(key=ONE.key), Rendering(key=TWO.key)))
KYRGYZ = made(RU, {"k1": [RUSSIAN[0]], "k2": [RUSSIAN[1]]})


def told(segments: SegmentMap, *texts: Segment) -> list[tuple[tuple[str, ...], bool]]:
    """What each row renders, and whether it is known to be current."""
    known = Known(segments=texts, map=segments)
    return [(row.sources, row.source_digest == (known.digest(row.sources) or "none")) for row in segments.rows]


def test_a_segment_renders_what_that_renders_which_it_was_made_from_and_is_as_current() -> None:
    russian = made(EN, {"r1": [ONE], "r2": [OLD]})
    texts = {EN: Known(segments=(ONE, TWO), map=SOURCE), RU: Known(segments=RUSSIAN, map=russian)}
    found = beside(KYRGYZ, EN, texts, root=EN)
    assert told(found, ONE, TWO) == [(("e1",), True), (("e2",), False)]
    assert found.rows[1].source_digest == digest_of("Two of old."), "the words that it was made from are known"


def test_what_was_made_from_older_words_is_not_called_current_beside_another_language() -> None:
    texts = {
        EN: Known(segments=(ONE, TWO), map=SOURCE),
        RU: Known(segments=(block("r1", "Odin!"), RUSSIAN[1]), map=made(EN, {"r1": [ONE], "r2": [TWO]})),
    }
    found = beside(KYRGYZ, EN, texts, root=EN)
    assert told(found, ONE, TWO) == [(("e1",), False), (("e2",), True)]


def test_two_that_were_made_from_one_text_stand_beside_each_other() -> None:
    texts = {
        EN: Known(segments=(ONE, TWO), map=SOURCE),
        RU: Known(segments=RUSSIAN, map=made(EN, {"r1": [ONE], "r2": [TWO]})),
        UZ: Known(segments=UZBEK, map=made(EN, {"u": [ONE, TWO]})),
    }
    assert told(beside(KYRGYZ, UZ, texts, root=EN), *UZBEK) == [(("u",), True), (("u",), True)]


def test_nothing_is_guessed_of_a_text_that_is_not_known() -> None:
    found = beside(KYRGYZ, Tag("tg"), {}, root=EN)
    assert [(row.sources, row.source_digest) for row in found.rows] == [((), None), ((), None)]
