"""A machine is given words alone, and what it breaks is refused: no placeholder, link or mark is lost on the way."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.checks.pair import Pair
from app.domain.machine import forms_of, spelled, texts_for
from app.domain.segments import Key, Tag


def pair(*source: str, kind: str = "paragraph", forms: int = 1, flags: tuple[str, ...] = ()) -> Pair:
    return Pair(
        key=Key("k"), kind=kind, source=source, target=(), source_tag=Tag("en"), target_tag=Tag("ky"), forms=forms,
        flags=flags,
    )  # fmt: skip


def through(one: Pair, words: Callable[[str], str]) -> tuple[str, ...]:
    return forms_of(one, [words(text) for text in texts_for(one)])


@pytest.mark.parametrize(
    ("kind", "source", "given"),
    [
        ("heading-2", "## The *centre* opens", "The *centre* opens"),
        ("bullet", "- one\n  and more", "one and more"),
        ("ordered", "3. third", "third"),
        ("quote", "> one\n> two", "one two"),
        ("paragraph", "See [the page](https://example.org/a) and `code`.", "See [the page][X0X] and [X1X]."),
        ("paragraph", "one  \ntwo", "one[X0X]two"),
        ("title", "Opening", "Opening"),
        ("message", "%(count)s <b>views</b>\n", "[X0X] [X1X]views[X2X]"),
        ("message", "one\ntwo", "one[X0X]two"),
    ],
)  # fmt: skip
def test_it_is_given_words_and_everything_else_comes_back_where_it_was(kind: str, source: str, given: str) -> None:
    one = pair(source, kind=kind)
    assert texts_for(one) == (given,)
    (made,) = through(one, lambda text: f"{text} сөз")
    for part in ("## ", "- ", "3. ", "](https://example.org/a)", "`code`", "%(count)s", "</b>", "  \n"):
        assert (part in made) is (part in source)


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("slug", "opening"), ("file", "files/a.pdf"), ("code", "```\ncode\n```"), ("html", "<div>words</div>"),
        ("table", "| a | b |"), ("reference", "[a]: https://example.org"), ("paragraph", "https://example.org"),
        ("paragraph", "18.03.2026"), ("message", "%(count)s"), ("paragraph", "[X0X] is what we write"),
        ("bullet", "- one\n  - two"), ("quote", "> one\n>\n> two"), ("title", ""),
    ],
)  # fmt: skip
def test_what_has_no_words_or_is_built_of_several_parts_is_not_given_to_it(kind: str, source: str) -> None:
    assert texts_for(pair(source, kind=kind)) == ()


@pytest.mark.parametrize(
    ("source", "forms", "one", "asked", "made"),
    [
        ("%(num)s view", 1, 0, 1, ["n2"]),
        ("%(num)s view", 2, 0, 2, ["n1", "n2"]),
        ("%(num)s view", 2, 1, 2, ["n2", "n1"]),
        ("%(num)s view", 3, 0, 2, ["n1", "n2", "n2"]),
        ("One view", 3, 0, 1, ["n2", "n2", "n2"]),  # its form is that of 21 views, too
    ],
)  # fmt: skip
def test_the_singular_goes_into_the_form_of_one_thing_and_the_plural_into_all_others(
    source: str, forms: int, one: int, asked: int, made: list[str]
) -> None:
    texts = {"[X0X] view": "[X0X] n1", "[X0X] views": "[X0X] n2"}
    plural = replace(pair(source, "%(num)s views", kind="message", forms=forms, flags=("python-format",)), one=one)
    given = texts_for(plural)
    assert given == ("[X0X] view", "[X0X] views")[-asked:]
    found = forms_of(plural, [texts[text] for text in given])
    assert found == tuple(f"%(num)s {words}" for words in made)


def test_the_form_of_one_thing_alone_may_say_no_number() -> None:
    plural = replace(pair("One view", "%(num)s views", kind="message", forms=2), rare=frozenset({0}))
    assert texts_for(plural) == ("One view", "[X0X] views")
    assert forms_of(plural, ["Бир", "[X0X] көрүү"]) == ("Бир", "%(num)s көрүү")


TABLE = "| Country | Share |\n| --- | --: |\n| [Kyrgyz](https://example.org) | 4 |"
CELLS = ((2, 9), (12, 17), (36, 65), (68, 69))


def test_cells_are_given_one_by_one_and_numbers_stay_where_they_are() -> None:
    one = pair(TABLE, kind="table")
    assert texts_for(one, CELLS) == ("Country", "Share", "[Kyrgyz][X0X]")
    assert forms_of(one, ["Өлкө", "Үлүш", "[Кыргыз][X0X]"], CELLS) == (
        "| Өлкө | Үлүш |\n| --- | --: |\n| [Кыргыз](https://example.org) | 4 |",
    )  # fmt: skip


@pytest.mark.parametrize(
    "answers", [["Өлкө", "Үлүш"], ["a | b", "c", "[d][X0X]"], ["a", "b", "d"], ["a", "", "[d][X0X]"]]
)
def test_a_table_of_which_one_cell_came_back_harmed_is_refused_as_a_whole(answers: list[str]) -> None:
    assert forms_of(pair(TABLE, kind="table"), answers, CELLS) == ()


SOURCE = pair("See [the **page**](https://example.org/a) of {name}.", kind="paragraph")


@pytest.mark.parametrize(
    "answer",
    [
        "", " ", "Кара", "[барак][X0X]", "[барак][X0X] [X0X] [X1X]", "[барак][X0X] [X1X] [X2X]", "барак[X0X] [X1X]",
        "барак][X0X] [X1X]",
        "[**барак][X0X] [X1X]", "[барак][X0X] <script>x</script> [X1X]", "[барак][X0X] [X1X] https://evil.example",
        "[барак][X0X] [X1X] \x00", "See [the **page**][X0X] of [X1X].",
    ],
)  # fmt: skip
def test_an_answer_that_lost_doubled_or_added_something_or_says_the_source_itself_is_refused(answer: str) -> None:
    assert forms_of(SOURCE, [answer]) == ()


@pytest.mark.parametrize(
    ("source", "flag", "answer", "made"),
    [
        ("Moved %s to %s", "python-format", "[X1X] деген жерге [X0X] жылды", None),
        ("Moved %s to %s", "python-format", "[X0X] ушул жерге жылды: [X1X]", "%s ушул жерге жылды: %s"),
        ("%d of %s are read", "python-format", "[X1X] ичинен [X0X] окулду", None),
        ("Moved {} to {:>5}", "python-brace-format", "[X1X] деген жерге [X0X] жылды", None),
        ("Moved %(a)s to %(b)s", "python-format", "[X1X] жерге [X0X] жылды", "%(b)s жерге %(a)s жылды"),
        ("Moved {0} to {1}", "python-brace-format", "[X1X] жерге [X0X] жылды", "{1} жерге {0} жылды"),
        ("Took %s, 5%% of it <b>now</b>", "python-format", "Азыр [X2X]анын[X3X] 5[X1X] алынды: [X0X]",
         "Азыр <b>анын</b> 5%% алынды: %s"),
    ],
)  # fmt: skip
def test_placeholders_without_names_never_change_places_and_others_may(
    source: str, flag: str, answer: str, made: str | None
) -> None:
    assert forms_of(pair(source, kind="message", flags=(flag,)), [answer]) == (() if made is None else (made,))


def test_tokens_are_found_as_machines_like_to_write_them() -> None:
    (made,) = forms_of(SOURCE, ["[х1х] деген [**барак**][ X0x ]."])
    assert made == "{name} деген [**барак**](https://example.org/a)."


def test_too_many_or_too_few_answers_are_none() -> None:
    assert forms_of(SOURCE, []) == forms_of(SOURCE, ["a", "b"]) == ()


@settings(max_examples=60)
@given(st.text(alphabet="a *_`[]()<>{}%s0.\\\n>#-", max_size=30), st.sampled_from(["paragraph", "message", "quote"]))
def test_whatever_the_source_is_a_machine_that_gives_back_what_it_got_changes_nothing_but_line_breaks(
    source: str, kind: str
) -> None:
    one = pair(source, kind=kind)
    for made in through(one, lambda text: text + " сөз"):
        assert made.replace(" сөз", "").split() == source.replace("\n>", "\n").split() or ">" in source


LANGUAGES = {"EN": ["EN-GB", "EN-US", "PT-BR", "RU", "ZH-HANS"], "ru": ["uz", "ky"], "zh-Hant": ["en"]}


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("en", "ru", ("EN", "RU")), ("ru", "ky", ("ru", "ky")), ("en", "pt-BR", ("EN", "PT-BR")),
        ("en", "pt", ("EN", "PT-BR")), ("en-GB", "en", ("EN", "EN-GB")), ("ru", "uz-Cyrl", None), ("ru", "tk", None),
        ("kk", "ru", None), ("en", "zh", None), ("zh", "en", None), ("ru-KZ", "uz", ("ru", "uz")),
    ],
)  # fmt: skip
def test_languages_are_spelled_as_the_service_spells_them_and_a_script_is_never_guessed(
    source: str, target: str, found: tuple[str, str] | None
) -> None:
    assert spelled(LANGUAGES, Tag(source), Tag(target)) == found


def test_a_long_run_of_spaces_is_looked_at_once() -> None:
    for kind in ("paragraph", "message"):
        one = pair(f"one{' ' * 50_000}two{' ' * 50_000}", kind=kind)
        assert through(one, lambda text: f"{text} сөз")


def test_lines_apart_in_a_message_stay_so() -> None:
    assert texts_for(pair("one\n \n two", kind="message")) == ("one[X0X]two",)
