"""What it costs to read, check, compile, load and update a catalogue, beside the programs and libraries that do so too.

GNU gettext is asked as the programs that people run, reading and writing a file; the libraries in this process.
"""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from gettext import GNUTranslations
from itertools import count
from pathlib import Path

import polib
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from translate.convert.pot2po import convert_stores
from translate.storage.pypo import pofile
from translate.tools.pocompile import POCompile

from app.formats.mo import compile_catalogue, load
from app.formats.po_lexer import read
from app.formats.po_update import update
from bench.runs import Ratio, ended_within, paired, seconds

_FORMS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
_HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {_FORMS}\\n"\n\n'
)
_NUMBERS = count()
_PATIENCE = 30.0
"""Seconds after which another library's update is stopped: two of them take the square of the messages."""


def catalogue(messages: int) -> str:
    """Return a Russian catalogue, every tenth message with plural forms, every fifth with a placeholder."""
    return _HEADER + "\n".join(_message(number, changed=False, words=True) for number in range(messages))


def template(messages: int) -> str:
    """Return the template of that catalogue after a tenth of its messages was written a little otherwise."""
    return _HEADER + "\n".join(
        _message(number, changed=number // 10 % 10 == number % 10, words=False) for number in range(messages)
    )


def _message(number: int, *, changed: bool, words: bool) -> str:
    new = "new " if changed else ""
    if number % 10 == 0:
        forms = (f"файл {number}", f"файла {number}", f"файлов {number}") if words else ("", "")
        msgstrs = "".join(f'msgstr[{at}] "{f"%(num)s {form}" if form else ""}"\n' for at, form in enumerate(forms))
        msgids = f'msgid "%(num)s {new}file {number}"\nmsgid_plural "%(num)s {new}files {number}"\n'
        return f"#, python-format\n{msgids}{msgstrs}"
    if number % 5 == 0:
        msgstr = f"Открыть %(name)s {number}" if words else ""
        return f'#, python-format\nmsgid "Open {new}%(name)s {number}"\nmsgstr "{msgstr}"\n'
    msgstr = f"Сохранить текст {number}" if words else ""
    return f'#. Translators: a button\nmsgid "Save the {new}text {number}"\nmsgstr "{msgstr}"\n'


def speed(*, messages: int, pairs: int) -> Iterator[Ratio]:
    """Yield reading, checking and compiling, loading, and updating, against who does each too."""
    text, newer = catalogue(messages), template(messages)
    mo = compile_catalogue(text, path="bench.po").mo
    raw = text.encode()
    of = f"{messages:,} messages"
    with tempfile.TemporaryDirectory() as folder:
        po, pot = Path(folder) / "bench.po", Path(folder) / "bench.pot"
        po.write_bytes(raw)
        pot.write_text(newer, encoding="utf-8")
        yield from _rows(f"read {of}", lambda: read(text, path="bench.po"), pairs, {
            "Babel": lambda: read_po(io.BytesIO(raw), locale="ru"),
            "polib": lambda: polib.pofile(str(po)),
            "translate-toolkit": lambda: _toolkits(raw),
        })  # fmt: skip
        yield from _rows(f"check and compile {of}", lambda: compile_catalogue(_another(text), path="bench.po"), pairs, {
            "GNU msgfmt -c": _program("msgfmt", "-c", "-o", f"{folder}/bench.mo", str(po)),
            "Babel, unchecked": lambda: write_mo(io.BytesIO(), read_po(io.BytesIO(raw), locale="ru")),
            "polib, unchecked": lambda: polib.pofile(str(po)).to_binary(),
            "translate-toolkit, unchecked": lambda: _toolkits_mo(raw),
        })  # fmt: skip
        yield from _rows(f"load {of}", lambda: load(mo), pairs * 5, {
            "gettext of the standard library": lambda: GNUTranslations(io.BytesIO(mo)),
        })  # fmt: skip
        merging = f"update {of}, a tenth changed"
        yield from _rows(merging, lambda: update(_another(text), _another(newer)), pairs, {
            "GNU msgmerge": _program("msgmerge", "-q", "--previous", "-o", f"{folder}/new.po", str(po), str(pot)),
            "polib, which guesses nothing": lambda: polib.pofile(str(po)).merge(polib.pofile(str(pot))),
        })  # fmt: skip

        def with_babel() -> None:
            known = read_po(io.BytesIO(raw), locale="ru")
            known.update(read_po(io.BytesIO(newer.encode())))

        def with_translate() -> None:
            convert_stores(_toolkits(newer.encode()), _toolkits(raw))  # type: ignore[no-untyped-call]  # as above

        for name, other in (("Babel", with_babel), ("translate-toolkit", with_translate)):
            one, two = seconds(lambda: update(_another(text), _another(newer))), ended_within(_PATIENCE, other)
            detail = f"{_milliseconds(one)}, {_milliseconds(two) if two else f'stopped after {_PATIENCE:.0f} s'}"
            yield Ratio(what=merging, against=name, ratio=one / (two or _PATIENCE), detail=detail)


def _another(text: str) -> str:
    """Return a catalogue that nobody has looked at yet: what was found in the last few is remembered."""
    return f"# {next(_NUMBERS)}\n{text}"


def _toolkits(raw: bytes) -> pofile:
    read: pofile = pofile.parsestring(raw)  # type: ignore[no-untyped-call]  # translate-toolkit has few types
    return read


def _toolkits_mo(raw: bytes) -> object:
    return POCompile().convertstore(_toolkits(raw))  # type: ignore[no-untyped-call]


def _program(name: str, *words: str) -> Callable[[], object] | None:
    if shutil.which(name) is None:
        return None
    return lambda: subprocess.run([name, *words], check=True, capture_output=True)


def _rows(
    what: str, ours: Callable[[], object], pairs: int, others: Mapping[str, Callable[[], object] | None]
) -> Iterator[Ratio]:
    for name, other in others.items():
        if other is None:
            yield Ratio(what=what, against=name, ratio=float("nan"), detail="not measured: it is not installed")
        else:
            ratio, one, two = paired(lambda: seconds(ours), lambda run=other: seconds(run), pairs=pairs)  # type: ignore[misc]
            yield Ratio(what=what, against=name, ratio=ratio, detail=f"{_milliseconds(one)}, {_milliseconds(two)}")


def _milliseconds(of: float) -> str:
    return f"{of * 1000:.0f} ms" if of > 0.02 else f"{of * 1000:.1f} ms"
