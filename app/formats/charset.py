"""Bytes of a catalogue to text and back, in the charset that its header names (GNU gettext manual, *Header Entry*)."""

import codecs
import re

from app.domain.errors import BadText, Problem

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes. The largest catalogues of the GNU world have a fifth of this."""

NUL = "\ufdd0"
"""What stands in a text for a NUL byte of its file, since not every database can hold it: a noncharacter."""

_DECLARED = re.compile(  # the first Content-Type of a line is the one: no line is read twice
    r'^[ \t]*+(?:msgstr[ \t]*+)?"(?:(?!Content-Type:)(?:[^"\\\n]|\\[^n\n])*+\\n)*+'
    r'Content-Type:[^"\\\n]*?charset=([^\s\\";]+)',
    re.MULTILINE,
)
_UNSAID = frozenset({"", "charset", "ascii", "us-ascii"})  # `CHARSET` is what a template leaves to fill in
_PORTABLE = re.compile(
    r"utf-?8|iso-8859-\d{1,2}|koi8-[rut]|cp(?:125\d|8[567]\d|932|949|950)|windows-125\d|gb2312|gbk|gb18030|big5|"
    r"big5-hkscs|euc-(?:jp|kr)|shift_jis|johab|latin-?1",
    re.ASCII,
)
_CONTROLS = re.compile("[\x80-\x9f]")


def declared_charset(text: str) -> str:
    """Return the charset that a catalogue's header names, in lower case; UTF-8 where it leaves that open."""
    match = _DECLARED.search(text[:65536])
    return _said("" if match is None else match[1])


def charset_of(content_type: str) -> str:
    """Return the charset of a Content-Type, in lower case; UTF-8 where it leaves that open."""
    return _said(content_type.partition("charset=")[2].strip())


def _said(name: str) -> str:
    return "utf-8" if name.lower() in _UNSAID else name.lower()


def known_charset(name: str, *, path: str, line: int) -> codecs.CodecInfo:
    """Return the codec; BadText for what isn't a portable charset of gettext (never `rot13`, `idna` or the like)."""
    try:
        if _PORTABLE.fullmatch(name):
            return codecs.lookup(name)
    except LookupError:
        pass
    raise BadText(Problem(path=path, line=line, reason=f"the charset {name[:40]!r} is not one that gettext knows"))


def _line_of(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1


def decode(raw: bytes, *, path: str) -> str:
    """Return the text of a catalogue's bytes, a BOM and the line ends kept, `NUL` for each NUL byte.

    BadText where the file is too large, isn't bytes of letters at all (NUL in its first line), holds the noncharacter
    that stands for NUL, or its charset is unknown or is not what the bytes are in.
    """

    def bad(position: int, reason: str) -> BadText:
        return BadText(Problem(path=path, line=_line_of(raw, position), reason=reason))

    if len(raw) > LARGEST_FILE:
        raise BadText(Problem(path=path, line=0, reason=f"larger than {LARGEST_FILE // 1024 // 1024} MB"))
    if b"\0" in raw.partition(b"\n")[0]:
        raise bad(0, "a NUL byte; is this a PO file in UTF-8?")
    named = _DECLARED.search(raw[:65536].decode("latin-1"))
    line = 0 if named is None else _line_of(raw, named.start(1))
    name = declared_charset(raw[:65536].decode("latin-1"))
    codec = known_charset(name, path=path, line=line)
    if codec.name != "utf-8" and not raw.isascii() and _is_utf8(raw):
        raise BadText(Problem(path=path, line=line, reason=f"the header says {name}, and the text is in UTF-8"))
    try:
        text, _ = codec.decode(raw)
    except UnicodeDecodeError as error:
        raise bad(error.start, f"a byte that is not {name}, which the header says the text is in") from None
    if codec.name != "utf-8" and (control := _CONTROLS.search(text)):
        before = text.count("\n", 0, control.start()) + 1
        raise BadText(Problem(path=path, line=before, reason=f"a byte that is no letter in {name}"))
    if NUL in text:
        before = text.count("\n", 0, text.index(NUL)) + 1
        raise BadText(Problem(path=path, line=before, reason="the noncharacter U+FDD0"))
    return text.replace("\0", NUL)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def encode(text: str, *, path: str) -> bytes:
    """Return the bytes of a catalogue in the charset that it names; where that lacks a letter, in UTF-8.

    BadText for a charset that is none of gettext's.
    """
    text = text.replace(NUL, "\0")
    name = declared_charset(text)
    codec = known_charset(name, path=path, line=0)
    try:
        return codec.encode(text)[0]
    except UnicodeEncodeError:
        named = _DECLARED.search(text[:65536])
        return text.encode() if named is None else f"{text[: named.start(1)]}UTF-8{text[named.end(1) :]}".encode()
