"""Files of the tree that were not taken in when they were last read, and why."""

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import Problem
from app.domain.locales import babel_identifier
from app.domain.segments import Tag
from app.storage.tree_files import DbTreeFile


def refused_files(
    session: Session, name: DocumentName | None, locale: Tag | None
) -> Iterator[tuple[DbTreeFile, list[Problem]]]:
    """Yield the files of one document or all, in one locale or all, that are refused, and what is wrong with each."""
    for row in session.scalars(select(DbTreeFile).where(DbTreeFile.refused != "").order_by(DbTreeFile.path)):
        if _is_of(row.path, name) and _is_in(row.path, locale):
            yield row, [Problem(**said) for said in json.loads(row.problem)]


def _is_of(path: str, name: DocumentName | None) -> bool:
    if name is None:
        return True
    if name.kind is Kind.CATALOGUE:
        return path.startswith("translations/") and f"/{name.name}." in path
    return path.startswith(f"content/{'news' if name.kind is Kind.NEWS else 'pages'}/{name.name}/")


def _is_in(path: str, locale: Tag | None) -> bool:
    if locale is None:
        return True
    return f"/{locale}." in path or f"/{babel_identifier(locale)}/LC_MESSAGES/" in path
