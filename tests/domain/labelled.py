"""Texts in seven languages, and edits of them whose true pairing is known (tests/domain/edits/README.md)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.segments import UNTRANSLATED, Key, Segment, State

FOLDER = Path(__file__).parent / "edits"
LANGUAGES = ("en", "ru", "kk", "ky", "tg", "tk", "uz")
ARTICLES = ("course", "report")
HOLE = "<!-- untranslated -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block of an edited text, the numbers of the original blocks whose words it has, and the one that it is."""

    kind: str
    text: str
    of: tuple[int, ...] = ()
    keeps: int | None = None
    tie: bool = False  # of two parts of much the same size either may keep the key

    def segment(self, key: str = "") -> Segment:
        state = State.MISSING if HOLE in self.text else State.DONE
        return Segment(key=Key(key), kind=self.kind, text=self.text, state=state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The blocks of one article in one language, and a free rewording of some."""

    pieces: tuple[Piece, ...]
    reworded: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of a file of edits: where it stands, the texts it speaks of, what was done before and after."""

    line: str
    source: str
    target: str
    article: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def _piece(block: str, number: int) -> Piece:
    kinds = ((r"## ", "heading-2"), (r"- ", "bullet"), (r"\d+\. ", "ordered"), (r"> ", "quote"))
    kind = next((kind for mark, kind in kinds if re.match(mark, block)), "paragraph")
    return Piece(kind=kind, text=block, of=(number,), keeps=number)


def _read(language: str) -> dict[str, Article]:
    articles: dict[str, Article] = {}
    pieces: list[Piece] = []
    reworded: dict[int, str] = {}
    for block in (FOLDER / f"{language}.md").read_text(encoding="utf-8").strip().split("\n\n"):
        if block.startswith("# "):
            pieces, reworded = [], {}
        elif block.startswith("~ "):
            reworded[len(pieces)] = block.removeprefix("~ ")
        else:
            pieces.append(_piece(block, len(pieces) + 1))
        if block.startswith("# "):
            name = block.removeprefix("# ")
        articles[name] = Article(pieces=tuple(pieces), reworded=reworded)
    return articles


TEXTS = {language: _read(language) for language in LANGUAGES}


def read_cases(name: str) -> list[Case]:
    """Read `ru course: delete 3; split 5` or `en>ru course: …`; what stands before `->` was done to the older text."""
    cases = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, script = line.partition(":")
        languages, article = head.split()
        source, _, target = languages.partition(">")
        first, _, second = script.rpartition("->")
        before = tuple(edit.strip() for edit in first.split(";") if edit.strip())
        after = tuple(edit.strip() for edit in second.split(";") if edit.strip())
        cases.append(
            Case(line=line, source=source, target=target or source, article=article, before=before, after=after)
        )
    return cases


def edit(language: str, article: str, scripts: Sequence[str]) -> list[Piece]:
    """Return the article's blocks after these edits, in order; numbers are those of the original blocks."""
    pieces = list(TEXTS[language][article].pieces)
    for script in scripts:
        verb, *numbers = script.split()
        EDITS[verb](pieces, Words(language, article), *map(int, numbers))
    return pieces


@dataclass(frozen=True, slots=True)
class Words:
    """Where an edit finds words that aren't in the text yet."""

    language: str
    article: str

    def original(self, number: int) -> Piece:
        return TEXTS[self.language][self.article].pieces[number - 1]

    def reworded(self, number: int) -> str:
        return TEXTS[self.language][self.article].reworded[number]

    def foreign(self, number: int) -> Piece:
        """Return a block of the other article: something new."""
        other = next(name for name in ARTICLES if name != self.article)
        return replace(TEXTS[self.language][other].pieces[number - 1], of=(), keeps=None)


def _place(pieces: list[Piece], number: int) -> int:
    return next(place for place, piece in enumerate(pieces) if number in piece.of)


def _end(pieces: list[Piece], number: int) -> int:
    """Return the place after the last piece of this block; the beginning for number 0."""
    return max((place + 1 for place, piece in enumerate(pieces) if number in piece.of), default=0)


def _delete(pieces: list[Piece], words: Words, number: int) -> None:
    del pieces[_place(pieces, number)]


def _insert(pieces: list[Piece], words: Words, number: int, foreign: int) -> None:
    pieces.insert(_end(pieces, number), words.foreign(foreign))


def _supplant(pieces: list[Piece], words: Words, number: int, foreign: int) -> None:
    pieces[_place(pieces, number)] = words.foreign(foreign)


def _split(pieces: list[Piece], words: Words, number: int) -> None:
    place = _place(pieces, number)
    whole = pieces[place]
    ends = [found.end() for found in re.finditer(r"[.!?:,;] ", whole.text) if found.end() > len(whole.text) * 0.3]
    cut = ends[0] if ends else whole.text.rindex(" ", 0, len(whole.text) // 2)
    parts = whole.text[:cut].strip(), whole.text[cut:].strip()
    longer = max(parts, key=len)
    tie = abs(len(parts[0]) - len(parts[1])) < 0.25 * len(longer)
    pieces[place : place + 1] = [
        replace(whole, text=part, keeps=number if part is longer or tie else None, tie=tie) for part in parts
    ]


def _join(pieces: list[Piece], words: Words, number: int) -> None:
    place = _place(pieces, number)
    one, two = pieces[place : place + 2]
    longer = max(one, two, key=lambda piece: len(piece.text))
    tie = abs(len(one.text) - len(two.text)) < 0.25 * len(longer.text)
    pieces[place : place + 2] = [replace(longer, text=f"{one.text} {two.text}", of=one.of + two.of, tie=tie)]


def _move(pieces: list[Piece], words: Words, number: int, after: int) -> None:
    piece = pieces.pop(_place(pieces, number))
    pieces.insert(_end(pieces, after), piece)


def _light(pieces: list[Piece], words: Words, number: int) -> None:
    """Drop a word, swap two, and change a number: what a second look does to a text."""
    place = _place(pieces, number)
    parts = pieces[place].text.split(" ")
    if len(parts) > 6:
        del parts[len(parts) // 3]
        parts[-3], parts[-2] = parts[-2], parts[-3]
    else:
        parts.append("(2026)")
    text = re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), " ".join(parts), count=1)
    pieces[place] = replace(pieces[place], text=text)


def _heavy(pieces: list[Piece], words: Words, number: int) -> None:
    place = _place(pieces, number)
    pieces[place] = replace(pieces[place], text=words.reworded(number))


def _retype(pieces: list[Piece], words: Words, number: int) -> None:
    """Make a heading of what was none, or a paragraph of a heading: another segment, whatever its words."""
    place = _place(pieces, number)
    kind = "paragraph" if pieces[place].kind != "paragraph" else "heading-3"
    pieces[place] = replace(pieces[place], kind=kind, keeps=None, of=())


def _empty(pieces: list[Piece], words: Words, number: int) -> None:
    place = _place(pieces, number)
    piece = pieces[place]
    if piece.kind in ("bullet", "ordered"):
        pieces[place] = replace(piece, text=f"{piece.text.split()[0]} {HOLE}")
    else:
        pieces[place] = replace(piece, kind=UNTRANSLATED, text=HOLE)


def _double(pieces: list[Piece], words: Words, number: int) -> None:
    """Repeat a block at the end, word for word."""
    piece = pieces[_place(pieces, number)]
    pieces.append(replace(piece, of=(), keeps=None))


EDITS: dict[str, Callable[..., None]] = {
    "delete": _delete,
    "insert": _insert,
    "supplant": _supplant,
    "split": _split,
    "join": _join,
    "move": _move,
    "light": _light,
    "heavy": _heavy,
    "retype": _retype,
    "empty": _empty,
    "double": _double,
}
