"""The glossary: its terms from one language into another, listed, searched and written; and one added in the editor."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.domain.errors import BadText, Forbidden, Refusal
from app.domain.glossary import Term
from app.domain.people import Person
from app.domain.permissions import Right, Side, may
from app.domain.segments import Tag
from app.domain.terms import MOST
from app.formats import term_files
from app.formats.term_files import TYPES, TermFile
from app.queries import glossary as queries
from app.services import glossary
from app.web.desk import below
from app.web.desk.address import TEXT, Address
from app.web.desk.desk import Desk, Place
from app.web.desk.glossary_form import Between, TermForm, between, between_or_first, sources
from app.web.desk.odd_values import whole
from app.web.desk.refusals import given_back
from app.web.desk.translating import Kept, Translating

SIZE = 100
_LONGEST_WORDS = 100


class Glossaries:
    """The page of a pair of languages, and what is sent from it."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._translating = desk, Translating(desk)

    def page(self) -> ResponseReturnValue:
        """Show the terms of a pair that have the words that are asked for, and a form: of the term to be changed."""
        with self._desk.reading() as session:
            pair = between_or_first(session, self._desk.site, self._desk.person())
            number = request.args.get("change", 0, type=whole)
            entry = queries.one(session, number, pair.source, pair.target) if number else None
            return self._shown(session, pair, TermForm.shown(pair, entry))

    def save(self) -> ResponseReturnValue:
        """Add, change or take out a term. What is refused is given back as it was typed, beside what stands there."""
        pair = between(self._desk.site, request.form)
        form = TermForm.typed(pair)
        try:
            said = self._saved(pair, form)
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            refusal, status = given_back(error)
            with self._desk.reading() as session:
                return self._shown(session, pair, form.refused(session, refusal)), status
        flash(said, "done")
        return redirect(pair.url(**({} if form.number else {"add": "1"})), 303)

    def _saved(self, pair: Between, form: TermForm) -> str:
        actor = self._desk.actor(pair.target)
        with self._desk.writing() as session:
            if request.form.get("do") == "remove":
                term = glossary.remove(session, form.number, pair.source, pair.target, actor, version=form.version).term
                return str(gettext("“%(term)s” was taken out of the glossary.", term=term))
            if form.number:
                term = glossary.change(session, form.number, form.term, actor, version=form.version).term
            else:
                term = glossary.add(session, form.term, actor).term
            return str(gettext("“%(term)s” is in the glossary.", term=term))

    def bring(self) -> ResponseReturnValue:
        """Take a table or a TBX file in, all of it or nothing; what is wrong is said line by line."""
        pair, file = between(self._desk.site, request.form), request.files.get("table")
        try:
            terms = term_files.read(file.read() if file else b"", pair.source, pair.target, path="")
            with self._desk.writing() as session:
                brought = glossary.bring(session, pair.source, pair.target, terms, self._desk.actor(pair.target))
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            refusal, status = given_back(error)
            with self._desk.reading() as session:
                return self._shown(session, pair, TermForm.shown(pair, None), table=refusal), status
        write = self._desk.frame().write
        said = gettext(
            "The file is in the glossary. New terms: %(added)s; changed: %(changed)s; as before: %(same)s.",
            added=write.number(brought.added), changed=write.number(brought.changed), same=write.number(brought.same),
        )  # fmt: skip
        flash(said, "done")
        return redirect(pair.url(), 303)

    def table(self) -> ResponseReturnValue:
        """Send all terms of a pair as a file: a table, or what the address names."""
        pair = between(self._desk.site, request.args)
        form = TermFile.TBX if request.args.get("format") == TermFile.TBX else TermFile.CSV
        with self._desk.reading() as session:
            entries = queries.listed(session, pair.source, pair.target, size=MOST).entries
        raw = term_files.write(form, (one.term for one in entries), pair.source, pair.target)
        name = f"glossary-{pair.source}-{pair.target}.{form}"
        return raw, {"Content-Type": TYPES[form], "Content-Disposition": f'attachment; filename="{name}"'}

    def add_here(self, kind: str, name: str, locale: str) -> ResponseReturnValue:
        """Add a term from the editor, and lead back to its segment; what is refused is given back there."""
        at = Address.of(kind, name, locale)
        term = below.sent(at.locale).term or Term(source=Tag(""), target=at.locale, term="", translation="")
        try:
            with self._desk.writing() as session:
                self._translating.put(session, at)
                below.add(session, desk=self._desk, at=at, term=term)
        except Forbidden:
            raise
        except (Refusal, OperationalError) as error:
            return self._translating.refused(at, Kept(typed={}, refusal=given_back(error)[0]))
        flash(gettext("“%(term)s” is in the glossary.", term=term.term), "done")
        return self._translating.onward(at, {"at": request.form.get("at", "")}, pressed="term")

    def _shown(self, session: Session, pair: Between, form: TermForm, *, table: Refusal | None = None) -> str:
        words = " ".join(request.args.get("words", "").split())[:_LONGEST_WORDS]
        first = max(request.args.get("from", 0, type=whole), 0)
        found = queries.listed(session, pair.source, pair.target, words=words, first=first, size=SIZE)
        site = self._desk.site
        return self._desk.render(
            "desk/glossary.html", pair=pair, form=form, found=found, words=words, first=first, size=SIZE,
            may_write=may(self._desk.actor(pair.target).roles, Right.GLOSSARY, of=Side.TRANSLATION),
            sources=sources(site), targets=tuple(site.locales), table=table, problems=_problems(table),
            is_open=bool(form.number or form.refusal or "add" in request.args),
        )  # fmt: skip


def _problems(refusal: Refusal | None) -> list[tuple[int, str]]:
    """Return what is wrong with a table, each with the line where it is; 0 is the whole of it."""
    if isinstance(refusal, BadText):
        return [(one.line, one.reason) for one in refusal.problems]
    return [(0, reason) for reason in refusal.reasons] if refusal is not None else []


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes of this area."""
    area, view = Blueprint("glossary", __name__), Glossaries(desk)
    desk.rule(area, "/glossary/", view.page, Right.READ)
    desk.rule(area, "/glossary/table", view.table, Right.READ)
    desk.rule(area, "/glossary/term", view.save, Right.GLOSSARY, methods="POST")
    desk.rule(area, "/glossary/bring", view.bring, Right.GLOSSARY, methods="POST")
    desk.rule(area, TEXT + "translate/term", view.add_here, Right.GLOSSARY, methods="POST")
    desk.menu.append(_place)
    return area


def _place(person: Person) -> Place | None:
    if not person.has(Right.READ):
        return None
    here = request.endpoint in {"glossary.page", "glossary.save", "glossary.bring"}
    # Translators: an entry of the desk's menu: terms, and how each language translates them
    return Place(href=url_for("glossary.page"), label=gettext("Glossary"), current=here)
