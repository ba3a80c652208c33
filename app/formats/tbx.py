"""A glossary as TBX-Basic (ISO 30042): a concept an entry, its terms by language, each with its standing.

Written is the dialect of 2008 (first element `martif`), which the tools of translators and translate-toolkit read, many
of them no other; read is that of 2019 too (`tbx`), in both of its styles. What is not to be written is a term of the
target language that is deprecated; what is not translated is marked as translate-toolkit has it, since TBX-Basic has no
word for it, and stands in the target language as it does in the source, for tools that look there alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import IO, Final

from lxml import etree

from app.domain.errors import BadText, Problem
from app.domain.glossary import Term
from app.domain.locales import nearest
from app.domain.said import saying
from app.domain.segments import Tag
from app.domain.terms import MOST, folded, problems, tidy
from app.formats.xliff import plain, tag_said
from app.formats.xml import LANG, written_xml
from app.formats.xml_parts import Part, parts

LONGEST_ENTRY: Final = 100_000
"""Letters of one concept, in all its languages together."""

_STATUS, _DEPRECATED, _PREFERRED = "administrativeStatus", "deprecatedTerm-admn-sts", "preferredTerm-admn-sts"
_NOT_WRITTEN: Final = ("deprecated", "superseded", "forbidden", "obsolete")
_NEEDED: Final = "Translation needed"
_SAID: Final = frozenset({"definition", "context", "usage note", "usagenote"})
_MIXED: Final = frozenset({"term", "note", "termNote", "descrip", "p", "title"})
_MOST_TOLD: Final = 20


def write(terms: Iterable[Term], source: Tag, target: Tag) -> bytes:
    """Return a file of the terms from one language into another."""
    root = etree.Element("martif", {"type": "TBX-Basic", LANG: source})
    about = _under(_under(root, "martifHeader"), "fileDesc")
    _under(_under(about, "titleStmt"), "title", f"{source} – {target}")
    _under(_under(about, "sourceDesc"), "p", "Tilmash")
    _under(_under(root[0], "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    body = _under(_under(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        _entry(_under(body, "termEntry", id=f"c{number}"), term)
    return written_xml(root, mixed=_MIXED)


def _under(element: etree._Element, name: str, words: str | None = None, **attributes: str) -> etree._Element:
    made = etree.SubElement(element, name, attributes)
    made.text = None if words is None else plain(words)
    return made


def _entry(entry: etree._Element, term: Term) -> None:
    if term.keep:
        _under(entry, "descrip", "No", type=_NEEDED)
    if term.note:
        _under(entry, "note", term.note)
    for language, said in ((term.source, term.term), (term.target, term.term if term.keep else term.translation)):
        there = etree.SubElement(entry, "langSet", {LANG: language})
        group = _under(there, "tig")
        _under(group, "term", said)
        if said:
            _under(group, "termNote", _PREFERRED, type=_STATUS)
    for one in term.forbidden:
        group = _under(there, "tig")
        _under(group, "term", one)
        _under(group, "termNote", _DEPRECATED, type=_STATUS)


def read(file: IO[bytes], source: Tag, target: Tag, *, path: str) -> tuple[Term, ...]:
    """Return the terms of a file that are of two languages, tidied; concepts that lack one of them are passed over.

    A term is translated by the first that is not deprecated, rather by a preferred one; others stand in the note behind
    a `=`, and so does what another concept with the same term says. BadText, with each line and reason up to a score,
    for what is no such file, has no concept in both languages, or holds what no glossary does.
    """
    terms: dict[str, Term] = {}
    lines: dict[str, int] = {}
    for entry in parts(file, path=path, roots=_ROOTS, wanted=_ENTRIES, most=LONGEST_ENTRY):
        if not entry.whole:
            reason = saying("a concept has %(most)s letters at most", most=LONGEST_ENTRY)
            raise BadText(Problem(path=path, line=entry.line, reason=reason))
        for term in _terms(entry, source, target):
            key = folded(term.term)
            terms[key] = _joined(terms[key], term) if key in terms else term
            lines.setdefault(key, entry.line)
        if len(terms) > MOST:
            raise BadText(Problem(path=path, line=0, reason=saying("a file has %(most)s terms at most", most=MOST)))
    tidied = {key: tidy(term) for key, term in terms.items()}
    wrong = [one for key, term in tidied.items() for one in problems(term, path=path, line=lines[key])]
    if not terms:
        reason = saying("no concept has terms in both languages: %(languages)s", languages=(source, target))
        wrong.append(Problem(path=path, line=0, reason=reason))
    if wrong:
        raise BadText(*wrong[:_MOST_TOLD])
    return tuple(tidied.values())


_ROOTS: Final = frozenset({"martif", "tbx"})
_ENTRIES: Final = frozenset({"termEntry", "conceptEntry"})


def _terms(entry: Part, source: Tag, target: Tag) -> Iterator[Term]:
    """Yield what a concept says: a term for each way to write it in the source language."""
    languages: dict[Tag, list[Part]] = {source: [], target: []}
    for one in entry.parts("langSet", "langSec"):
        if (tag := _language(one, languages)) is not None:
            languages[tag].append(one)
    words, said = _good(languages[source]), _good(languages[target])
    if not words or not languages[target]:
        return
    forbidden = tuple(one for one, status in _written(languages[target]) if status.startswith(_NOT_WRITTEN))
    marks = (one for one in entry.every("descrip", "termNote", "translationNote") if _is_mark(one))
    keep = any(one.words.strip().lower() == "no" for one in marks)
    notes = [*_notes([entry]), *_notes(languages[target])]
    for word in words:
        term = Term(
            source=source, target=target, term=word, translation="" if keep or not said else said[0],
            note="\n".join(notes), forbidden=forbidden, keep=keep,
        )  # fmt: skip
        yield term if keep else _also(term, said[1:])


def _is_mark(note: Part) -> bool:
    return note.name == "translationNote" or note.attributes.get("type") in {_NEEDED, "translationNote"}


def _language(there: Part, known: Iterable[Tag]) -> Tag | None:
    tag = tag_said(there.attributes.get("xml:lang", "").replace("_", "-"))
    try:
        return nearest(tag, frozenset(known)) if tag is not None else None
    except ValueError:
        return None


def _written(languages: Iterable[Part]) -> Iterator[tuple[str, str]]:
    """Yield the terms of a language, each with its standing in lower case."""
    for group in (one for there in languages for one in there.parts("tig", "ntig", "termSec")):
        word = next((one.words.strip() for one in group.every("term")), "")
        standings = (
            one.words.strip().lower()
            for one in group.every("termNote", _STATUS)
            if one.name == _STATUS or one.attributes.get("type") == _STATUS
        )
        yield word, next(standings, "")


def _good(languages: Iterable[Part]) -> list[str]:
    """Return the terms that may be written, the preferred ones first."""
    good = [(one, status) for one, status in _written(languages) if one and not status.startswith(_NOT_WRITTEN)]
    good.sort(key=lambda one: not one[1].startswith("preferred"))
    return [one for one, _ in good]


def _notes(places: Sequence[Part]) -> Iterator[str]:
    for place in places:
        for one in place.inside:
            if not isinstance(one, Part) or one.name in {"langSet", "langSec"}:
                continue
            kind = one.attributes.get("type", one.name).lower()
            if (one.name == "note" or kind in _SAID) and one.words.strip():
                yield one.words.strip()
            elif one.name in {"descripGrp", "tig", "ntig", "termSec", "termGrp"}:
                yield from _notes([one])


def _also(term: Term, words: Iterable[str]) -> Term:
    """Return a term with other translations in its note, and none of them twice."""
    others = [one for one in dict.fromkeys(words) if folded(one) != folded(term.translation)]
    return replace(term, note="\n".join(filter(None, (term.note, *(f"= {one}" for one in others))))) if others else term


def _joined(first: Term, second: Term) -> Term:
    """Return what two concepts with the same term say."""
    note = second.note if second.note not in first.note else ""
    forbidden = (one for one in (*first.forbidden, *second.forbidden) if folded(one) != folded(first.translation))
    both = replace(first, note="\n".join(filter(None, (first.note, note))), forbidden=tuple(forbidden))
    return _also(both, [second.translation] if second.translation else [])
