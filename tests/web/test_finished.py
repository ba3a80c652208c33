"""What is kept is answered as Flask would have, whatever is asked and whatever is published in between."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.test import Client, EnvironBuilder, TestResponse

from app.config import Settings
from app.factory import create_app
from app.web import assets, published
from app.web.codings import Coding, coded
from app.web.shelf import UNTIL
from tests.web.fakes import EN, KK, SITE, SLUGS, FakeCounter, FakeReader, filled, item

URL = "https://news.example.org"
ITEM = f"/kk/news/{SLUGS[KK]}"
PATHS = [
    "/kk/", "/kk/news/", "/en/news/", ITEM, "/kk/news/open-day", "/kk/about", "/kk/feed.atom", "/KK/", "/kk", "/",
    f"/kk/news/{SLUGS[EN]}", f"{ITEM}/", "/kk/nowhere", "/kk/news/%00", "/kk/%6Eews/", "/kk//news/", "/now", "/healthz",
    "/static/x/css/base.css", "/media/ab/cd", "/xx/news/", "/kk/news/caf%E9",
]  # fmt: skip
QUERIES = [
    "",
    "older=2",
    "older=2&older=3",
    "newer=1&older=2",
    "utm_source=x",
    "older=",
    "older=%FF",
    "older=%FE",
    "a=é",
]
READ = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@dataclass(frozen=True)
class Asked:
    path: str
    query: str
    method: str
    host: str
    scheme: str
    held: str
    accepted: str

    def environ(self) -> dict[str, Any]:
        headers = Headers(
            {"Host": self.host, "Accept-Encoding": self.accepted, "Range": "bytes=0-9", "Cookie": "locale=uz"}
        )
        if self.held:
            headers["If-None-Match"] = self.held
        builder = EnvironBuilder(
            path=self.path, query_string=self.query, method=self.method, headers=headers,
            base_url=f"{self.scheme}://{self.host}",
        )  # fmt: skip
        return builder.get_environ()


LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="?"), max_size=6)
"""A `?` in a path werkzeug's client takes for a query, quoted or not."""

REQUESTS = st.builds(
    Asked,
    path=st.sampled_from(PATHS) | LETTERS.map(lambda word: f"/kk/{word}"),
    query=st.sampled_from(QUERIES),
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "POST"]),
    host=st.sampled_from(["localhost", "news.example.org", "evil.example"]),
    scheme=st.sampled_from(["http", "https"]),
    held=st.sampled_from(["", "", "*", '"x"', "TAG"]),
    accepted=st.sampled_from(["", "gzip", "gzip, br", "br;q=0, *;q=0.1", "identity"]),
)


def published_something(reader: FakeReader, number: int) -> None:
    """Change what readers see: a title, and every other time the site's address."""
    reader.number += 1
    reader.items[KK, SLUGS[KK]] = item(KK, title=f"Title {number}")
    reader.settings = replace(SITE, url=URL if number % 2 else "")


def answer(application: Any, environ: dict[str, Any]) -> TestResponse:
    return Client(application).open(environ)


def facts(response: TestResponse, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the headers in their alphabet; a second of the clock may end between two answers."""
    said = ((name, "" if name == UNTIL else value) for name, value in response.headers)
    return sorted((name, value) for name, value in said if name not in without)


def without_the_finished_pages(app: Flask) -> Any:
    return lambda environ, start: Flask.wsgi_app(app, environ, start)


@settings(max_examples=50)
@given(st.lists(REQUESTS | st.integers(0, 9), min_size=2, max_size=25))
def test_a_kept_page_is_answered_as_flask_answers(steps: list[Asked | int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(published, "FRESH", -1.0)
        reader = filled()
        app = create_app(Settings.from_environment({}), reader=reader, counter=FakeCounter())
        bare, last = without_the_finished_pages(app), '"none"'
        for step in steps:
            if isinstance(step, int):
                published_something(reader, step)
                continue
            asked = replace(step, held=last) if step.held == "TAG" else step
            ours, flasks = answer(app.wsgi_app, asked.environ()), answer(bare, asked.environ())
            agree(asked, ours, flasks)
            last = flasks.headers.get("ETag", last)


def agree(asked: Asked, ours: TestResponse, flasks: TestResponse) -> None:
    assert "Set-Cookie" not in ours.headers
    assert ours.status == flasks.status
    if asked.path == "/now":
        return
    coding = ours.headers.get("Content-Encoding", "")
    if coding == flasks.headers.get("Content-Encoding", ""):
        assert (facts(ours), ours.data) == (facts(flasks), flasks.data)
        return
    assert coding in asked.accepted or "*" in asked.accepted
    sized = {"Content-Encoding", "Content-Length"}
    assert facts(ours, without=sized) == facts(flasks, without=sized)
    assert asked.method == "HEAD" or READ[coding](ours.data) == flasks.data


def test_a_page_is_compressed_once_for_all_readers_of_a_coding(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Coding] = []

    def counting(body: bytes, kind: str, coding: Coding) -> bytes | None:
        made.append(coding)
        return coded(body, kind, coding)

    monkeypatch.setattr("app.web.shelf.coded", counting)
    monkeypatch.setattr(published, "FRESH", 60.0)
    plain = client.get(ITEM)
    for coding, read in READ.items():
        answers = [client.get(ITEM, headers={"Accept-Encoding": coding}) for _ in range(3)]
        assert {read(one.data) for one in answers} == {plain.data}
        assert {one.headers["ETag"] for one in answers} == {plain.headers["ETag"]}
    assert made == [Coding.GZIP, Coding.BROTLI]


def test_addresses_that_readers_make_up_push_out_no_page(
    client: FlaskClient, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.lists |= {(KK, str(number)): reader.lists[KK, "2"] for number in range(10, 300)}
    monkeypatch.setattr(published, "PAGES", 3)
    monkeypatch.setattr(published, "ASKED", 5)
    monkeypatch.setattr(published, "FRESH", 60.0)
    client.get("/kk/news/")
    for number in range(10, 30):
        assert client.get(f"/kk/news/?older={number}").status_code == 200
    asked = reader.asked
    client.get("/kk/news/")
    assert reader.asked == asked


@pytest.mark.parametrize("url", ["", URL])
def test_hosts_that_readers_make_up_push_out_no_page_of_the_site(
    client: FlaskClient, reader: FakeReader, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    reader.settings = replace(SITE, url=url)
    monkeypatch.setattr(published, "PAGES", 3)
    monkeypatch.setattr(published, "FRESH", 60.0)
    client.get(ITEM, base_url=URL)
    for number in range(10):
        client.get(ITEM, base_url=f"https://host{number}.example")
    asked = reader.asked
    client.get(ITEM, base_url=URL)
    assert reader.asked == asked


def test_a_page_made_while_something_is_published_is_for_nobody_after(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was made from what version 1 says, and kept when that was over already."""
    monkeypatch.setattr(published, "FRESH", -1.0)

    class Publishing(FakeReader):
        def item(self, *where: Any) -> Any:
            found = super().item(*where)
            if self.number == 1:
                published_something(self, 2)
            return found

    reader = Publishing(items=filled().items)
    client = create_app(Settings.from_environment({}), reader=reader, counter=FakeCounter()).test_client()
    assert "Title 2" not in client.get(ITEM).get_data(as_text=True)
    assert "Title 2" in client.get(ITEM).get_data(as_text=True)


@pytest.mark.parametrize("coding", list(READ))
def test_scripts_and_styles_are_compressed_too(client: FlaskClient, coding: str) -> None:
    page = client.get("/kk/").get_data(as_text=True)
    address = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    plain = client.get(address)
    answered = client.get(address, headers={"Accept-Encoding": coding})
    assert READ[coding](answered.data) == plain.data
    assert answered.headers.get("Content-Encoding", "") == coding
    assert answered.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answered.headers["Vary"] == "Accept-Encoding"
    held = client.get(address, headers={"If-None-Match": answered.headers["ETag"]})
    assert (held.status_code, held.data) == (304, b"")


def test_a_build_is_named_by_its_files_and_by_its_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def name(**written: str) -> str:
        for file, text in written.items():
            (tmp_path / file.replace("_", ".")).write_text(text)
        return assets.build_id.__wrapped__(tmp_path)

    names = [name(page_html="a", code_py="b", style_css="c"), name(page_html="b"), name(code_py="c"), name(new_js="")]
    assert name(note_txt="nothing of ours") == names[-1]
    monkeypatch.setattr("app.web.assets.metadata.distributions", list)
    assert len({*names, name()}) == 5


def test_another_build_of_the_same_texts_answers_its_own_pages(
    settings: Settings, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deployment: nobody is told that the HTML of the old build, which he holds, is today's."""
    clients = []
    for build in ("old", "new"):
        monkeypatch.setattr("app.factory.assets.build_id", lambda _package, build=build: build)
        clients.append(create_app(settings, reader=reader, counter=FakeCounter()).test_client())
    for path in ("/kk/", "/kk/news/?older=2", ITEM, "/kk/about", "/kk/feed.atom"):
        held = clients[0].get(path).headers["ETag"]
        for _ in range(2):
            assert clients[1].get(path, headers={"If-None-Match": held}).status_code == 200
        assert clients[0].get(path, headers={"If-None-Match": held}).status_code == 304
