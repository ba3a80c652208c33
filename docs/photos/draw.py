"""Draw the photos of the sample site: `python docs/photos/draw.py [NAME …]`, all of them where none is named.

They are illustrations made for this project and nobody's likeness. Each run draws the same pixels: chance is seeded
by the picture's name. A picture is saved as JPEG at the highest quality that keeps it below `LARGEST` bytes.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

import borders
import ceremony
import city
import drawings
import feast
import halls
import nature
import sea
import study
import things
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
    ("2026-06-26-international-day", "mountains", USUAL, nature.lake),
    ("2025-12-09-mountain-roads", "mountain-road", USUAL, nature.mountain_road),
    ("2025-12-09-mountain-roads", "pass", WIDE, nature.mountain_pass),
    ("2025-12-09-mountain-roads", "checkpoint", USUAL, borders.checkpoint),
    ("2026-05-14-dog-handlers", "dog-handler", USUAL, borders.dog_handler),
    ("2026-05-14-dog-handlers", "training-ground", USUAL, borders.training_ground),
    ("2025-09-16-caspian-exercise", "caspian", WIDE, sea.caspian),
    ("2025-09-16-caspian-exercise", "patrol-boat", USUAL, sea.patrol_boat),
    ("2026-04-22-precursors-workshop", "workshop", USUAL, halls.workshop),
    ("2026-01-20-council-tashkent", "council", USUAL, halls.council),
    ("2025-11-18-e-learning", "classroom", USUAL, halls.classroom),
    ("2025-07-03-annual-review", "meeting-room", USUAL, halls.meeting_room),
    ("2026-02-11-analytical-bulletin", "reading-room", USUAL, study.reading_room),
    ("2025-05-27-register-of-seizures", "archive", USUAL, study.archive),
    ("2026-02-11-analytical-bulletin", "charts", USUAL, things.charts),
    ("2026-04-22-precursors-workshop", "laboratory", USUAL, things.laboratory),
    ("2025-11-18-e-learning", "headset", USUAL, things.headset),
    ("2026-06-26-international-day", "lanterns", UPRIGHT, feast.lanterns),
    ("2026-06-26-international-day", "drawings", USUAL, drawings.pegged),
    ("2025-03-21-nowruz", "table", USUAL, feast.table),
    ("2026-01-20-council-tashkent", "tashkent", USUAL, city.tashkent),
    ("2025-10-07-open-day", "students", USUAL, city.students),
    ("2025-10-07-open-day", "foyer", USUAL, city.foyer),
    ("2025-03-21-nowruz", "tulips", USUAL, nature.tulips),
    ("2025-03-21-nowruz", "steppe", USUAL, nature.steppe),
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
