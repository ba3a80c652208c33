"""Names that no language translates: addresses, names of files, what a link leads to, tags of HTML."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from app.domain.checks.masking import ADDRESS, FILE, TAG
from app.domain.checks.pair import Fault, Pair
from app.domain.said import Said, saying

_NAME = re.compile(f"(?:{ADDRESS})|{FILE}", re.ASCII)
_LINK = re.compile(r"\]\(\s*+<?+((?:[^()\s<>]|\([^()\s]*+\))++)")
_REFERENCE = re.compile(r"\]\[([^\[\]\n]++)\]|\[(\^[^\[\]\s]++)\](?!:)")
_HTML = re.compile(TAG)
_MOST = 3


def names(pair: Pair, at: int) -> Iterator[Fault]:
    """Find addresses and files of the source that a form lacks, and those that it has invented."""

    def lacking(name: str) -> Said:
        return saying("%(name)s of the source is missing", name=name)

    def invented(name: str) -> Said:
        return saying("%(name)s is not in the source", name=name)

    yield from _differing(pair, at, _names, lacking, invented)


def links(pair: Pair, at: int) -> Iterator[Fault]:
    """Find links and images of the source that a form lacks, and those that it has invented."""

    def lacking(address: str) -> Said:
        return saying("the link to %(address)s is missing", address=address)

    def invented(address: str) -> Said:
        return saying("the link to %(address)s is not in the source", address=address)

    yield from _differing(pair, at, _links, lacking, invented)


def tags(pair: Pair, at: int) -> Iterator[Fault]:
    """Find tags of HTML of the source that a form lacks, and those that it has invented."""

    def lacking(tag: str) -> Said:
        return saying("the tag %(tag)s of the source is missing", tag=tag)

    def invented(tag: str) -> Said:
        return saying("the tag %(tag)s is not in the source", tag=tag)

    yield from _differing(pair, at, _tags, lacking, invented)


def _differing(
    pair: Pair,
    at: int,
    read: Callable[[str], list[str]],
    lacking: Callable[[str], Said],
    invented: Callable[[str], Said],
) -> Iterator[Fault]:
    asked, given = read(pair.asked), read(pair.target[at])
    if not asked and not given:
        return
    wanted, there = ({_plain(one, pair): one for one in found} for found in (asked, given))
    counts = Counter(_plain(one, pair) for one in asked), Counter(_plain(one, pair) for one in given)
    missing = [wanted[one] for one in counts[0] - counts[1]] if at not in pair.rare else []
    more = [there[one] for one in counts[1] - counts[0] if one not in pair.source[0].casefold()]
    yield from (Fault(lacking(one)) for one in missing[:_MOST])
    for one in more[:_MOST]:
        start = pair.target[at].find(one)
        yield Fault(invented(one), (start, start + len(one)))


def _plain(name: str, pair: Pair) -> str:
    """Return a name without what says its language, as in `/ru/`, `ru.wikipedia.org`, `memorandum.ru.pdf`."""
    plain = name.casefold()
    for tag in (pair.source_tag, pair.target_tag):
        plain = _language(tag).sub("*", plain)
    return "*" if plain.startswith("*/") else plain  # a page of the site itself is called otherwise in each language


@lru_cache(maxsize=64)
def _language(tag: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])/?{re.escape(tag.casefold())}(?=[./]|$)")


def _names(text: str) -> list[str]:
    text = _HTML.sub(" ", _LINK.sub("](", text)) if "](" in text or "<" in text else text
    return [found[0].rstrip(".,;:!?*_") for found in _NAME.finditer(text)] if "." in text or ":" in text else []


def _links(text: str) -> list[str]:
    """Return where links and images lead: addresses, and the labels of what stands elsewhere in the text, `^1` too."""
    there = _LINK.findall(text) if "](" in text else []
    labels = (found[1] or found[2] for found in _REFERENCE.finditer(text)) if "][" in text or "[^" in text else ()
    return [*there, *labels]


def _tags(text: str) -> list[str]:
    return [_bare(found[0]) for found in _HTML.finditer(text)] if "<" in text else []


def _bare(tag: str) -> str:
    name = re.match(r"</?[a-zA-Z][^\s/>]*+", tag)
    return f"{name[0]}>" if name else tag
