"""Which text stands in which file of the tree."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, Problem
from app.domain.locales import catalogue_path, parse_tag, tag_of
from app.domain.segments import NO_LANGUAGE, Tag
from app.storage.tree import KEPT, Tree

_FOLDERS = {Kind.NEWS: "content/news", Kind.PAGE: "content/pages"}
_ARTICLE = re.compile(r"(.+?)(\.draft)?\.md")
_FACTS = frozenset({"item.toml", "item.draft.toml"})
_LIKE_ONE = re.compile(r"(item(\.draft)?\.toml|.*\.(md|markdown|mkd|txt|docx?|odt|rtf))", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Slot:
    """A place in the tree: of a document's text in a locale (`zxx`: facts, template), live or its draft beside."""

    document: DocumentName
    locale: Tag
    draft: bool = False

    @property
    def path(self) -> str:
        """Return the logical path of its file."""
        if self.document.kind is Kind.CATALOGUE:
            return catalogue_path(self.document.name, self.locale, draft=self.draft)
        mark = ".draft" if self.draft else ""
        stem = "item" if self.locale == NO_LANGUAGE else self.locale
        ending = "toml" if self.locale == NO_LANGUAGE else "md"
        return f"{folder_of(self.document)}/{stem}{mark}.{ending}"

    @property
    def is_article(self) -> bool:
        """Tell a text in Markdown from facts, catalogues and templates."""
        return self.document.kind is not Kind.CATALOGUE and self.locale != NO_LANGUAGE

    @property
    def is_facts(self) -> bool:
        """Tell the facts of an item or page from texts, catalogues and templates."""
        return self.document.kind is not Kind.CATALOGUE and self.locale == NO_LANGUAGE


def folder_of(document: DocumentName) -> str:
    """Return the logical path of the folder of a news item or standing page."""
    return f"{_FOLDERS[document.kind]}/{document.name}"


def place_of(document: DocumentName) -> str:
    """Return where a report says that a document as a whole stands."""
    return f"translations/{document.name}" if document.kind is Kind.CATALOGUE else folder_of(document)


def documents_in(tree: Tree) -> Iterator[DocumentName | Problem]:
    """Yield the documents that the tree has files for, catalogues first.

    A folder that cannot be one, or cannot be read, is a problem.
    """
    for kind, folder in {Kind.CATALOGUE: "translations", **_FOLDERS}.items():
        try:
            names = sorted(_domains(tree)) if kind is Kind.CATALOGUE else tree.names(folder, folders=True)
        except BadText as refusal:
            yield from refusal.problems
        else:
            yield from (_named(kind, name, folder) for name in names)


def _named(kind: Kind, name: str, folder: str) -> DocumentName | Problem:
    try:
        return DocumentName(kind=kind, name=name)
    except ValueError as error:
        return Problem(path=f"{folder}/{readable(name)}", line=0, reason=str(error))


def readable(name: str) -> str:
    """Return a file's name as text of one line, whatever bytes it is made of."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _domains(tree: Tree) -> set[str]:
    found = {name.removesuffix(".pot") for name in tree.names("translations") if name.endswith(".pot")}
    for _, folder in _catalogue_folders(tree):
        found |= {name.removesuffix(".po") for name in tree.names(folder) if name.endswith(".po")}
    return {name.removesuffix(".draft") for name in found}


def _catalogue_folders(tree: Tree) -> Iterator[tuple[Tag, str]]:
    for identifier in tree.names("translations", folders=True):
        try:
            yield tag_of(identifier), f"translations/{identifier}/LC_MESSAGES"
        except ValueError:
            continue  # not a locale's folder: none of ours


def slots_in(tree: Tree, document: DocumentName) -> Iterator[Slot]:
    """Yield the slots of a document that have a file."""
    if document.kind is Kind.CATALOGUE:
        folders = [(NO_LANGUAGE, "translations"), *_catalogue_folders(tree)]
        for locale, folder in folders:
            names = set(tree.names(folder))
            for draft in (False, True):
                slot = Slot(document=document, locale=locale, draft=draft)
                if slot.path.rpartition("/")[2] in names:
                    yield slot
        return
    for name in tree.names(folder_of(document)):
        own = _slot_of(document, name)
        if own is not None:
            yield own


def _slot_of(document: DocumentName, name: str) -> Slot | None:
    """Return the slot of a file in the folder of an item or page, None if it is no text."""
    if name in _FACTS:
        return Slot(document=document, locale=NO_LANGUAGE, draft=name != "item.toml")
    found = _ARTICLE.fullmatch(name)
    if found is None or found[1] == NO_LANGUAGE or not _is_canonical(found[1]):
        return None
    return Slot(document=document, locale=Tag(found[1]), draft=found[2] is not None)


def slot_at(path: str) -> Slot | None:
    """Return the slot whose file has this logical path, None if no text's file has."""
    try:
        slot = _slot_at(path.split("/"))
    except ValueError:
        return None
    return slot if slot is not None and slot.path == path else None


def _slot_at(parts: list[str]) -> Slot | None:
    match parts:
        case "content", ("news" | "pages") as folder, name, file:
            kind = Kind.NEWS if folder == "news" else Kind.PAGE
            return _slot_of(DocumentName(kind=kind, name=name), file)
        case "translations", file:
            domain, identifier = file.removesuffix(".pot"), ""
        case "translations", identifier, "LC_MESSAGES", file:
            domain = file.removesuffix(".po")
        case _:
            return None
    document = DocumentName(kind=Kind.CATALOGUE, name=domain.removesuffix(".draft"))
    locale = tag_of(identifier) if identifier else NO_LANGUAGE
    return Slot(document=document, locale=locale, draft=domain.endswith(".draft"))


def _is_canonical(written: str) -> bool:
    try:
        return parse_tag(written) == written
    except ValueError:
        return False


def strangers_in(tree: Tree, document: DocumentName) -> Iterator[Problem]:
    """Yield what looks like a text of an item or page to whoever put it there, and is none."""
    if document.kind is Kind.CATALOGUE:
        for folder in ("translations", *(folder for _, folder in _catalogue_folders(tree))):
            names = (name for name in tree.names(folder) if name.startswith(f"{document.name}."))
            yield from (_kept(folder, name) for name in names if KEPT in name)
        return
    folder = folder_of(document)
    for name in tree.names(folder):
        if KEPT in name:
            yield _kept(folder, name)
        elif _LIKE_ONE.fullmatch(name) and _slot_of(document, name) is None:
            reason = (
                "is no text: a text is called after its language, as in en.md or uz-Cyrl.md, and its facts item.toml"
            )
            yield Problem(path=f"{folder}/{readable(name)}", line=0, reason=reason)
    for name in tree.names(folder, folders=True):
        if _LIKE_ONE.fullmatch(name):
            yield Problem(path=f"{folder}/{readable(name)}", line=0, reason="is a folder, and no text")


def _kept(folder: str, name: str) -> Problem:
    reason = "was saved while the file was being replaced, and could not be used: take from it what you need"
    return Problem(path=f"{folder}/{readable(name)}", line=0, reason=reason)
