"""A file sent in bad faith leaves nothing behind at the desk: no row, no word of a text, no place of the server."""

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.formats import term_table
from app.storage.glossary import DbTerm
from app.storage.memory import DbMemoryUnit
from app.storage.memory_imports import DbMemoryImport
from app.storage.uploads import DbUpload
from tests import databases
from tests.desk import TestDesk
from tests.formats import hostile_files, test_hostile_csv, test_hostile_tmx
from tests.formats.hostile import PLACES
from tests.trees import FOLDER
from tests.web.desk.test_files_out_and_back import office

TEXT, PACKAGES = f"/desk/{FOLDER}/ky/files", "/desk/texts/files"
ROWS = (DbUpload, DbTerm, DbMemoryUnit, DbMemoryImport)

Kinds = Mapping[str, Callable[[], bytes]]


@pytest.fixture
def desk(tmp_path: Path, sqlite_template: str) -> Iterator[TestDesk]:
    desk = TestDesk(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    office(desk.place)
    yield desk
    desk.place.database.dispose()


def all_of(desk: TestDesk) -> object:
    """What a file could change: the tree, the texts, what waits beside them, and the rows of files."""
    with desk.place.database.read() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in ROWS]
    return desk.place.files(), desk.place.revisions(), desk.place.suggestions(), counts


def send(client: FlaskClient, at: str, raw: bytes, name: str, field: str = "file", **more: str) -> TestResponse:
    form = {field: (io.BytesIO(raw), name), **more}
    answer = client.post(at, data=form, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # where the client of the tests keeps what is long
    return answer


def not_refused(desk: TestDesk, kinds: Kinds, answer: Callable[[bytes], TestResponse]) -> list[str]:
    """Return the kinds that were taken, or told a place of the server, or of which something was kept."""
    before, wrong = all_of(desk), []
    for kind, make in kinds.items():
        refused = answer(make())
        told = [place for place in PLACES if place in refused.text]
        if not 400 <= refused.status_code < 500 or told or all_of(desk) != before:
            wrong.append(kind)
    return wrong


@pytest.mark.parametrize(
    ("kinds", "at", "name"),
    [
        (hostile_files.REFUSED_XLIFF, TEXT, "mine.xlf"),
        (hostile_files.REFUSED_WORD, TEXT, "mine.docx"),
        (hostile_files.REFUSED_PACKAGES | hostile_files.WORD_PACKAGES, PACKAGES, "mine.zip"),
    ],
    ids=["XLIFF", "Word", "packages"],
)  # fmt: skip
def test_a_hostile_file_of_a_text_is_refused_and_nothing_is_kept(
    desk: TestDesk, kinds: Kinds, at: str, name: str
) -> None:
    kanat = desk.signed_in("kanat")
    assert not_refused(desk, kinds, lambda raw: send(kanat, at, raw, name)) == []


def test_a_hostile_memory_is_refused_and_nothing_is_kept(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    kinds = {kind: make for kind, (make, _, _) in test_hostile_tmx.REFUSED.items()}
    assert not_refused(desk, kinds, lambda raw: send(rustam, "/desk/memory/bring", raw, "mine.tmx")) == []


def test_a_hostile_table_of_terms_is_refused_and_nothing_is_kept(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term_table, "MOST", test_hostile_csv.MOST)
    carim = desk.signed_in("carim")

    def bring(raw: bytes) -> TestResponse:
        return send(carim, "/desk/glossary/bring", raw, "mine.csv", "table", source="en", target="ky")

    kinds: Kinds = {kind: partial(bytes, raw) for kind, (raw, _, _) in test_hostile_csv.REFUSED.items()}
    assert not_refused(desk, kinds, bring) == []
