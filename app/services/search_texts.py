"""What a page is found by: its own words in its own language, made when it is published."""

import re
from itertools import chain
from typing import Final
from unicodedata import normalize
from zoneinfo import ZoneInfo

from app.domain.dates import long_date
from app.domain.folding import Fold, folds
from app.domain.pages import ItemPage
from app.domain.searching import terms
from app.domain.segments import Tag
from app.domain.snippets import folded_places
from app.formats.plain_text import plain_text
from app.storage.search_texts import DbSearchText, rank_of

QUOTED: Final = 20_000
"""Letters from the beginning of a text that a snippet can come from; what stands further down is found all the same."""

_OPEN_END = re.compile(r"(?<=[^.!?:;…\n])\n")


def search_text(page: ItemPage, *, zone: ZoneInfo, language: int) -> DbSearchText:
    """Return what a page is found by and quoted from; `language` is a number of its locale within the document."""
    title, rest = _clean(page.title), _clean(_apart(_rest(page)))
    quoted = f"{title}\n{rest}"[:QUOTED]
    dated = f"{long_date(page.date, page.locale, zone)} {page.date.astimezone(zone):%d.%m.%Y}" if page.date else ""
    in_title = _folds(title, page.locale)
    in_text = chain(in_title, _folds(dated, page.locale), _folds(rest, page.locale))
    return DbSearchText(
        id=rank_of(page.date, page.views_key, language),
        document_id=page.views_key,
        locale=page.locale,
        text=quoted,
        places=folded_places(quoted, page.locale),
        terms=terms(page.locale, title=in_title, text=in_text),
    )


def _rest(page: ItemPage) -> str:
    captions = (picture.caption for picture in page.pictures)
    names = (file.name for file in page.attachments)
    return "\n".join(part for part in (page.summary, plain_text(page.html), *captions, *names) if part)


def _apart(text: str) -> str:
    """Return lines so that they can be read as one: what ends without a full stop gets a dot from the middle."""
    return _OPEN_END.sub(" ·\n", text)


def _clean(text: str) -> str:
    """Return a text whose letters are whole (NFC), without the NUL that PostgreSQL refuses."""
    return normalize("NFC", text).replace("\0", "")


def _folds(text: str, locale: Tag) -> list[Fold]:
    return [folded for *both, _ in folds(text, locale) for folded in both if folded is not None]
