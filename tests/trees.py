"""A small tree and the synchroniser over it, for tests."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.domain.documents import DocumentName, Kind
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Action, Role
from app.services import standings, transitions
from app.services.sync.moves import Move
from app.services.texts import find
from app.storage.database import Database
from app.storage.media import MediaStore
from app.storage.texts import DbRevision, DbSuggestion, DbTranslation
from app.storage.tree import Tree
from app.storage.tree_lock import only_synchroniser
from app.worker.synchroniser import Synchroniser

ITEM = DocumentName(kind=Kind.NEWS, name="2026-01-01-item")
FOLDER = "news/2026-01-01-item"
EDITOR = Actor(name="desk", channel=Channel.DESK, roles=frozenset(Role), four_eyes=False)

SITE = """
name = "Centre"
seat = { city = "Almaty", zone = "Asia/Almaty" }
countries = ["KZ", "KG"]
default = "en"
[locales]
en = ["ru"]
ru = ["en"]
ky = ["ru", "en"]
"""
FACTS = 'date = 2026-01-01T10:00:00+05:00\nsource = "en"\n'


def article(title: str, *paragraphs: str, status: str = "published", **header: str) -> str:
    """A file as a person writes it."""
    lines = [
        f"title: {title}",
        f"status: {status}",
        *(f"{key.replace('_', '-')}: {value}" for key, value in header.items()),
    ]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(paragraphs) + "\n"


def decide(session: Session, translation: DbTranslation, *actions: Action, actor: Actor = EDITOR) -> None:
    """Let the desk (or another door) take transitions one after the other, of the newest revision."""
    for action in actions:
        head = session.get(DbRevision, translation.head_id) if translation.head_id else None
        transitions.take(session, translation, action, actor, revision=head, comment="a note")


@dataclass
class Place:
    """A tree below `root`, a database, and what the synchroniser told."""

    root: Path
    url: str
    moves: list[Move] = field(default_factory=list)
    fresh: bool = True

    def __post_init__(self) -> None:
        self.database = Database(self.url, follow=standings.follow)
        self.settings = Settings(
            data=self.root / "var", content=self.root / "content", translations=self.root / "translations",
            database_url=self.url,
        )  # fmt: skip
        self.tree = Tree(content=self.settings.content, translations=self.settings.translations, quiet=0)
        if self.fresh:
            self.write("content/site.toml", SITE)

    def path(self, path: str) -> Path:
        return self.root / path

    def write(self, path: str, text: str | bytes) -> None:
        """Save as an editor does: a new file moved over the old one."""
        target = self.path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.swp")
        fresh.write_bytes(text if isinstance(text, bytes) else text.encode())
        fresh.replace(target)

    def read(self, path: str) -> str:
        return self.path(path).read_bytes().decode()

    def item(self, **texts: str) -> None:
        """Drop a news item into the tree: `en`, `ru` … and `item` for other facts than the usual."""
        self.write(f"content/{FOLDER}/item.toml", texts.pop("item", FACTS))
        for locale, text in texts.items():
            self.write(f"content/{FOLDER}/{locale}.md", text)

    def sync(self, *, check: bool = False) -> list[Move]:
        """Synchronise everything; return what was told."""
        self.moves.clear()
        with only_synchroniser(self.database.engine, self.settings.data):
            synchroniser = Synchroniser(
                self.database, self.tree, MediaStore(self.settings.data / "media"), tell=self.moves.append, check=check
            )
            synchroniser.read_site()
            for name in synchroniser.documents():
                synchroniser.synchronise(name)
        return list(self.moves)

    def problems(self) -> list[str]:
        """What the last synchronisation had to say, a line each."""
        return [str(move.problem) for move in self.moves if move.problem is not None]

    def files(self) -> dict[str, bytes]:
        """Every file of the tree, hidden ones included."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for folder in ("content", "translations")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file()
        }

    def revisions(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(DbRevision.text).order_by(DbRevision.id)))

    def suggestions(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(DbSuggestion.text).order_by(DbSuggestion.id)))

    def digest(self, locale: str, document: DocumentName = ITEM) -> str:
        """Digest of what is live."""
        with self.database.read() as session:
            live = find(session, document, Tag(locale)).live_id
            return session.get_one(DbRevision, live).digest

    def stand(self, locale: str, document: DocumentName = ITEM) -> tuple[str, str | None, str | None]:
        """Status of the head, the head's text and the live text."""
        with self.database.read() as session:
            translation = find(session, document, Tag(locale))
            texts = [
                session.get_one(DbRevision, number).text if number else None
                for number in (translation.head_id, translation.live_id)
            ]
            return str(translation.status), texts[0], texts[1]
