"""Catalogues that others made, from this machine's packages: none of them is kept here."""

import gettext
import sysconfig
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from app.domain.segments import State
from app.formats.charset import decode, encode
from app.formats.mo import compile_catalogue, load
from app.formats.po import PO
from tests.catalogues import messages
from tests.formats import gnu

PACKAGES = Path(sysconfig.get_paths()["purelib"])
LOCALES = ["ru", "kk", "ky", "tg", "uz", "uz@cyrillic", "tr", "ar", "ja", "de"]
SYSTEM = [
    mo
    for locale in LOCALES
    for mo in sorted(Path("/usr/share/locale").glob(f"{locale}/LC_MESSAGES/*.mo"))[:4]
    if mo.stat().st_size > 1000
]
MOST = 60


@pytest.fixture(params=[*sorted(PACKAGES.rglob("*.po"))[:MOST], *SYSTEM], ids=lambda path: "-".join(path.parts[-3:]))
def raw(request: pytest.FixtureRequest) -> bytes:
    file: Path = request.param
    return file.read_bytes() if file.suffix == ".po" else gnu.unformatted(file)


def test_a_real_catalogue_comes_back_byte_for_byte(raw: bytes) -> None:
    text = decode(raw, path="real.po")
    assert encode(PO.compose(text, PO.parse(text, path="real.po").segments), path="real.po") == raw


def test_a_change_in_a_real_catalogue_changes_that_message_alone(raw: bytes, tmp_path: Path) -> None:
    text = decode(raw, path="real.po")
    segments = list(PO.parse(text, path="real.po").segments)
    at = len(segments) // 2
    forms = len(segments[at].text.split("\0"))
    segments[at] = replace(segments[at], text="\0".join(["new words"] * forms), state=State.DONE)
    after = PO.compose(text, segments)
    assert list(PO.parse(after, path="real.po").segments) == segments
    before_lines, after_lines = text.split("\n"), after.split("\n")
    same = sum(1 for _ in zip_equal(before_lines, after_lines)) + sum(
        1 for _ in zip_equal(before_lines[::-1], after_lines[::-1])
    )
    message = messages(text, path="real.po")[at]
    assert same >= len(before_lines) - sum(part.count("\n") + 3 for part in (message.msgid, *message.msgstrs))


def zip_equal(one: list[str], other: list[str]) -> list[str]:
    """Return how two lists begin alike."""
    length = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]


def test_polib_reads_the_same_from_a_real_catalogue(raw: bytes) -> None:
    text = decode(raw, path="real.po")
    theirs = [one for one in polib.pofile(f"{text}\n") if not one.obsolete]
    ours = messages(text, path="real.po")
    assert [(one.msgctxt, one.msgid, one.fuzzy) for one in theirs] == [(m.context, m.msgid, m.fuzzy) for m in ours]


def test_a_real_catalogue_speaks_as_python_s_own_gettext_does(raw: bytes, tmp_path: Path) -> None:
    text = decode(raw, path="real.po")
    mo = compile_catalogue(text, path="real.po").mo
    file = tmp_path / "real.mo"
    file.write_bytes(mo)
    with file.open("rb") as opened:
        theirs = gettext.GNUTranslations(opened)
    ours = load(mo)
    for one in messages(text, path="real.po"):
        if one.context is None and one.plural is None:
            assert ours.gettext(one.msgid) == theirs.gettext(one.msgid)
        elif one.context is None and one.plural is not None:
            numbers = (0, 1, 2, 3, 5, 11, 21, 100, 101)
            assert [ours.ngettext(one.msgid, one.plural, n) for n in numbers] == [
                theirs.ngettext(one.msgid, one.plural, n) for n in numbers
            ]
