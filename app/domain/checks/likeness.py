"""How a translation is like its source as a whole: the same, far longer or shorter; and like its others elsewhere."""

import re
from collections import defaultdict
from collections.abc import Iterator

from app.domain.checks.masking import prose
from app.domain.checks.number_words import spoken
from app.domain.checks.pair import Fault, Pair
from app.domain.checks.punctuation import nearest_row
from app.domain.glossary import Term, found_in, places
from app.domain.languages import LANGUAGES
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.side_by_side import FORMS

_WORD = re.compile(r"[^\W\d_]{2,}+")
_FREE = 40  # letters by which any translation may be longer or shorter
_TIMES = 3
_LONGEST = 60  # of another translation, letters that are shown


def same(pair: Pair, at: int) -> Iterator[Fault]:
    """Find a form that was left as its source is, unless that is a name, a number or code."""
    form, source = pair.target[at], pair.asked
    one, other = spoken(pair.source_tag).partition("-")[0], pair.target_tag.partition("-")[0]
    if form.strip() != source.strip() or one == other:
        return
    words = _WORD.findall(prose(form, pair.flags))
    kept = {term.term.casefold() for term in pair.terms if term.keep}
    plain = [word for word in words if word.islower() and word.casefold() not in kept]
    strange = len(words) == 1 and words[0].istitle() and _script(pair.target_tag) == "Cyrl" and words[0].isascii()
    if len(plain) > (_script(spoken(pair.source_tag)) == _script(pair.target_tag)) or (strange and _is_button(pair)):
        yield Fault(saying("this is the same as the source"))


def _is_button(pair: Pair) -> bool:
    return pair.kind == "message" and pair.asked.casefold() not in {
        term.term.casefold() for term in pair.terms if term.keep
    }


def _script(tag: Tag) -> str:
    row = nearest_row(tag)
    return LANGUAGES[row].script if row else tag


def length(pair: Pair, at: int) -> Iterator[Fault]:
    """Find a form that is much longer or shorter than any translation of its source would be."""
    asked, given = len(pair.asked), len(pair.target[at])
    if given > _TIMES * asked + _FREE:
        yield Fault(saying("this is much longer than the source"))
    elif asked > _TIMES * given + _FREE:
        yield Fault(saying("this is much shorter than the source"))


def consistency(pair: Pair) -> Iterator[Fault]:
    """Find that the same source is translated otherwise elsewhere, and nowhere so."""
    own, others = FORMS.join(pair.target).strip(), [one.strip() for one in pair.elsewhere]
    if others and own not in others:
        shown = others[0].replace(FORMS, " | ")
        shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
        yield Fault(saying("the same source is translated elsewhere as “%(other)s”", other=shown))


def terms(pair: Pair, at: int) -> Iterator[Fault]:
    """Find terms of the source that are not translated as the glossary says; of several translations one is enough."""
    form = pair.target[at]
    by_words = defaultdict[str, list[Term]](list)
    for found in found_in(pair.asked, pair.terms) if pair.terms else ():
        by_words[found.term.term].append(found.term)
    for words, meant in by_words.items():
        for word in dict.fromkeys(word for term in meant for word in term.forbidden):
            if there := places(form, word, meant[0].target):
                yield Fault(
                    saying("“%(word)s” is what the glossary forbids for “%(term)s”", word=word, term=words), there[0]
                )
        wanted = [term.term if term.keep else term.translation for term in meant]
        if all(wanted) and not any(places(form, one, meant[0].target) for one in wanted):
            yield Fault(saying("the glossary has “%(wanted)s” for “%(term)s”", wanted=" / ".join(wanted), term=words))
