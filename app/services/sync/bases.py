"""Articles that say they were made from a text that nobody knows, told at each run: that text may come in later."""

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import BadText, Problem
from app.domain.segments import BasedOn, Tag
from app.formats.encoding import decode
from app.formats.front_matter import base_of
from app.services.sync.slots import Slot
from app.storage.texts import DbDocument, DbRevision, DbTranslation
from app.storage.tree import Found

_PLAIN = re.compile(rb"^based-on:[ \t]*([a-zA-Z0-9-]+@[0-9a-f]{8,64})[ \t]*\r?$", re.MULTILINE)
"""As nearly every file has it; what is right so needs no parser."""


def unknown_bases(session: Session, document: DbDocument, articles: Mapping[Slot, Found]) -> Iterator[Problem]:
    """Yield which of these files name a text that was never here, or themselves, each with its line and the reason."""
    naming = {slot: found for slot, found in articles.items() if b"based-on" in found.raw}
    known = _known(session, document) if naming else {}
    for slot, found in naming.items():
        plain = _PLAIN.search(found.raw)
        if plain and not _fault(BasedOn.parse(plain[1].decode()), slot, document.source, known):
            continue
        try:
            said = base_of(decode(found.raw, path=slot.path), path=slot.path)
        except BadText:
            continue  # told where it was to come in
        if said and (reason := _fault(said[0], slot, document.source, known)):
            yield Problem(path=slot.path, line=said[1], reason=reason)


def _known(session: Session, document: DbDocument) -> Mapping[Tag, tuple[str, ...]]:
    """Return the digests of all that was ever saved of a document, by language."""
    saved = select(DbTranslation.locale, DbRevision.digest).join(
        DbRevision, DbRevision.translation_id == DbTranslation.id
    )
    found: dict[Tag, tuple[str, ...]] = {}
    for locale, digest in session.execute(saved.where(DbTranslation.document_id == document.id)):
        found[locale] = (*found.get(locale, ()), digest)
    return found


def _fault(named: BasedOn, slot: Slot, source: Tag, known: Mapping[Tag, tuple[str, ...]]) -> str:
    """Return what is wrong with a base, nothing if it is known."""
    if slot.locale == source:
        return "has a based-on, which means nothing here: it is the text that the others are made from"
    if named.locale == slot.locale:
        return f"is based on {named}, which would be itself: name the text that it was made from"
    if named.locale not in known:
        return f"is based on {named}, and there is no text in {named.locale}: nobody knows whether it is out of date"
    if not any(digest.startswith(named.digest) for digest in known[named.locale]):
        digits = f"`tilmash digest {named.locale}.md` prints those of what is there now"
        return f"is based on {named}, and no text in {named.locale} ever had these digits: {digits}"
    return ""
