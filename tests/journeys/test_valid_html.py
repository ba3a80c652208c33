"""The Nu HTML checker says nothing of any kind of page in any language: neither an error nor a warning."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services.texts import find
from tests.databases import required
from tests.journeys.sample_site import LOCALES, client_of, sample_site
from tests.trees import Place, decide

pytestmark = pytest.mark.vnu

CHECKER = os.environ.get("TILMASH_TEST_VNU", "")
"""The path of vnu.jar; empty on a laptop without it."""

TAKEN_FOR_TURKISH = 'This document appears to be written in Turkish but the “html” start tag has “lang="tk"”'
"""Its guess of a language knows no Turkmen, and takes a text in it for the nearest one that it knows."""

ITEM, PARTLY, ONE_LANGUAGE, WITHDRAWN = "caricc-sco-memorandum", "dog-handlers", "annual-review", "open-day"
TAG = "cooperation"


def checker_or_skip() -> Path:
    if not CHECKER:
        if required("vnu"):
            pytest.fail("TILMASH_REQUIRE names vnu, and TILMASH_TEST_VNU gives no path")
        pytest.skip("no TILMASH_TEST_VNU")
    return Path(CHECKER)


@pytest.fixture
def place(tmp_path: Path, sample: Path) -> Iterator[Place]:
    checker_or_skip()
    with sample_site(tmp_path / "site", sample) as place:
        with place.database.write() as session:
            for locale in ("en", "ru", "kk", "tg"):
                decide(
                    session,
                    find(session, DocumentName.parse(f"news/2025-10-07-{WITHDRAWN}"), Tag(locale)),
                    Action.WITHDRAW,
                )
        yield place


def kinds(locale: str, slugs: dict[str, str]) -> Iterator[tuple[str, int]]:
    """One address of each kind of page, and its status."""
    items = [f"news/{slugs[name]}" for name in (ITEM, PARTLY, ONE_LANGUAGE)]
    lists = ("", "news/", "news/?older=2026", "archive/", "archive/2026/", "archive/2026/03/", "tags/", f"tags/{TAG}/")
    for path in (*lists, *items, "about", "contacts", "search", "search?q=CARICC", "search?q=%3Cb%3E"):
        yield f"/{locale}/{path}", 200
    yield f"/{locale}/nowhere", 404
    yield f"/{locale}/news/{slugs[WITHDRAWN]}", 410


def test_each_kind_of_page_in_each_language_is_valid(place: Place, tmp_path: Path) -> None:
    client, answers = client_of(place), tmp_path / "answers"
    answers.mkdir()
    slugs = {name: next(iter(slug_of(place, name))) for name in (ITEM, PARTLY, ONE_LANGUAGE, WITHDRAWN)}
    written: dict[str, str] = {}
    for locale in LOCALES:
        for address, status in kinds(locale, slugs):
            answer = client.get(address, follow_redirects=True)
            assert (answer.status_code, answer.mimetype) == (status, "text/html"), address
            file = answers / f"{len(written):03}.html"
            file.write_bytes(answer.data)
            written[file.name] = answer.request.path
    assert len(written) == len(LOCALES) * 18
    done = subprocess.run(
        ["java", "-jar", checker_or_skip(), "--format", "json", "--exit-zero-always", *sorted(answers.iterdir())],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    messages = json.loads(done.stderr)["messages"]
    named = [
        (written[PurePosixPath(one["url"]).name], one["message"], one.get("extract"))
        for one in messages
        if not one["message"].startswith(TAKEN_FOR_TURKISH)
    ]
    assert named == []


def slug_of(place: Place, name: str) -> Iterator[str]:
    """The English slug of a sample item."""
    for file in place.path("content/news").glob(f"*-{name}/en.md"):
        yield from (line.removeprefix("slug: ") for line in file.read_text().splitlines() if line.startswith("slug: "))
