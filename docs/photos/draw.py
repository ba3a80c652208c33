"""Draw the photos of the sample site: `python docs/photos/draw.py [NAME …]`, all of them where none is named.

They are illustrations made for this project and nobody's likeness. Each run draws the same pixels: chance is seeded
by the picture's name. A picture is saved as JPEG at the highest quality that keeps it below `LARGEST` bytes.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

import ceremony
from sheet import Sheet

Scene = Callable[[Sheet], None]

NEWS = Path(__file__).resolve().parents[2] / "content" / "news"
LARGEST = 190_000
USUAL, WIDE, UPRIGHT = (1600, 1067), (1600, 900), (1067, 1600)

PICTURES: tuple[tuple[str, str, tuple[int, int], Scene], ...] = (
    ("2026-03-18-caricc-sco-memorandum", "signing", USUAL, ceremony.signing),
    ("2026-03-18-caricc-sco-memorandum", "delegations", USUAL, ceremony.delegations),
    ("2026-03-18-caricc-sco-memorandum", "handshake", USUAL, ceremony.handshake),
    ("2026-03-18-caricc-sco-memorandum", "headquarters", USUAL, ceremony.headquarters),
)


def jpeg(picture: Image.Image) -> bytes:
    """Return the picture as JPEG, as good as fits."""
    for quality in range(92, 60, -2):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


def main(names: list[str]) -> None:
    """Draw the pictures of these names."""
    for folder, name, (width, height), scene in PICTURES:
        if names and name not in names:
            continue
        sheet = Sheet(width, height, name)
        scene(sheet)
        path = NEWS / folder / "photos" / f"{name}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(jpeg(sheet.finished()))


if __name__ == "__main__":
    main(sys.argv[1:])
