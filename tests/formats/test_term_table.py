"""A glossary as a table: what goes out comes in the same, and what is wrong is said with its line."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import BadText
from app.domain.glossary import Term
from app.domain.segments import Tag
from app.domain.terms import folded, problems, tidy
from app.formats.term_table import read, write

EN, KY = Tag("en"), Tag("ky")
FORMULA = ("=", "+", "-", "@")
WORDS = st.text(st.sampled_from("aбʻ=+-@'\" ;,|\t\n"), max_size=12)


def term(words: str, translation: str = "", **said: object) -> Term:
    return Term(source=EN, target=KY, term=words, translation=translation, **said)  # type: ignore[arg-type]  # some fields, by their names


def table(text: str) -> tuple[Term, ...]:
    return read(text.encode(), EN, KY, path="terms.csv")


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS, st.booleans()), max_size=4))
@settings(max_examples=60)
def test_what_goes_out_comes_in_the_same_and_nothing_of_it_is_a_formula(
    rows: list[tuple[str, str, str, str, bool]],
) -> None:
    made = [
        tidy(term(words, "" if keep else to, note=note, forbidden=(bad, "|"), keep=keep))
        for words, to, note, bad, keep in rows
    ]
    sound = {folded(one.term): one for one in made if not list(problems(one))}
    out = write(sound.values())
    assert read(out.encode(), EN, KY, path="") == tuple(sound.values())
    for between in ",;\t":
        assert not [cell for row in csv.reader(StringIO(out), delimiter=between) for cell in row if cell[:1] in FORMULA]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_columns_stand_in_any_order_with_what_a_spreadsheet_puts_between_them(between: str) -> None:
    rows = [["Note", "TERM", "forbidden", "keep"], ["so", "SCO", "ШОС|ШКУ", "Yes"], ["", "", "", ""]]
    (found,) = table("\r\n".join(between.join(row) for row in rows))
    assert found == term("SCO", note="so", forbidden=("ШОС", "ШКУ"), keep=True)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 0, "the table is empty"),
        ("term,colour\na,b\n", 1, "the first line has to name the columns"),
        ("term,term\na,b\n", 1, "the first line has to name the columns"),
        ("translation\nb\n", 1, "the first line has to name the columns"),
        ("term,translation\na,b\n\n,c\n", 4, "the term is missing"),
        ("term,translation\n'“”',b\n", 2, "no letter and no digit"),
        ('term,translation\n"a\nb",c\nd,\n', 4, "the translation is missing"),
        ("term,translation\nA,b\nB,c\n a ,d\n", 4, "line 2 has this term too"),
        ("term,translation,keep\na,b,maybe\n", 2, "keep is “yes” or empty, and not “maybe”"),
        ("term,translation\na,b,c\n", 2, "more cells than the head"),
        ('term,translation\na,b\n"c,d\n', 3, "a quotation mark may be open"),
        ('term,translation\n"a"b,c\n', 2, "a quotation mark may be open"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_comes_in(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadText) as refused:
        table(text)
    assert (refused.value.problems[0].line, reason in refused.value.problems[0].reason) == (line, True)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BadText) as refused:
        table('term,translation,keep\na,,\nb,c,maybe\n"d,e')
    assert [problem.line for problem in refused.value.problems] == [2, 3, 4]


def test_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(BadText, match="2: this is not in UTF-8: save the table"):
        read("term,translation\nтермин,сөз\n".encode("cp1251", "replace"), EN, KY, path="terms.csv")


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_excel_calls_unicode_text_is_read(charset: str) -> None:
    text = "" if charset == "utf-16" else "\ufeff"
    raw = f"{text}term\ttranslation\r\nборбор\torta\r\n".encode(charset)
    assert read(raw, EN, KY, path="terms.txt") == (term("борбор", "orta"),)
    with pytest.raises(BadText, match="0: this is no sound UTF-16"):
        read(raw[:-1], EN, KY, path="terms.txt")


def test_capitals_spaces_and_apostrophes_make_no_other_term() -> None:
    assert folded("  Oʻzbekiston  Respublikasi") == folded("o'zbekiston respublikasi")
    assert folded("organ") != folded("organization")
