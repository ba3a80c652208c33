import hashlib
import io
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.domain.errors import BadText, Problem
from app.domain.stored import StoredPhoto
from app.storage.media import MediaStore
from app.storage.photos import LARGEST, WIDTHS, cut_of, ingest_photo, widths_of
from tests.storage.photographs import (
    EXIF_ARTIST,
    GPS,
    chunks_of_webp,
    encoded,
    exif_of,
    halves,
    located,
    markers_of_jpeg,
    png_that_says,
    srgb_profile,
)

PATH = "content/news/x/photos/a.jpg"
PIXELS_ALONE = {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
"""A JPEG's markers (ITU-T T.81, B.1.1.3) where there is nothing but pixels: JFIF's own, tables, the frame, a scan."""


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def taken_in(raw: bytes, store: MediaStore) -> StoredPhoto:
    return ingest_photo(raw, path=PATH, store=store)


def reason(raw: bytes, store: MediaStore) -> str:
    """Why these bytes are refused; nothing of them may be kept."""
    with pytest.raises(BadText) as refused:
        taken_in(raw, store)
    (problem,) = refused.value.problems
    assert problem == Problem(path=PATH, line=0, reason=problem.reason)
    assert not store.folder.exists()
    return problem.reason


def variants(stored: StoredPhoto, store: MediaStore) -> list[bytes]:
    return [store.path(name).read_bytes() for name, _ in stored.variants]


def widest(stored: StoredPhoto, store: MediaStore) -> Image.Image:
    with Image.open(io.BytesIO(variants(stored, store)[-1])) as image:
        return image.convert("RGB")


def near(colour: object, red: int, green: int, blue: int) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - b) <= 12 for a, b in zip(colour, (red, green, blue), strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_each_accepted_kind_comes_out_in_several_widths_of_one_shape(kind: str, store: MediaStore) -> None:
    raw = encoded(halves(), kind)
    stored = taken_in(raw, store)
    assert stored.digest == hashlib.sha256(raw).hexdigest()
    assert (stored.width, stored.height) == (1200, 800)
    assert [width for _, width in stored.variants] == [320, 640, 960, 1200]
    for (name, width), webp in zip(stored.variants, variants(stored, store), strict=True):
        assert name == f"{stored.digest[:2]}/{stored.digest}-{width}.webp"
        with Image.open(io.BytesIO(webp)) as image:
            assert (image.format, image.size) == ("WEBP", (width, round(width * 800 / 1200)))
            image.load()


@pytest.mark.parametrize(
    ("width", "made"),
    [
        (1, (1,)), (200, (200,)), (320, (320,)), (330, (330,)), (400, (320, 400)), (1600, (320, 640, 960, 1280, 1600)),
        (1920, WIDTHS), (16000, WIDTHS),
    ],
)  # fmt: skip
def test_no_photo_is_made_wider_than_it_is_and_no_two_widths_are_nearly_the_same(
    width: int, made: tuple[int, ...]
) -> None:
    assert widths_of(width) == made


def test_a_second_coming_in_gives_the_same_names_and_writes_nothing(store: MediaStore) -> None:
    raw = encoded(halves())
    first = taken_in(raw, store)
    before = {path: path.stat().st_mtime_ns for path in store.folder.rglob("*")}
    assert taken_in(raw, store) == first
    assert {path: path.stat().st_mtime_ns for path in store.folder.rglob("*")} == before


def test_a_width_that_went_missing_is_made_again_byte_for_byte(store: MediaStore) -> None:
    raw = encoded(halves())
    stored = taken_in(raw, store)
    before = variants(stored, store)
    store.path(stored.variants[1][0]).unlink()
    taken_in(raw, store)
    assert variants(stored, store) == before


def test_a_photo_taken_on_its_side_stands_upright_and_forgets_who_took_it_where(store: MediaStore) -> None:
    raw = located(orientation=6)
    with Image.open(io.BytesIO(raw)) as image:
        assert image.getexif().get_ifd(GPS)[4] == (76.0, 53.0, 42.0)
        assert image.getexif()[EXIF_ARTIST] == "Secret Name"
    stored = taken_in(raw, store)
    assert (stored.width, stored.height) == (800, 1200)
    upright = widest(stored, store)
    assert upright.size == (800, 1200)
    assert near(upright.getpixel((400, 100)), 220, 20, 20)
    assert near(upright.getpixel((400, 1100)), 20, 20, 220)
    for webp in variants(stored, store):
        assert chunks_of_webp(webp) == {b"VP8 "}
        assert b"Secret" not in webp
        with Image.open(io.BytesIO(webp)) as image:
            assert not image.getexif()
            assert not {"exif", "icc_profile", "xmp"} & set(image.info)


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
def test_size_and_shape_agree_whichever_way_the_camera_was_held(orientation: int, store: MediaStore) -> None:
    stored = taken_in(located(orientation), store)
    assert widest(stored, store).size == (stored.width, stored.height)
    assert (stored.width > stored.height) is (orientation <= 4)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_very_large_photo_keeps_its_shape_and_its_colours(orientation: int, store: MediaStore) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = taken_in(encoded(halves(6000, 4000), exif=exif), store)
    assert (stored.width, stored.height) == ((1920, 1280) if orientation == 1 else (1920, 2880))
    assert near(widest(stored, store).getpixel((10, 10)), 220, 20, 20)


def test_names_beginning_in_one_way_and_contents_in_another_do_not_matter(store: MediaStore) -> None:
    stored = ingest_photo(encoded(halves(), "PNG"), path="photos/not-really.jpg", store=store)
    assert stored.width == 1200


def test_what_is_transparent_becomes_white(store: MediaStore) -> None:
    photo = halves().convert("RGBA")
    photo.paste((0, 0, 0, 0), (0, 0, 600, 800))
    for raw in (encoded(photo, "PNG"), encoded(photo, "WEBP", lossless=True), encoded(photo.quantize(), "PNG")):
        stored = taken_in(raw, store)
        assert near(widest(stored, store).getpixel((100, 100)), 255, 255, 255)
        assert chunks_of_webp(variants(stored, store)[-1]) == {b"VP8 "}


@pytest.mark.parametrize(
    ("mode", "kind", "grey"),
    [("1", "PNG", 255), ("L", "PNG", 150), ("LA", "PNG", 150), ("P", "PNG", 150), ("I;16", "PNG", 150),
     ("L", "JPEG", 150), ("CMYK", "JPEG", 150)],
)  # fmt: skip
def test_grey_is_the_same_grey_in_every_kind_of_file(mode: str, kind: str, grey: int, store: MediaStore) -> None:
    photo = Image.new("L", (400, 300), grey)
    photo = Image.new("I;16", photo.size, grey * 257) if mode == "I;16" else photo.convert("RGB").convert(mode)
    stored = taken_in(encoded(photo, kind), store)
    assert near(widest(stored, store).getpixel((200, 150)), grey, grey, grey)


def test_a_broken_colour_profile_does_not_cost_the_photo(store: MediaStore) -> None:
    for number, profile in enumerate((b"not a profile", srgb_profile()[:200])):
        stored = taken_in(encoded(halves(1200 + number), icc_profile=profile), store)
        assert near(widest(stored, store).getpixel((100, 100)), 220, 20, 20)


def test_colours_of_another_profile_become_those_of_srgb(store: MediaStore) -> None:
    swapped = srgb_profile().replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    stored = taken_in(encoded(halves(), icc_profile=swapped), store)
    assert near(widest(stored, store).getpixel((100, 100)), 20, 20, 220)


def test_a_very_long_strip_still_has_a_height(store: MediaStore) -> None:
    stored = taken_in(encoded(halves(16_000, 2), "PNG"), store)
    assert (stored.width, stored.height) == (1920, 1)
    assert widest(stored, store).size == (1920, 1)


@pytest.mark.parametrize(
    "tail", [b"<html><script>alert(1)</script></html>", b"PK\x03\x04 a zip archive", b"%PDF-1.7\n", b"GIF89a"]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_or_inside_a_photo_reaches_no_reader(tail: bytes, kind: str, store: MediaStore) -> None:
    hidden = {"JPEG": {"comment": tail}, "PNG": {}, "WEBP": {"xmp": tail}}[kind]
    stored = taken_in(encoded(halves(), kind, **hidden) + tail, store)
    for webp in variants(stored, store):
        assert chunks_of_webp(webp) == {b"VP8 "}
        assert tail not in webp


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        encoded(halves(20, 20), "GIF"),
        encoded(halves(20, 20), "BMP"),
        encoded(halves(20, 20), "TIFF"),
        encoded(halves(20, 20), "ICO"),
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'a'>]><svg onload='alert(1)'/>",
        b"<!--" + encoded(halves(20, 20), "PNG") + b"--><script>alert(1)</script>",
        b"GIF89a" + encoded(halves(20, 20)),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        b"%PDF-1.7\n",
    ],
    ids=[
        "nothing",
        "text",
        "GIF",
        "BMP",
        "TIFF",
        "ICO",
        "SVG",
        "SVG with entities",
        "page-around-PNG",
        "GIF-then-JPEG",
        "EPS",
        "PDF",
    ],
)
def test_only_jpeg_png_and_webp_are_photos(raw: bytes, store: MediaStore) -> None:
    assert reason(raw, store) == "is not a photo in JPEG, PNG or WebP, whatever its name says"


@pytest.mark.parametrize("side", [6_400, 10_000, 100_000, 2**31 - 1])
def test_a_bomb_is_refused_by_its_header(side: int, store: MediaStore) -> None:
    assert reason(png_that_says(side, side), store) == "has more than 40 megapixels"


def jpeg_that_says(width: int, height: int, *, progressive: bool = False) -> bytes:
    """A JPEG of a few pixels whose header promises so many (ITU-T T.81, B.2.2)."""
    raw = encoded(halves(16, 16), progressive=progressive)
    at = raw.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    return raw[:at] + height.to_bytes(2) + width.to_bytes(2) + raw[at + 4 :]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (jpeg_that_says(12_000, 8_400), "has more than 100 megapixels"),
        (jpeg_that_says(16_000, 16_000), "has more than 100 megapixels"),
        (
            jpeg_that_says(12_000, 8_000, progressive=True),
            "has more than 40 megapixels, and is a progressive JPEG: a baseline one may have 100",
        ),
        (
            jpeg_that_says(3_000, 16_000),
            "has more than 40 megapixels, and is too narrow to be decoded at a part of its size",
        ),
    ],
)
def test_a_jpeg_that_would_take_too_much_memory_is_refused_by_its_header(
    raw: bytes, why: str, store: MediaStore
) -> None:
    assert reason(raw, store) == why


_MEASURED = """
import resource, sys
from pathlib import Path
from app.storage.media import MediaStore
from app.storage.photos import ingest_photo
ingest_photo(Path(sys.argv[1]).read_bytes(), path="small", store=MediaStore(Path(sys.argv[3])))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
stored = ingest_photo(Path(sys.argv[2]).read_bytes(), path="large", store=MediaStore(Path(sys.argv[3])))
print(stored.width, stored.height, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1000)
"""


def test_a_jpeg_of_a_hundred_megapixels_comes_in_without_ever_being_whole_in_memory(tmp_path: Path) -> None:
    """Decoded at its own size it would take 288 MB."""
    (tmp_path / "small.jpg").write_bytes(encoded(halves(60, 40)))
    Image.new("RGB", (12_000, 8_000), "teal").save(tmp_path / "large.jpg")
    arguments = [str(tmp_path / name) for name in ("small.jpg", "large.jpg", "media")]
    done = subprocess.run([sys.executable, "-c", _MEASURED, *arguments], capture_output=True, text=True, check=True)
    width, height, megabytes = map(int, done.stdout.split())
    assert (width, height) == (1920, 1280)
    assert megabytes < 120


def test_a_strip_longer_than_webp_can_be_is_refused(store: MediaStore) -> None:
    assert reason(png_that_says(20, 17_000), store) == "is longer than 16383 pixels on one side"


def test_a_file_larger_than_20_mb_is_refused(store: MediaStore) -> None:
    assert reason(encoded(halves()) + bytes(LARGEST), store) == "is larger than 20 MB"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_photo_that_moves_is_refused(kind: str, store: MediaStore) -> None:
    raw = encoded(halves(60, 40), kind, save_all=True, append_images=[halves(60, 40).rotate(180)])
    assert reason(raw, store) == "moves, and a photo stands still"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_photo_that_was_cut_short_is_refused(kind: str, share: float, store: MediaStore) -> None:
    raw = encoded(Image.effect_noise((400, 300), 80).convert("RGB"), kind)
    assert reason(raw[: int(len(raw) * share)], store) == "is broken or cut short, and cannot be decoded"


class _Nowhere(MediaStore):
    """Keeps nothing."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))

    def put(self, name: str, raw: bytes) -> None:
        if name.endswith("-share.jpg"):
            assert set(markers_of_jpeg(raw)) <= PIXELS_ALONE
            return
        assert self.path(name).suffix == ".webp"
        assert chunks_of_webp(raw) == {b"VP8 "}


_SMALL = {
    kind: encoded(halves(24, 16), kind, exif=exif_of(6), icc_profile=srgb_profile()) for kind in ("JPEG", "PNG", "WEBP")
}


@given(st.binary(max_size=400))
def test_random_bytes_are_refused_and_never_crash(raw: bytes) -> None:
    _refused_or_taken(raw)


@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12),
    cut=st.floats(0, 1),
)
def test_damaged_photos_are_refused_or_taken_and_never_crash(
    kind: str, changes: list[tuple[float, int]], cut: float
) -> None:
    raw = bytearray(_SMALL[kind])
    for place, value in changes:
        raw[int(place * len(raw))] = value
    _refused_or_taken(bytes(raw[: round(len(raw) * cut)] if cut > 0.5 else raw))


def _refused_or_taken(raw: bytes) -> None:
    try:
        stored = taken_in(raw, _Nowhere())
    except BadText:
        return
    assert stored.variants


def cut(stored: StoredPhoto, store: MediaStore) -> Image.Image:
    assert stored.cut is not None
    with Image.open(store.path(stored.cut.path)) as image:
        assert image.format == "JPEG"
        assert image.size == (stored.cut.width, stored.cut.height)
        return image.convert("RGB")


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((1920, 1280), (1200, 630)), ((1200, 630), (1200, 630)), ((1920, 300), (571, 300)), ((800, 1200), (800, 420)),
        ((600, 315), (600, 315)), ((1, 1), (1, 1)), ((1920, 1), (1, 1)), ((3, 1000), (3, 2)),
    ],
)  # fmt: skip
def test_the_share_picture_has_the_shape_that_networks_show_and_is_never_larger_than_the_photo(
    size: tuple[int, int], made: tuple[int, int]
) -> None:
    assert cut_of(*size) == made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_each_kind_has_a_share_picture_in_jpeg(kind: str, store: MediaStore) -> None:
    stored = taken_in(encoded(halves(), kind), store)
    shared = cut(stored, store)
    assert shared.size == (1200, 630)
    assert stored.cut is not None
    assert stored.cut.path == f"{stored.digest[:2]}/{stored.digest}-share.jpg"


def test_a_portrait_keeps_its_faces_more_of_what_is_cut_off_is_cut_below(store: MediaStore) -> None:
    """Of 1380 rows 630 are kept: a third of the others is above them."""
    photo = Image.new("RGB", (1200, 1380), "white")
    photo.paste((220, 20, 20), (0, 250, 1200, 880))
    shared = cut(taken_in(encoded(photo, "PNG"), store), store)
    assert all(near(shared.getpixel((600, row)), 220, 20, 20) for row in (8, 300, 620))


def test_a_share_picture_holds_pixels_and_nothing_else(store: MediaStore) -> None:
    stored = taken_in(located(orientation=6), store)
    assert stored.cut is not None
    raw = store.path(stored.cut.path).read_bytes()
    assert set(markers_of_jpeg(raw)) <= PIXELS_ALONE
    assert b"Secret" not in raw
    assert near(cut(stored, store).getpixel((10, 10)), 220, 20, 20), "upright"


def test_a_photo_that_an_older_build_took_in_has_its_share_picture_made_and_nothing_else(store: MediaStore) -> None:
    raw = encoded(halves())
    stored = taken_in(raw, store)
    assert stored.cut is not None
    store.path(stored.cut.path).unlink()
    before = {path: path.stat().st_mtime_ns for path in store.folder.rglob("*.webp")}
    assert taken_in(raw, store) == stored
    assert cut(stored, store).size == (1200, 630)
    assert {path: path.stat().st_mtime_ns for path in store.folder.rglob("*.webp")} == before


def test_who_decodes_a_photo_changes_nothing_for_what_other_threads_do(
    store: MediaStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning that a library gives at another request is no error meanwhile, nor ever after."""
    before, opened, seen = list(warnings.filters), Image.open, []

    def open_and_look(*arguments: Any, **named: Any) -> Image.Image:
        seen.append(list(warnings.filters))
        return opened(*arguments, **named)

    monkeypatch.setattr(Image, "open", open_and_look)
    raw = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(raw, "JPEG")
    taken_in(raw.getvalue(), store)
    assert seen
    assert all(filters == before for filters in seen)
    assert list(warnings.filters) == before
