"""XLIFF of both versions: what goes out comes back as it was, whatever stands in it."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.inline_codes import Code, Role
from app.domain.segments import State
from app.formats import xliff12, xliff20
from app.formats.bitext import Bitext, Ref, Unit, Words
from app.formats.xml import read_xml
from tests.formats.bitexts import BITEXT, ORIGINS, bitexts

VERSIONS = pytest.mark.parametrize("version", [xliff12, xliff20])


def said(unit: Unit, form: int) -> Words:
    return tuple(Ref(one.number, one.role) if isinstance(one, Code) else one for one in unit.pieces(form)[1])


@VERSIONS
@given(bitext=bitexts())
def test_words_codes_and_their_numbers_come_back_as_they_went_out(version: ModuleType, bitext: Bitext) -> None:
    (back,) = version.read(read_xml(version.write(bitext), path="a.xlf"))
    assert back.origins == ORIGINS
    assert [one.name for one in back.units] == [one.name for one in bitext.units]
    for unit, came in zip(bitext.units, back.units, strict=True):
        assert came.forms in ((), tuple(said(unit, form) for form in range(len(unit.target))))
        assert came.forms or not any(unit.target)
        if any(unit.target):
            assert came.state is (None if unit.state is State.MISSING else unit.state)


@VERSIONS
def test_a_file_is_the_same_whenever_it_is_written(version: ModuleType) -> None:
    assert version.write(BITEXT) == version.write(BITEXT)


def test_codes_of_other_tools_are_read_by_their_numbers() -> None:
    raw = (
        '<xliff version="1.2"><file original="x" source-language="ru" target-language="tg"><body><trans-unit id="1">'
        '<source>a</source><target>1<bpt id="3">&lt;b></bpt>2<ept id="3"/>3<bx id="9" rid="4"/>4<ex id="8" rid="4"/>'
        '<mrk mtype="seg">5<ph id="6">%s</ph></mrk><g id="7"/></target></trans-unit></body></file></xliff>'
    )
    (back,) = xliff12.read(read_xml(raw.encode(), path="a.xlf"))
    (came,) = back.units
    assert came.forms == ((
        "1", Ref(3, Role.OPEN), "2", Ref(3, Role.CLOSE), "3", Ref(4, Role.OPEN), "4", Ref(4, Role.CLOSE), "5",
        Ref(6, Role.ALONE), Ref(7, Role.OPEN), Ref(7, Role.CLOSE),
    ),)  # fmt: skip
    assert back.origins is None


@given(st.text())
def test_what_names_no_revisions_of_ours_is_none(written: str) -> None:
    assert type(ORIGINS).parse(written) is None
    assert type(ORIGINS).parse(str(ORIGINS)) == ORIGINS
