import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

import app as app_package
from app.storage.media import MediaStore
from tests.web.fakes import KK, SLUGS, FakeReader

FOR_EVER = "public, max-age=31536000, immutable"


def test_static_files_are_named_by_their_content_and_kept_for_ever(client: FlaskClient) -> None:
    page = client.get("/kk/").get_data(as_text=True)
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) > 8
    for address in addresses:
        response = client.get(address, buffered=True)
        assert (response.status_code, response.headers["Cache-Control"]) == (200, FOR_EVER), address


def test_a_page_of_another_build_gets_todays_file_but_may_not_keep_it(client: FlaskClient) -> None:
    response = client.get("/static/000000000000/css/base.css", buffered=True)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize("path", ["../factory.py", "%2e%2e/factory.py", "css/", "nothing.css"])
def test_static_files_are_those_of_the_folder_alone(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/000000000000/{path}").status_code == 404


DIGEST = "ab" + "0123456789abcdef" * 3 + "0123456789abcd"
PHOTO, DOCUMENT = f"ab/{DIGEST}-640.webp", f"ab/{DIGEST}.pdf"


UNNAMED = f"ab/{DIGEST}-320.webp"


@pytest.fixture
def media(app: Flask, reader: FakeReader, tmp_path: Path) -> FlaskClient:
    store = MediaStore(tmp_path / "media")
    for name in (PHOTO, DOCUMENT, UNNAMED):
        store.put(name, b"bytes")
    reader.files = {PHOTO: "", DOCUMENT: 'Шолу "2025".ru.pdf', f"ab/{DIGEST}.html": "page.html"}
    (tmp_path / "media" / "ab" / f"{DIGEST}.html").write_bytes(b"secret")
    (tmp_path / "tilmash.db").write_bytes(b"secret")
    return app.test_client()


def test_a_photo_is_kept_for_ever_and_can_run_nothing(media: FlaskClient) -> None:
    response = media.get(f"/media/{PHOTO}", buffered=True)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == FOR_EVER
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert not response.headers.get("Content-Disposition", "").startswith("attachment")


def test_pages_of_others_may_show_a_photo_as_feed_readers_do_and_load_nothing_else(media: FlaskClient) -> None:
    said = [
        media.get(path, buffered=True).headers["Cross-Origin-Resource-Policy"]
        for path in (f"/media/{PHOTO}", f"/media/{DOCUMENT}", f"/media/{UNNAMED}", "/kk/")
    ]
    assert said == ["cross-origin", "same-origin", "same-origin", "same-origin"]


def test_a_document_is_saved_and_not_shown(media: FlaskClient) -> None:
    headers = media.get(f"/media/{DOCUMENT}", buffered=True).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment")


def test_a_document_is_saved_under_its_own_name_in_any_script(media: FlaskClient) -> None:
    """RFC 6266, 4.3, and for who is older than that a name in ASCII."""
    said = media.get(f"/media/{DOCUMENT}", buffered=True).headers["Content-Disposition"]
    assert parse_options_header(said)[1]["filename"] == 'Шолу "2025".ru.pdf'
    assert "filename*=UTF-8''%D0%A8" in said
    assert said.isascii()


def test_a_document_is_asked_for_again_soon_and_not_sent_again(media: FlaskClient) -> None:
    first = media.get(f"/media/{DOCUMENT}", buffered=True).headers
    assert first["Cache-Control"] == "public, max-age=300"
    assert DIGEST in first["ETag"]
    again = media.get(f"/media/{DOCUMENT}", headers={"If-None-Match": first["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_what_no_published_page_names_is_nobodys_to_read(media: FlaskClient, reader: FakeReader) -> None:
    unnamed = media.get(f"/media/{UNNAMED}")
    assert (unnamed.status_code, unnamed.headers["Cache-Control"]) == (404, "no-store")
    reader.files.clear()
    assert [media.get(f"/media/{name}").status_code for name in (PHOTO, DOCUMENT)] == [404, 404]


@pytest.mark.parametrize(
    "path",
    [
        "../tilmash.db",
        "ab/../../tilmash.db",
        "%2e%2e/tilmash.db",
        f"ab/{DIGEST}.html",
        "ab/",
        f"cd/cd{DIGEST[2:]}.pdf",
    ],
)
def test_nothing_but_media_is_served(media: FlaskClient, path: str) -> None:
    response = media.get(f"/media/{path}")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"


def test_a_page_with_its_styles_and_scripts_weighs_less_than_40_kilobytes(client: FlaskClient) -> None:
    page = client.get(f"/kk/news/{SLUGS[KK]}").data
    folder = Path(app_package.__file__).parent / "static"
    files = [*folder.glob("css/*.css"), *folder.glob("js/*.js")]
    of_the_desk = {file for file in files if file.name.startswith(("desk", "editor"))}
    loaded = page + b"".join(file.read_bytes() for file in files if file not in of_the_desk)
    assert not any(file.stem.encode() in loaded for file in of_the_desk if file.stem not in {"desk", "editor"})
    files = [file for file in files if file not in of_the_desk]
    assert len(files) > 10
    assert sum(len(gzip.compress(content)) for content in (page, *(file.read_bytes() for file in files))) < 40_000
