"""The flags beside the site's name: which files there are, and how wide each is drawn."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.domain.countries import alphabetical, country_name
from app.domain.segments import Tag

HEIGHT = 28
_FOLDER = Path(__file__).parents[2] / "static" / "flags"
_SIZE = re.compile(r'<svg[^>]*?\bwidth="(\d+)" height="(\d+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A country: its name in the reader's language, and its flag's file and size, if we have drawn it."""

    name: str
    file: str = ""
    width: int = 0
    height: int = HEIGHT


@lru_cache(maxsize=256)
def flags(codes: tuple[str, ...], locale: Tag) -> tuple[Flag, ...]:
    """Return the countries in the alphabetical order of their names in a language."""
    return tuple(_flag(code, country_name(code, locale)) for code in alphabetical(codes, locale))


def _flag(code: str, name: str) -> Flag:
    width = _width(code.lower())
    return Flag(name=name, file=f"flags/{code.lower()}.svg", width=width) if width else Flag(name=name)


@lru_cache(maxsize=256)
def _width(code: str) -> int:
    """Return the width of a flag at our height, in its own proportions; 0 if it isn't drawn."""
    path = _FOLDER / f"{code}.svg"
    size = _SIZE.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    return round(HEIGHT * int(size[1]) / int(size[2])) if size else 0
