"""What a machine is given to translate, and what its answer is worth: no placeholder, link or mark may be lost."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.checks.masking import MASK, prose
from app.domain.checks.pair import Check, Pair, Severity
from app.domain.checks.table import findings
from app.domain.segments import Tag

Languages = Mapping[str, Sequence[str]]
"""Into which languages a service translates, by that of the source; both as the service spells them."""

_UNSENT: Final = frozenset(
    {"slug", "file", "fact", "code", "html", "rule", "reference", "untranslated", "table"}
)  # fmt: skip
_HARM: Final = frozenset({Check.LINKS, Check.STRUCTURE, Check.TAGS, Check.NAMES, Check.BRACKETS, Check.SAME})
_MARK = r"(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+"
_LEAD = re.compile(rf"\s*(?:{_MARK})*")
_LEAD_OF_A_MESSAGE = re.compile(r"\s*")
_HARD_BREAK = re.compile(r"(?:(?<! ) {2,}|\\)\n[ \t>]*")
_SOFT_BREAK = re.compile(r"(?<![ \t])[ \t]*(?:\n[ \t]*(?:>[ \t]*)*)+")
_NESTED = re.compile(r"\n[ \t]*(?:>[ \t]*)*(?:[-*+]|\d{1,9}[.)])[ \t]|\n[ \t>]*\n")
_TOKEN = re.compile(r"\[\s*[XxХх]\s*(\d{1,4})\s*[XxХх]\s*\]")


def texts_for(pair: Pair) -> tuple[str, ...]:
    """Return what a machine is asked about a segment; nothing of what it should not touch, or has no words.

    What is no prose stands there as `[X0X]`, `[X1X]`… Of a message with a plural it is asked for both forms, if the
    language has no more than they say.
    """
    if pair.kind in _UNSENT or (pair.is_plural and pair.forms > len(pair.source)):
        return ()
    told = [_Hidden(one, pair) for one in _sources(pair)]
    return tuple(one.text for one in told) if told and all(one.is_fit for one in told) else ()


def forms_of(pair: Pair, answers: Sequence[str]) -> tuple[str, ...]:
    """Return a segment's forms as they are made of a machine's answers; nothing if those cannot be used.

    That is where it lost or doubled what stood for a placeholder, or where checks find an error, another structure,
    other links or tags than the source's, or the source itself.
    """
    sources = _sources(pair)
    if len(answers) != len(sources):
        return ()
    made = tuple(_Hidden(source, pair).shown(answer) for source, answer in zip(sources, answers, strict=True))
    if not all(made) or any(
        one.severity is Severity.ERROR or one.check in _HARM for one in findings(replace(pair, target=made))
    ):
        return ()
    return made


def lost_marks(pair: Pair, answers: Sequence[str]) -> bool:
    """Tell whether what stood for a placeholder, a link or a mark is missing in a machine's answers, or there twice."""
    return any(
        not _Hidden(source, pair).is_whole(answer) for source, answer in zip(_sources(pair), answers, strict=False)
    )


def _sources(pair: Pair) -> tuple[str, ...]:
    return pair.source[-pair.forms :] if pair.is_plural else pair.source[:1]


class _Hidden:
    """A text without what is no prose: white space and marks around it, and tokens in place of the rest."""

    def __init__(self, source: str, pair: Pair) -> None:
        is_message = pair.kind == "message"
        found = (_LEAD_OF_A_MESSAGE if is_message else _LEAD).match(source)
        self._lead = found[0] if found else ""
        core = source[len(self._lead) :].rstrip()
        self._tail = source[len(self._lead) + len(core) :]
        self._parts = list[str]()
        self.is_fit = not _TOKEN.search(core) and (is_message or not _NESTED.search(core))
        text = _with(_HARD_BREAK if not is_message else _SOFT_BREAK, core, lambda one: MASK * len(one))
        hidden = prose(text, pair.flags)
        self.text = _SOFT_BREAK.sub(" ", _tokens(hidden, core, self._parts))
        self.is_fit &= any(letter.isalpha() for letter in _TOKEN.sub("", self.text))

    def is_whole(self, answer: str) -> bool:
        """Tell whether an answer has each token once."""
        return sorted(_TOKEN.findall(answer), key=int) == [str(number) for number in range(len(self._parts))]

    def shown(self, answer: str) -> str:
        """Return an answer with everything in its place again; nothing if something is missing, or there twice."""
        if not self.is_whole(answer):
            return ""
        words = " ".join(answer.split("\n")).strip()
        return self._lead + _TOKEN.sub(lambda found: self._parts[int(found[1])], words) + self._tail


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
