"""Files that hold files (ZIP, and DOCX, which is one), opened without trusting what they say of themselves."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from app.domain.errors import BadText, Problem
from app.domain.said import Said, saying

MOST_FILES: Final = 2_000
LARGEST: Final = 60 * 1024 * 1024
"""Bytes of all that is in one, unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file in a package: its name there, as it was written, and its bytes."""

    name: str
    raw: bytes


def is_package(raw: bytes) -> bool:
    """Tell whether a file holds files."""
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def unpacked(raw: bytes, *, path: str, only: frozenset[str] | None = None) -> Iterator[Packed]:
    """Yield the files of a package (those with the names in `only`), none of them longer than the whole may be.

    BadText for what is no package, has too many files or too much in it, is encrypted, or names a place outside it.
    Nothing is written anywhere: names are names. Sizes are counted as bytes come out, whatever the directory says.
    """
    left = LARGEST
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            files = [one for one in package.infolist() if not one.is_dir()]
            if len(files) > MOST_FILES:
                raise _refused(path, saying("more than %(most)s files in one", most=MOST_FILES))
            for one in files:
                _require_sound(one, path)
                if only is not None and one.filename not in only:
                    continue
                with package.open(one) as opened:
                    content = opened.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _refused(path, saying("more than %(most)s MB unpacked", most=LARGEST // 1024 // 1024))
                yield Packed(name=one.filename, raw=content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise _refused(path, saying("this package cannot be opened")) from error


def _require_sound(one: zipfile.ZipInfo, path: str) -> None:
    name = PurePosixPath(one.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or "\0" in one.filename or one.filename[1:2] == ":":
        raise _refused(path, saying("it names a place outside itself"))
    if one.flag_bits & 0x1:
        raise _refused(path, saying("it is locked with a password"))


def _refused(path: str, reason: Said) -> BadText:
    return BadText(Problem(path=path, line=0, reason=reason))
