"""Which spellings are one word to a reader who searches, and which are not."""

import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import folding
from app.domain.folding import LONGEST, Fold, fold, stemmed, words
from app.domain.segments import Tag

LOCALES = [Tag(tag) for tag in ("en", "ru", "kk", "ky", "tg", "tk", "uz", "uz-Cyrl", "az", "fa", "tr", "kaa", "hi")]
LETTERS = st.text(
    st.sampled_from("aeoygzcshrtsnuxqhAOIİıöşçğüýžäňёеёқңғәөұүһіӣӯҳҷъьцюяшЎҚқ'ʻʼ’`\u00ad\u0301\u0308ﬁ½²ß")
    | st.characters(),
    max_size=60,
)


def folded(word: str, locale: str) -> Fold:
    found = fold(word, Tag(locale))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("locale", "spellings"),
    [
        (
            "uz",
            "Oʻzbekiston O'zbekiston O‘zbekiston O’zbekiston O`zbekiston Oʼzbekiston O´zbekiston Özbekiston Ўзбекистон",
        ),
        ("uz", "togʻ tog' tog’ toğ тоғ ТОҒ"),
        ("uz", "maʼno ma'no ma’no маъно"),
        ("uz", "shartnoma şartnoma шартнома"),
        ("uz", "choy çoy чой"),
        ("uz", "Yevropa Европа ЕВРОПА"),
        ("uz", "poyezd поезд"),
        ("uz", "sentabr sentyabr сентябрь"),
        ("uz", "oktabr октябрь октябр"),
        ("uz", "Toshkent Тошкент"),
        ("uz", "konferensiya конференция"),
        ("uz", "militsiya милиция"),
        ("uz", "yangi янги"),
        ("uz-Cyrl", "ҳужжат hujjat"),
        ("ru", "ещё еще ЕЩЁ"),
        ("ru", "таможня таможни таможню таможней"),
        ("ru", "меморандум меморандума меморандумом МЕМОРАНДУМ"),
        ("kk", "Қазақ қазақ ҚАЗАҚ"),
        ("ky", "Ёлка елка"),
        ("en", "officer officers officer's officer’s OFFICERS"),
        ("en", "co\u00adoperation cooperation"),
        ("en", "ﬁnding finding"),
        ("az", "İSTANBUL İstanbul istanbul"),
        ("az", "ISIQ ısıq"),
    ],
)
def test_these_are_one_word_in_every_spelling(locale: str, spellings: str) -> None:
    assert len({folded(word, locale).exact for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("locale", "typed", "meant"),
    [
        ("kk", "казак", "қазақ"),
        ("kk", "енбек", "еңбек"),
        ("kk", "угым", "ұғым"),
        ("kk", "тил", "тіл"),
        ("kk", "каhарман", "қаһарман"),
        ("kk", "кaзaк", "қазақ"),  # with Latin letters a
        ("ky", "озбек", "өзбек"),
        ("ky", "кунгой", "күңгөй"),
        ("tg", "точикистон", "Тоҷикистон"),
        ("tg", "хукумат", "ҳукумат"),
        ("tg", "кухи", "кӯҳӣ"),
        ("tg", "тасис", "таъсис"),
        ("tg", "еддошт", "ёддошт"),
        ("tk", "asgabat", "Aşgabat"),
        ("tk", "Ashgabat", "Aşgabat"),
        ("tk", "yyl", "ýyl"),
        ("tk", "duybi", "düýbi"),
        ("uz", "ozbek", "oʻzbek"),
        ("uz", "узбек", "ўзбек"),
        ("uz", "uzbek", "oʻzbek"),
        ("uz", "карши", "қарши"),
        ("uz", "хужжат", "hujjat"),
        ("uz", "evropa", "Yevropa"),
        ("en", "organization", "organisation"),
        ("en", "center", "centre"),
        ("en", "Hamidow", "Hamídow"),
        ("az", "azerbaycan", "Azərbaycan"),
        ("fa", "كتاب", "کتاب"),
        ("ru", "Казакстан", "Қазақстан"),
    ],
)
def test_a_word_typed_without_its_own_letters_is_found_but_is_not_the_same(locale: str, typed: str, meant: str) -> None:
    assert folded(typed, locale).exact != folded(meant, locale).exact
    assert folded(typed, locale).loose == folded(meant, locale).loose


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [("kk", "ал", "әл-ау"), ("uz", "tosh", "tush-un"), ("ru", "мир", "мэр"), ("tg", "ёр", "ер"), ("tk", "at", "ad")],
)
def test_what_only_looks_alike_is_another_word(locale: str, one: str, other: str) -> None:
    assert folded(one, locale).exact != folded(other, locale).exact


def test_hyphens_and_marks_part_words_and_apostrophes_do_not() -> None:
    assert [word[0] for word in words("ЦАРИКЦ-тің 26-маусым, «oʻzbek» ma'no — tog' co\u00adop. don’t_x")] == [
        "ЦАРИКЦ", "тің", "26", "маусым", "oʻzbek", "ma'no", "tog'", "co\u00adop", "don’t", "x",
    ]  # fmt: skip


def test_endings_are_known_in_english_and_russian_alone() -> None:
    assert [tag for tag in LOCALES if stemmed(tag)] == ["en", "ru"]


@given(word=LETTERS, locale=st.sampled_from(LOCALES))
def test_a_fold_holds_letters_and_digits_alone_and_not_too_many(word: str, locale: Tag) -> None:
    found = fold(word, locale)
    if found is not None:
        for form in (found.exact, found.loose):
            assert form.isalnum()
            assert 1 <= len(form) <= LONGEST


@given(word=LETTERS, locale=st.sampled_from([tag for tag in LOCALES if not stemmed(tag)]))
def test_folding_what_is_folded_changes_nothing(word: str, locale: Tag) -> None:
    found = fold(word, locale)
    if found is not None:
        assert folded(found.exact, locale).exact == found.exact
        assert folded(found.loose, locale).loose == found.loose


@given(text=LETTERS, locale=st.sampled_from(LOCALES))
def test_a_word_is_the_same_alone_and_in_its_text(text: str, locale: Tag) -> None:
    text = unicodedata.normalize("NFC", text)
    for word in words(text):
        assert [again[0] for again in words(word[0])] == [word[0]] or fold(word[0], locale) is None


WORDS = ("publications", "signing", "сотрудничество", "подписания", "сентябрь", "милиция", "Тошкент", "Ashgabat")
REFOLDED = 'make_anew_where("published_page")'
BY_NOW = ("0011", "5c8b68140e345a80")
"""The newest migration by which all pages are made anew, and a digest of what the rules of that day make of words."""


def test_other_rules_come_with_a_migration_by_which_every_text_is_folded_anew() -> None:
    """`make_anew_where("published_page")`, or a question would be folded by other rules than the texts."""
    alphabets = [*range(0x41, 0x250), *range(0x400, 0x530), *range(0x620, 0x6D4)]
    pairs = [first + second for first in "oghscztоеиц" for second in "'hеаьц"]
    sample = [*filter(str.isalpha, map(chr, alphabets)), *pairs, *WORDS]
    made = [(tag, word, fold(word, tag)) for tag in LOCALES for word in sample]
    versions = (Path(folding.__file__).parents[1] / "migrations/versions").glob("*.py")
    newest = max(file.name[:4] for file in versions if REFOLDED in file.read_text(encoding="utf-8"))
    assert (newest, sha256(repr(made).encode()).hexdigest()[:16]) == BY_NOW
