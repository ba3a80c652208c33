import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

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


@pytest.fixture
def media(app: Flask, tmp_path: Path) -> FlaskClient:
    (tmp_path / "media" / "ab").mkdir(parents=True)
    for name in ("ab/abcdef0123456789-480.jpg", "ab/abcdef0123456789.pdf", "ab/abcdef0123456789.html", "secret.txt"):
        (tmp_path / "media" / name).write_bytes(b"bytes")
    (tmp_path / "tilmash.db").write_bytes(b"secret")
    return app.test_client()


def test_a_photo_is_kept_for_ever_and_can_run_nothing(media: FlaskClient) -> None:
    response = media.get("/media/ab/abcdef0123456789-480.jpg", buffered=True)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == FOR_EVER
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Content-Disposition"].startswith("inline")


def test_a_document_is_saved_and_not_shown(media: FlaskClient) -> None:
    pdf = media.get("/media/ab/abcdef0123456789.pdf", buffered=True)
    assert (pdf.headers["Content-Type"], pdf.headers["Content-Disposition"].split(";")[0]) == (
        "application/pdf",
        "attachment",
    )
    other = media.get("/media/ab/abcdef0123456789.html", buffered=True)
    assert other.headers["Content-Type"] == "application/octet-stream"
    assert other.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path", ["../tilmash.db", "ab/../../tilmash.db", "%2e%2e/tilmash.db", "secret.txt", "ab/", "ab/none0123456789.jpg"]
)
def test_nothing_but_media_is_served(media: FlaskClient, path: str) -> None:
    assert media.get(f"/media/{path}").status_code == 404
