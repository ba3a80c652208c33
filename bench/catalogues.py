"""What it costs to check, compile and load a catalogue, beside the libraries that do it without looking."""

import io
import tempfile
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import polib
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.formats.mo import compile_catalogue, load
from bench.runs import Ratio, paired, seconds

_HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && '
    'n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
)


def catalogue(messages: int) -> str:
    """Return a Russian catalogue, every tenth message with plural forms, every fifth with a placeholder."""
    entries = []
    for number in range(messages):
        if number % 10 == 0:
            entries.append(
                f'#, python-format\nmsgid "%(num)s file {number}"\nmsgid_plural "%(num)s files {number}"\n'
                f'msgstr[0] "%(num)s файл {number}"\nmsgstr[1] "%(num)s файла {number}"\n'
                f'msgstr[2] "%(num)s файлов {number}"\n'
            )
        elif number % 5 == 0:
            entries.append(f'#, python-format\nmsgid "Open %(name)s {number}"\nmsgstr "Открыть %(name)s {number}"\n')
        else:
            entries.append(
                f'#. Translators: a button\nmsgid "Save the text {number}"\nmsgstr "Сохранить текст {number}"\n'
            )
    return _HEADER + "\n".join(entries)


def speed(*, messages: int, pairs: int) -> Iterator[Ratio]:
    """Yield checking and compiling against Babel and polib, and loading against the standard library."""
    text = catalogue(messages)
    mo = compile_catalogue(text, path="bench.po").mo

    def ours() -> float:
        return seconds(lambda: compile_catalogue(text, path="bench.po"))

    def babel() -> float:
        def work() -> None:
            write_mo(io.BytesIO(), read_po(io.BytesIO(text.encode()), locale="ru"))

        return seconds(work)

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.po"
        file.write_text(text, encoding="utf-8")

        def with_polib() -> float:
            return seconds(lambda: polib.pofile(str(file)).to_binary())

        for name, other in (("Babel, unchecked", babel), ("polib, unchecked", with_polib)):
            ratio, one, two = paired(ours, other, pairs=pairs)
            detail = f"{one * 1000:.0f} ms, {two * 1000:.0f} ms"
            yield Ratio(what=f"check and compile {messages:,} messages", against=name, ratio=ratio, detail=detail)
    ratio, one, two = paired(
        lambda: seconds(lambda: load(mo)), lambda: seconds(lambda: GNUTranslations(io.BytesIO(mo))), pairs=pairs * 5
    )
    detail = f"{one * 1000:.1f} ms, {two * 1000:.1f} ms"
    yield Ratio(
        what=f"load {messages:,} messages", against="gettext of the standard library", ratio=ratio, detail=detail
    )
