"""Photos on their way in: checked, turned upright, stripped of all but their pixels, made in several widths.

What readers are served is always encoded anew from decoded pixels. So no metadata (camera, place, names) and nothing
that was hidden in or behind the original reaches them, and the original itself isn't kept.
"""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from app.domain.errors import BadText, Problem
from app.domain.pages import Cut
from app.domain.said import Said, saying
from app.domain.stored import StoredPhoto
from app.storage.media import MediaStore, cut_name, photo_name

LARGEST = 20 * 2**20
MOST_PIXELS = 40_000_000
"""Those that are ever decoded at once: 120 MB a copy."""
MOST_PIXELS_OF_JPEG = 100_000_000
"""A JPEG that is much larger than the widest width is decoded at a half, a quarter or an eighth of its size."""
LONGEST_SIDE = 16_383
"""WebP's own limit (RFC 9649, 2.5: fourteen bits a side)."""

WIDTHS = (320, 640, 960, 1280, 1920)

CUT = (1200, 630)
"""The share picture: 1.91 : 1, which networks show beside a link, at the width that they ask for."""
_FACES = 1 / 3
"""Which part of what is cut off is cut off above: faces are in the upper half of a photo."""

Image.MAX_IMAGE_PIXELS = None  # the limits are our own, and asked before anything is decoded

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82
_ON_ITS_SIDE = {5, 6, 7, 8}  # values of Exif's Orientation that turn by 90 degrees


def ingest_photo(raw: bytes, *, path: str, store: MediaStore) -> StoredPhoto:
    """Make a photo in all its widths, keep them, and return what there is. `path` is what a refusal names.

    The same bytes give the same names; what is in the store already isn't made again. BadText if it is no JPEG, PNG or
    WebP (by content, the name counts for nothing), moves, is larger than 20 MB or 40 megapixels (100, if it is
    a JPEG that can be decoded smaller), or cannot be decoded to its end.
    """
    if len(raw) > LARGEST:
        raise _refused(path, saying("is larger than 20 MB"))
    with _decoding(path):
        width, height = _upright_size(raw, path)
    digest = hashlib.sha256(raw).hexdigest()
    sizes = tuple((each, max(round(height * each / width), 1)) for each in widths_of(width))
    cut_size = cut_of(*sizes[-1])
    cut = Cut(path=cut_name(digest), width=cut_size[0], height=cut_size[1])
    if not all(store.exists(name) for name in (cut.path, *(photo_name(digest, each) for each, _ in sizes))):
        with _decoding(path):
            photo = _plain(raw, sizes[-1])
        for size in sizes:
            if not store.exists(name := photo_name(digest, size[0])):
                store.put(name, _webp(photo, size))
        store.put(cut.path, _jpeg(photo, cut_size))
    return StoredPhoto(
        digest=digest,
        width=sizes[-1][0],
        height=sizes[-1][1],
        variants=tuple((photo_name(digest, each), each) for each, _ in sizes),
        cut=cut,
    )


def develop_photo(raw: bytes, *, path: str, store: MediaStore) -> StoredPhoto:
    """Do as `ingest_photo` with a photo of which no file will be kept: the widest that is made stands for it.

    Its bytes are in the store as the widest variant, and would come in from a folder as the same photo.
    """
    if len(raw) > LARGEST:
        raise _refused(path, saying("is larger than 20 MB"))
    with _decoding(path):
        width, height = _upright_size(raw, path)
        widest = widths_of(width)[-1]
        size = (widest, max(round(height * widest / width), 1))
        plain = _webp(_plain(raw, size), size)
    store.put(photo_name(hashlib.sha256(plain).hexdigest(), widest), plain)
    return ingest_photo(plain, path=path, store=store)


def widths_of(width: int) -> tuple[int, ...]:
    """Return the widths to make of a photo so wide: never wider than it is, and no two that are nearly the same."""
    widest = min(width, WIDTHS[-1])
    return (*(step for step in WIDTHS if step <= widest * 0.9), widest)


def cut_of(width: int, height: int) -> tuple[int, int]:
    """Return the size of the share picture of a photo of this size: never larger than what there is of it."""
    widest = max(min(CUT[0], width, height * CUT[0] // CUT[1]), 1)
    return widest, max(round(widest * CUT[1] / CUT[0]), 1)


@contextmanager
def _decoding(path: str) -> Iterator[None]:
    """Let Pillow read what came from outside: every error counts as a refusal.

    What it only warns of is no error: filters of warnings are the whole process's, and other threads answer requests.
    """
    try:
        yield
    except (BadText, MemoryError):
        raise
    except UnidentifiedImageError:
        raise _refused(path, saying("is not a photo in JPEG, PNG or WebP, whatever its name says")) from None
    except Exception:  # noqa: BLE001  # Pillow's readers raise whatever the bytes lead them to
        raise _refused(path, saying("is broken or cut short, and cannot be decoded")) from None


def _upright_size(raw: bytes, path: str) -> tuple[int, int]:
    """Return width and height of the photo as it is to be seen, from its header; refuse what is too large or moves."""
    with Image.open(io.BytesIO(raw), formats=_FORMATS) as image:
        width, height = image.size
        _refuse_too_many_pixels(image, path)
        if max(width, height) > LONGEST_SIDE:
            raise _refused(path, saying("is longer than %(most)s pixels on one side", most=LONGEST_SIDE))
        if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
            raise _refused(path, saying("moves, and a photo stands still"))
        lies = image.getexif().get(ExifTags.Base.Orientation) in _ON_ITS_SIDE
    return (height, width) if lies else (width, height)


def _refuse_too_many_pixels(image: Image.Image, path: str) -> None:
    """Refuse what would take too much memory: a JPEG by what there is of it once it is decoded at a part of its size.

    Not so a progressive one, of which all coefficients are held, however small it is decoded.
    """
    width, height = image.size
    most = MOST_PIXELS // 1_000_000
    if width * height <= MOST_PIXELS:
        return
    if image.format != "JPEG":
        raise _refused(path, saying("has more than %(most)s megapixels", most=most))
    if image.info.get("progressive"):
        more = MOST_PIXELS_OF_JPEG // 1_000_000
        raise _refused(path, saying(
            "has more than %(most)s megapixels, and is a progressive JPEG: a baseline one may have %(more)s",
            most=most, more=more,
        ))  # fmt: skip
    if min(width, height) < 2 * (WIDTHS[-1] + 1):  # one more, whichever way the height is rounded
        raise _refused(path, saying(
            "has more than %(most)s megapixels, and is too narrow to be decoded at a part of its size", most=most
        ))  # fmt: skip
    if width * height > MOST_PIXELS_OF_JPEG:
        raise _refused(path, saying("has more than %(most)s megapixels", most=MOST_PIXELS_OF_JPEG // 1_000_000))


def _plain(raw: bytes, size: tuple[int, int]) -> Image.Image:
    """Decode the photo to its end: upright, in sRGB, on white where it was transparent, nothing but its pixels.

    Of a JPEG that is at least twice as large as `size`, every second, fourth or eighth pixel will do.
    """
    with Image.open(io.BytesIO(raw), formats=_FORMATS) as image:
        lies = image.getexif().get(ExifTags.Base.Orientation) in _ON_ITS_SIDE
        image.draft(None, size[::-1] if lies else size)
        upright = ImageOps.exif_transpose(image)
        paper = Image.new("RGB", upright.size, "white")
        mask = upright.convert("RGBA").getchannel("A") if upright.has_transparency_data else None
        paper.paste(_in_srgb(upright, image.info.get("icc_profile")), mask=mask)
    return paper


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the colours in sRGB; a profile that is broken or of another kind of colours is passed over."""
    if image.mode.startswith("I"):
        image = image.point(lambda level: level / 257).convert("L")  # 16 bits to 8, which convert alone would cut off
    elif image.mode not in {"L", "RGB", "CMYK"}:
        image = image.convert("RGBA").convert("RGB")  # through RGBA, since a palette may hold the transparency
    if profile:
        try:
            return _converted(image, profile)
        except (ImageCms.PyCMSError, OSError):
            pass
    return image.convert("RGB")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    result = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return result or image


def _webp(photo: Image.Image, size: tuple[int, int]) -> bytes:
    """Return the photo at a size as WebP, without any metadata."""
    out = io.BytesIO()
    photo.resize(size, Image.Resampling.LANCZOS, reducing_gap=3).save(out, "WEBP", quality=_QUALITY, method=4)
    return out.getvalue()


def _jpeg(photo: Image.Image, size: tuple[int, int]) -> bytes:
    """Return as much of the photo as has the shape of `size`, at that size, as JPEG without any metadata."""
    out = io.BytesIO()
    ImageOps.fit(photo, size, Image.Resampling.LANCZOS, centering=(0.5, _FACES)).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _refused(path: str, reason: Said) -> BadText:
    return BadText(Problem(path=path, line=0, reason=reason))
