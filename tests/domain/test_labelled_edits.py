"""How well blocks are recognised, measured on labelled edits in seven languages."""

import sys
from collections import Counter
from collections.abc import Iterable

import pytest

from app.domain.alignment import carry
from app.domain.renderings import align
from app.domain.segments import UNTRANSLATED, State
from tests.domain.labelled import ARTICLES, HOLE, LANGUAGES, Case, Piece, edit, read_cases

EDITS = read_cases("edits.txt")
CROSSINGS = read_cases("crossings.txt")

WRONG = 0.002
"""The share of pairs that may be wrong instead of left open: a stranger that stands just where a block stood."""


def carried(case: Case) -> list[tuple[Piece, Piece | None]]:
    """Return each block of the newer text with the older block whose key it got."""
    older = edit(case.source, case.article, case.before)
    newer = edit(case.target, case.article, case.after)
    old = carry((), [piece.segment() for piece in older], parent="")
    new = carry(old, [piece.segment() for piece in newer], parent="0a")
    pieces = dict(zip((segment.key for segment in old), older, strict=True))
    return [(piece, pieces.get(segment.key)) for piece, segment in zip(newer, new, strict=True)]


def crossed(case: Case) -> list[tuple[Piece, tuple[Piece, ...], State]]:
    """Return each block of the translation with the blocks of the source that it is said to render."""
    originals = edit(case.source, case.article, case.before)
    targets = edit(case.target, case.article, case.after)
    source = carry((), [piece.segment() for piece in originals], parent="")
    pieces = dict(zip((segment.key for segment in source), originals, strict=True))
    rows = align(source, [piece.segment() for piece in targets], based_on=None).rows
    return [
        (piece, tuple(pieces[key] for key in row.sources), row.state) for piece, row in zip(targets, rows, strict=True)
    ]


def told_of_key(piece: Piece, older: Piece | None) -> str:
    kept = None if older is None else older.keeps
    if kept == piece.keeps or (piece.tie and (kept is None or kept in piece.of)):
        return "right"
    return "open" if kept is None else "wrong"


def told_of_sources(piece: Piece, sources: tuple[Piece, ...]) -> str:
    rendered = tuple(number for source in sources for number in source.of)
    if rendered == piece.of:
        return "right"
    return "wrong" if rendered else "open"


def measured(what: str, verdicts: Iterable[tuple[str, str]]) -> tuple[float, list[str]]:
    """Write down how many are right, left open and wrong (seen with `pytest -rP`); return the share, and the wrong."""
    pairs = list(verdicts)
    tally = Counter(verdict for verdict, _ in pairs)
    share = tally["right"] / len(pairs)
    sys.stdout.write(
        f"{what}: {tally['right']} of {len(pairs)} right ({share:.1%}), {tally['open']} open, {tally['wrong']} wrong\n"
    )
    return share, [line for verdict, line in pairs if verdict == "wrong"]


def test_there_are_three_hundred_labelled_edits_within_a_language_and_as_many_across() -> None:
    assert len({case.line for case in EDITS}) >= 300
    assert len({case.line for case in CROSSINGS}) >= 300
    assert {case.source for case in EDITS} == set(LANGUAGES)
    assert {case.target for case in CROSSINGS} == set(LANGUAGES)


def test_a_key_never_goes_to_a_block_of_another_kind() -> None:
    for case in EDITS:
        for piece, older in carried(case):
            assert older is None or len({piece.kind, older.kind} - {UNTRANSLATED}) <= 1, case.line


def test_a_translation_is_never_aligned_with_a_block_of_another_kind() -> None:
    for case in CROSSINGS:
        for piece, sources, _ in crossed(case):
            assert len({piece.kind, *(one.kind for one in sources)} - {UNTRANSLATED}) <= 1, case.line


def test_of_the_blocks_that_were_edited_95_in_100_keep_the_right_key_and_the_rest_get_a_new_one() -> None:
    verdicts = []
    for case in EDITS:
        untouched = {(piece.kind, piece.text) for piece in edit(case.source, case.article, case.before)}
        for piece, older in carried(case):
            if (piece.kind, piece.text) not in untouched:
                verdicts.append((told_of_key(piece, older), case.line))
    share, wrong = measured("keys of edited blocks", verdicts)
    assert share >= 0.95
    assert len(wrong) <= WRONG * len(verdicts), wrong


def test_blocks_that_nobody_touched_keep_their_keys_whatever_happens_around_them() -> None:
    verdicts = [(told_of_key(*pair), case.line) for case in EDITS for pair in carried(case)]
    share, wrong = measured("keys of all blocks", verdicts)
    assert share >= 0.99
    assert len(wrong) <= WRONG * len(verdicts), wrong


def test_of_the_blocks_of_a_translation_95_in_100_are_aligned_rightly_and_the_rest_need_work() -> None:
    verdicts = []
    for case in CROSSINGS:
        for piece, sources, state in crossed(case):
            verdicts.append((told_of_sources(piece, sources), case.line))
            if not sources:
                assert state is (State.MISSING if HOLE in piece.text else State.NEEDS_WORK), case.line
    share, wrong = measured("sources of translated blocks", verdicts)
    assert share >= 0.95
    assert len(wrong) <= WRONG * len(verdicts), wrong


@pytest.mark.parametrize("target", LANGUAGES)
@pytest.mark.parametrize("source", LANGUAGES)
@pytest.mark.parametrize("article", ARTICLES)
def test_a_whole_translation_is_aligned_whole_in_every_pair_of_languages(
    source: str, target: str, article: str
) -> None:
    whole = Case(line="", source=source, target=target, article=article, before=(), after=())
    assert [told_of_sources(piece, sources) for piece, sources, _ in crossed(whole)].count("right") == len(
        edit(target, article, ())
    )
