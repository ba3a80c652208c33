"""Files that hold files (ZIP, and DOCX, which is one), opened without trusting what they say of themselves."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from app.domain.errors import BadText, Problem
from app.domain.said import saying

MOST_FILES: Final = 2_000
LARGEST: Final = 60 * 1024 * 1024
"""Bytes of all that is in one, unpacked."""

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Ways of packing that are opened, those of ISO/IEC 21320-1: of the others zipfile unpacks all at once."""

_ENTRY: Final = b"PK\x01\x02"
"""With what each entry of a directory begins (APPNOTE 4.3.12)."""

MOST_ENTRIES: Final = 60_000
"""Entries of a package and of the packages in it: two thousand Word files have fewer."""

_CHUNK: Final = 256 * 1024
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file in a package: its name there, as it was written, its bytes, and why nobody is to look at them, if so."""

    name: str
    raw: bytes
    refused: str = ""

    def sound(self, path: str) -> bytes:
        """Return its bytes; BadText where they are refused."""
        if self.refused:
            raise _refused(path, self.refused)
        return self.raw


def is_package(raw: bytes) -> bool:
    """Tell whether a file holds files."""
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def holds(raw: bytes, name: str) -> bool:
    """Tell whether a file is a package that has a file of this name; not of a package in it."""
    if not is_package(raw) or name.encode() not in raw or _is_crowded(raw):
        return False
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            return name in package.NameToInfo
    except _BROKEN:
        return False


def weight(raw: bytes, only: frozenset[str]) -> int:
    """Return how many bytes the files with these names have, unpacked: so many are said, and no more come out.

    Of what is no package, or cannot be opened, it is 0: nothing comes out of it.
    """
    if not is_package(raw) or _is_crowded(raw):
        return 0
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            return sum(one.file_size for one in package.infolist() if one.filename in only)
    except _BROKEN:
        return 0


def entries_of(raw: bytes) -> int:
    """Return how many entries its directory has, and those of packages in it, before anything of it is read."""
    return raw.count(_ENTRY)


def packed(files: Iterable[Packed]) -> bytes:
    """Return a package of files, the same bytes whenever it is made of the same ones."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for one in files:
            package.writestr(zipfile.ZipInfo(one.name), one.raw, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unpacked(raw: bytes, *, path: str, only: frozenset[str] | None = None) -> Iterator[Packed]:
    """Yield the files of a package (those with the names in `only`), none of them longer than the whole may be.

    BadText for what is no package, has too many files or too much in it, is encrypted, has two files of one name, or
    names a place outside it. Nothing is written anywhere: names are names. Sizes are counted as bytes come out,
    whatever the directory says.
    """
    if _is_crowded(raw):
        raise _too_many(path)
    left = LARGEST
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            for one in _sound(package, path):
                if only is not None and one.filename not in only:
                    continue
                content = _content(package, one, left, path)
                left -= len(content)
                yield Packed(name=one.filename, raw=content)
    except _BROKEN as error:
        raise _refused(path, saying("this package cannot be opened")) from error


def _is_crowded(raw: bytes) -> bool:
    """Tell, before its directory is read, that it has more entries than anybody sends."""
    return entries_of(raw) > MOST_ENTRIES


def _sound(package: zipfile.ZipFile, path: str) -> list[zipfile.ZipInfo]:
    """Return the files of a package, if all of them may be looked at."""
    files = [one for one in package.infolist() if not one.is_dir()]
    if len(files) > MOST_FILES:
        raise _too_many(path)
    for one in files:
        _require_sound(one, path)
    if len({one.filename for one in files}) < len(files):
        raise _refused(path, saying("two of its files have one name"))
    return files


def _content(package: zipfile.ZipFile, one: zipfile.ZipInfo, most: int, path: str) -> bytes:
    """Return the bytes of a file, which are read piece by piece: of one that has more than that no more comes out."""
    content = bytearray()
    with package.open(one) as opened:
        while piece := opened.read(_CHUNK):
            content += piece
            if len(content) > most:
                raise _refused(path, saying("more than %(most)s MB unpacked", most=LARGEST // 1024 // 1024))
    return bytes(content)


def _require_sound(one: zipfile.ZipInfo, path: str) -> None:
    name = PurePosixPath(one.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or "\0" in one.filename or one.filename[1:2] == ":":
        raise _refused(path, saying("it names a place outside itself"))
    if one.flag_bits & 0x1:
        raise _refused(path, saying("it is locked with a password"))
    if one.compress_type not in _METHODS:
        raise _refused(path, saying("this package cannot be opened"))


def _too_many(path: str) -> BadText:
    return _refused(path, saying("more than %(most)s files in one", most=MOST_FILES))


def _refused(path: str, reason: str) -> BadText:
    return BadText(Problem(path=path, line=0, reason=reason))
