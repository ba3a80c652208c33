"""A newsroom's tree with Kyrgyz in every state in which a text can come in by a file."""

from pathlib import Path

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from tests.newsroom.room import without_a_second_factor

KY = Tag("ky")
FACTS = 'date = 2026-11-{day:02}T10:00:00+05:00\nsource = "en"\n'
TEXT = "---\ntitle: {title}\nslug: {slug}\nstatus: {status}\n{more}---\n\n{body}\n"
MISSING = "missing"
STANDS = (
    "approved", "approved", "approved", MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, "draft", "in review",
    "published", "published", "published",
)  # fmt: skip
"""How the Kyrgyz text of each item comes in; of the last two one is a machine's, and one is left behind."""

LATE_DRAFT, BEHIND, MACHINE = 10, 13, 14


def item(number: int) -> DocumentName:
    return DocumentName.parse(f"news/2026-11-{number:02}-board")


def imported(root: Path, *, url: str) -> None:
    """Put news into the tree, with Kyrgyz in every state, before the site first reads it; letters lead to `url`."""
    without_a_second_factor(root)
    settings = root / "content/site.toml"
    settings.write_text(f'url = "{url}"\n{settings.read_text()}')
    for number, status in enumerate(STANDS, 1):
        folder = root / "content/news" / item(number).name
        folder.mkdir()
        texts = {"item.toml": FACTS.format(day=number)}
        words = {"title": f"Board {number}", "slug": f"board-{number}", "body": "The board meets."}
        texts["en.md"] = TEXT.format(**words, status="published", more="")
        if status != MISSING:
            words = {"title": f"Кеңеш {number}", "slug": f"kenesh-{number}", "body": "Кеңеш чогулат."}
            texts["ky.md"] = TEXT.format(**words, status=status, more="origin: machine\n" * (number == MACHINE))
        for file, text in texts.items():
            (folder / file).write_text(text)
