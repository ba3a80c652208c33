"""A catalogue's life as files: begun for a language, brought up to its template, looked at.

Each function works on a folder of gettext files (`translations/`) and on nothing else; what the synchroniser makes of a
changed file is its own business. A file is replaced as a whole, so that a run that was killed is simply run again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.domain.errors import BadText, NotFound, Problem
from app.domain.languages import Language
from app.domain.segments import State
from app.formats.charset import decode, encode
from app.formats.mo import CompiledCatalogue, compile_catalogue
from app.formats.po import state_of
from app.formats.po_check import check, whole
from app.formats.po_update import begin, update
from app.services.rewriting import rewrite


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogReport:
    """How many messages of a catalogue can be shown, are fuzzy, are untranslated or cannot be used; and why those."""

    path: str
    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0
    broken: int = 0
    problems: tuple[Problem, ...] = ()


def domains(folder: Path) -> tuple[str, ...]:
    """Return the gettext domains that have a template here, drafts beside live ones left out."""
    return tuple(sorted(file.stem for file in folder.glob("*.pot") if not file.stem.endswith(".draft")))


def add_language(folder: Path, language: Language) -> tuple[Path, ...]:
    """Begin a catalogue of each domain in a language; return the new files. One that is there is left alone.

    NotFound where there is no template, BadText where one cannot be used.
    """
    if not (found := domains(folder)):
        raise NotFound("no template (.pot) to begin a catalogue from")
    made = []
    for domain in found:
        file = folder / language.babel / "LC_MESSAGES" / f"{domain}.po"
        if not file.exists():
            text = begin(text_of(folder / f"{domain}.pot"), language, path=f"{domain}.pot")
            if rewrite(folder, file, partial(_begun, new=encode(text, path=file.name))):
                made.append(file)
    return tuple(made)


def update_catalogs(folder: Path, domain: str) -> Iterator[Path]:
    """Bring the catalogues of a domain up to its template, and yield what changed.

    BadText as `po_update.update`: of a template that cannot be used at once, of catalogues when the others are done.
    """
    path = f"translations/{domain}.pot"
    template = text_of(folder / f"{domain}.pot", path=path)
    whole(template, path=path)
    problems: list[Problem] = []
    for file in catalogs(folder, domain):
        path = _path(folder, file)
        try:
            if rewrite(folder, file, partial(_brought_up, template=template, path=path)):
                yield file
        except BadText as refusal:
            problems += refusal.problems
    if problems:
        raise BadText(*problems)


def _begun(raw: bytes | None, *, new: bytes) -> bytes | None:
    return new if raw is None else None


def _brought_up(raw: bytes | None, *, template: str, path: str) -> bytes | None:
    if raw is None:
        return None
    return encode(update(decode(raw, path=path), template, path=path), path=path)


def compile_beside(file: Path) -> CompiledCatalogue:
    """Write `<domain>.mo` beside a `.po`, of the messages that can be shown; return what became of the others.

    BadText, and nothing is written, where the catalogue as a whole cannot be used.
    """
    compiled = compile_catalogue(text_of(file, path=str(file)), path=str(file))
    beside, mo = file.with_name(f".{file.stem}.mo.new"), file.with_suffix(".mo")
    beside.write_bytes(compiled.mo)
    beside.replace(mo)
    return compiled


def look(file: Path) -> CatalogReport:
    """Return how far a catalogue is. BadText where it cannot be used as a whole."""
    path = str(file)
    checked = check(text_of(file, path=path), path=path)
    states = [state_of(one, checked.forms) for one in checked.usable]
    return CatalogReport(
        path=path,
        translated=states.count(State.DONE),
        fuzzy=states.count(State.NEEDS_WORK),
        untranslated=states.count(State.MISSING),
        broken=checked.unusable,
        problems=checked.refused,
    )


def lacking(file: Path, *, path: str) -> tuple[Problem, ...]:
    """Return one problem where a catalogue lacks messages that its template has; BadText where either is broken."""
    template = file.parents[2] / f"{file.stem}.pot"
    if not template.is_file():
        return ()
    there = {one.original for one in check(text_of(file, path=path), path=path).messages}
    wanted = check(text_of(template), path=template.name).messages
    absent = [one.msgid for one in wanted if one.original not in there]
    if not absent:
        return ()
    reason = f"messages of the template that are not here: {len(absent)}, the first “{absent[0][:60]}”"
    return (Problem(path=path, line=0, reason=reason),)


def catalogs(folder: Path, domain: str) -> tuple[Path, ...]:
    """Return the files of a domain's catalogues, drafts beside live texts left out."""
    return tuple(sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po")))


def text_of(file: Path, *, path: str = "") -> str:
    """Return a catalogue's text; BadText where its charset lies."""
    return decode(file.read_bytes(), path=path or file.name)


def _path(folder: Path, file: Path) -> str:
    return f"translations/{file.relative_to(folder).as_posix()}"
