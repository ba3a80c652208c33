"""Files that somebody sends in bad faith, or that a line or a disk has damaged: XLIFF, Word files and packages."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable
from functools import cache

import docx

from app.formats import xliff12, xliff20
from app.formats.docx import write
from tests.formats.bitexts import BITEXT

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
_UNIT = "<trans-unit id='u1'><source>a</source><target>{}</target></trans-unit>"


def _xliff(body: str, *, before: str = "", encoding: str = "UTF-8", version: str = "1.2") -> str:
    file = "<file original='x' source-language='en' target-language='ky' datatype='plaintext'>"
    begun = f"<?xml version='1.0' encoding='{encoding}'?>{before}<xliff version='{version}'>"
    return f"{begun}{file}<body>{body}</body></file></xliff>"


_SECOND = (
    "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='en' trgLang='ky'>"
    "<file id='f'><unit id='u'>{}</unit></file></xliff>"
)


def _target(words: str) -> str:
    return _xliff(_UNIT.format(words))


_WHOLE = xliff12.write(BITEXT), xliff20.write(BITEXT)


REFUSED_XLIFF: dict[str, Callable[[], bytes]] = {
    "cut in the middle": lambda: _WHOLE[0][:400],
    "another root": lambda: b"<html><body>words</body></html>",
    "a version that there is none of": lambda: _xliff("", version="3.1").encode(),
    "no version": b"<xliff/>".strip,
    "entities that grow": lambda: _xliff(_UNIT.format("&i;"), before=LAUGHS).encode(),
    "an entity that is a file of the server": lambda: _xliff(
        _UNIT.format("&e;"), before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    ).encode(),
    "an entity from the network": lambda: _xliff(
        "", before='<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x">%e;]>'
    ).encode(),
    "a document type alone": lambda: _xliff("", before='<!DOCTYPE xliff SYSTEM "http://127.0.0.1:9/x.dtd">').encode(),
    "a document type in UTF-16": lambda: _xliff("", before=LAUGHS, encoding="UTF-16").encode("utf-16"),
    "a charset that there is none of": lambda: _xliff("", encoding="rot13").encode(),
    "a false charset": lambda: _target("Жол").encode("cp1251"),
    "NUL bytes": lambda: _target("a\0b").encode(),
    "a control character by its number": lambda: _target("&#1;").encode(),
    "a lone surrogate by its number": lambda: _target("&#xD800;").encode(),
    "deeper than anybody writes": lambda: _target("<g id='1'>" * 10_000 + "</g>" * 10_000).encode(),
    "a text of eleven megabytes": lambda: _target("a" * 11_000_000).encode(),
    "larger than a file may be": lambda: _target("<x id='1'/>" * 2_000_000).encode(),
    "the same attribute twice": lambda: _target("<x id='1' id='2'/>").encode(),
    "a prefix that nobody declared": lambda: _target("<evil:x/>").encode(),
    "two roots": lambda: b"<xliff version='1.2'/><xliff version='1.2'/>",
    "an element that another one ends": lambda: _target("<g id='1'></x>").encode(),
    "words behind the end": lambda: _WHOLE[1] + b"more",
    "a million units": lambda: _xliff("<trans-unit/>" * 1_000_000).encode(),
    "more units than a catalogue has messages": lambda: _xliff("<trans-unit/>" * 100_001).encode(),
    "two million attributes": lambda: _xliff("<g a='' b='' c=''/>" * 700_000).encode(),
    "more texts than anybody sends": lambda: _xliff("").replace("</xliff>", "<file/>" * 2_000 + "</xliff>").encode(),
}
"""What no reader may take for a file, by what is wrong with it."""

ODD_XLIFF: dict[str, Callable[[], bytes]] = {
    "numbers beyond all numbers": lambda: _target(f"<x id='{'9' * 400}'/>").encode(),
    "codes that the source does not have": lambda: _target("<g id='77'>a</g>").encode(),
    "a language of three hundred letters": lambda: _xliff("").replace("ky", "k" * 300).encode(),
    "a name that leaves its folder": lambda: _xliff("").replace("original='x'", "original='../../etc/passwd'").encode(),
    "a hundred thousand attributes": lambda: _xliff(
        "<group " + " ".join(f"a{number}=''" for number in range(100_000)) + "/>"
    ).encode(),
    "a unit a hundred times": lambda: _xliff(_UNIT.format("b") * 100).encode(),
    "instructions to programs": lambda: _target("<?php system('id') ?>b").encode(),
    "files in files": lambda: _xliff("<file>" * 200 + _UNIT.format("b") * 5_000 + "</file>" * 200).encode(),
    "plurals in plurals": lambda: _xliff(
        "<group restype='x-gettext-plurals'>" * 200 + _UNIT.format("b") * 5_000 + "</group>" * 200
    ).encode(),
    "units in units": lambda: _xliff(
        _UNIT.partition("{}")[0] * 80 + "w" * 9_000_000 + _UNIT.partition("{}")[2] * 80
    ).encode(),
    "segments in segments": lambda: _SECOND.format(
        "<segment><source>a</source><target>" * 80 + "w" * 9_000_000 + "</target></segment>" * 80
    ).encode(),
    "markup that is text": lambda: _target("<![CDATA[<script>alert(1)</script>]]>").encode(),
}
"""What is sound, and has to be read without harm."""


def packed(files: Iterable[tuple[str, bytes]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a package; two files in it may have one name."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", method) as package:
        warnings.simplefilter("ignore")
        for name, raw in files:
            package.writestr(name, raw)
    return made.getvalue()


def _word(document: bytes, *, core: bytes = b"<a/>", name: str = "word/document.xml") -> bytes:
    return packed([(name, document), ("docProps/core.xml", core)])


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _document(body: str, *, before: str = "") -> bytes:
    return f"{before}<w:document xmlns:w='{_W}'><w:body>{body}</w:body></w:document>".encode()


def _with_flag(raw: bytes, flag: int) -> bytes:
    """Set a bit of the flags of the first file, where it stands and in the directory."""
    changed = bytearray(raw)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.index(mark) + at
        changed[place : place + 2] = struct.pack("<H", struct.unpack("<H", changed[place : place + 2])[0] | flag)
    return bytes(changed)


def _with_method(raw: bytes, method: int) -> bytes:
    changed = bytearray(raw)
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = changed.index(mark) + at
        changed[place : place + 2] = struct.pack("<H", method)
    return bytes(changed)


def _other_bytes(raw: bytes) -> bytes:
    """Change a byte of what the first file holds, so that its checksum is wrong."""
    changed = bytearray(raw)
    changed[changed.index(b"PK\x03\x04") + 60] ^= 0xFF
    return bytes(changed)


_PLAIN = [("a.po", b'msgid ""\nmsgstr ""\n' * 10)]

REFUSED_PACKAGES: dict[str, Callable[[], bytes]] = {
    "cut in the middle": lambda: packed(_PLAIN)[:50],
    "no directory": lambda: packed(_PLAIN).partition(b"PK\x01\x02")[0],
    "nothing but a beginning": lambda: b"PK\x03\x04",
    "a beginning, and noise": lambda: b"PK\x03\x04" + bytes(range(256)) * 40,
    "a name that leaves its folder": lambda: packed([("../../a.po", b"x")]),
    "a name that leaves its folder by backslashes": lambda: packed([("..\\..\\a.po", b"x")]),
    "a name from the root": lambda: packed([("/etc/passwd", b"x")]),
    "a name with a drive": lambda: packed([("C:/a.po", b"x")]),
    "more files than anybody sends": lambda: packed((f"{number}.po", b"") for number in range(2_001)),
    "zeros that would fill the memory": lambda: packed([("a.po", bytes(70_000_000))]),
    "zeros in many files": lambda: packed((f"{number}.po", bytes(10_000_000)) for number in range(8)),
    "zeros in zeros": lambda: packed([("a.zip", packed([("b", bytes(70_000_000))])), ("b.po", bytes(63_000_000))]),
    "a password": lambda: _with_flag(packed(_PLAIN), 0x1),
    "a way of packing that there is none of": lambda: _with_method(packed(_PLAIN), 77),
    "a wrong checksum": lambda: _other_bytes(packed(_PLAIN, method=zipfile.ZIP_STORED)),
    "zeros by bzip2, of which no little is unpacked": lambda: packed(
        [("a.po", bytes(61_000_000))], method=zipfile.ZIP_BZIP2
    ),
    "zeros by LZMA": lambda: packed([("a.po", bytes(61_000_000))], method=zipfile.ZIP_LZMA),
    "a directory of four hundred thousand": lambda: _crowded(400_000),
    "a file that says it has a kilobyte": lambda: _saying(packed([("a.po", bytes(50_000_000))]), 1024),
    "two files of one name": lambda: packed([("a.po", b"x"), ("a.po", b"y")]),
    "a file that is shorter than it says": lambda: _shorter(packed(_PLAIN, method=zipfile.ZIP_STORED)),
    "a directory that points elsewhere": lambda: _pointing(packed(_PLAIN)),
    "words in place of packed bytes": lambda: _with_method(packed(_PLAIN, method=zipfile.ZIP_STORED), 8),
    "a directory on another disk": lambda: _on_another_disk(packed(_PLAIN)),
    "an encrypted directory": lambda: _with_flag(packed(_PLAIN), 0x2041),
}


def _crowded(entries: int) -> bytes:
    """Return a package of one file whose directory names it so often."""
    raw = packed(_PLAIN)
    at, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    directory = raw[at:end] * entries
    last = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFE, 0xFFFE, len(directory), at, 0)
    return raw[:at] + directory + last


def _saying(raw: bytes, size: int) -> bytes:
    """Say of the first file that it has so many bytes, where it stands and in the directory."""
    changed = bytearray(raw)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = changed.index(mark) + at
        changed[place : place + 4] = struct.pack("<I", size)
    return bytes(changed)


def _shorter(raw: bytes) -> bytes:
    changed = bytearray(raw)
    place = changed.index(b"PK\x01\x02") + 20
    changed[place : place + 8] = struct.pack("<II", 10_000, 10_000)
    return bytes(changed)


def _pointing(raw: bytes) -> bytes:
    changed = bytearray(raw)
    place = changed.index(b"PK\x01\x02") + 42
    changed[place : place + 4] = struct.pack("<I", 7)
    return bytes(changed)


def _on_another_disk(raw: bytes) -> bytes:
    changed = bytearray(raw)
    place = changed.index(b"PK\x05\x06") + 4
    changed[place : place + 4] = b"\x01\x00\x01\x00"
    place = changed.index(b"PK\x01\x02") + 42
    changed[place : place + 4] = struct.pack("<I", 0xFFFFFF)
    return bytes(changed)


def _rows(cells: Iterable[str]) -> str:
    return "".join(f"<w:tr>{cell * 2}</w:tr>" for cell in cells)


_NOTE = "<w:p><w:r><w:t>note</w:t></w:r></w:p>"
_FOOTNOTE = f"<w:footnote w:id='1'>{_NOTE}</w:footnote>"
_CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"

REFUSED_WORD: dict[str, Callable[[], bytes]] = {
    "zeros by bzip2, of which no little is unpacked": lambda: packed(
        [("word/document.xml", bytes(61_000_000))], method=zipfile.ZIP_BZIP2
    ),
    "a million paragraphs": lambda: _word(_document("<w:p/>" * 1_000_000)),
    **{name: REFUSED_PACKAGES[name] for name in ("cut in the middle", "no directory", "a name from the root")},
    "a package of something else": lambda: packed([("mimetype", b"application/vnd.oasis.opendocument.text")]),
    "a document that is elsewhere": lambda: _word(_document(""), name="word/other.xml"),
    "a document that is cut": lambda: _word(_document("<w:tbl>")[:60]),
    "a document of nothing": lambda: _word(b""),
    "a document of noise": lambda: _word(bytes(range(256)) * 10),
    "entities that grow": lambda: _word(_document("&i;", before=LAUGHS)),
    "entities in what says of what it was made": lambda: _word(_document(""), core=LAUGHS.encode() + b"<a>&i;</a>"),
    "entities in its footnotes": lambda: packed(
        [("word/document.xml", _document("")), ("word/footnotes.xml", LAUGHS.encode() + b"<a>&i;</a>")]
    ),
    "an entity that is a file of the server": lambda: _word(
        _document("&e;", before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    ),
    "a document type in UTF-16": lambda: _word(_document("", before=LAUGHS).decode().encode("utf-16")),
    "zeros that would fill the memory": lambda: _word(bytes(70_000_000)),
    "spaces that would fill the memory": lambda: _word(_document(" " * 62_000_000)),
    "deeper than anybody writes": lambda: _word(_document("<w:p>" * 10_000 + "</w:p>" * 10_000)),
    "a text of eleven megabytes": lambda: _word(_document(f"<w:p><w:r><w:t>{'a' * 11_000_000}</w:t></w:r></w:p>")),
    "NUL bytes": lambda: _word(_document("\0")),
    "a control character by its number": lambda: _word(_document("<w:p><w:r><w:t>&#1;</w:t></w:r></w:p>")),
    "a false charset": lambda: _word("<?xml version='1.0' encoding='UTF-8'?><a>Жол</a>".encode("cp1251")),
    "a password": lambda: _with_flag(_word(_document("")), 0x1),
    "two documents of one name": lambda: packed([("word/document.xml", _document("")), ("word/document.xml", b"<a")]),
    "more rows than anybody writes": lambda: _word(_document(f"<w:tbl>{_rows([_CELL.format('a')] * 20_001)}</w:tbl>")),
    "a wrong checksum": lambda: _other_bytes(_word(_document("words " * 20))),
}


def _widths(widths: Iterable[int], words: str = "centre one") -> bytes:
    """Return a table whose rows have so many cells."""
    return _word(
        _document(f"<w:tbl>{''.join(f'<w:tr>{_CELL.format(words) * width}</w:tr>' for width in widths)}</w:tbl>")
    )


ODD_WORD: dict[str, Callable[[], bytes]] = {
    "rows of three hundred widths": lambda: _widths(range(2, 300)),
    "rows of all widths that are read": lambda: _widths([*range(2, 21)] * 30),
    "eight thousand columns": lambda: _widths([8_000]),
    "a hundred content controls around a cell": lambda: _word(
        _document(
            "<w:tbl><w:tr>"
            + "<w:sdt><w:sdtContent>" * 100
            + _CELL.format("a")
            + "</w:sdtContent></w:sdt>" * 100
            + "</w:tr></w:tbl>"
        )
    ),
    "thousands of notes at the foot, all of them of one number": lambda: packed(
        [
            ("word/document.xml", _document("<w:tbl>" + _rows([_CELL.format("a")]) + "</w:tbl>")),
            ("word/footnotes.xml", f"<w:footnotes xmlns:w='{_W}'>{_FOOTNOTE * 9_000}</w:footnotes>".encode()),
        ]
    ),
    "a text box in a text box, each written twice": lambda: _word(_document(_boxes(20))),
    "tables in tables": lambda: _word(_document("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60)),
    "tables in tables, with a text": lambda: _word(
        _document("<w:tbl><w:tr><w:tc>" * 80 + _CELL.format("w" * 9_000_000) + "</w:tc></w:tr></w:tbl>" * 80)
    ),
    "paragraphs in paragraphs": lambda: _word(
        _document("<w:p>" * 200 + f"<w:r><w:t>{'w' * 9_000_000}</w:t></w:r>" + "</w:p>" * 200)
    ),
    "a field that would start a program": lambda: _word(
        _document("<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText></w:r></w:p>")
    ),
    "a name of another text in its keywords": lambda: _word(
        _document(""),
        core=b"<c><keywords>news/../../etc?locale=ky&amp;revision=1&amp;source=en</keywords></c>",
    ),
    "one bookmark a thousand times": lambda: _word(
        _document(
            "<w:tbl>" + _rows(["<w:tc><w:bookmarkStart w:name='u" + "a" * 20 + "'/></w:tc>"] * 1_000) + "</w:tbl>"
        )
    ),
    "a document without a table": lambda: _saved(docx.Document()),
    "a text as it went out": lambda: write(BITEXT),
}


def _boxes(deep: int) -> str:
    """Return a paragraph with boxes in boxes: programs write each twice, so that a billion would be read."""
    open_, shut = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>", "</w:txbxContent></mc:Choice>"
    last = "<mc:Fallback><w:p><w:r><w:t>again</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    compatible = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    return (open_ * deep + _NOTE + (shut + last) * deep).replace("<w:p>", f"<w:p {compatible}>", 1)


WORD_PACKAGES: dict[str, Callable[[], bytes]] = {
    "thirty Word files of spaces": lambda: _thirty(_word(_document(" " * 59_000_000))),
    "thirty whose styles are spaces": lambda: _thirty(
        packed([("word/document.xml", _document("")), ("word/styles.xml", b" " * 59_000_000)])
    ),
    "thirty that say they have a kilobyte": lambda: _thirty(_saying(_word(_document(" " * 59_000_000)), 1024)),
    "thirty whose directories have thirty thousand entries": lambda: _thirty(_crowded(30_000)),
}
"""Packages of Word files of which no more than a few may be opened, small as they are."""


def _thirty(raw: bytes) -> bytes:
    return packed((f"{number}.docx", raw) for number in range(30))


for _kinds in (REFUSED_PACKAGES, REFUSED_WORD, ODD_WORD, WORD_PACKAGES):  # which are small, and long in the making
    _kinds.update({name: cache(make) for name, make in _kinds.items()})


def _saved(document: "docx.document.Document") -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
