"""Words that stand twice in a row, by mistake."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from app.domain.checks.masking import prose
from app.domain.checks.pair import Fault, Pair
from app.domain.checks.punctuation import nearest_row
from app.domain.said import saying
from app.domain.segments import Tag

_WORD = re.compile(r"[^\W\d_][^\W_ʻʼ’'-]*+(?:[ʻʼ’'-][^\W_]++)*+")

# Turkic languages and Tajik say a word twice and mean it (аз аз, бара бара): of theirs only these little words count.
_LITTLE: Final = {
    Tag("kk"): "және мен бен пен үшін туралы бұл осы", Tag("ky"): "жана менен үчүн тууралуу бул ушул",
    Tag("tg"): "ва бо дар барои аст ин ки", Tag("tk"): "we bilen üçin hakda bu şu",
    Tag("uz"): "va bilan uchun haqida bu shu",
    Tag("uz-Cyrl"): "ва билан учун ҳақида бу шу", Tag("az"): "və ilə üçün haqqında bu",
}  # fmt: skip
_MEANT: Final = {Tag("en"): frozenset({"had", "that", "very"}), Tag("ru"): frozenset({"еле", "вот", "чуть"})}


def doubled(pair: Pair, at: int) -> Iterator[Fault]:
    """Find a word that stands twice in a row where the source has none so."""
    form, row = pair.target[at], nearest_row(pair.target_tag)
    text = prose(form, pair.flags)
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        if (
            before is not None
            and word[0].casefold() == before[0].casefold()
            and text[before.end() : word.start()].isspace()
            and _is_slip(word[0].casefold(), row)
        ):
            if _twice(prose(pair.asked, pair.flags)):
                return
            mend = form[: before.end()] + form[word.end() :]
            yield Fault(saying("%(word)s stands here twice", word=word[0]), (before.start(), word.end()), mend)
            return
        before = word


def _is_slip(word: str, row: Tag | None) -> bool:
    if row is None:
        return False
    return word in _LITTLE[row].split() if row in _LITTLE else word not in _MEANT.get(row, ())


def _twice(text: str) -> bool:
    words = [word[0].casefold() for word in _WORD.finditer(text)]
    return any(one == other for one, other in pairwise(words))
