"""The editor's page: which segments of a text are shown, filled with what, and what stands under the one in front."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Flask, request

from app.domain.documents import Kind
from app.domain.locales import language, parse_tag
from app.domain.permissions import Side
from app.queries.reviews import title_of
from app.services.offers import can_submit
from app.services.sheets import Bases
from app.web.desk.address import Address
from app.web.desk.desk import Desk
from app.web.desk.draft_media import thumbs
from app.web.desk.editor_filters import filtered
from app.web.desk.editor_words import editor_keys, filter_examples, letters_of
from app.web.desk.happenings import who_word
from app.web.desk.lines import SIZE, Line, paged
from app.web.desk.mentions import mentionable
from app.web.desk.odd_values import whole
from app.web.desk.open_text import Open, line_named
from app.web.desk.second_language import beside, others

ASKED = ("q", "from", "source", "beside")
"""What an address of the editor may ask for, besides the segment in front (`at`)."""


def editor_page(desk: Desk, at: Address, bases: Bases, refill: Callable[[Line], Line], **given: object) -> str:
    """Return the editor as its address asks for it. `refill` puts in what was refused, `given` goes to the page."""
    with desk.reading() as session:
        text = Open.of(desk, session, at, bases)
        lines, key = [refill(line) for line in text.lines()], request.form.get("at") or request.args.get("at", "")
        found = filtered(text, lines)
        if request.form and key and all(line.key != key for line in found.lines):
            found = replace(found, lines=lines)  # what was typed below the segment comes back, whatever the filter
        front = next((place for place, line in enumerate(found.lines) if line.key == key), None)
        first = request.args.get("from", type=whole) if not (request.form and front is not None) else None
        if first is None:
            first = (front or 0) // SIZE * SIZE
        part, second = paged(found.lines, show="all", first=first), request.args.get("beside", type=parse_tag)
        return desk.render(
            "desk/translate.html", at=at, sheet=text.sheet, part=part, filtered=found, found=text.findings(part.lines),
            under=None if front is None else text.under(found.lines[front], lines),
            others=others(text), beside_tag=second, beside=beside(text, part.lines, second),
            letters=letters_of(language(at.locale)), is_catalogue=at.name.kind is Kind.CATALOGUE,
            asked={name: request.args[name] for name in ASKED if request.args.get(name)},
            title=title_of(session, text.document, at.locale), is_source=text.side is Side.SOURCE,
            photos=thumbs(session, text.document.id), machine=text.machine(), loose=text.loose(),
            elsewhere=text.elsewhere(), in_review=text.in_review,
            mentionable=mentionable(session, by=desk.person().name),
            can_submit=can_submit(session, text.document.text_in(at.locale), desk.actor(at.locale)), **given,
        )  # fmt: skip


def aside_page(desk: Desk, at: Address, bases: Bases) -> str:
    """Return what stands under one segment by itself. NotFound for one that there is none of."""
    with desk.reading() as session:
        text = Open.of(desk, session, at, bases)
        lines = text.lines()
        line = line_named(lines, request.args.get("at", ""))
        return desk.render(
            "desk/aside_page.html", at=at, line=line, is_source=text.side is Side.SOURCE, kept=None,
            under=text.under(line, lines), machine=text.machine(),
        )  # fmt: skip


def install(app: Flask) -> None:
    """Give the templates of the desk the words of the editor."""
    app.jinja_env.globals.update(editor_keys=editor_keys, filter_examples=filter_examples, who_word=who_word)
    app.jinja_env.filters["merge_with"] = _merged


def _merged(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    return {**one, **other}
