"""A tree of as many items as are wanted, in as many languages, all of it different.

Words come as often as they do in texts that people write (Zipf's law): the second half as often as the first, the
hundredth a hundredth, since what a search costs depends on how often its words stand there.
"""

import random
from pathlib import Path
from typing import Final

LOCALES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")
_WORDS = {
    "en": "the centre and its partners agreed on a plan of joint work for the coming year in every country",
    "ru": "центр и его партнёры согласовали план совместной работы на следующий год во всех странах",
    "kk": "орталық пен оның серіктестері келесі жылға арналған бірлескен жұмыс жоспарын келісті",
    "ky": "борбор жана анын өнөктөштөрү кийинки жылга биргелешкен иш планын макулдашты",
    "tg": "марказ ва шарикони он нақшаи кори муштаракро барои соли оянда мувофиқа карданд",
    "tk": "merkez we onuň hyzmatdaşlary geljek ýyl üçin bilelikdäki iş meýilnamasyny ylalaşdylar",
    "uz": "markaz va uning hamkorlari kelgusi yil uchun qoʻshma ish rejasini kelishib oldilar",
}


_VOCABULARY: Final = 5000


def word(locale: str, rank: int) -> str:
    """Return the word of a language that is the so-manieth in frequency, the most frequent being 0."""
    words = _WORDS[locale].split()
    letters = sorted(set("".join(words)))
    first, second = letters[rank % len(letters)], letters[rank * 7 // len(letters) % len(letters)]
    return f"{first}{second}{words[rank % len(words)]}"


def _prose(locale: str, seed: int, length: int) -> str:
    chance = random.Random(f"{locale} {seed}")  # noqa: S311  # the same text in each run
    return " ".join(word(locale, int(_VOCABULARY ** chance.random()) - 1) for _ in range(length))


def text(number: int, locale: str) -> str:
    """Return an article of some 200 words."""
    paragraphs = [f"{_prose(locale, number * 10 + place, 40).capitalize()} {number}-{place}." for place in range(5)]
    return (
        f"---\ntitle: {_prose(locale, number * 10 + 8, 6)} {number}\nslug: item-{number}-{locale}\n"
        f"summary: {_prose(locale, number * 10 + 9, 15)}\nstatus: published\n---\n\n" + "\n\n".join(paragraphs) + "\n"
    )


def site(locales: tuple[str, ...] = LOCALES) -> str:
    """Return a `site.toml`."""
    chains = "\n".join(f'{locale} = ["{locales[0]}"]' for locale in locales if locale != locales[0])
    return (
        'name = "Bench"\nseat = { city = "Almaty", zone = "Asia/Almaty" }\ncountries = ["KZ", "KG"]\n'
        f'default = "{locales[0]}"\n[locales]\n{locales[0]} = []\n{chains}\n'
    )


def write(root: Path, *, items: int, locales: tuple[str, ...] = LOCALES) -> None:
    """Write `content/` and an empty `translations/` below a folder."""
    news = root / "content" / "news"
    news.mkdir(parents=True)
    (root / "translations").mkdir()
    (root / "content" / "site.toml").write_text(site(locales))
    for number in range(items):
        folder = news / f"item-{number:06}"
        folder.mkdir()
        (folder / "item.toml").write_text(
            f'date = {2000 + number % 26}-0{1 + number % 9}-1{number % 10}T10:00:00+05:00\nsource = "{locales[0]}"\n'
        )
        for locale in locales:
            (folder / f"{locale}.md").write_text(text(number, locale), encoding="utf-8")
