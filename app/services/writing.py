"""What an author writes at the desk: a document begins, its source text and facts are saved, an old text comes back.

A form has all of a text, so each save names the revisions that the form was filled from (idea 2 of the design): what
others saved meanwhile is merged in and never overwritten.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Facts, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.permissions import Right, require
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Status
from app.domain.transliteration import free
from app.formats.choice import format_of, parse
from app.formats.facts import with_facts
from app.formats.words import Words, with_words, words_in
from app.services import fact_changes, naming, publishing, revisions, site, transitions
from app.services.texts import find, find_revision
from app.storage.database import savepoint
from app.storage.texts import DbDocument, DbRevision, DbTranslation

_TRIES = 3  # names that two people think of in the same instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a person sends: the words and the facts, and the numbers of the revisions that they were made from."""

    words: Words
    facts: Facts
    text_base: int
    facts_base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of it: the source text, and the facts."""

    text: revisions.Saved
    facts: revisions.Saved


def begin(session: Session, kind: Kind, title: str, facts: Facts, actor: Actor) -> DbDocument:
    """Begin a news item or page with a title in its source language; its slug is proposed, and so is its name.

    In one transaction: the document, its facts and its text, each as a first revision. NotAllowed for who may not, and
    for a language that the site has not.
    """
    require(actor.roles, Right.CREATE)
    settings = site.settings(session)
    if facts.source not in settings.locales:
        raise NotAllowed(saying("the site has no language %(tag)s", tag=facts.source))
    slug = naming.propose_slug(session, kind, title, facts.source)
    day = facts.date.astimezone(settings.zone).date() if facts.date else None
    document = _document(session, kind, facts.source, slug=slug, day=day)
    text = with_words("", Words(title=title, slug=slug))
    for locale, first in ((NO_LANGUAGE, with_facts("", facts)), (facts.source, text)):
        translation = DbTranslation(document=document, locale=locale, status=Status.MISSING)
        session.add(translation)
        transitions.lock(session, translation)
        revisions.save(session, translation, first, actor, base=None, path=translation.subject)
    return document


def _document(session: Session, kind: Kind, source: Tag, *, slug: str, day: date | None) -> DbDocument:
    for tries_left in reversed(range(_TRIES)):
        name = naming.propose_name(session, kind, slug, day)
        document = DbDocument(kind=kind, name=name, source=source, created_at=datetime.now(UTC), translations=[])
        try:
            with savepoint(session):
                session.add(document)
                session.flush()
        except IntegrityError:  # somebody else began one of that name in this instant
            if not tries_left:
                raise
        else:
            return document
    raise AssertionError("the last try returns or raises")


def save(session: Session, name: DocumentName, locale: Tag, form: Form, actor: Actor) -> Kept:
    """Save a source text and the facts of its document, each merged with what others saved since the form was filled.

    In one transaction: both revisions, and the time of what is scheduled, if the facts in force name another.
    BadText says what cannot be used, NotAllowed what this person may not; then nothing has changed.
    """
    translation = find(session, name, locale)
    document = translation.document
    if not translation.is_source:
        reason = saying(
            "%(text)s is a translation; its source text is in %(language)s",
            text=translation.subject, language=document.source,
        )  # fmt: skip
        raise NotAllowed(reason)
    facts = _save_facts(session, document, form, actor)
    transitions.lock(session, translation)
    base = find_revision(session, translation, form.text_base)
    text = with_words(base.text, form.words)
    _require_own_slug(session, document, base.text, form.words.slug, path=translation.subject)
    saved = revisions.save(session, translation, text, actor, base=base, path=translation.subject)
    return Kept(text=saved, facts=facts)


def _save_facts(session: Session, document: DbDocument, form: Form, actor: Actor) -> revisions.Saved:
    translation = find(session, document.full_name, NO_LANGUAGE)
    transitions.lock(session, translation)
    base = find_revision(session, translation, form.facts_base)
    text = with_facts(base.text, form.facts)
    if text == base.text:
        return revisions.Saved(incoming=base, head=session.get_one(DbRevision, translation.head_id))
    return fact_changes.save(session, translation, text, actor, base=base)


def _require_own_slug(session: Session, document: DbDocument, before: str, slug: str, *, path: str) -> None:
    """Raise BadText where a slug is new here and can be none, or another document has it; say one that is free."""
    if not slug or slug == words_in(before).slug:
        return
    publishing.require_slug(document.kind, slug, path=path)
    others = naming.Slugs(session, document.kind, document.id)
    if slug in others:
        reason = saying(
            "the slug '%(slug)s' belongs to another document; '%(free)s' is free", slug=slug, free=free(slug, others)
        )
        raise BadText(Problem(path=path, line=0, reason=reason))


def restore(
    session: Session, name: DocumentName, locale: Tag, *, number: int, base: int, actor: Actor
) -> revisions.Saved:
    """Let an old revision of a text be the newest again: its words are saved anew, and history keeps what came between.

    `base` is the number of the revision that was the newest when this was asked for; what was saved since is merged in.
    Of facts, what follows from other ones follows from these (`fact_changes.save`).
    """
    translation = find(session, name, locale)
    transitions.lock(session, translation)
    old, newest = (find_revision(session, translation, one) for one in (number, base))
    header = parse(name.kind, locale, old.text, path=translation.subject).header
    text = format_of(name.kind, locale).with_header(old.text, replace(header, minor=False))
    return fact_changes.save(session, translation, text, actor, base=newest)
