import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.codings import Coding, chosen, coded

HTML = "text/html; charset=utf-8"
BODY = b"<p>the same words again and again</p>" * 50


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", Coding.PLAIN),
        ("gzip, deflate, br, zstd", Coding.BROTLI),
        ("gzip, deflate", Coding.GZIP),
        ("GZIP", Coding.GZIP),
        ("x-gzip", Coding.GZIP),
        ("deflate", Coding.PLAIN),
        ("*", Coding.BROTLI),
        ("*;q=0", Coding.PLAIN),
        ("br;q=0, *", Coding.GZIP),
        ("br;q=0, gzip;q=0", Coding.PLAIN),
        ("br;q=0.0, gzip;q=0.001", Coding.GZIP),
        ("br;q=0.5, gzip;q=0.8", Coding.GZIP),
        ("br;q=0.8,gzip;q=0.8", Coding.BROTLI),
        ("gzip ; q=1.000", Coding.GZIP),
        ("identity", Coding.PLAIN),
        ("identity, gzip;q=0.5", Coding.PLAIN),
        ("identity;q=0.5, gzip;q=0.5", Coding.GZIP),
        ("identity;q=0", Coding.PLAIN),
        ("gzip;q=2", Coding.PLAIN),
        ("gzip;q=yes", Coding.PLAIN),
        ("br;level=3", Coding.PLAIN),
        (",, gzip ,", Coding.GZIP),
    ],
)
def test_the_coding_that_a_browser_likes_best_is_chosen(accepted: str, coding: Coding) -> None:
    assert chosen(accepted) is coding


@given(st.text(alphabet="brgzip*;=q01., identy-x", max_size=40) | st.text(max_size=20))
def test_whatever_a_browser_writes_a_coding_that_it_did_not_name_is_not_chosen(accepted: str) -> None:
    coding = chosen(accepted)
    assert coding is Coding.PLAIN or coding in accepted.lower() or "*" in accepted


@given(st.binary(max_size=3000))
def test_what_was_compressed_is_the_same_again(body: bytes) -> None:
    for coding, read in ((Coding.BROTLI, brotli.decompress), (Coding.GZIP, gzip.decompress)):
        made = coded(body, HTML, coding)
        assert made is None or (len(made) < len(body) and read(made) == body)


def test_the_same_bytes_are_compressed_to_the_same_on_every_machine() -> None:
    made = coded(BODY, HTML, Coding.GZIP)
    assert made is not None
    assert made[4:8] == bytes(4)  # the time of RFC 1952


@pytest.mark.parametrize("kind", ["image/webp", "application/pdf", "font/woff2", ""])
def test_what_is_compressed_already_is_left_alone(kind: str) -> None:
    assert coded(BODY, kind, Coding.BROTLI) is None


@pytest.mark.parametrize(
    "kind", ["text/css", "text/javascript", "image/svg+xml", "application/atom+xml", "application/ld+json"]
)
def test_words_are_compressed_in_whatever_they_are_written(kind: str) -> None:
    assert coded(BODY, kind, Coding.BROTLI)
