"""Photos for tests: honest ones and hostile ones, made in memory."""

import io
import struct
import zlib

from PIL import Image, ImageCms

EXIF_ORIENTATION, EXIF_ARTIST, GPS = 0x0112, 0x013B, 0x8825


def halves(width: int = 1200, height: int = 800) -> Image.Image:
    """A photo that is red on the left and blue on the right, so that one sees how it was turned."""
    photo = Image.new("RGB", (width, height), (220, 20, 20))
    photo.paste((20, 20, 220), (width // 2, 0, width, height))
    return photo


def encoded(photo: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    photo.save(out, kind, **options)
    return out.getvalue()


def exif_of(orientation: int) -> bytes:
    """Exif that says which way up a photo is, who took it and where."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    exif[EXIF_ARTIST] = "Secret Name"
    exif.get_ifd(GPS).update({1: "N", 2: (43.0, 14.0, 15.0), 3: "E", 4: (76.0, 53.0, 42.0)})
    return exif.tobytes()


def located(orientation: int) -> bytes:
    """A JPEG with all that a camera and its owner can tell."""
    return encoded(halves(), exif=exif_of(orientation), icc_profile=srgb_profile(), comment=b"Secret Comment")


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", lines) + _chunk(b"IEND", b"")


def markers_of_jpeg(raw: bytes) -> list[int]:
    """The markers before the one scan of a JPEG, that one included (ITU-T T.81, B.1.1); it ends with the file."""
    markers, at = [], 0
    while True:
        assert raw[at] == 0xFF
        markers.append(raw[at + 1])
        if markers[-1] == 0xDA:
            break
        at += 2 + (0 if markers[-1] == 0xD8 else int.from_bytes(raw[at + 2 : at + 4]))
    assert raw.index(b"\xff\xd9", at) == len(raw) - 2, "nothing stands behind the end"
    return markers


def chunks_of_webp(raw: bytes) -> set[bytes]:
    """The names of the chunks of a WebP file (RFC 9649, 2.3)."""
    assert (raw[:4], raw[8:12]) == (b"RIFF", b"WEBP")
    names, at = set(), 12
    while at < len(raw):
        names.add(raw[at : at + 4])
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return names
