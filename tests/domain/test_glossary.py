"""Where a text uses a term of a glossary, in whatever ending it stands there."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.glossary import Glossary, Term, found_in, places
from app.domain.segments import Tag


def term(source: str, words: str, translation: str = "x") -> Term:
    return Term(source=Tag(source), target=Tag("ky"), term=words, translation=translation)


@pytest.mark.parametrize(
    ("tag", "words", "text", "as_it_stands"),
    [
        (
            "ru",
            "меморандум о взаимопонимании",
            "в меморандуме о взаимопонимании",
            "меморандуме о взаимопонимании",
        ),
        ("ru", "таможенная служба", "сотрудники Таможенной службы страны", "Таможенной службы"),
        ("en", "drug trafficker", "Two drug traffickers' cars", "drug traffickers'"),
        ("en", "organisation", "an international organization", "organization"),
        ("ky", "макулдашуу", "макулдашуулардын негизинде", "макулдашуулардын"),
        ("ky", "мамлекеттик", "мамлекеттиги", "мамлекеттиги"),
        ("kk", "келісім", "Келісімдер бойынша", "Келісімдер"),
        ("kk", "кітап", "кітабы бар", "кітабы"),
        ("uz", "bojxona", "Bojxonaning xodimlari", "Bojxonaning"),
        ("uz-Cyrl", "bojxona", "божхонанинг ходимлари", "божхонанинг"),
        ("uz", "sud", "sudlar raisi", "sudlar"),
        ("tg", "созмони ҳамкорӣ", "Созмони ҳамкории Шанхай", "Созмони ҳамкории"),
        ("tk", "kitap", "kitaby okady", "kitaby"),
        ("en", "SCO", "the SCO Secretariat", "SCO"),
    ],
)
def test_a_term_is_found_in_its_endings(tag: str, words: str, text: str, as_it_stands: str) -> None:
    (found,) = found_in(text, [term(tag, words)])
    assert text[found.start : found.end].rstrip("'") == as_it_stands.rstrip("'")


@pytest.mark.parametrize(
    ("tag", "words", "text"),
    [
        ("en", "SCO", "a disco, and sco"),  # an abbreviation is no word in small letters
        ("en", "US", "they told us"),
        ("ky", "ат", "атайын"),  # a word of two letters has no endings that would tell it from another
        ("ky", "сот", "сотруднигибиздин"),
        ("ru", "меморандум о взаимопонимании", "меморандум о сотрудничестве"),
        ("en", "drug trafficker", "a drug. A dealer"),
        ("en", "?!", "?!"),
    ],
)
def test_another_word_is_not_taken_for_a_term(tag: str, words: str, text: str) -> None:
    assert found_in(text, [term(tag, words)]) == ()


def test_the_longest_term_counts_and_two_meanings_of_one_are_both_told() -> None:
    short, long, other = term("en", "drug"), term("en", "drug control"), term("en", "Drug Control", "y")
    found = found_in("drug control of a drug", [short, long, other])
    assert [(one.term, one.start, one.end) for one in found] == [(long, 0, 12), (other, 0, 12), (short, 18, 22)]


def test_a_forbidden_translation_is_found_wherever_it_stands() -> None:
    assert places("наркобизнес жана наркобизнестин", "наркобизнес", Tag("ky")) == ((0, 11), (17, 31))
    assert places("anything", "", Tag("ky")) == ()


@given(st.text(), st.lists(st.text(max_size=20), max_size=5), st.sampled_from(["en", "ru", "ky", "uz", "az"]))
def test_what_is_found_lies_in_the_text_in_order_and_a_term_is_found_in_itself(
    text: str, phrases: list[str], tag: str
) -> None:
    glossary = Glossary([term(tag, phrase) for phrase in phrases])
    found = glossary.found_in(text)
    spans = sorted({(one.start, one.end) for one in found})
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for phrase in phrases:
        assert bool(found_in(phrase, [term(tag, phrase)])) == bool(places(phrase, phrase, Tag(tag)))
