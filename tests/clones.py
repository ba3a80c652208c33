"""A bare repository, a site in a clone of it, and people with clones of their own."""

import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from app.config import GitBranch
from app.domain.documents import DocumentName
from app.domain.people import Actor
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import revisions, transitions
from app.services.sync.moves import Move
from app.services.texts import find
from app.storage.media import MediaStore
from app.storage.texts import DbRevision
from app.worker.repository import Exchange
from app.worker.workplace import Workplace
from tests.desk import hire
from tests.trees import EDITOR, FOLDER, ITEM, SITE, Place, article

EN = article("Opening", "The centre opens.", "All are invited.", "Come early.", slug="opening")
TG = article("Ифтитоҳ", "Марказ кушода мешавад.", "Ҳама даъватанд.", "Барвақт оед.", slug="iftitoh")
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: tg\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Tilmash-Status: published\\n"

msgid "Home"
msgstr "Хона"

msgid "News"
msgstr "Ахбор"

msgid "Search"
msgstr "Ҷустуҷӯ"
"""
ARTICLE, CATALOGUE = f"content/{FOLDER}/tg.md", "translations/tg/LC_MESSAGES/messages.po"
BRANCH = GitBranch(remote="origin", branch="main")
_NOBODYS = {
    "PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
    "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.org",
    "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.org",
}  # fmt: skip


def git(folder: Path, *words: str, author: str = "Test", given: bytes | None = None) -> str:
    """Run git as a person does; `author` is their name."""
    environment = _NOBODYS | {
        "GIT_AUTHOR_NAME": author,
        "GIT_AUTHOR_EMAIL": f"{author.split(maxsplit=1)[0].lower()}@example.org",
    }
    done = subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, check=False, input=given)
    assert done.returncode == 0, (words, done.stderr.decode())
    return os.fsdecode(done.stdout)


def bare(path: Path) -> Path:
    """An empty repository that others push to."""
    git(path.parent, "init", "--quiet", "--bare", "-b", "main", path.name)
    return path


@dataclass
class Clone:
    """Somebody's clone, who works with a text editor."""

    root: Path
    author: str

    @classmethod
    def of(cls, remote: Path, root: Path, author: str) -> "Clone":
        git(root.parent, "clone", "--quiet", str(remote), root.name)
        return cls(root, author)

    def git(self, *words: str) -> str:
        return git(self.root, *words, author=self.author)

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, path: str, old: str, new: str) -> None:
        assert old in self.read(path), self.read(path)
        self.write(path, self.read(path).replace(old, new))

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message)

    def push(self, message: str, *words: str) -> None:
        self.commit(message)
        self.git("push", "--quiet", "origin", "main", *words)

    def pull(self) -> None:
        self.git("pull", "--quiet", "--rebase", "origin", "main")


@dataclass
class Site(Place):
    """A site whose tree is a clone of a repository."""

    meant: GitBranch = BRANCH

    def clone_of(self, remote: Path) -> None:
        """Make of the tree that is there the beginning of a repository, and let it know where others push to."""
        git(self.root, "init", "--quiet", "-b", "main")
        git(self.root, "remote", "add", "origin", f"../{remote.name}")
        self.write(".gitignore", "/var/\n/*.db*\n")
        git(self.root, "add", ".gitignore")
        git(self.root, "commit", "--quiet", "-m", "Begin")

    def begin(self, remote: Path) -> None:
        """Have an item and a catalogue in Tajik, two people with accounts, and all of it in the repository."""
        languages = SITE.replace('ru = ["en"]', 'ru = ["en"]\ntg = ["ru", "en"]')
        self.write("content/site.toml", f'url = "https://news.example.org"\n{languages}')
        self.item(en=EN, tg=TG)
        self.write("translations/messages.pot", PO.replace("published", "draft").replace("tg", "en"))
        self.write(CATALOGUE, PO)
        self.clone_of(remote)
        hire(self.database, "aziza", "Aziza Karimova", "tg", ())
        hire(self.database, "bek", "Bek <Asanov>", "en", ())
        self.exchange()
        assert self.problems() == []

    def workplace(self) -> Workplace:
        store = MediaStore(self.settings.data / "media")
        return Workplace(settings=self.settings, database=self.database, tree=self.tree, store=store)

    def exchange(self, *, check: bool = False) -> list[Move]:
        """Do what `tilmash sync --git` does; return what was told."""
        told = self.sync(check=check)
        Exchange(self.workplace(), self.meant, tell=told.append, check=check).run()
        self.moves = told
        return told

    def git(self, *words: str) -> str:
        return git(self.root, *words)

    def at_desk(
        self, locale: str, old: str, new: str, *actions: Action, by: str = "desk", document: DocumentName = ITEM
    ) -> None:
        """Change the newest text at the desk and take it further."""
        with self.database.write() as session:
            translation = find(session, document, Tag(locale))
            transitions.lock(session, translation)
            base = session.get_one(DbRevision, translation.head_id)
            assert old in base.text, base.text
            actor = replace(EDITOR, name=by)
            revisions.save(session, translation, base.text.replace(old, new), actor, base=base, path="desk")
        if actions:
            self.decide(locale, *actions, by=by, document=document)

    def decide(self, locale: str, *actions: Action, by: str, document: DocumentName = ITEM) -> None:
        with self.database.write() as session:
            _decide(session, document, locale, actions, replace(EDITOR, name=by))


def _decide(session: Session, document: DocumentName, locale: str, actions: tuple[Action, ...], actor: Actor) -> None:
    translation = find(session, document, Tag(locale))
    for action in actions:
        head = session.get_one(DbRevision, translation.head_id)
        transitions.take(session, translation, action, actor, revision=head, comment="a note")


def history(repository: Path) -> list[tuple[str, str, str]]:
    """Author, address and subject of each commit, the newest first."""
    lines = git(repository, "log", "--format=%an%x00%ae%x00%s", "main").splitlines()
    return [(name, address, subject) for name, address, subject in (line.split("\0") for line in lines)]


def assert_a_line(repository: Path) -> None:
    assert git(repository, "rev-list", "--merges", "main") == ""


def assert_in_step(site: Site, remote: Path) -> None:
    """Branch, index, files and remote say the same."""
    assert site.git("status", "--porcelain") == ""
    assert site.git("rev-parse", "HEAD") == git(remote, "rev-parse", "main")
    again = site.exchange()
    assert [(move.what, move.path) for move in again if move.what != "problem"] == []
