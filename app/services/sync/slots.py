"""Which text stands in which file of the tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.documents import DocumentName, Kind
from app.domain.errors import Problem
from app.domain.locales import babel_identifier, tag_of
from app.domain.segments import NO_LANGUAGE, Tag
from app.storage.tree import Tree

_FOLDERS = {Kind.NEWS: "content/news", Kind.PAGE: "content/pages"}
_ARTICLE = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(\.draft)?\.md", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Slot:
    """A place in the tree: of a document's text in a locale (`zxx`: facts, template), live or its draft beside."""

    document: DocumentName
    locale: Tag
    draft: bool = False

    @property
    def path(self) -> str:
        """Return the logical path of its file."""
        mark = ".draft" if self.draft else ""
        name = self.document.name
        if self.document.kind is Kind.CATALOGUE:
            if self.locale == NO_LANGUAGE:
                return f"translations/{name}{mark}.pot"
            return f"translations/{babel_identifier(self.locale)}/LC_MESSAGES/{name}{mark}.po"
        stem = "item" if self.locale == NO_LANGUAGE else self.locale
        ending = "toml" if self.locale == NO_LANGUAGE else "md"
        return f"{folder_of(self.document)}/{stem}{mark}.{ending}"


def folder_of(document: DocumentName) -> str:
    """Return the logical path of the folder of a news item or standing page."""
    return f"{_FOLDERS[document.kind]}/{document.name}"


def documents_in(tree: Tree) -> Iterator[DocumentName | Problem]:
    """Yield the documents that the tree has files for, catalogues first; a folder that cannot be one is a problem."""
    for domain in sorted(_domains(tree)):
        yield _named(Kind.CATALOGUE, domain, "translations")
    for kind, folder in _FOLDERS.items():
        for name in tree.names(folder, folders=True):
            yield _named(kind, name, folder)


def _named(kind: Kind, name: str, folder: str) -> DocumentName | Problem:
    try:
        return DocumentName(kind=kind, name=name)
    except ValueError as error:
        return Problem(path=f"{folder}/{name}", line=0, reason=str(error))


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
        if name in {"item.toml", "item.draft.toml"}:
            yield Slot(document=document, locale=NO_LANGUAGE, draft=name != "item.toml")
        elif found := _ARTICLE.fullmatch(name):
            yield Slot(document=document, locale=Tag(found[1]), draft=found[2] is not None)
