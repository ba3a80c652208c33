"""A second language beside the text that somebody translates from."""

from collections.abc import Mapping, Sequence

from app.domain.segments import Key, Tag
from app.services import sheets
from app.web.desk.lines import Line
from app.web.desk.open_text import Open


def others(text: Open) -> list[Tag]:
    """Return the languages in which the document has a text besides this one."""
    texts = (one for one in text.document.translations if one.is_language and one.head_id)
    return [one.locale for one in texts if one.locale != text.at.locale]


def beside(text: Open, lines: Sequence[Line], tag: Tag | None) -> Mapping[Key, str]:
    """Return what stands in a second language beside these lines."""
    there = _by_source(text, tag)
    rows = {row.key: row for row in text.sheet.rows}
    told = {line.key: [there.get(one.key, "") for one in rows[line.key].sources] for line in lines}
    return {key: "\n\n".join(dict.fromkeys(one for one in texts if one)) for key, texts in told.items()}


def _by_source(text: Open, tag: Tag | None) -> Mapping[Key, str]:
    """Return what stands in a second language, by the segments of the text that somebody translates from.

    Nothing where the two were not made from one text: then nobody knows what belongs to what.
    """
    if tag is None or text.document.text_in(tag) is None:
        return {}
    if tag == text.document.source:
        through = sheets.sheet(text.session, text.at.name, text.sheet.source)
        return {row.key: "\n\n".join(one.text for one in row.sources) for row in through.rows}
    other = sheets.sheet(text.session, text.at.name, tag)
    alike = other.source == text.sheet.source
    return {one.key: row.text for row in other.rows if alike and row.text for one in row.sources}
