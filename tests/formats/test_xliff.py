"""XLIFF of both versions: what goes out comes back as it was, whatever stands in it."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.inline_codes import Code, Role
from app.domain.segments import State
from app.formats import xliff12, xliff20
from app.formats.bitext import Bitext, Came, Ref, Unit, Words
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
        if any(form.strip() for form in unit.target):
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


def came12(target: str, *, divided: bool = True) -> Came:
    seg_source = '<seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two 7.</mrk></seg-source>'
    raw = (
        '<xliff version="1.2"><file original="x" source-language="en" target-language="ky"><body><trans-unit id="1">'
        f"<source>One. Two 7.</source>{seg_source if divided else ''}{target}</trans-unit></body></file></xliff>"
    )
    ((came,),) = (one.units for one in xliff12.read(read_xml(raw.encode(), path="a.xlf")))
    return came


def came20(*segments: tuple[str, str]) -> Came:
    """A unit of two sentences: the attributes of each segment, and its target, where SAME says what its source says."""
    unit = " ".join(
        f"<segment {said}><source>{source}</source>{target.replace('SAME', source)}</segment>"
        for (said, target), source in zip(segments, ("One. ", "Two 7."), strict=True)
    )
    raw = f'<xliff version="2.0" srcLang="en" trgLang="ky"><file id="f"><unit id="1">{unit}</unit></file></xliff>'
    ((came,),) = (one.units for one in xliff20.read(read_xml(raw.encode(), path="a.xlf")))
    return came


ONE = '<mrk mtype="seg" mid="1">Бир.</mrk>'


@pytest.mark.parametrize("divided", [True, False])
@pytest.mark.parametrize(
    ("state", "second"),
    [("translated", '<mrk mtype="seg" mid="2"/>'), ("translated", '<mrk mtype="seg" mid="2"> </mrk>'),
     ("new", '<mrk mtype="seg" mid="2">Two 7.</mrk>')],
)  # fmt: skip
def test_a_part_of_a_1_2_unit_without_a_translation_is_told_and_brings_no_word_of_the_source(
    state: str, second: str, divided: bool
) -> None:
    came = came12(f'<target state="{state}">{ONE} {second}</target>', divided=divided)
    assert ("".join(map(str, came.forms[0])).strip(), came.partial, came.state) == ("Бир.", True, State.NEEDS_WORK)


def test_a_part_that_only_the_source_of_a_1_2_unit_has_is_not_translated() -> None:
    assert came12(f'<target state="translated">{ONE}</target>').partial
    assert not came12(f'<target state="translated">{ONE}</target>', divided=False).partial
    whole = came12('<target state="translated">Бир. Эки 7.</target>')
    assert (whole.forms, whole.partial, whole.state) == ((("Бир. Эки 7.",),), False, State.DONE)


@pytest.mark.parametrize(
    "target", ["", "<target/>", '<target><mrk mtype="seg" mid="1"/><mrk mtype="seg" mid="2"/></target>']
)
def test_a_1_2_unit_of_which_no_part_is_translated_says_nothing(target: str) -> None:
    came = came12(target.replace("<target", '<target state="translated"'))
    assert (came.forms, came.partial) == ((), False)


DONE = ('state="translated"', "<target>Бир. </target>")


@pytest.mark.parametrize(
    "second",
    [("", ""), ("", "<target/>"), ('state="translated"', "<target/>"), ('state="translated"', ""),
     ("", "<target>SAME</target>"), ('state="initial"', "<target>Эки</target>")],
)  # fmt: skip
@pytest.mark.parametrize("swapped", [False, True])
def test_a_segment_of_a_2_0_unit_without_a_translation_is_told_and_brings_no_word_of_the_source(
    second: tuple[str, str], swapped: bool
) -> None:
    came = came20(*((second, DONE) if swapped else (DONE, second)))
    assert (came.partial, came.state) == (True, State.NEEDS_WORK)
    words = "".join(map(str, came.forms[0]))
    assert "Бир. " in words
    assert ("Two" in words, "One" in words, "Эки" in words) == (False, False, "Эки" in second[1])


def test_parts_that_are_translated_are_a_whole_and_those_that_say_what_their_source_says_are_told() -> None:
    whole = came20(DONE, ('state="final"', "<target>Эки 7.</target>"))
    assert ("".join(map(str, whole.forms[0])), whole.partial, whole.state) == ("Бир. Эки 7.", False, State.DONE)
    assert came20(("", "<target>Бир. </target>"), ("", "<target>Эки.</target>")).partial is False
    copied = came20(DONE, ('state="translated"', "<target>SAME</target>"))
    assert (copied.partial, copied.copied) == (False, ("Two 7.",))
    assert came12(f'<target state="final">{ONE} <mrk mtype="seg" mid="2">Two 7.</mrk></target>').copied == ("Two 7.",)


TARGETS = st.none() | st.sampled_from(["", " ", "SAME"]) | st.text(st.sampled_from("абв"), min_size=1, max_size=3)


@VERSIONS
@given(targets=st.lists(TARGETS, min_size=2, max_size=4), is_new=st.booleans())
def test_however_a_tool_divides_a_unit_what_is_translated_comes_and_what_is_not_is_told(
    version: ModuleType, targets: list[str | None], is_new: bool
) -> None:
    sources = [f"source {'x' * number}" for number in range(1, len(targets) + 1)]
    said = [one.replace("SAME", source) if one else one for one, source in zip(targets, sources, strict=True)]
    if version is xliff12:
        marks = [
            "".join(f'<mrk mtype="seg" mid="{at}">{one}</mrk>' for at, one in enumerate(side) if one is not None)
            for side in (sources, said)
        ]
        raw = (
            '<xliff version="1.2"><file original="x"><body><trans-unit id="1"><source>all</source>'
            f'<seg-source>{marks[0]}</seg-source><target state="{"new" if is_new else "final"}">{marks[1]}</target>'
            "</trans-unit></body></file></xliff>"
        )
    else:
        state = "initial" if is_new else "final"
        segments = "".join(
            f'<segment state="{state}"><source>{source}</source>'
            f"{'' if one is None else f'<target>{one}</target>'}</segment>"
            for source, one in zip(sources, said, strict=True)
        )
        raw = f'<xliff version="2.0"><file id="f"><unit id="1">{segments}</unit></file></xliff>'
    ((came,),) = (one.units for one in version.read(read_xml(raw.encode(), path="a.xlf")))
    words = [one for one in said if one and one.strip() and not (is_new and one in sources)]
    assert "".join(map(str, came.forms[0] if came.forms else ())).split() == "".join(words).split()
    assert came.partial is (0 < len(words) < len(said))
    assert came.copied == tuple(one for one in words if one in sources)


@pytest.mark.parametrize("state", ["initial", "translated", "final"])
def test_no_2_0_unit_is_empty_for_want_of_a_target_and_none_that_a_tool_divided(state: str) -> None:
    said = f'state="{state}"'
    assert came20((said, ""), (said, "")).forms == ()
    assert came20((said, "<target/>"), (said, "<target/>")).forms == ()
    raw = f'<unit id="1"><segment {said}><source>a</source>%s</segment></unit>'
    for target, forms in (("", ()), ("<target/>", ((),))):
        file = f'<xliff version="2.0" srcLang="en" trgLang="ky"><file id="f">{raw % target}</file></xliff>'
        ((came,),) = (one.units for one in xliff20.read(read_xml(file.encode(), path="a.xlf")))
        assert (came.forms, came.state) == (forms, State.DONE if target and state != "initial" else None)
