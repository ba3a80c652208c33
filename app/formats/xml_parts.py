"""XML of any length, read as a stream: those of its elements that somebody wants, one after the other, as small trees.

By expat and not by lxml, as `xml.py`: it builds no tree of its own, so that nothing of a file stays but what is wanted;
it tells of a document type and of each entity before anything is made of them; and it knows the line of each element.
Nothing is fetched and no entity is ever expanded, since a file that declares one is refused where it does. A document
type that only names a DTD, as most tools write it for TMX and TBX, is passed over.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat

from app.domain.errors import BadText, Problem
from app.domain.said import saying

CHUNK: Final = 64 * 1024
"""Bytes that are read at once, and all of a file that is ever in memory beside what is wanted of it."""

LONGEST_TAG: Final = 256 * 1024
"""Bytes of a tag with its attributes, of a comment, of anything that a parser has to see the end of."""

DEEPEST: Final = 100
MOST_NAMES: Final = 500
"""Names of elements and attributes in one file: expat remembers each of them."""

_ELEMENT: Final = 50
"""Letters that an element counts for, so that a million empty ones are no small thing."""


@dataclass(slots=True)
class Part:
    """An element: its name and those of its attributes without a prefix but for `xml:`, and what is in it.

    `line` is where it begins. One that is not `whole` was larger than it may be: nothing of what is in it was kept.
    """

    name: str
    attributes: Mapping[str, str]
    line: int
    inside: "list[str | Part]" = field(default_factory=list)
    whole: bool = True

    @property
    def words(self) -> str:
        """Return all text in it, that of the elements in it too."""
        return "".join(one if isinstance(one, str) else one.words for one in self.inside)

    def parts(self, *names: str) -> "Iterator[Part]":
        """Yield the elements directly in it that have one of these names."""
        return (one for one in self.inside if isinstance(one, Part) and one.name in names)

    def every(self, *names: str) -> "Iterator[Part]":
        """Yield the elements of these names at any depth, in their order."""
        for one in self.inside:
            if isinstance(one, Part):
                if one.name in names:
                    yield one
                yield from one.every(*names)


def parts(file: IO[bytes], *, path: str, roots: Collection[str], wanted: Collection[str], most: int) -> Iterator[Part]:
    """Yield the elements named in `wanted` as they end; those inside one of them belong to it.

    Each may have `most` letters, an element in it counting for some: of one that has more its name and attributes are
    told alone. BadText, with its line, where the file is no sound XML, its first element is none of `roots`, it
    declares an entity, or goes beyond the limits of this module; what came before has been yielded by then.
    """
    reader = _Reader(path, frozenset(roots), frozenset(wanted), most)
    while some := file.read(CHUNK):
        reader.feed(some)
        yield from reader.ended()
    reader.feed(b"", last=True)
    yield from reader.ended()


class _Reader:
    """What expat calls. `_open` are the elements of a wanted one that have not ended yet, the wanted one first."""

    def __init__(self, path: str, roots: frozenset[str], wanted: frozenset[str], most: int) -> None:
        self._path, self._roots, self._wanted, self._most = path, roots, wanted, most
        self._open, self._ended = list[Part](), list[Part]()
        self._names = set[str]()
        self._depth = self._letters = self._waiting = 0
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = parser.ProcessingInstructionHandler = self._passed
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._unknown

    def feed(self, some: bytes, *, last: bool = False) -> None:
        self._waiting += len(some)
        try:
            self._parser.Parse(some, last)
        except expat.ExpatError as error:
            said = expat.errors.messages.get(error.code, "")
            raise self._bad(saying("this is no sound XML: %(reason)s", reason=said), line=error.lineno) from None
        except (LookupError, ValueError):  # of a charset that is none, or has letters of several bytes
            raise self._bad(saying("its charset cannot be read: save the file in UTF-8"), line=1) from None
        if self._waiting > LONGEST_TAG:
            raise self._bad(saying("a tag or comment is longer than %(most)s bytes", most=LONGEST_TAG))

    def ended(self) -> Iterator[Part]:
        ended, self._ended = self._ended, []
        return iter(ended)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._waiting = 0
        self._know(name, *attributes)
        name = name.rpartition(":")[2]
        if not self._depth and name not in self._roots:
            wanted = " / ".join(sorted(self._roots))
            reason = saying("the first element is “%(name)s” and not “%(wanted)s”", name=name[:40], wanted=wanted)
            raise self._bad(reason)
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._bad(saying("elements stand inside each other deeper than %(most)s", most=DEEPEST))
        if not self._open:
            if name not in self._wanted:
                return
            self._letters = 0
        said = {one if one.startswith("xml:") else one.rpartition(":")[2]: value for one, value in attributes.items()}
        part = Part(name, said, self._parser.CurrentLineNumber)
        if self._open:
            self._count(_ELEMENT + sum(map(len, attributes.values())))
            if self._open[0].whole:
                self._open[-1].inside.append(part)
        self._open.append(part)

    def _end(self, _name: str) -> None:
        self._waiting = 0
        self._depth -= 1
        if self._open:
            part = self._open.pop()
            if not self._open:
                self._ended.append(part)

    def _text(self, words: str) -> None:
        self._waiting = 0
        if self._open:
            self._count(len(words))
            if self._open[0].whole:
                self._open[-1].inside.append(words)

    def _count(self, letters: int) -> None:
        self._letters += letters
        if self._letters > self._most and self._open[0].whole:
            self._open[0].whole = False
            self._open[0].inside.clear()

    def _know(self, *names: str) -> None:
        self._names.update(names)
        if len(self._names) > MOST_NAMES:
            raise self._bad(saying("more than %(most)s different names of elements", most=MOST_NAMES))

    def _passed(self, *_said: str) -> None:
        self._waiting = 0

    def _entity(self, *_said: object) -> None:
        raise self._bad(saying("it declares entities, which are not read: take them out"))

    def _unknown(self, name: str, _is_parameter: bool) -> None:
        raise self._bad(saying("“&%(name)s;” stands for nothing that is known here", name=name[:40]))

    def _bad(self, reason: str, *, line: int = 0) -> BadText:
        return BadText(Problem(path=self._path, line=line or self._parser.CurrentLineNumber, reason=reason))
