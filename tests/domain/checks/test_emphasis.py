"""Bold and italics of the source stand in the translation, and no mark of theirs is left for readers to see."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks.emphasis import emphasis_in
from app.domain.checks.pair import Check
from app.domain.checks.table import findings
from app.formats.commonmark import dialect
from tests.domain.checks.test_findings import found, pair

MARKUP = (Check.STRUCTURE, Check.EMPHASIS, Check.LINKS)


def of_markup(source: str, target: str, kind: str = "paragraph", tag: str = "ru") -> dict[Check, str]:
    return {check: str(one.said) for check, one in found(pair(source, target, tag, kind)).items() if check in MARKUP}


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("The **centre** opens", "Центр открывается", "pieces in bold (**): here 0, and in the source 1"),
        ("The centre opens", "**Центр** открывается", "pieces in bold (**): here 1, and in the source 0"),
        ("The __centre__ opens", "Центр открывается", "pieces in bold (__): here 0, and in the source 1"),
        ("The *centre* opens", "Центр открывается", "pieces in italics (*): here 0, and in the source 1"),
        ("Both *one* and *two*", "И *один*, и два", "pieces in italics (*): here 1, and in the source 2"),
        ("| **a** | b |\n| - | - |", "| а | б |\n| - | - |", "pieces in bold (**): here 0, and in the source 1"),
    ],
)
def test_bold_and_italics_that_got_lost_or_were_added_are_told_with_their_marks(
    source: str, target: str, said: str
) -> None:
    assert of_markup(source, target, "table" if "|" in source else "paragraph") == {Check.EMPHASIS: said}


SEEN = "readers see %s here: it has no other half, or there is a space or a sign between it and the word"


@pytest.mark.parametrize(
    ("target", "tag", "mark"),
    [
        ("**Центр открывается", "ru", "**"),
        ("**Центр* открывается", "ru", "*"),
        ("** Центр ** открывается", "ru", "**"),
        ("**«Орталық»**тың есігі", "kk", "**"),  # CommonMark: a sign within and a letter without end nothing
        ("__Markaz__ning eshigi", "uz", "__"),
        ("The | **centre | opens**", "ru", "**"),
    ],
)
def test_marks_that_readers_would_see_are_told_and_nothing_else_of_them(target: str, tag: str, mark: str) -> None:
    source, kind = ("The | **centre** | opens", "table") if "|" in target else ("The **centre** opens", "paragraph")
    assert of_markup(source, target, kind, tag) == {Check.STRUCTURE: SEEN % mark}


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("The **centre** opens", "**Borbor** ачылат", "ky"),
        ("The **centre**’s door", "**Markaz**ning eshigi", "uz"),
        ("**Central Asia**", "**Orta Aziýanyň**", "tk"),
        ("In *Uzbekistan’s* centre", "*Oʻzbekistonʼning* markazida", "uz"),
        ("In *Uzbekistan’s* centre", "*O'zbekiston*'ning markazida", "uz"),
        ("In _one_ and __two__", "В *одном* и **двух**", "ru"),
        ("***Both*** of *a **b** c*", "***Оба*** из *а **б** в*", "ru"),
        ("See `a_*b*` and snake_case_words", "Смотрите `a_*b*` и snake_case_words", "ru"),
        ("2 * 3 and \\*this\\*", "2 * 3 и \\*это\\*", "ru"),
        ("2*3*4", "2*3*4", "ru"),
        ("price* and *without tax", "цена* и *без налога", "ru"),
        ("* one\n* two", "* один\n* два", "ru"),
        ("[a *b*](https://a.org/x_y_*z*)", "[а *б*](https://a.org/x_y_*z*)", "ru"),
    ],
)
def test_what_is_marked_as_in_the_source_is_left_alone(source: str, target: str, tag: str) -> None:
    assert of_markup(source, target, tag=tag) == {}


def test_a_star_in_a_message_or_a_title_is_a_star() -> None:
    for kind in ("message", "title", "caption"):
        assert of_markup("The **centre** opens", "*Центр открывается", kind) == {}


def test_links_by_a_label_footnotes_struck_words_and_broken_lines_are_those_of_the_source() -> None:
    assert of_markup("[Report][1]", "[Отчёт][2]") == {Check.LINKS: "the link to 2 is not in the source"}
    assert of_markup("Said.[^a]", "Сказано.") == {Check.LINKS: "the link to ^a is missing"}
    assert of_markup("~~Old~~ new", "Новое") == {Check.STRUCTURE: "marks ~~: here 0, and in the source 2"}
    assert of_markup("One  \ntwo\\\nthree", "Раз  \nдва\nтри") == {
        Check.STRUCTURE: "lines that end on purpose: here 1, and in the source 2"
    }


MARKED = st.text(alphabet="ab  **__`\\«».,ʻ'’\n", max_size=40)


@given(MARKED)
def test_bold_and_italics_are_what_the_readers_page_makes_of_a_text(text: str) -> None:
    one_block = "x" + text.replace("\n", "")
    tokens = [token.type for token in dialect().parseInline(one_block)[0].children or ()]
    read = emphasis_in(one_block)
    assert (len(read.bold), len(read.italics)) == (tokens.count("strong_open"), tokens.count("em_open"))


@given(st.sampled_from(["paragraph", "bullet", "table", "heading-2", "quote"]), MARKED | st.text())
def test_nothing_of_the_markup_is_found_in_a_source_beside_itself(kind: str, text: str) -> None:
    assert of_markup(text, text, kind, "en") == {}


@pytest.mark.parametrize(
    "part",
    ["*a _b ", "**", "*a", "a* ", "a**b", "*_", "_a*", "`", "`a``", "\\*", "[a](", "[^", "][", "<b", "  \n", "|", "~~",
     "**a** ", "***a* "],
)  # fmt: skip
def test_thousands_of_marks_are_looked_at_once(part: str) -> None:
    few, many = (pair("The centre opens.", part * times, "ru") for times in (4_000, 32_000))
    costs = list[float]()
    for one in (few, many):
        start = process_time()
        findings(one)
        costs.append(process_time() - start)
    assert costs[1] < 24 * max(costs[0], 0.01)  # eight times as much; the square would be 64
