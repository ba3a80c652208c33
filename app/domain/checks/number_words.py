"""Numbers up to ten in words, months, and thousands, by the beginnings of the words: what may stand for digits.

One table a language, so that a native reader's correction is one line.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from app.domain.dateforms import date_forms
from app.domain.locales import nearest
from app.domain.segments import NO_LANGUAGE, Tag

# From one to ten; what has several words has them with a stroke between them. With a hyphen behind it one is the
# beginning of words, and without one a whole word: два, but not дверь; uch, but not uchun.
_NUMBERS: Final[dict[Tag, str]] = {
    Tag("en"): "one/once/first- two/twice/both/second- three/third- four/fourth- five/fifth- six/sixth- seven/seventh- "
    "eight/eighth- nine/ninth- ten/tenth-",
    Tag("ru"): "один/одна/одно/одну/одни/одного/одной/одному/одном/одним/одних/одними/перв- "
    "два/две/двух/двум/двумя/двое/двоих/двоим/дважды/оба/обе/обоих/обеих/обоим/обеим/второ-/вторы-/вторая/вторую "
    "три/трёх/трех/трём/трем/тремя/трое/троих/троим/трижды/трет- "
    "четыре/четырёх/четырех/четырём/четырем/четырьмя/четверо/четверых/четверым/четвёрт-/четверт- "
    "пять/пяти/пятью/пятер-/пятый/пятая/пятую/пятым/пятых/пято- шест- семь/семи/семер-/седьм- "
    "восем-/восьм- девят- десят-",
    Tag("kk"): "бір/бірі/бірінші- екі-/екеу-/екінші- үш/үшеу-/үшінші- төрт- бес/бесеу-/бесінші- алты/алтау-/алтыншы- "
    "жеті/жетеу-/жетінші- сегіз- тоғыз- он/оныншы-",
    Tag("ky"): "бир/бири/биринчи- эки-/экөө-/экинчи- үч/үчөө-/үчүнчү- төрт- беш- алты/алтоо-/алтынчы- "
    "жети/жетөө-/жетинчи- сегиз- тогуз- он/онунчу-",
    Tag("tg"): "як/якум-/якто ду/дуюм-/дуто/ҳарду се/сеюм-/сето чор/чорум-/чорто/чаҳор- панҷ- шаш- ҳафт/ҳафтум-/ҳафтто "
    "ҳашт/ҳаштум-/ҳаштто нӯҳ- даҳ/даҳум-/даҳто",
    Tag("tk"): "bir/biri/birinji- iki-/ikinji- üç/üçüsi/üçünji- dört-/dördünji- bäş- alty/altysy/altynjy- ýedi- "
    "sekiz- dokuz- on/onunjy-",
    Tag(
        "uz"
    ): "bir/biri/bitta-/birinchi- ikki-/ikkala- uch/uchta-/uchala-/uchinchi- toʻrt- besh- olti/oltita-/oltinchi- "
    "yetti- sakkiz- toʻqqiz- oʻn/oʻnta-/oʻninchi-",
    Tag("uz-Cyrl"): "бир/бири/битта-/биринчи- икки-/иккала- уч/учта-/учала-/учинчи- тўрт- беш- олти/олтита-/олтинчи- "
    "етти- саккиз- тўққиз- ўн/ўнта-/ўнинчи-",
    Tag("az"): "bir/biri/birinci- iki-/ikinci- üç/üçü/üçüncü- dörd- beş- altı/altıncı- yeddi- səkkiz- doqquz- "
    "on/onuncu-",
}
# In the same way, what numbers beyond ten are made of, halves and pairs: which digits they stand for is not told here.
_UNTOLD: Final[dict[Tag, str]] = {
    Tag("en"): "eleven- twelve twelfth dozen- thirteen- fourteen- fifteen- sixteen- seventeen- eighteen- "
    "nineteen- twent- thirty thirtie- forty fortie- fifty fiftie- sixty sixtie- seventy seventie- eighty "
    "eightie- ninety ninetie- hundred- thousand- couple- pair pairs half halves quarter- double- triple-",
    Tag("ru"): "одиннадцат- двенадцат- дюжин- тринадцат- четырнадцат- пятнадцат- шестнадцат- семнадцат- "
    "восемнадцат- девятнадцат- двадцат- тридцат- сорок сорока сороко- пятьдесят пятидесят- шестьдесят "
    "шестидесят- семьдесят семидесят- восемьдесят восьмидесят- девяност- сто ста сот сотн- сотен двести "
    "двухсот- триста трёхсот- трехсот- четыреста четырёхсот- четырехсот- пятьсот пятисот- шестьсот шестисот- "
    "семьсот семисот- восемьсот восьмисот- девятьсот девятисот- полтор- тысяч- полови- пара пару пары пар "
    "двойн- тройн-",
    Tag("kk"): "он жиырма- отыз- қырық- елу- алпыс- жетпіс- сексен- тоқсан- жүз жүзден жүздеген жүзінші- мың- "
    "жарты- жарым- жұп",
    Tag("ky"): "он жыйырма- отуз- кырк- элүү- алтымыш- жетимиш- сексен- токсон- жүз жүздөн жүздөгөн жүзүнчү- "
    "миң- жарым- жуп",
    Tag("tg"): "ёздаҳ- дувоздаҳ- сездаҳ- сенздаҳ- чордаҳ- чаҳордаҳ- понздаҳ- шонздаҳ- ҳабдаҳ- ҳафдаҳ- ҳаждаҳ- "
    "нуздаҳ- бист- сӣ сию чил- панҷоҳ- шаст- ҳафтод- ҳаштод- навад- сад сади садҳо садум- ҳазор- ним нима- "
    "ҷуфт-",
    Tag("tk"): "on ýigrimi- otuz- kyrk- elli- altmyş- ýetmiş- segsen- togsan- ýüz ýüzden ýüzlerçe ýüzünji- "
    "müň- ýarym- jübüt-",
    Tag("uz"): "oʻn oʻnta- yigirma- oʻttiz- qirq- ellik- oltmish- yetmish- sakson- toʻqson- yuz yuzta- yuzdan "
    "yuzlab yuzinchi- ming- yarim- juft-",
    Tag("uz-Cyrl"): "ўн ўнта- йигирма- ўттиз- қирқ- эллик- олтмиш- етмиш- саксон- тўқсон- юз юзта- юздан "
    "юзлаб юзинчи- минг- ярим- жуфт-",
    Tag("az"): "on iyirmi- otuz- qırx- əlli- altmış- yetmiş- səksən- doxsan- yüz yüzdən yüzlərlə yüzüncü- min "
    "yarım- cüt",
}
_SCALES: Final = {
    **dict.fromkeys(("thousand", "тыс", "мың", "миң", "ҳазор", "müň", "ming", "минг", "min"), 1000),
    **dict.fromkeys(("hundred", "сто", "жүз", "сад", "ýüz", "yuz", "юз", "yüz"), 100),
    **dict.fromkeys(("million", "mln", "млн", "миллион"), 1_000_000),
    **dict.fromkeys(("billion", "mlrd", "млрд", "миллиард", "milliard"), 1_000_000_000),
}
_ENDINGS: Final = 4  # letters that may stand behind a word's beginning
_MAY: Final = re.compile(r"may|ма[йяюеи]|маем|май(?:ы|и|да|дын|га)|ma[yý](?:da|dan|ning|yň|ga|a)?|мамыр\w{0,5}")


def scale_of(word: str) -> int:
    """Return by what a word multiplies, thousand or more; 1 if it doesn't."""
    word = word.casefold()
    return next((scale for stem, scale in _SCALES.items() if word.startswith(stem)), 1)


def number_of(word: str, tag: Tag) -> int:
    """Return the number from 1 to 10 that a word may name, or 0."""
    word = word.casefold()
    return next((number for one, number in _words(tag) if _is(word, one)), 0)


def may_count(words: Iterable[str], tag: Tag) -> bool:
    """Tell whether words may stand for a number that `named` cannot tell; those of a language without a table may."""
    row = _row(tag)
    return row is None or any(_is(word.casefold(), one) for word in words for one in _UNTOLD[row].split())


def _is(word: str, row: str) -> bool:
    """Tell whether a word is one of a table, or begins as one that has a hyphen behind it."""
    if row[-1] != "-":
        return word == row
    return word.startswith(row[:-1]) and len(word) < len(row) + _ENDINGS


@lru_cache(maxsize=64)
def _words(tag: Tag) -> tuple[tuple[str, int], ...]:
    row = _row(tag)
    words = _NUMBERS[row].split() if row else []
    return tuple((one, number) for number, word in enumerate(words, 1) for one in word.split("/"))


def month_of(word: str, tag: Tag) -> int:
    """Return the month from 1 to 12 that a word names in a language, in whatever case of grammar, or 0."""
    plain = word.casefold()
    if _MAY.fullmatch(plain):
        return 5 if spoken(tag) != "en" or word[:1].isupper() else 0
    for stem, month in _months(spoken(tag)).get(plain[:3], ()):
        if plain.startswith(stem) and len(plain) <= len(stem) + 2 * _ENDINGS:
            return month if spoken(tag) != "en" or word[:1].isupper() else 0
    return 0


@lru_cache(maxsize=64)
def _months(tag: Tag) -> dict[str, list[tuple[str, int]]]:
    try:
        forms = date_forms(tag)
    except ValueError:
        return {}
    found: dict[str, list[tuple[str, int]]] = {}
    for names in (forms.months, forms.headings):
        for month, name in enumerate(names, 1):
            stem = name.casefold().rstrip("ьяйиыуеіiyýаұ.")
            if len(stem) > 2 and month != 5:
                found.setdefault(stem[:3], []).append((stem, month))
    return found


def spoken(tag: Tag) -> Tag:
    """Return the language of a text; the msgids of a template are taken for English."""
    return Tag("en") if tag == NO_LANGUAGE else tag


def _row(tag: Tag) -> Tag | None:
    try:
        return nearest(spoken(tag), _NUMBERS)
    except ValueError:
        return None


def roman(word: str) -> int:
    """Return the value of a Roman numeral (its letters may be Cyrillic ones that look like them), or 0."""
    letters = word.translate(str.maketrans("ІХСМ", "IXCM"))
    if not 0 < len(letters) <= 15 or not set(letters) <= set(_ROMAN):
        return 0
    values = [_ROMAN[letter] for letter in letters]
    return sum(-one if one < max(values[at:]) else one for at, one in enumerate(values))


_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def named(words: Iterator[str], tag: Tag) -> Iterator[int]:
    """Yield every number that words may name: numbers up to ten, alone and multiplied, Roman ones, months."""
    before = 0
    for word in words:
        number, scale = number_of(word, tag), scale_of(word)
        yield from (one for one in (number, roman(word), month_of(word, tag)) if one)
        if scale > 1:
            yield scale * (before or 1)
        before = number
