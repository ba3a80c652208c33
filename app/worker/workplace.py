"""What a process without a browser works with: settings, database, tree and media store, opened once."""

from dataclasses import dataclass
from typing import Self

from app.config import Settings
from app.services import standings
from app.storage import schema
from app.storage.database import Database
from app.storage.media import MediaStore
from app.storage.private import private_folder
from app.storage.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """The open things of one process."""

    settings: Settings
    database: Database
    tree: Tree
    store: MediaStore

    @classmethod
    def open(cls, settings: Settings, *, quiet: float = 0.5) -> Self:
        """Make the data folder if need be, and bring the database to the newest schema."""
        private_folder(settings.data)
        database = Database(settings.database_url, follow=standings.follow)
        schema.upgrade(database.engine)
        return cls(
            settings=settings,
            database=database,
            tree=Tree(content=settings.content, translations=settings.translations, quiet=quiet),
            store=MediaStore(settings.data / "media"),
        )
