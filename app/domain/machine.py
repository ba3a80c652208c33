"""What a machine is given to translate, and what its answer is worth: no placeholder, link or mark may be lost.

A block of several parts (a table, a nested list) is given part by part: `spans` are where the words of each stand, and
what is between them is no machine's.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.checks.masking import MASK, prose
from app.domain.checks.pair import Check, Pair, Severity, Span
from app.domain.checks.table import findings
from app.domain.segments import Tag

Languages = Mapping[str, Sequence[str]]
"""Into which languages a service translates, by that of the source; both as the service spells them."""

_UNSENT: Final = frozenset(
    {"slug", "file", "fact", "code", "html", "rule", "reference", "untranslated"}
)  # fmt: skip
_HARM: Final = frozenset({Check.LINKS, Check.STRUCTURE, Check.TAGS, Check.NAMES, Check.BRACKETS, Check.SAME})
_MARK = r"(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+"
_LEAD = re.compile(rf"\s*(?:{_MARK})*")
_LEAD_OF_A_MESSAGE = re.compile(r"\s*")
_HARD_BREAK = re.compile(r"(?:(?<! ) {2,}|\\)\n[ \t>]*")
_SOFT_BREAK = re.compile(r"(?<![ \t])[ \t]*(?:\n[ \t]*(?:>[ \t]*)*)+")
_NESTED = re.compile(r"\n[ \t]*(?:>[ \t]*)*(?:[-*+]|\d{1,9}[.)])[ \t]|\n[ \t>]*\n")
_BAR = re.compile(r"(?<!\\)\|")
_TOKEN = re.compile(r"\[\s*[XxХх]\s*(\d{1,4})\s*[XxХх]\s*\]")
_UNNAMED_PERCENT = re.compile(r"%(?!\()")
_UNNAMED_BRACE = re.compile(r"\{[:!}]")


def texts_for(pair: Pair, spans: Sequence[Span] = ()) -> tuple[str, ...]:
    """Return what a machine is asked about a segment; nothing of what it should not touch, or has no words.

    What is no prose stands there as `[X0X]`, `[X1X]`…; a part without words is not sent. Of a message with a plural it
    is asked for both texts, or for the plural alone where that stands in every form (`_is_for_all`).
    """
    if pair.kind in _UNSENT or (pair.kind == "table" and not spans):
        return ()
    told = _asked(pair, spans)
    return tuple(one.text for one in told) if all(one.is_fit for one in told) else ()


def forms_of(pair: Pair, answers: Sequence[str], spans: Sequence[Span] = ()) -> tuple[str, ...]:
    """Return a segment's forms as they are made of a machine's answers; nothing if those cannot be used.

    That is where it lost or doubled what stood for a placeholder, where placeholders without names changed places (“%s
    to %s” would say the opposite), or where checks find an error, another structure, other links or tags than the
    source's, or the source itself.

    No machine that we ask tells the forms of a language apart that has more than one for one thing and one for many.
    So in Russian the singular's words go into the form of 1, 21, 31…, and those of the plural into all others, where
    they are right for some numbers alone: what a machine made is never done until a person has read it.
    """
    told = _asked(pair, spans)
    if not told or len(answers) != len(told):
        return ()
    words = [one.shown(answer) for one, answer in zip(told, answers, strict=True)]
    if not all(words) or (pair.kind == "table" and any(_BAR.search(one) for one in words)):
        return ()
    if pair.is_plural:
        made = tuple(words[0] if form == pair.one else words[-1] for form in range(pair.forms))
    else:
        made = (_put_back(pair.source[0], told, words),)
    if any(one.severity is Severity.ERROR or one.check in _HARM for one in findings(replace(pair, target=made))):
        return ()
    return made


def lost_marks(pair: Pair, answers: Sequence[str], spans: Sequence[Span] = ()) -> bool:
    """Tell whether what stood for a placeholder, a link or a mark is missing in a machine's answers, or there twice."""
    return any(not one.is_whole(answer) for one, answer in zip(_asked(pair, spans), answers, strict=False))


def _asked(pair: Pair, spans: Sequence[Span]) -> list["_Hidden"]:
    """Return the parts of a segment that have words, or that it is not fit for a machine by."""
    if pair.is_plural:
        one, many = (_Hidden(source, pair) for source in pair.source)
        return [many] if _is_for_all(pair, one, many) else [one, many]
    if not spans:
        return [_Hidden(source, pair) for source in pair.source[:1]]
    parts = [_Hidden(pair.source[0][start:end], pair, at=start) for start, end in spans]
    return [one for one in parts if one.has_words or not one.is_apart]


def _is_for_all(pair: Pair, one: "_Hidden", many: "_Hidden") -> bool:
    """Tell whether the words of the plural stand in every form.

    That is where a language has no other, and where the singular says no number (*One file*) that its form would have
    to say: in Russian it is that of 21 files, too.
    """
    return pair.forms == 1 or (pair.one not in pair.rare and sorted(one.hidden) != sorted(many.hidden))


def _put_back(source: str, told: Sequence["_Hidden"], words: Sequence[str]) -> str:
    """Return a text with words in the place of the parts that a machine was asked for."""
    for one, put in reversed([*zip(told, words, strict=True)]):
        source = source[: one.start] + put + source[one.end :]
    return source


class _Hidden:
    """A text without what is no prose: white space and marks around it, and tokens in place of the rest."""

    def __init__(self, source: str, pair: Pair, *, at: int = 0) -> None:
        self.start, self.end = at, at + len(source)
        is_message = pair.kind == "message"
        found = (_LEAD_OF_A_MESSAGE if is_message else _LEAD).match(source)
        self._lead = found[0] if found else ""
        core = source[len(self._lead) :].rstrip()
        self._tail = source[len(self._lead) + len(core) :]
        self.hidden = list[str]()
        # neither nested further, nor written as what stands in place of something else
        self.is_apart = not _TOKEN.search(core) and (is_message or not _NESTED.search(core))
        text = _with(_HARD_BREAK if not is_message else _SOFT_BREAK, core, lambda one: MASK * len(one))
        self.text = _SOFT_BREAK.sub(" ", _tokens(prose(text, pair.flags), core, self.hidden))
        self.has_words = any(letter.isalpha() for letter in _TOKEN.sub("", self.text))
        self._in_order = [number for number, part in enumerate(self.hidden) if _is_unnamed(part, pair.flags)]

    @property
    def is_fit(self) -> bool:
        """Tell whether a machine can be given it."""
        return self.is_apart and self.has_words

    def is_whole(self, answer: str) -> bool:
        """Tell whether an answer has each token once."""
        return sorted(_TOKEN.findall(answer), key=int) == [str(number) for number in range(len(self.hidden))]

    def shown(self, answer: str) -> str:
        """Return an answer with everything in its place again.

        Nothing if something is missing, or there twice, or placeholders without names have changed places.
        """
        if not self.is_whole(answer) or not self._keeps_order(answer):
            return ""
        words = " ".join(answer.split("\n")).strip()
        return self._lead + _TOKEN.sub(lambda found: self.hidden[int(found[1])], words) + self._tail

    def _keeps_order(self, answer: str) -> bool:
        unnamed = set(self._in_order)
        return [number for number in map(int, _TOKEN.findall(answer)) if number in unnamed] == self._in_order


def _is_unnamed(part: str, flags: tuple[str, ...]) -> bool:
    """Tell whether values are put into a part by their order alone: `%s` or `{}`, and not `%(name)s` or `{name}`."""
    has_percents = "python-format" in flags or "c-format" in flags
    return bool(_UNNAMED_BRACE.search(part) or (has_percents and _UNNAMED_PERCENT.search(part.replace("%%", ""))))


def _with(rule: re.Pattern[str], text: str, put: Callable[[str], str]) -> str:
    return rule.sub(lambda found: put(found[0]), text)


def _tokens(hidden: str, text: str, parts: list[str]) -> str:
    """Return a text with a token for each run of masks; what they stand for is added to `parts`."""

    def token(found: re.Match[str]) -> str:
        parts.append(text[found.start() : found.end()])
        return f"[X{len(parts) - 1}X]"

    return re.sub(f"{MASK}+", token, hidden)


def spelled(languages: Languages, source: Tag, target: Tag) -> tuple[str, str] | None:
    """Return how a service spells two languages between which it translates; None if it does not."""
    for one in _alike(languages, source):
        if (other := next(iter(_alike(languages[one], target)), None)) is not None:
            return one, other
    return None


def _alike(known: Iterable[str], tag: Tag) -> list[str]:
    """Return which of the codes mean a language: itself, without its country, or in one of its countries.

    A script is never guessed: who asks for `uz-Cyrl` is not given `uz`.
    """
    by_tag = {code.lower(): code for code in sorted(known, reverse=True)}
    wanted = tag.lower()
    language, _, rest = wanted.partition("-")
    found = [by_tag[one] for one in (wanted, language if len(rest) == 2 else wanted) if one in by_tag]
    return found or [code for one, code in sorted(by_tag.items()) if not rest and _is_regional(one, language)]


def _is_regional(code: str, language: str) -> bool:
    return code.startswith(f"{language}-") and len(code) == len(language) + 3
