"""Slips in facts that break no rule of their file; what they miss may come, so each run looks for them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Facts, Kind
from app.domain.errors import BadText, NotAllowed, Problem
from app.domain.nearness import did_you_mean
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.site import NAMES
from app.formats.choice import parse
from app.formats.encoding import decode
from app.formats.toml_reader import line_of
from app.services import facts, site
from app.services.sync.slots import Slot
from app.storage.texts import DbDocument, DbRevision, DbTranslation
from app.storage.tree import Found

_TEMPLATE = "translations/site.pot"
_TOLD = 20  # tags of a file: to look for what is near takes time

Files = Mapping[Slot, Found]


def require_source(session: Session, document: DbDocument, slot: Slot, found: Found, articles: Files) -> None:
    """Raise NotAllowed where something is live, and facts call another text its source that is not there. BadText."""
    text = decode(found.raw, path=slot.path)
    source = facts.read(text, path=slot.path).source
    if source != document.source and any(one.live_id for one in document.translations):
        fault = _unknown(session, source) or _missing(document, source, articles)
        if fault:
            raise NotAllowed(f"source {fault}", line=line_of(text, "source"))


def slips_in(
    session: Session, document: DbDocument, files: Files, articles: Files, vanished: Iterable[str]
) -> Iterator[Problem]:
    """Yield what is amiss with a source, with tags, and with media that have come in and are not there any more."""
    gone = list(vanished)
    for slot, found in sorted(files.items()):
        try:
            text = decode(found.raw, path=slot.path)
            said = facts.read(text, path=f"{document.full_name}@{NO_LANGUAGE}")  # as it was read to prepare it
        except BadText:
            continue  # told where it was to come in
        reasons = [("source", "", _source(session, document, said.source, articles))]
        reasons += [("tags", tag, reason) for tag, reason in _tags(session, said.tags)]
        reasons += [(key, path, reason) for key, path, reason in _media(said, gone)]
        gone = [path for path in gone if path not in (*said.photos, *said.files)]
        for key, value, reason in reasons:
            if reason:
                yield Problem(path=slot.path, line=line_of(text, key, value), reason=f"{key} {reason}")


def _source(session: Session, document: DbDocument, source: Tag, articles: Files) -> str:
    """Say what a source lacks; where there are no texts yet there is nothing to say."""
    if not articles and not any(one.is_language for one in document.translations):
        return ""
    missing = _missing(document, source, articles)
    return missing and (_unknown(session, source) or missing)  # of a text in such a language it is told itself


def _unknown(session: Session, source: Tag) -> str:
    locales = site.settings(session).locales
    if source in locales:
        return ""
    return f"is {source!r}, which is no language of the site{did_you_mean(source, locales)}"


def _missing(document: DbDocument, source: Tag, articles: Files) -> str:
    known = document.text_in(source)
    here = any(slot.locale == source and _is_usable(slot, found) for slot, found in articles.items())
    return "" if here or (known and known.head_id) else f"is {source!r}, and there is no text in {source}"


def _is_usable(slot: Slot, found: Found) -> bool:
    try:
        parse(slot.document.kind, slot.locale, decode(found.raw, path=slot.path), path=slot.path)
    except BadText:
        return False
    return True


def _tags(session: Session, tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = _msgids(_template(session)) if tags else frozenset[str]()
    for tag in [tag for tag in tags if known and tag not in known][:_TOLD]:
        yield tag, f"has {tag!r}, which no language can translate: it is not in {_TEMPLATE}{did_you_mean(tag, known)}"


def _template(session: Session) -> str:
    """Return the template of the site's own words, empty where there is none: then nothing of it is translated."""
    live = select(DbRevision.text).join(DbTranslation, DbTranslation.live_id == DbRevision.id).join(DbDocument)
    named = (DbDocument.kind == Kind.CATALOGUE, DbDocument.name == NAMES, DbTranslation.locale == NO_LANGUAGE)
    return session.scalar(live.where(*named)) or ""


@lru_cache(maxsize=2)
def _msgids(template: str) -> frozenset[str]:
    if not template:
        return frozenset()
    return frozenset(one.key for one in parse(Kind.CATALOGUE, NO_LANGUAGE, template, path=_TEMPLATE).segments)


def _media(said: Facts, gone: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for path in gone:
        for key, named in (("photos", said.photos), ("files", said.files)):
            if path in named:
                yield key, path, f"names {path!r}, which has vanished; the last good one is kept"
