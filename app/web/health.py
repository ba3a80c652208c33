"""`GET /healthz`: whether pages can be served."""

from flask import Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app.queries import reading
from app.storage import schema
from app.storage.database import Database


class Health:
    """Looks at the database and its schema; a site that was never synchronised cannot serve pages either."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def answer(self) -> Response:
        """Return 200 with `status`, `database` and `revision` of the schema, or 503 and what is wrong."""
        try:
            revision = schema.current(self._database.engine)
            with self._database.read() as session:
                there = revision != "" and reading.site(session) is not None
        except SQLAlchemyError:
            return _told(503, said="unavailable", database="unreachable", revision=None)
        if revision != schema.newest():
            return _told(503, said="not migrated", database="reachable", revision=revision)
        if not there:
            return _told(503, said="not synchronised", database="reachable", revision=revision)
        return _told(200, said="ok", database="reachable", revision=revision)


def _told(code: int, *, said: str, database: str, revision: str | None) -> Response:
    response = jsonify(status=said, database=database, revision=revision)
    response.status_code = code
    response.headers["Cache-Control"] = "no-store"
    return response
