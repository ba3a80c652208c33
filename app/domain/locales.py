"""Locales: the spellings of a language tag, and which locale a browser's wishes lead to.

A tag (BCP 47, `uz-Cyrl`) stands in URLs and `lang` attributes, a Babel identifier (`uz_Cyrl`) in names of folders.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.plurals import get_plural

from app.domain.languages import LANGUAGES, Direction, Language
from app.domain.segments import NO_LANGUAGE, Tag

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.ASCII | re.IGNORECASE,
)
_LONGEST_TAG = 35  # what RFC 5646, section 4.4.1, says is enough for any tag in use


def parse_tag(written: str) -> Tag:
    """Return a tag in its canonical case (`UZ-cyrl-uz` → `uz-Cyrl-UZ`).

    Takes `language[-Script][-REGION][-variant…]` of RFC 5646, section 2.1; ValueError if it isn't that.
    """
    found = _TAG.fullmatch(written) if len(written) <= _LONGEST_TAG else None
    variants = found["variants"].lower() if found else ""
    if found is None or len(set(variants.split("-")[1:])) < variants.count("-"):
        raise ValueError(f"not a language tag: {written[:40]!r} (BCP 47, as in ky, uz-Cyrl or pt-BR)")
    script, region = (found["script"] or "").title(), (found["region"] or "").upper()
    return Tag("-".join(part for part in (found["language"].lower(), script, region) if part) + variants)


def babel_identifier(tag: Tag) -> str:
    """Return how Babel and gettext's folders spell the tag: `uz_Cyrl`, `ca_ES_VALENCIA`; ValueError if it is no tag."""
    first, *rest = parse_tag(tag).split("-")
    return "_".join((first, *(part.upper() if len(part) > 4 else part for part in rest)))


def tag_of(identifier: str) -> Tag:
    """Return the tag of a Babel identifier; ValueError if it is none (`sr@latin`, `templates`)."""
    if "-" in identifier:
        raise ValueError(f"not a locale identifier: {identifier[:40]!r} (as in ky, uz_Cyrl or pt_BR)")
    return parse_tag(identifier.replace("_", "-"))


def catalogue_path(domain: str, tag: Tag, *, draft: bool) -> str:
    """Return the logical path in the tree of a domain's catalogue, or of its template."""
    mark = ".draft" if draft else ""
    if tag == NO_LANGUAGE:
        return f"translations/{domain}{mark}.pot"
    return f"translations/{babel_identifier(tag)}/LC_MESSAGES/{domain}{mark}.po"


@lru_cache(maxsize=256)
def language(tag: Tag) -> Language:
    """Return what we know of a language: from our own table, or else from CLDR; ValueError if both are silent.

    CLDR knows neither alphabets nor quotation marks in Babel's edition: those of a derived language are empty, and “ ”.
    """
    canonical = parse_tag(tag)
    row = nearest(canonical, LANGUAGES)
    if row:
        return replace(LANGUAGES[row], tag=canonical, babel=babel_identifier(canonical))
    locale = _cldr(canonical)
    return Language(
        tag=canonical,
        babel=babel_identifier(canonical),
        endonym=_titled(locale.get_display_name(locale) or locale.english_name or canonical),
        script=_script(locale),
        direction=Direction.RTL if locale.character_order == "right-to-left" else Direction.LTR,
        plural_forms=get_plural(locale).plural_forms,
    )


def nearest(tag: Tag, rows: Container[Tag]) -> Tag | None:
    """Return which row of a table speaks for a tag: its own, or that of its language in the same script, or none.

    `uz-Latn-UZ` has the row of `uz`, which `uz-Cyrl` has not. ValueError if CLDR doesn't know the language.
    """
    canonical = parse_tag(tag)
    if canonical in rows:
        return canonical
    locale = _cldr(canonical)
    script = _script(locale)
    for candidate in (f"{locale.language}-{script}", locale.language):
        if candidate in rows and _script(Locale.parse(candidate, sep="-")) == script:
            return Tag(candidate)
    return None


def kin(asked: str, locales: Iterable[Tag]) -> list[Tag]:
    """Return the locales in a tag's language and script, `en-GB` for `en`; for a bare language in any, its own first.

    They speak to the same readers, which is less than `nearest` tells: what is said of `pt-BR` need not hold of `pt`.
    """
    wanted = _speech(asked)
    told = [(tag, _speech(tag)) for tag in locales]
    others = [tag for tag, speech in told if speech != wanted and speech[0] == asked.lower()]
    return [tag for tag, speech in told if speech == wanted] + others


def cldr(tag: Tag) -> Locale:
    """Return CLDR's data for a language, through Babel; ValueError if it isn't a tag or CLDR doesn't know it."""
    return _cldr(parse_tag(tag))


def called(tag: Tag, locale: Tag) -> str:
    """Return the name of a language in another one, its own name where that has none for it."""
    return _CALLED.get((locale, tag)) or cldr(tag).get_display_name(cldr(locale)) or language(tag).endonym


_CALLED: Final = {(Tag("ru"), Tag("ky")): "кыргызский"}
"""What newsrooms write otherwise than CLDR, which has *киргизский* and *Киргизия* (`countries.py`)."""


@lru_cache(maxsize=256)
def _cldr(tag: Tag) -> Locale:
    found = _TAG.fullmatch(tag)
    assert found is not None  # noqa: S101  # a Tag has been through parse_tag
    speech, script, region = found["language"], found["script"], found["region"]
    shorter = ("_".join(part for part in parts if part) for parts in ((speech, script, region), (speech, script)))
    for identifier in (babel_identifier(tag), *shorter):
        try:
            locale = Locale.parse(identifier)
        except (UnknownLocaleError, ValueError):
            continue
        # Babel quietly gives `en` for `en-Cyrl` and `en_US` for `und`: another language than was asked for.
        if locale.language == speech and script in {None, _script(locale)} and locale.territory in {None, region}:
            return locale
    raise ValueError(f"a language that neither we nor CLDR know: {tag}")


def with_country(tag: Tag) -> str:
    """Return a language with a country as the Open Graph protocol spells it, `kk_KZ`: its own, or CLDR's likely one."""
    locale = cldr(tag)
    likely = str(get_global("likely_subtags").get(locale.language, ""))
    country = locale.territory or likely.rpartition("_")[2]
    return f"{locale.language}_{country}" if country else str(locale.language)


def _script(locale: Locale) -> str:
    """Return the script that a language is written in where its tag doesn't say, by CLDR's likely subtags."""
    return locale.script or _likely_script(locale.language, locale.territory) or "Zyyy"


def _likely_script(speech: str, region: str | None) -> str | None:
    likely = get_global("likely_subtags")
    spelled = likely.get(f"{speech}_{region}") or likely.get(speech)
    return None if spelled is None else str(spelled).split("_")[1]


def _speech(tag: str) -> tuple[str, str | None]:
    """Return a tag's language and its script, or the likely one; of what is no tag the whole and none."""
    found = _TAG.fullmatch(tag)
    if not found:
        return tag, None
    speech = found["language"].lower()
    return speech, (found["script"] or "").title() or _likely_script(speech, (found["region"] or "").upper())


def _titled(name: str) -> str:
    """Begin a name with a capital, as names do in the language switch; `isiZulu` has its own, Georgian has none."""
    first, space, rest = name.partition(" ")
    return name if first != first.lower() else first[:1].title() + first[1:] + space + rest


_LONGEST_HEADER = 1000
_MOST_RANGES = 50
_RANGE = re.compile(
    r"[ \t]*(?P<range>\*|[a-z]{1,8}(-[a-z0-9]{1,8})*)[ \t]*(;[ \t]*q=(?P<q>0(\.[0-9]{0,3})?|1(\.0{0,3})?)[ \t]*)?",
    re.ASCII | re.IGNORECASE,
)


def lookup(accept_language: str, available: Sequence[Tag], default: Tag) -> Tag:
    """Return the one of `available` that suits a browser's Accept-Language best, else `default`.

    RFC 4647, section 3.4 (each wish in turn, shortened from its end: `uz-Latn-UZ`, `uz-Latn`, `uz`), then its `kin`,
    and what is in the wish's script before what isn't (`zh-TW` rather finds `zh-Hant-TW` than `zh`); with the weights
    of RFC 9110, section 12.5.4: what has q=0 isn't served, unless nothing else is left. Parts that are malformed, and
    what lies beyond 1000 characters or 50 parts, are as if they weren't there.
    """
    wishes = list(_wishes(accept_language))
    served = {tag.lower(): tag for tag in (default, *available) if _weight(tag.lower(), wishes) != 0}
    for wish, _ in sorted((pair for pair in wishes if pair[1]), key=lambda pair: -pair[1]):
        if wish == "*":
            candidates = [served[tag] for tag in served if _weight(tag, wishes) is None]
        else:
            candidates = [served[shortened] for shortened in _shortened(wish) if shortened in served]
            candidates += sorted(kin(wish, served.values()), key=lambda tag: -(_weight(tag.lower(), wishes) or 0))
            candidates.sort(key=lambda tag: _speech(tag) != _speech(wish))
        if candidates:
            return candidates[0]
    return next(iter(served.values()), default)


def _wishes(header: str) -> Iterator[tuple[str, float]]:
    """Yield the ranges of an Accept-Language with their weights, in the order of the header."""
    kept = header[:_LONGEST_HEADER]
    if len(header) > _LONGEST_HEADER:
        kept = kept.rpartition(",")[0]  # half a tag would be another tag
    for part in kept.split(",")[:_MOST_RANGES]:
        found = _RANGE.fullmatch(part)
        if found:
            yield found["range"].lower(), float(found["q"] or 1)


def _weight(tag: str, wishes: list[tuple[str, float]]) -> float | None:
    """Return the weight that the header gives a tag by name: of the longest range that is the tag or its beginning."""
    naming = [(len(wish), quality) for wish, quality in wishes if tag == wish or tag.startswith(f"{wish}-")]
    return max(naming)[1] if naming else None


def _shortened(wish: str) -> Iterator[str]:
    """Yield a range and what is left when subtags are taken from its end; a single letter goes with what it began.

    Before the bare language comes the script that a region, or the language itself, stands for (CLDR's likely subtags):
    `zh-TW` finds `zh-Hant`, and `uz` the `uz-Latn` of a site that spells it out.
    """
    parts = wish.split("-")
    found = _TAG.fullmatch(wish)
    script = _speech(wish)[1] if found and not found["script"] else None
    while parts:
        if script and len(parts) == 1:
            yield f"{parts[0]}-{script.lower()}"
        yield "-".join(parts)
        parts.pop()
        while parts and len(parts[-1]) == 1:
            parts.pop()
