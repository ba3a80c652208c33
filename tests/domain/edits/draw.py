"""Draw the edits by lot, always the same ones: `python -m tests.domain.edits.draw`, then look at the diff.

What stands in the files below their line `# By hand` was written by hand, and is kept.
"""

from collections.abc import Sequence
from random import Random

from tests.domain.labelled import ARTICLES, FOLDER, LANGUAGES, TEXTS

HAND = "# By hand"
SEED = 20260318


ORDER = ["join", "split", "light", "heavy", "empty", "retype", "delete", "move", "supplant", "insert"]
"""In which order edits of one text are made, so that what is joined stands together."""


def one_edit(lot: Random, verb: str, number: int, article: str, free: set[int]) -> str | None:
    """Return an edit of this block, None where the verb doesn't suit it."""
    text, other = (TEXTS["en"][name] for name in (article, next(name for name in ARTICLES if name != article)))
    piece = text.pieces[number - 1]
    paragraph = piece.kind == "paragraph"
    alike = [place for place, one in enumerate(other.pieces, 1) if one.kind == piece.kind]
    follows = number + 1 in free and text.pieces[number].kind == piece.kind
    suits = {
        "supplant": bool(alike),
        "split": paragraph and len(piece.text) > 110,
        "join": paragraph and follows,
        "heavy": number in text.reworded,
    }
    if not suits.get(verb, True):
        return None
    where = {
        "insert": lot.randint(1, len(other.pieces)),
        "supplant": lot.choice(alike or [0]),
        "move": lot.choice([place for place in range(len(text.pieces) + 1) if abs(place - number) > 1]),
    }
    return f"{verb} {number} {where[verb]}" if verb in where else f"{verb} {number}"


def draw(lot: Random, verbs: Sequence[str], first: str, how_many: int) -> tuple[str, list[str]]:
    """Return an article and so many edits of different blocks of it, one with the verb `first` among them."""
    article = lot.choice(ARTICLES)
    free = set(range(1, len(TEXTS["en"][article].pieces) + 1))
    edits: list[str] = []
    while len(edits) < how_many:
        number = lot.choice(sorted(free))
        edit = one_edit(lot, lot.choice(verbs) if edits else first, number, article, free)
        if edit is not None:
            edits.append(edit)
            free -= {number, number + 1} if edit.startswith("join") else {number}
    return article, sorted(edits, key=lambda edit: ORDER.index(edit.split()[0]))


def within(lot: Random) -> list[str]:
    """Return edits of a text in its own language."""
    verbs = ["delete", "insert", "supplant", "split", "join", "move", "light", "heavy", "empty", "retype"]
    lines: list[str] = []
    while len(lines) < 250:
        number = len(lines)
        article, edits = draw(lot, verbs, verbs[number % len(verbs)], lot.choice([1, 1, 2, 2, 3, 5]))
        emptied = [edit for edit in edits if edit.startswith("empty")]
        others = [edit for edit in edits if not edit.startswith("empty")]
        filled = emptied and lot.random() < 0.5
        script = f"{'; '.join(emptied)} -> {'; '.join(others)}" if filled else "; ".join(edits)
        line = f"{LANGUAGES[number % 7]} {article}: {script.strip()}"
        lines += [line] if line not in lines else []
    return lines


def across(lot: Random) -> list[str]:
    """Return structural differences between a translation and its source."""
    verbs = ["delete", "insert", "split", "join", "empty", "retype"]
    lines: list[str] = []
    while len(lines) < 265:
        number = len(lines)
        source, target = lot.sample(LANGUAGES, 2)
        if number % 2:
            source = lot.choice([one for one in ("en", "ru") if one != target])
        article, edits = draw(lot, verbs, verbs[number % len(verbs)], lot.choice([1, 1, 2, 2, 3]))
        line = f"{source}>{target} {article}: {'; '.join(edits)}"
        lines += [line] if line not in lines else []
    return lines


def main() -> None:
    """Write the drawn part of both files anew."""
    lot = Random(SEED)  # noqa: S311  # lots for a test, not for a secret
    for name, lines in (("edits.txt", within(lot)), ("crossings.txt", across(lot))):
        path = FOLDER / name
        _, _, hand = path.read_text(encoding="utf-8").partition(HAND) if path.exists() else ("", "", "\n")
        path.write_text("# By lot (draw.py)\n" + "\n".join(lines) + f"\n\n{HAND}{hand}", encoding="utf-8")


if __name__ == "__main__":
    main()
