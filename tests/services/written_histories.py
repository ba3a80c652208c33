"""Histories that chance made, as they stand in the tables: documents, revisions, publications and the journal."""

import json
from collections.abc import Mapping, Sequence
from itertools import count

import msgspec
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.figure_states import Deed, written
from app.domain.people import Channel
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Status
from app.services.stands import DETAIL
from app.storage import actors
from app.storage.base import Base
from app.storage.journal import DbEvent
from app.storage.texts import DbDocument, DbPublication, DbRevision, DbTranslation
from tests.domain.figure_histories import EN, LANGUAGES, Author, Revision

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def write(session: Session, authors: Sequence[Author], people: Mapping[str, str]) -> None:
    """Write all of it, in bulk; `people` are names by the digests that stand in the histories."""
    digests = {digest: actors.digest(session, name) for digest, name in people.items()}
    numbers, ids = count(1), count(100)  # beside what tests write of their own
    rows = dict[type[Base], list[dict[str, object]]]()
    for table in (DbDocument, DbTranslation, DbRevision, DbPublication):
        rows[table] = []
    events = list[tuple[str, Author, int]]()
    for place, author in enumerate(authors):
        document, name = next(ids), f"2026-01-01-{place}"
        is_catalogue, begins = author.book.is_catalogue, author.moments[0].happening.at
        kind = Kind.CATALOGUE if is_catalogue else Kind.NEWS
        rows[DbDocument].append({
            "id": document, "kind": kind, "name": name, "source": NO_LANGUAGE if is_catalogue else EN,
            "created_at": begins,
        })  # fmt: skip
        texts = {tag: next(ids) for tag in (NO_LANGUAGE, *LANGUAGES)}
        rows[DbTranslation] += [
            {"id": text, "document_id": document, "locale": tag, "status": Status.MISSING}
            for tag, text in texts.items()
        ]
        saved = dict[tuple[Tag, int], int]()
        for (tag, number), one in author.book.revisions.items():
            saved[tag, number] = next(numbers)
            rows[DbRevision].append({
                "id": saved[tag, number], "translation_id": texts[tag], "number": number, "digest": one.digest,
                "parent_id": one.parent and saved[tag, one.parent], "text": _file(author, tag, one),
                "packed_map": msgspec.json.encode(one.segment_map), "author": "tree", "channel": Channel.TREE,
                "created_at": begins,
            })  # fmt: skip
        rows[DbPublication] += [
            {"translation_id": texts[tag], "revision_id": saved[tag, number], "minor": minor, "at": at}
            for (tag, number, at), minor in author.book.minors.items()
        ]
        events += [(f"{kind}/{name}", author, at) for at in range(len(author.moments))]
    for written_to, of_table in rows.items():
        session.execute(insert(written_to), of_table)
    _journal(session, sorted(events, key=lambda one: one[1].moments[one[2]].happening.at), digests)


def _journal(session: Session, events: Sequence[tuple[str, Author, int]], digests: Mapping[str, str]) -> None:
    found = list[dict[str, object]]()
    for subject, author, place in events:
        moment = author.moments[place]
        for last, deed in ((deed is moment.happening.deeds[-1], deed) for deed in moment.happening.deeds):
            said = {DETAIL: written(moment.stands)} if last and moment.happening.stands is not None else {}
            number = len(found) + 1
            found.append({
                "number": number, "at": moment.happening.at, "source": "desk", "subject": f"{subject}@{deed.locale}",
                "action": str(deed.action), "actor": digests[deed.actor],
                "details": json.dumps({**_said(deed), **said}), "previous": f"{number - 1:064x}",
                "hash": f"{number:064x}",
            })  # fmt: skip
    session.execute(insert(DbEvent), found)


def _said(deed: Deed) -> dict[str, int | str | None]:
    known = deed.known
    said: dict[str, int | str | None] = {"revision": deed.revision}
    if known is not None:
        said |= {"words": known.words, "exact": known.exact, "near": known.near}
    if known is not None and known.submitted is not None:
        said["submitted"] = known.submitted.isoformat()
    return said


def _file(author: Author, tag: Tag, revision: Revision) -> str:
    """Return a revision as its file has it."""
    if author.book.is_catalogue:
        return HEAD + "".join(
            "\n" + (f'msgctxt "{context}"\n' if context else "") + f'msgid "{message}"\nmsgstr "{one.text}"\n'
            for one in revision.segments
            for context, _, message in (one.key.rpartition("\x04"),)
        )
    if tag == NO_LANGUAGE:
        return f'date = 2026-01-01T10:00:00+05:00\nsource = "{revision.source}"\n'
    title, *paragraphs = (one.text for one in revision.segments)
    return f"---\ntitle: {title}\n---\n\n" + "\n\n".join(paragraphs) + "\n"
