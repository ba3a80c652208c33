"""A memory as TMX: what goes out comes in the same, other tools read it, and its size costs no memory."""

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage import tmx as toolkit

from app.domain.errors import BadText, Problem
from app.domain.segments import Tag
from app.formats import xml_parts
from app.formats.tmx import LONGEST_UNIT, Memory, read, write

EN, RU, KK, TG = Tag("en"), Tag("ru"), Tag("kk"), Tag("tg")
AT = datetime(2026, 3, 18, 19, 25, tzinfo=UTC)
HEADER = (
    '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="{}"'
    ' datatype="x"/>'
)
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\n\t")
SIGNS = st.sampled_from("аб *_`[]()<>&\"'\n\t ]]>«»%")
WORDS = st.text(LETTERS | SIGNS, min_size=1, max_size=30).filter(str.strip)
LINE = st.text(LETTERS, max_size=20).map(lambda words: " ".join(words.split()))


@st.composite
def memories(draw: st.DrawFn) -> Memory:
    tags = draw(st.lists(st.sampled_from([EN, RU, KK, TG, Tag("uz-Cyrl")]), min_size=2, unique=True))
    return Memory(
        words={tag: draw(WORDS) for tag in tags}, source=draw(st.sampled_from([*tags, Tag("")])),
        at=draw(st.none() | st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)).map(_to_seconds)),  # noqa: DTZ001  # Hypothesis adds the zone
        by=draw(LINE), document=draw(LINE), machine=draw(st.booleans()), message=draw(st.booleans()),
    )  # fmt: skip


def _to_seconds(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def written(*units: Memory, source: Tag = EN) -> bytes:
    out = BytesIO()
    write(units, out, source=source)
    return out.getvalue()


def came(raw: bytes) -> list[Memory | Problem]:
    return list(read(BytesIO(raw), path="m.tmx"))


def foreign(body: str, srclang: str = "en") -> bytes:
    head = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
    return f"{head}{HEADER.format(srclang)}<body>\n{body}</body></tmx>".encode()


@given(st.lists(memories(), max_size=5))
def test_what_goes_out_comes_in_the_same(units: list[Memory]) -> None:
    expected = [unit if unit.source else Memory(**{**_fields(unit), "source": EN}) for unit in units]  # type: ignore[arg-type]  # its own fields
    assert came(written(*units)) == expected


def _fields(unit: Memory) -> dict[str, object]:
    return {name: getattr(unit, name) for name in Memory.__slots__ if name != "line"}


@given(st.text(st.sampled_from("a\x00\x0b\r\ud800\ufffe<&"), min_size=1))
def test_a_letter_that_xml_cannot_hold_never_spoils_a_file(words: str) -> None:
    (back,) = came(written(Memory(words={EN: f"a{words}", RU: f"б{words}"}, by=words, document=words)))
    assert isinstance(back, Memory)
    assert set(back.words[EN]) <= set("a<&\ufffd")


def test_codes_go_out_as_the_elements_that_tools_show_as_tags() -> None:
    unit = Memory(words={EN: "Look **here** at `x`.", RU: "`x`: см. **сюда**."}, source=EN)
    raw = written(unit).decode()
    assert '<seg>Look <bpt i="1" x="1" type="bold">**</bpt>here<ept i="1">**</ept> at <ph x="2">`x`</ph>.</seg>' in raw
    assert '<seg><ph x="2">`x`</ph>: см. <bpt i="1" x="1" type="bold">**</bpt>сюда<ept i="1">**</ept>.</seg>' in raw


def test_codes_of_other_tools_count_for_what_they_say() -> None:
    segment = (
        'One <bpt i="1">&lt;b></bpt><hi>two</hi><ept i="1">&lt;/b></ept><it pos="begin"/> <ph>%s<sub>a title</sub></ph>'
    )
    body = f'<tu><tuv xml:lang="en"><seg>\n  {segment}\n  </seg></tuv><tuv xml:lang="ru"><seg>Да</seg></tuv></tu>'
    (unit,) = came(foreign(body))
    assert isinstance(unit, Memory)
    assert unit.words == {EN: "One <b>two</b> %sa title", RU: "Да"}


def test_a_unit_may_have_many_languages_and_says_which_of_them_it_is_from() -> None:
    tags = {"en-US": "Yes", "RU-ru": "Да", "kk_KZ": "Иә", "uz-cyrl-uz": "Ҳа", "": "?", "*": "?", "tg": " "}
    variants = "".join(f'<tuv xml:lang="{tag}"><seg>{words}</seg></tuv>' for tag, words in tags.items())
    for own, header, expected in (("", "en-US", "en-US"), (' srclang="ru-RU"', "en-US", "ru-RU"), ("", "*all*", "")):
        (unit,) = came(foreign(f"<tu{own}>{variants}</tu>", header))
        assert isinstance(unit, Memory)
        assert unit.words == {"en-US": "Yes", "ru-RU": "Да", "kk-KZ": "Иә", "uz-Cyrl-UZ": "Ҳа"}
        assert unit.source == expected


def test_other_words_in_the_same_language_are_told_and_the_first_ones_taken() -> None:
    more = '<tuv xml:lang="ru"><seg>в</seg></tuv><tuv xml:lang="RU"><seg>б</seg></tuv>'
    told, unit = came(
        foreign(f'<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ru"><seg>б</seg></tuv>{more}</tu>')
    )
    assert str(told) == "m.tmx:4: it has other words in ru as well: the first ones are taken"
    assert isinstance(unit, Memory)
    assert unit.words == {EN: "a", RU: "б"}


def test_who_and_when_are_read_where_tools_write_them() -> None:
    both = '<tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ru"{}><seg>б</seg></tuv>'
    own = ' creationid="ann" creationdate="20250101T000000Z" changeid="bob" changedate="20260318T192500Z"'
    (of_unit,) = came(foreign(f'<tu{own}><prop type="x-document">news/x</prop>{both.format("")}</tu>'))
    (of_variant,) = came(foreign(f"<tu>{both.format(own)}</tu>"))
    assert of_unit == Memory(words={EN: "a", RU: "б"}, source=EN, at=AT, by="bob", document="news/x")
    assert of_variant == Memory(words={EN: "a", RU: "б"}, source=EN, at=AT, by="bob")
    (neither,) = came(foreign(f'<tu changedate="yesterday">{both.format("")}</tu>'))
    assert neither == Memory(words={EN: "a", RU: "б"}, source=EN)


def test_one_bad_unit_is_told_with_its_line_and_the_others_come_in() -> None:
    good = '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ru"><seg>б</seg></tuv></tu>\n'
    alone = '<tu><tuv xml:lang="en"><seg>a</seg></tuv></tu>\n'
    none = '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="x!"><seg>a</seg></tuv></tu>\n'
    long = good.replace("б", "б" * LONGEST_UNIT)
    found = came(foreign(good + alone + none + long + "<tu/>" + good))
    told = [str(one) for one in found if isinstance(one, Problem)]
    assert told == [
        "m.tmx:5: it has words in fewer than two languages", "m.tmx:6: “x!” is no language",
        f"m.tmx:7: a unit has {LONGEST_UNIT} letters at most", "m.tmx:8: it has words in fewer than two languages",
    ]  # fmt: skip
    assert [one.line for one in found if isinstance(one, Memory)] == [4, 8]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r", "iso-8859-5"])
def test_a_file_may_be_in_any_charset_that_it_names(encoding: str) -> None:
    text = foreign('<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="ru"><seg>Привет</seg></tuv></tu>').decode()
    named = encoding.removesuffix("-sig")
    (unit,) = came(text.replace('"1.0"', f'"1.0" encoding="{named}"').encode(encoding))
    assert isinstance(unit, Memory)
    assert unit.words[RU] == "Привет"


def test_translate_toolkit_reads_what_we_write() -> None:
    unit = Memory(words={EN: "A **b** <i>&c", RU: "Б **в** <i>&г"}, source=EN, by="ann", document="news/x", at=AT)
    theirs = toolkit.tmxfile(BytesIO(written(unit, Memory(words={EN: "Yes", RU: "Да"}))), "en", "ru")
    assert [(one.source, one.target) for one in theirs.units] == [("A **b** <i>&c", "Б **в** <i>&г"), ("Yes", "Да")]


def test_we_read_what_translate_toolkit_writes() -> None:
    theirs = toolkit.tmxfile(sourcelanguage="en", targetlanguage="ru")
    theirs.addtranslation("A <b>\n& c", "en", "Б <б>\n& в", "ru", "a note")
    assert came(bytes(theirs)) == [Memory(words={EN: "A <b>\n& c", RU: "Б <б>\n& в"}, source=EN)]


class Endless(BytesIO):
    """A file of as many units as are asked for, which nobody holds."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self._chunks = self._made(units)
        self.longest_read = 0

    def _made(self, units: int) -> Iterator[bytes]:
        yield foreign("").partition(b"</body>")[0]
        for number in range(units):
            yield (
                f'<tu tuid="{number}"><note>n</note><tuv xml:lang="en"><seg>Sentence {number}</seg></tuv>'
                f'<tuv xml:lang="ru"><seg>Предложение {number}</seg></tuv></tu>\n'
            ).encode()
        yield b"</body></tmx>"

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        self.longest_read = max(self.longest_read, size)
        some = b""
        while len(some) < size - 1000 and (more := next(self._chunks, b"")):
            some += more
        return some


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_file_fifty_times_as_large_takes_no_more_memory_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def reading(units: int) -> int:
        def read_all() -> None:
            assert sum(1 for _ in read(Endless(units), path="m.tmx")) == units

        return peak(read_all)

    monkeypatch.setattr(xml_parts, "CHUNK", 4096)  # so that the small one is larger than what is read at once
    small, large = reading(40), reading(2_000)
    assert large < small * 1.2 + 20_000


def test_a_file_fifty_times_as_large_takes_no_more_memory_to_write(tmp_path: Path) -> None:
    def writing(units: int) -> int:
        def made(out: BinaryIO) -> Iterator[Memory]:
            for number in range(units):
                assert out.tell() > number * 100 - 50_000, "what was written waits nowhere"
                yield Memory(words={EN: f"Sentence {number}", RU: f"Предложение {number}"})

        with (tmp_path / "m.tmx").open("wb") as out:
            return peak(lambda: write(made(out), out))

    small, large = writing(40), writing(2_000)
    assert large < small * 1.2 + 50_000
    with (tmp_path / "m.tmx").open("rb") as back:
        assert sum(1 for _ in read(back, path="")) == 2_000


def test_no_more_of_a_file_is_read_at_once_than_a_chunk() -> None:
    file = Endless(5_000)
    units = read(file, path="m.tmx")
    next(units)
    assert file.longest_read == xml_parts.CHUNK


def test_what_is_no_tmx_says_what_it_is() -> None:
    with pytest.raises(BadText, match=r"^m.tmx:1: the first element is “xliff” and not “tmx”$"):
        came(b"<xliff/>")
