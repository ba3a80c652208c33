"""A slug is proposed in the letters that people of each language write their names in for strangers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.languages import LANGUAGES
from app.domain.segments import Tag
from app.domain.transliteration import LONGEST_SLUG, free, latin, slug_of


@pytest.mark.parametrize(
    ("locale", "title", "slug"),
    [
        ("en", "Memorandum between CARICC & the SCO's Secretariat", "memorandum-between-caricc-the-scos-secretariat"),
        ("ru", "Подписан меморандум: ещё один шаг", "podpisan-memorandum-eshchyo-odin-shag"),
        ("ru", "Съезд объединённых пограничников", "sezd-obedinyonnykh-pogranichnikov"),
        ("kk", "Қазақстан", "qazaqstan"),
        ("kk", "Ұлттық қауіпсіздік комитеті", "ulttyq-qauipsizdik-komiteti"),
        ("ky", "Кыргыз Республикасынын Жогорку Кеңеши", "kyrgyz-respublikasynyn-jogorku-kengeshi"),
        ("ky", "Өзгөн үчүн", "ozgon-uchun"),
        ("tg", "Душанбе", "dushanbe"),
        ("tg", "Ҷумҳурии Тоҷикистон, шаҳри Хуҷанд", "jumhurii-tojikiston-shahri-khujand"),
        ("tk", "Aşgabat şäheriniň ýygnagy", "ashgabat-shaherinin-yygnagy"),
        ("tk", "Çärjew, žurnal", "charjew-zhurnal"),
        ("uz", "Oʻzbekiston va Farg‘ona: ma'no", "ozbekiston-va-fargona-mano"),
        ("uz", "Özbekiston, Şahrisabz", "ozbekiston-shahrisabz"),
        ("uz-Cyrl", "Ўзбекистон Европада, Тошкент ва Бухоро", "ozbekiston-yevropada-toshkent-va-buxoro"),
        ("az", "Azərbaycan İlham Bakıda", "azerbaycan-ilham-bakida"),
        ("uz", "Қазақстон делегацияси", "qazaqston-delegatsiyasi"),
        ("en", "Встреча в Душанбе", "vstrecha-v-dushanbe"),
        ("zh", "中国", "zhong-guo"),
        ("ru", "— ! —", ""),
    ],
)  # fmt: skip
def test_a_title_gives_the_slug_that_its_language_would_write(locale: str, title: str, slug: str) -> None:
    assert slug_of(title, Tag(locale)) == slug


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_letter_of_our_languages_has_letters_a_to_z(locale: Tag) -> None:
    alphabet = LANGUAGES[locale].letters
    assert {
        letter: latin(letter, locale) for letter in alphabet if not re.fullmatch("[a-z]*", latin(letter, locale))
    } == {}


@given(st.text(max_size=300), st.sampled_from([*LANGUAGES, Tag("ja"), Tag("xx")]))
def test_whatever_the_title_a_proposed_slug_can_be_published(title: str, locale: Tag) -> None:
    slug = slug_of(title, locale)
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert len(slug) <= LONGEST_SLUG


def test_a_name_that_is_taken_gets_the_next_number() -> None:
    assert free("dushanbe", {"dushanbe", "dushanbe-2"}) == "dushanbe-3"
    assert free("dushanbe", ()) == "dushanbe"
