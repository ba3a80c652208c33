"""What readers see: a revision goes live or is withdrawn, and the read model follows in the same transaction."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from app.domain.documents import OWN_WORDS, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.people import Actor
from app.domain.said import saying
from app.domain.translations import Action, Status
from app.formats.articles import article
from app.formats.facts import with_facts
from app.formats.mo import compile_catalogue
from app.services import facts, memory, projection, revisions
from app.storage.journal import Event, note
from app.storage.published import DbPage
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbTranslation

_SLUG = re.compile(r"[^\W_]+(-[^\W_]+)*")
_LONGEST_SLUG = 120


def publish(
    session: Session,
    translation: DbTranslation,
    revision: DbRevision,
    actor: Actor,
    *,
    minor: bool,
    named: int | None = None,
) -> None:
    """Make a revision the live one, and with a source text its facts. The caller has asked table and guards.

    The facts are those that were `named` when it was scheduled, else the newest. NotAllowed where readers have been
    given others since then, which would be undone.

    In one transaction: the publications, the pointers, the event that says which facts went live, and the projection of
    the whole document.
    """
    now = datetime.now(UTC)
    _make_live(session, translation, revision, minor=minor, now=now)
    if translation.is_source and translation.is_language:
        _publish_facts(session, translation.document, actor, named, now=now)
    projection.project(session, translation.document)


def correct(session: Session, translation: DbTranslation, revision: DbRevision, *, minor: bool) -> None:
    """Make a revision the live one, and nothing else: nobody's unfinished facts go out with a mended word.

    In one transaction: the publication, the pointer, and the projection of the whole document.
    """
    _make_live(session, translation, revision, minor=minor)
    projection.project(session, translation.document)


def put_back(session: Session, translation: DbTranslation, revision: DbRevision, actor: Actor) -> None:
    """Give readers back what they had before the live revision, and with a source text the facts that they had.

    It counts as if the other had never been live (`histories`). Facts that went live later stay: they are newer than
    either text.

    In one transaction: the publications, the pointers, the event that says which facts came back, and the projection of
    the whole document.
    """
    undone, before = newest_publication(session, translation), before_live(session, translation)
    _make_live(session, translation, revision, minor=before is not None and before.minor)
    if undone is not None and translation.is_source and translation.is_language:
        _put_facts_back(session, translation.document, actor, undone)
    projection.project(session, translation.document)


def newest_publication(session: Session, translation: DbTranslation) -> DbPublication | None:
    """Return the newest publication of a text, None if it was never live."""
    return session.scalar(_publications(translation).limit(1))


def before_live(session: Session, translation: DbTranslation) -> DbPublication | None:
    """Return the newest publication of what readers had before the live revision, None if there was no other."""
    earlier = _publications(translation).where(DbPublication.revision_id != translation.live_id)
    return session.scalar(earlier.limit(1))


def _publications(translation: DbTranslation) -> Select[DbPublication]:
    of_text = select(DbPublication).where(DbPublication.translation_id == translation.id)
    return of_text.order_by(DbPublication.id.desc())


def _put_facts_back(session: Session, document: DbDocument, actor: Actor, undone: DbPublication) -> None:
    text = facts.facts_of(document)
    if text is None:
        return
    newest, before = [*session.scalars(_publications(text).limit(2)), None, None][:2]
    if newest is not None and before is not None and newest.at == undone.at:  # they went live together
        revision = session.get_one(DbRevision, before.revision_id)
        _make_live(session, text, revision, minor=True)
        note(session, Event.by(actor, text.subject, Action.PUT_BACK, revision=revision.number, digest=revision.digest))


def withdraw(session: Session, translation: DbTranslation) -> None:
    """Take what is live from the readers' sight, whatever the head is doing."""
    translation.live_id = None
    session.flush()
    projection.project(session, translation.document)


def _make_live(
    session: Session, translation: DbTranslation, revision: DbRevision, *, minor: bool, now: datetime | None = None
) -> None:
    at = now or datetime.now(UTC)
    session.add(DbPublication(translation_id=translation.id, revision_id=revision.id, minor=minor, at=at))
    translation.live_id = revision.id
    if not translation.is_language:
        facts.follow(session, translation.document)
    session.flush()
    memory.feed(session, translation)


def _publish_facts(session: Session, document: DbDocument, actor: Actor, named: int | None, *, now: datetime) -> None:
    """Let the facts that are meant go live, if they aren't, and note that they did; a later draft of them stays one.

    At the same moment (`now`) as the text: by that it is known that they went together.
    """
    text = facts.facts_of(document)
    if text is None or text.head_id is None:
        return
    meant = named
    if meant is None or facts.same(session, text, meant, text.head_id):
        _clear_time(session, text, actor)
        meant = text.head_id
    if text.live_id == meant or ((text.live_id or 0) > meant and was_live(session, text, meant)):
        return  # what stands is newer
    if (text.live_id or 0) > meant:
        raise NotAllowed(
            saying("its date, tags or photos were changed for readers after it was scheduled; schedule it again")
        )
    if text.head_id == meant:
        text.status = Status.APPROVED
    revision = session.get_one(DbRevision, meant)
    _make_live(session, text, revision, minor=True, now=now)
    note(session, Event.by(actor, text.subject, Action.PUBLISH, revision=revision.number, digest=revision.digest))


def _clear_time(session: Session, text: DbTranslation, actor: Actor) -> None:
    """Take a time that is still to come out of facts that go live now: other languages would wait for it."""
    known, head = facts.newest(session, text.document), session.get_one(DbRevision, text.head_id)
    if known is not None and known.publish_at is not None and known.publish_at > datetime.now(UTC):
        said = with_facts(head.text, replace(known, publish_at=None))
        cleared = revisions.store(session, text, said, actor, base=head, path=text.subject)
        revisions.bring_in(session, text, cleared, actor, base=head)


def require_publishable(session: Session, translation: DbTranslation, revision: DbRevision) -> None:
    """Raise NotAllowed or BadText unless readers could be shown this text: the error-level checks."""
    if translation.document.kind is Kind.CATALOGUE:
        if translation.is_language:
            compile_catalogue(revision.text, path=translation.subject)
        return
    if not translation.is_language:
        return
    slug = article(translation.document.full_name, translation.locale, revision.text).slug
    require_slug(translation.document.kind, slug, path=translation.subject)
    if owner := _owner(session, translation, slug):
        taken = saying("the slug '%(slug)s' belongs to another document (%(document)s)", slug=slug, document=owner)
        raise NotAllowed(taken)


def require_slug(kind: Kind, slug: str, *, path: str) -> None:
    """Raise BadText unless this can be the end of an address of such a document."""
    if not _SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG or slug != slug.lower():
        reason = saying(
            "a slug is lower-case letters and digits joined by hyphens, %(most)s at most, and not '%(slug)s'",
            most=_LONGEST_SLUG, slug=slug,
        )  # fmt: skip
        raise BadText(Problem(path=path, line=0, reason=reason))
    if kind is Kind.PAGE and slug in OWN_WORDS:
        reason = saying(
            "the slug '%(slug)s' is an address of the site itself, and no standing page can be reached there", slug=slug
        )
        raise BadText(Problem(path=path, line=0, reason=reason))


def require_source(session: Session, translation: DbTranslation) -> None:
    """Raise NotAllowed while readers have nothing of what this is a translation of, not yet or no more.

    It may be approved meanwhile.
    """
    if translation.document.kind is Kind.CATALOGUE or translation.is_source or not translation.is_language:
        return
    source, language = translation.document.text_in(translation.document.source), translation.document.source
    if source is None or not was_live(session, source):
        raise NotAllowed(saying("its source text (%(language)s) has never been published", language=language))
    require_source_not_withdrawn(session, translation)


def require_source_not_withdrawn(session: Session, translation: DbTranslation) -> None:
    """Raise NotAllowed where what this is a translation of was taken back from its readers."""
    source = translation.document.text_in(translation.document.source)
    if source is None or source is translation or source.live_id is not None or not translation.is_language:
        return
    if was_live(session, source):
        raise NotAllowed(saying("its source text (%(language)s) was withdrawn", language=source.locale))


def was_live(session: Session, translation: DbTranslation, revision: int | None = None) -> bool:
    """Tell whether readers ever had a text, or this revision of it."""
    found = exists().where(DbPublication.translation_id == translation.id)
    if revision is not None:
        found = found.where(DbPublication.revision_id == revision)
    return session.scalar(select(found)) or False


def _owner(session: Session, translation: DbTranslation, slug: str) -> str | None:
    """Return the title under which another document uses a slug: in whatever language, since a slug leads to one."""
    return session.scalar(
        select(DbPage.title)
        .where(
            DbPage.kind == translation.document.kind,
            DbPage.slug == slug,
            DbPage.document_id != translation.document_id,
        )
        .limit(1)
    )
