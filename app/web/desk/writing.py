"""Writing a source text: a document begins, its words and facts are saved, a draft is looked at as readers would."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError

from app.domain.documents import Facts, Kind
from app.domain.errors import BadText, NotFound, Refusal
from app.domain.people import Person
from app.domain.permissions import Right, may, require
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action
from app.domain.word_diff import SegmentDiff
from app.formats.words import with_words
from app.queries import preview
from app.queries import writing as queries
from app.queries.people import full_names
from app.queries.preview import Proof
from app.queries.suggestions import still_open
from app.queries.topics import topics
from app.queries.writing import Source
from app.services import naming, writing
from app.services.offers import can_submit
from app.web.desk import moments
from app.web.desk.address import Address
from app.web.desk.collisions import tell
from app.web.desk.desk import Desk, Place
from app.web.desk.draft_media import DraftMedia
from app.web.desk.happenings import Teller
from app.web.desk.history import History
from app.web.desk.moments import shown, typed
from app.web.desk.odd_values import whole
from app.web.desk.reader_page import reader_page
from app.web.desk.refusals import given_back
from app.web.desk.source_form import Fields, too_late
from app.web.headers import POLICY

_WITH_FRAME = f"{POLICY}; frame-src 'self'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said above a form that comes back: by field, of the whole, and why it was refused; `status` is HTTP's."""

    wrong: dict[str, str] = field(default_factory=dict)
    said: str = ""
    faults: tuple[str, ...] = ()
    status: int = 200


_FINE = Answer()


class Editor:
    """The form of a source text."""

    def __init__(self, desk: Desk, media: DraftMedia) -> None:
        self._desk, self._media = desk, media

    def edit(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show the form as it was saved; of a translation, lead to where it is translated."""
        at = _article(kind, name, locale)
        document, tag = at.name, at.locale
        with self._desk.reading() as session:
            source = queries.source(session, document, tag)
        if not source.is_source:
            return redirect(f"{request.script_root}/{document}/{tag}/translate", 303)
        require(self._desk.actor(tag).roles, Action.EDIT)
        return self._page(source, Fields.of(source, self._desk.zone), _FINE)

    def save(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Save what was typed, or do what a button of the form asks for; whatever is refused comes back as it was."""
        at = _article(kind, name, locale)
        document, tag = at.name, at.locale
        with self._desk.reading() as session:
            source = queries.source(session, document, tag)
        actor = self._desk.actor(tag)
        require(actor.roles, Action.EDIT)
        fields = Fields.sent(request.form, source)
        added = self._media.add(document, request.files.getlist("new_photos"))
        fields = fields.with_photos((*fields.photos, *(one.path for one in added if one.path)))
        if faults := tuple(one.fault for one in added if one.fault):
            return self._page(source, fields, Answer(faults=faults, status=added[-1].status))
        wish, _, place = request.form.get("do", "save").partition(":")
        if wish != "save":
            return self._page(source, self._with(fields, wish, place, source), _FINE)
        form, wrong = fields.meant(source, self._desk.zone)
        if form is not None and (source.facts.publish_at is None or may(actor.roles, Action.SCHEDULE)):
            wrong = too_late(form, source)
        try:
            with self._desk.writing() as session:
                kept = writing.save(session, document, tag, form or fields.words_alone(source), actor)
                if wrong:
                    session.rollback()  # it was tried so that all that is wrong is said at once
        except Refusal as refusal:
            return self._page(source, fields, replace(_given_back(refusal), wrong=wrong))
        except (OSError, OperationalError) as error:
            return self._page(source, fields, _given_back(error))
        if wrong:
            return self._page(source, fields, Answer(wrong=wrong, status=422))
        tell(self._desk, kept.text, kept.facts)
        return redirect(url_for("writing.edit", kind=kind, name=name, locale=tag, saved=kept.text.head.number), 303)

    def _with(self, fields: Fields, wish: str, place: str, source: Source) -> Fields:
        """Return the form as a button leaves it that saves nothing."""
        number = int(place) if place.isdecimal() and len(place) < 4 else len(fields.photos)
        if wish in {"up", "down"}:
            return fields.moved(number, -1 if wish == "up" else 1)
        if wish == "remove":
            return fields.with_photos(fields.photos[:number] + fields.photos[number + 1 :])
        if wish == "slug":
            with self._desk.reading() as session:
                document = queries.find(session, source.document, source.locale).document_id
                slug = naming.propose_slug(
                    session, source.document.kind, fields.words.title, source.locale, but=document
                )
            return fields.with_slug(slug)
        return fields

    def preview(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Show the reader's page of the newest revision, of the one that is asked for, or of what a form has in it."""
        at = _article(kind, name, locale)
        document, tag = at.name, at.locale
        with self._desk.reading() as session:
            if request.method == "GET":
                translation = queries.find(session, document, tag)
                number = request.args.get("revision", type=whole)
                wanted = (
                    queries.revision(session, translation, number) if number else queries.head(session, translation)
                )
                page = preview.page_of(session, translation, wanted)
            else:
                source = queries.source(session, document, tag)
                fields = Fields.sent(request.form, source)
                written = with_words(queries.text_at(session, document, tag, fields.text_base), fields.words)
                proof = Proof(text=written, facts=fields.facts(source, self._desk.zone))
                page = preview.page_of_text(session, queries.find(session, document, tag).document, tag, proof)
        beside_the_form = request.headers.get("Sec-Fetch-Dest") == "iframe"
        return reader_page(self._desk, page, media=f"{request.script_root}/media", labelled=not beside_the_form)

    def _page(self, source: Source, fields: Fields, answer: Answer) -> ResponseReturnValue:
        with self._desk.reading() as session:
            known = dict.fromkeys((*topics(session), *fields.tags))
            diff = self._diff(source, fields) if source.was_live else ()
            tags = (source.locale, NO_LANGUAGE)
            suggested = [one for tag in tags for one in still_open(session, source.document, tag)]
            names = full_names(session, {one.author for one in suggested})
            actor = self._desk.actor(source.locale)
            submits = can_submit(session, queries.find(session, source.document, source.locale), actor)
        page = self._desk.render(
            "desk/write.html",
            source=source,
            fields=fields,
            answer=answer,
            topics=tuple(known),
            diff=diff,
            can_submit=submits,
            suggested=suggested,
            teller=Teller(self._desk.frame().write, names),
            media=self._media.address,
            may_schedule=source.later is None or may(actor.roles, Action.SCHEDULE),
        )
        response = make_response(page, answer.status)
        response.headers["Content-Security-Policy"] = _WITH_FRAME
        return response

    def _diff(self, source: Source, fields: Fields) -> tuple[SegmentDiff, ...]:
        """Return what the form would change for readers; nothing where its words cannot be read yet."""
        try:
            with self._desk.reading() as session:
                base = queries.text_at(session, source.document, source.locale, fields.text_base)
                return queries.against_live(session, source.document, source.locale, with_words(base, fields.words))
        except BadText:
            return ()


class New:
    """A document begins."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def form(self) -> ResponseReturnValue:
        """Ask for what a document begins with."""
        return self._page(_FINE)

    def begin(self) -> ResponseReturnValue:
        """Begin a document and lead to its form."""
        sent, zone, wrong = request.form, self._desk.zone, dict[str, str]()
        kind = Kind.PAGE if sent.get("kind") == Kind.PAGE else Kind.NEWS
        title = " ".join(sent.get("title", "").split())
        locale = Tag(sent.get("locale", ""))
        if not title:
            wrong["title"] = gettext("A text needs a title.")
        date = None
        try:
            date = typed(sent.get("date", ""), zone, moments.DATE) or datetime.now(zone)
        except BadText as refusal:
            wrong["date"] = refusal.reasons[0]
        if wrong:
            return self._page(Answer(wrong=wrong, status=422))
        facts = Facts(source=locale, date=date if kind is Kind.NEWS else None)
        try:
            with self._desk.writing() as session:
                begun = writing.begin(session, kind, title, facts, self._desk.actor(locale)).full_name
        except (Refusal, OperationalError) as error:
            return self._page(_given_back(error))
        return redirect(url_for("writing.edit", kind=begun.kind, name=begun.name, locale=locale), 303)

    def _page(self, answer: Answer) -> ResponseReturnValue:
        site = self._desk.site
        page = self._desk.render(
            "desk/new.html",
            sent=request.form,
            answer=answer,
            locales=tuple(site.locales),
            locale=request.form.get("locale") or self._desk.locale(),
            date=request.form.get("date") or shown(datetime.now(UTC), site.zone),
        )
        return page, answer.status


def _article(kind: str, name: str, locale: str) -> Address:
    """Read an address of what has a form and a reader's page of its own; NotFound for a catalogue."""
    at = Address.of(kind, name, locale)
    if at.name.kind is Kind.CATALOGUE:
        raise NotFound(saying("a catalogue has neither a preview nor a form of its own: it is translated line by line"))
    return at


def _given_back(error: Refusal | OSError | OperationalError) -> Answer:
    refusal, status = given_back(error)
    return Answer(faults=refusal.reasons, status=status)


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, media = Blueprint("writing", __name__), DraftMedia(desk)
    editor, new, history = Editor(desk, media), New(desk), History(desk)
    here = "/<kind>/<name>/<locale>"
    desk.rule(area, "/new", new.form, Right.CREATE, name="new")
    desk.rule(area, "/new", new.begin, Right.CREATE, methods="POST")
    desk.rule(area, f"{here}/edit", editor.edit, Right.READ)
    desk.rule(area, f"{here}/edit", editor.save, Right.READ, methods="POST")
    desk.rule(area, f"{here}/preview", editor.preview, Right.READ, methods="GET POST")
    desk.rule(area, f"{here}/history", history.show, Right.READ, name="history")
    desk.rule(area, f"{here}/history", history.restore, Right.READ, methods="POST")
    desk.rule(area, "/<kind>/<name>/photos", media.photos, Right.READ, methods="POST")
    desk.rule(area, "/media/<path:name>", media.media, Right.READ)
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.CREATE):
        return None
    here = request.endpoint in {"writing.new", "writing.begin"}
    return Place(href=url_for("writing.new"), label=gettext("New text"), current=here)
