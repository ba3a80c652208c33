"""What a question asks for, whatever is typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import Fold, fold
from app.domain.searching import LARGEST, LONGEST_QUESTION, MOST_WORDS, TIERS, Question, Tier, shown, terms
from app.domain.segments import Tag

EN, RU, KK, UZC = Tag("en"), Tag("ru"), Tag("kk"), Tag("uz-Cyrl")
ANYTHING = st.text(max_size=300)
TITLE, ANYWHERE = Tier(title=True), Tier()
NEARLY = TIERS[-1]


def asked_for(question: str, locale: Tag, tier: Tier) -> list[list[str]]:
    wanted = Question.of(question, locale).wanted(tier)
    return [[f"{term.text}{'*' if term.beginning else ''}" for term in group] for group in wanted]


def test_where_endings_are_known_words_are_asked_for_whole_but_in_the_last_tier() -> None:
    assert asked_for("officers trained", EN, TITLE) == [["teen_offic"], ["teen_train"]]
    assert asked_for("officers trained", EN, NEARLY) == [["aeen_offic*", "alen_offic*"], ["aeen_train*", "alen_train*"]]


def test_little_words_are_not_asked_for_unless_there_are_no_others() -> None:
    assert asked_for("the Director of the Centre", EN, ANYWHERE) == [["aeen_director"], ["aeen_centr"]]
    assert asked_for("of the", EN, ANYWHERE) == [["aeen_of"], ["aeen_the"]]


def test_where_they_are_not_a_word_is_asked_for_by_its_beginning() -> None:
    assert asked_for("қазақ ел", KK, ANYWHERE) == [["aekk_қазақ*"], ["aekk_ел"]]
    assert asked_for("2026 жыл", KK, ANYWHERE) == [["aekk_2026"], ["aekk_жыл*"]]


def test_a_longer_word_is_found_without_its_endings_in_the_last_tier() -> None:
    assert asked_for("меморандумдарымыздың", KK, NEARLY) == [["aekk_меморандумда*", "alkk_меморандумда*"]]


def test_the_locale_stands_in_the_term_without_its_hyphens() -> None:
    assert asked_for("ҳужжат", UZC, Tier(loose=True)) == [["aeuzcyrl_xojjat*", "aluzcyrl_xojjat*"]]


@pytest.mark.parametrize("asked", ["", " ", '"', "*", "((", "'", "\0", "\ud800", "—", "…", "🙂", "\u200b", "_"])
def test_what_has_no_word_asks_for_nothing(asked: str) -> None:
    assert Question.of(asked, EN).folds == ()


def test_a_word_that_is_asked_for_twice_is_asked_for_once() -> None:
    assert [word.exact for word in Question.of("Drug drugs DRUG abuse", EN).folds] == ["drug", "abus"]


def test_a_word_with_a_hyphen_is_asked_for_in_one_or_in_both_parts_and_never_by_a_part_of_the_one() -> None:
    assert asked_for("Kyrgyz‑Tajik", EN, ANYWHERE) == [
        ["aeen_kyrgyz", "aeen_kyrgyztajik"],
        ["aeen_tajik", "aeen_kyrgyztajik"],
    ]
    near = [
        term
        for group in asked_for("Kyrgyz-Tajik", EN, NEARLY)
        for term in group
        if "tajik" in term and "_tajik" not in term
    ]
    assert set(near) == {"aeen_kyrgystajik*", "alen_kyrgystajik*"}
    assert Question.of("-".join("ab" * 30), EN).joined == {}, "a chain is no word"
    assert asked_for("Kyrgyz - Tajik", EN, ANYWHERE) == [["aeen_kyrgyz"], ["aeen_tajik"]]


def test_a_word_that_stands_alone_too_is_asked_for_itself() -> None:
    for question in ("police police-men", "police-men police"):
        assert asked_for(question, EN, ANYWHERE) == [["aeen_polic"], ["aeen_men", "aeen_policemen"]]


def test_a_long_question_is_cut_in_letters_and_in_words() -> None:
    question = Question.of(" ".join(f"w{number}" for number in range(5000)), EN)
    assert len(question.folds) == MOST_WORDS
    assert len(question.text) <= LONGEST_QUESTION


def test_a_question_is_shown_in_one_line_without_what_turns_the_page_around() -> None:
    assert shown("  a\tb\n\nc\0\u202e\ud800d\u2067 ") == "a b c d"


@given(asked=ANYTHING, locale=st.sampled_from([EN, RU, KK, UZC, Tag("fa")]))
def test_a_question_asks_for_letters_digits_and_underscores_alone(asked: str, locale: Tag) -> None:
    question = Question.of(asked, locale)
    question.text.encode()
    assert len(question.folds) <= MOST_WORDS
    for tier in TIERS:
        for group in question.wanted(tier):
            for term in group:
                assert re.fullmatch(r"[ta][el][a-z]+_[^\W_]{1,40}", term.text)
        if question.folds:
            line = "".join(f" {word.loose}:0" for word in (*question.folds, *question.joined.values()))
            assert all(beginning in line for beginning in question.sought(tier))


def test_a_text_is_found_by_each_of_its_words_once_and_loosely_where_that_differs() -> None:
    title = [found for word in ("Қазақ", "елі") if (found := fold(word, KK))]
    text = [found for word in ("Қазақ", "елі", "елі", "жақсы", "мал") if (found := fold(word, KK))]
    assert terms(KK, title=title, text=text).split() == [
        "tekk_қазақ", "tlkk_казак", "tekk_елі", "tlkk_ели",
        "aekk_қазақ", "alkk_казак", "aekk_елі", "alkk_ели", "aekk_жақсы", "alkk_жаксы", "aekk_мал",
    ]  # fmt: skip


def test_a_text_of_endlessly_many_words_is_found_by_its_title_and_by_what_stands_first() -> None:
    many = [Fold(f"{number:030}", f"{number:030}") for number in range(40_000)]
    made = terms(EN, title=[Fold("title", "title")], text=many)
    assert len(made.encode()) <= LARGEST
    assert made.startswith(f"teen_title aeen_{0:030} ")
