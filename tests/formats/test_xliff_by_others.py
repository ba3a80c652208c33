"""What we write as XLIFF is read by grammars, and by programs that others wrote: translate-toolkit, and `xliff` of npm.

The grammars (RELAX NG) are our own, and say which part of the OASIS standards we write.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from lxml import etree
from translate.storage.xliff import xlifffile

from app.domain.inline_codes import Code
from app.formats import xliff12, xliff20
from app.formats.bitext import Bitext
from app.formats.xliff import plain
from tests.databases import required
from tests.formats.bitexts import BITEXT, UNITS, bitexts

HERE = Path(__file__).parent
GRAMMARS = {
    version: etree.RelaxNG(file=HERE / f"grammars/{version.__name__[-7:]}.rng") for version in (xliff12, xliff20)
}
VERSIONS = pytest.mark.parametrize("version", [xliff12, xliff20])


@VERSIONS
@given(bitext=bitexts())
def test_whatever_stands_in_a_text_its_file_obeys_the_grammar(version: ModuleType, bitext: Bitext) -> None:
    grammar = GRAMMARS[version]
    assert grammar.validate(etree.fromstring(version.write(bitext))), grammar.error_log


@VERSIONS
def test_the_grammar_refuses_what_is_not_so(version: ModuleType) -> None:
    raw = version.write(BITEXT).replace(b"translated", b"finished")
    assert not GRAMMARS[version].validate(etree.fromstring(raw))


@VERSIONS
@given(bitext=bitexts())
def test_codes_of_a_segment_have_numbers_of_their_own_and_pairs_are_whole(version: ModuleType, bitext: Bitext) -> None:
    """In 2.0 ids are unique among source and target each (4.3.1.14), and an end has its beginning."""
    root = etree.fromstring(version.write(bitext))
    for words in root.iter("{*}source", "{*}target"):
        numbers = [one.get("id") for one in words.iter("{*}g", "{*}x", "{*}pc", "{*}ph")]
        assert len(numbers) == len(set(numbers))
    known = [one.get("id") for one in root.iter("{*}data")]
    refs = [ref for one in root.iter("{*}pc", "{*}ph") for name, ref in one.attrib.items() if "dataRef" in str(name)]
    assert set(refs) <= set(known)


def test_translate_toolkit_reads_units_states_and_notes() -> None:
    store = xlifffile.parsestring(xliff12.write(BITEXT))  # type: ignore[no-untyped-call]  # as its makers left it
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("ru", "tg")
    title, block, *forms = store.units
    assert (title.source, title.istranslated()) == ("Центр открыт", False)
    assert "look & <see>" in block.getnotes()
    assert block.source.startswith("Мы ")
    assert [one.target for one in forms] == [plain(form).replace("%(n)s", "") for form in UNITS[2].target]


@pytest.fixture(scope="module")
def packages() -> Path:
    """Where `npm ci` has put what `npm/package-lock.json` names; CI does it, a laptop may do without."""
    folder = os.environ.get("TILMASH_TEST_NPM", "")
    if folder and shutil.which("node"):
        return Path(folder)
    if required("npm"):
        pytest.fail("TILMASH_REQUIRE names npm, and TILMASH_TEST_NPM no folder, or there is no node")
    pytest.skip("no packages of npm")


_SCRIPT = """
const [folder, reader] = process.argv.slice(2);
const text = require("fs").readFileSync(0, "utf8");
require(folder)[reader](text, (fault, told) => { if (fault) throw fault; process.stdout.write(JSON.stringify(told)); });
"""


def spoken(pieces: Iterable[object]) -> str:
    """What that package read as words, those within codes too; it leaves out a space that stands alone between two."""
    found = ""
    for one in pieces:
        if isinstance(one, str):
            found += one
        elif isinstance(one, dict):
            found += spoken(code.get("contents", "") for code in one.values())
    return found


@pytest.mark.parametrize(("version", "reader"), [(xliff12, "xliff12ToJs"), (xliff20, "xliff2js")])
def test_the_package_of_npm_reads_languages_words_and_codes(
    packages: Path, tmp_path: Path, version: ModuleType, reader: str
) -> None:
    script = tmp_path / "read.cjs"
    script.write_text(_SCRIPT, encoding="utf-8")
    command = ["node", str(script), str(packages / "node_modules/xliff/cjs"), reader]
    told = json.loads(subprocess.run(command, input=version.write(BITEXT), check=True, capture_output=True).stdout)
    assert (told["sourceLanguage"], told["targetLanguage"]) == ("ru", "tg")
    (units,) = told["resources"].values()
    assert units[UNITS[0].name]["source"] == "Центр открыт"
    block = units[UNITS[1].name]
    for side, pieces in zip(("source", "target"), UNITS[1].pieces(0), strict=True):
        own = "".join(one for one in pieces if isinstance(one, str))
        assert spoken(block[side]).replace(" ", "") == own.replace(" ", "")
        found = sum(isinstance(one, dict) for one in block[side])
        assert found == len({one.number for one in pieces if isinstance(one, Code)})
