"""What may stand in a glossary: how it is tidied, what makes two terms one, and what is wrong with what was typed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from app.domain.checks.signs import UNUSABLE
from app.domain.errors import Problem
from app.domain.folding import ONE_APOSTROPHE, alike, words
from app.domain.glossary import Term
from app.domain.said import Said, saying

LONGEST: Final = 200
"""Letters of a term, and of each translation."""

LONGEST_NOTE: Final = 1_000

MOST_FORBIDDEN: Final = 20

MOST: Final = 10_000
"""Terms from one language into another."""


def tidy(term: Term) -> Term:
    """Return a term as it is kept: each phrase on one line, nothing twice, no sign that nothing shows."""
    forbidden = dict.fromkeys(_line(one) for one in term.forbidden)
    note = "\n".join(UNUSABLE.sub("", line).rstrip() for line in term.note.splitlines()).strip()
    return replace(
        term, term=_line(term.term), translation=_line(term.translation), note=note,
        forbidden=tuple(one for one in forbidden if one),
    )  # fmt: skip


def folded(words_of: str) -> str:
    """Return what two ways of writing one term have in common: capitals, apostrophes and spaces make no other one."""
    return alike(_line(words_of).translate(ONE_APOSTROPHE))


def problems(term: Term, *, path: str = "", line: int = 0) -> Iterator[Problem]:
    """Yield what keeps a tidy term out of the glossary; each names the field that it is about."""
    yield from (Problem(path=path, line=line, reason=said) for said in _faults(term))


def _faults(term: Term) -> Iterator[Said]:
    said_of_it = bool(term.translation or term.forbidden or term.note or term.keep)
    twice = [one for one in term.forbidden if folded(one) == folded(term.term if term.keep else term.translation)]
    if not term.term:
        yield saying("the term is missing")
    elif not any(words(term.term)):
        yield saying("the term has no letter and no digit, so no text is ever found to have it")
    if max(len(term.term), len(folded(term.term))) > LONGEST:
        yield saying("the term has %(length)s letters, and %(most)s are the most", length=len(term.term), most=LONGEST)
    if len(term.translation) > LONGEST:
        length = len(term.translation)
        yield saying("the translation has %(length)s letters, and %(most)s are the most", length=length, most=LONGEST)
    if term.keep and term.translation:
        yield saying("the translation is to be empty where the term is not to be translated")
    if term.term and not said_of_it:
        yield saying("the translation is missing, and nothing else is said of the term either")
    if len(term.forbidden) > MOST_FORBIDDEN or any(len(one) > LONGEST for one in term.forbidden):
        yield saying(
            "what is not to be written has %(count)s lines at most, of %(most)s letters each",
            count=MOST_FORBIDDEN, most=LONGEST,
        )  # fmt: skip
    if twice:
        yield saying("“%(word)s” cannot be the translation and be forbidden at once", word=twice[0])
    if len(term.note) > LONGEST_NOTE:
        length = len(term.note)
        yield saying("the note has %(length)s letters, and %(most)s are the most", length=length, most=LONGEST_NOTE)


def _line(words_of: str) -> str:
    return " ".join(UNUSABLE.sub("", words_of.replace("\0", "")).split())
