"""A second language beside the text that somebody translates from."""

from collections.abc import Mapping, Sequence

from app.domain.documents import Kind
from app.domain.segments import Key, Tag
from app.domain.side_by_side import FORMS
from app.services import sheets
from app.services.sheets import Bases
from app.web.desk.lines import Line, apart
from app.web.desk.open_text import Open


def others(text: Open) -> list[Tag]:
    """Return the languages in which the document has a text besides this one."""
    texts = (one for one in text.document.translations if one.is_language and one.head_id)
    return [one.locale for one in texts if one.locale != text.at.locale]


def beside(text: Open, lines: Sequence[Line], tag: Tag | None) -> Mapping[Key, str]:
    """Return what stands in a second language beside these lines."""
    if text.at.name.kind is Kind.CATALOGUE:
        return _messages(text, tag)
    there = _by_source(text, tag)
    rows = {row.key: row for row in text.sheet.rows}
    told = {line.key: [there.get(one.key, "") for one in rows[line.key].sources] for line in lines}
    return {key: "\n\n".join(dict.fromkeys(one for one in texts if one)) for key, texts in told.items()}


def _messages(text: Open, tag: Tag | None) -> Mapping[Key, str]:
    """Return the messages of another language's catalogue, form below form; none that somebody was not sure of."""
    if tag is None or text.document.text_in(tag) is None:
        return {}
    sure = (row for row in sheets.sheet(text.session, text.at.name, tag).rows if not row.unsure)
    return {row.key: apart(row.text) for row in sure if row.text.strip(FORMS)}


def _by_source(text: Open, tag: Tag | None) -> Mapping[Key, str]:
    """Return what stands in a second language, by the segments of the text that somebody translates from.

    Nothing where nobody knows what belongs to what.
    """
    if tag is None or text.document.text_in(tag) is None:
        return {}
    if tag == text.document.source:
        through = sheets.sheet(text.session, text.at.name, text.sheet.source)
        return {row.key: "\n\n".join(one.text for one in row.sources) for row in through.rows}
    other = sheets.sheet(text.session, text.at.name, tag, Bases(source=text.sheet.source))
    return {one.key: row.text for row in other.rows if row.text for one in row.sources}
