import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import NO_BREAK_SPACE
from app.domain.languages import LANGUAGES
from app.domain.line_breaks import bound
from app.domain.segments import Tag

TAGS = st.sampled_from([*LANGUAGES, Tag("fa"), Tag("zh-Hant"), Tag("kaa")])


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("ru", "Встреча в_Алматы и_в_Бишкеке прошла 18_марта 2026_года"),
        ("ru", "В_том_числе".replace("том_", "том ")),
        ("ru", "если_бы он знал_ли об_этом"),
        ("ru", "директор М._Б._Хамидов_— глава, т._е. первый"),
        ("ru", "№_5, 1_234_567_кг, 35_% и_3_тыс. тонн"),
        ("ru", "«в_доме» и_(в_саду)"),
        ("ru", "обсудили вопрос, из-за которого пришли"),
        ("kk", "2026_жылғы 18_наурызда ЦАРИКЦ_те 5_кг_– ол"),
        ("kk", "өзара түсіністік туралы меморандум"),
        ("ky", "ал_да келди, 2026-жылдын 18_марты"),
        ("tg", "18_марти соли_2026 ба_Душанбе аз_Алмаато"),
        ("tk", "2026-njy ýylyň 18_mart güni 5_kg"),
        ("uz", "A._Karimov 18_mart kuni 5_ming_– koʻp"),
        ("uz-Cyrl", "2026_йил 18_март"),
        ("az", "o_da gəldi, 18_mart"),
        ("en", "On 18_March 2026 J._Smith saw 35_per cent of a_whole".replace("a_", "a ")),
        ("fa", "18_مارس 2026"),
        ("zh-Hant", "第 3 章"),
    ],
)
def test_what_belongs_together_stays_on_one_line(tag: str, kept: str) -> None:
    assert bound(kept.replace("_", " "), Tag(tag)) == kept.replace("_", NO_BREAK_SPACE)


def test_the_end_of_a_typed_line_is_a_space_like_any_other() -> None:
    assert bound("в\nАлматы\nи", Tag("ru")) == f"в{NO_BREAK_SPACE}Алматы\nи"


def test_a_text_goes_on_in_the_next_words_whatever_marks_them() -> None:
    assert bound("в ", Tag("ru")) == f"в{NO_BREAK_SPACE}"  # and then a link
    assert bound(" — и так", Tag("ru")) == f"{NO_BREAK_SPACE}— и{NO_BREAK_SPACE}так"  # after one


@given(TAGS, st.text(alphabet="вдж.г№5 1234\n—–%A", max_size=60) | st.text(max_size=60))
def test_nothing_but_spaces_changes_and_twice_is_once(tag: Tag, text: str) -> None:
    once = bound(text, tag)
    assert [
        (a, b) for a, b in zip(text, once, strict=True) if a != b and not (a in " \n" and b == NO_BREAK_SPACE)
    ] == []
    assert bound(once, tag) == once


def test_a_language_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="neither we nor CLDR"):
        bound("a", Tag("xx"))
