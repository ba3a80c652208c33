"""Files of the tree that were not taken in when they were last read, and why."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import Problem
from app.domain.locales import babel_identifier
from app.domain.segments import Tag
from app.storage.tree_files import DbTreeFile


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file, the SHA-256 of the bytes that were refused, and what is wrong with them."""

    path: str
    digest: str
    problems: tuple[Problem, ...]


def refused_files(session: Session, name: DocumentName | None, locale: Tag | None) -> Iterator[RefusedFile]:
    """Yield the files of one document or all, in one locale or all, that are refused; one query."""
    rows = session.scalars(select(DbTreeFile).where(DbTreeFile.refused != "").order_by(DbTreeFile.path))
    for row in rows:
        if _is_of(row.path, name) and _is_in(row.path, locale):
            problems = tuple(Problem(**said) for said in json.loads(row.problem))
            yield RefusedFile(path=row.path, digest=row.refused, problems=problems)


def _is_of(path: str, name: DocumentName | None) -> bool:
    if name is None:
        return True
    if name.kind is Kind.CATALOGUE:
        return path.startswith("translations/") and path.rpartition("/")[2].startswith(f"{name.name}.")
    return path.split("/")[:3] == ["content", "news" if name.kind is Kind.NEWS else "pages", name.name]


def _is_in(path: str, locale: Tag | None) -> bool:
    if locale is None:
        return True
    return path.rpartition("/")[2].startswith(f"{locale}.") or f"/{babel_identifier(locale)}/LC_MESSAGES/" in path
