import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadText, Problem
from app.domain.stored import StoredFile
from app.storage.files import LARGEST, ingest_file
from app.storage.media import MediaStore, media_type

PATH = "content/news/x/files/memorandum.ru.pdf"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def test_a_pdf_is_kept_byte_for_byte_under_its_digest(store: MediaStore) -> None:
    digest = hashlib.sha256(PDF).hexdigest()
    stored = ingest_file(PDF, path=PATH, store=store)
    assert stored == StoredFile(digest=digest, path=f"{digest[:2]}/{digest}.pdf", size=len(PDF))
    assert store.path(stored.path).read_bytes() == PDF
    assert media_type(stored.path) == "application/pdf"
    assert ingest_file(PDF, path="another/name.pdf", store=store) == stored


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is not a PDF, whatever its name says"),
        (b"<html><script>alert(1)</script></html>", "is not a PDF, whatever its name says"),
        (b"PK\x03\x04" + PDF, "is not a PDF, whatever its name says"),
        (PDF + bytes(LARGEST), "is larger than 50 MB"),
    ],
    ids=["nothing", "HTML", "a zip archive before it", "too large"],
)
def test_anything_else_is_refused_with_its_reason(raw: bytes, reason: str, store: MediaStore) -> None:
    with pytest.raises(BadText) as refused:
        ingest_file(raw, path=PATH, store=store)
    assert refused.value.problems == (Problem(path=PATH, line=0, reason=reason),)
    assert not store.folder.exists()


def archive(comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("Evil.class", "code")
        packed.comment = comment
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        PDF + archive(),
        PDF + archive(comment=PDF),
        b"%PDF-1.7\n" + archive(comment=b"\n%%EOF\n"),
        b"%PDF-1.7\n" + archive(comment=b"PK\x05\x06" + bytes(18) + b"\n%%EOF\n"),
        b"%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF\n",
        b"%PDF-1.7\n<svg/onload=alert(1)>\n%%EOF\n",
        b"%PDF-1.7 /*\n" + PDF + b"*/ alert(1)",
        PDF + b"<script>alert(1)</script>",
        PDF + b"Rar!\x1a\x07\x01\x00",
    ],
    ids=["zip", "zip with a PDF", "zip around", "two ends", "page", "picture", "script", "script behind", "rar"],
)
def test_a_file_of_two_kinds_in_one_is_refused(raw: bytes, store: MediaStore) -> None:
    with pytest.raises(BadText, match="is a PDF and another file in one"):
        ingest_file(raw, path=PATH, store=store)
    assert not store.folder.exists()


@pytest.mark.parametrize("tail", [b"", b"\r\n", b"\0" * 500, b"\n9 0 obj\n<<>>\nendobj\n%%EOF\n"])
def test_a_pdf_that_was_padded_or_added_to_is_one(tail: bytes, store: MediaStore) -> None:
    assert ingest_file(PDF + tail, path=PATH, store=store).size == len(PDF + tail)


@given(st.binary(max_size=100).filter(lambda raw: not raw.startswith(b"%PDF-")))
def test_random_bytes_are_refused_and_never_crash(raw: bytes) -> None:
    with pytest.raises(BadText):
        ingest_file(raw, path=PATH, store=MediaStore(Path("nowhere")))
