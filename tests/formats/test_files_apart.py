"""What comes in one file is taken apart: those of a package, and the texts of one XLIFF file."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from lxml import etree

from app.formats import docx, files, xliff12, xliff20
from app.formats.allowance import Allowance
from app.formats.bitext import Bitext
from app.formats.files import apart, is_word_file, opened, returned
from app.formats.packages import LARGEST, Packed, packed, weight
from app.formats.xml import read_xml
from tests.formats.bitexts import BITEXT

WRITERS = pytest.mark.parametrize("write", [xliff12.write, xliff20.write], ids=["1.2", "2.0"])


def many(raw: bytes, count: int) -> bytes:
    """A file with a text so many times, as tools make one of several."""
    begun, text = raw.decode().split("<file", 1)
    text, _, end = text.rpartition("</file>")
    return (begun + f"<file{text}</file>\n" * count + end).encode()


@WRITERS
def test_the_texts_of_one_file_are_files_of_their_own_that_say_the_same_on_the_same_lines(
    write: Callable[[Bitext], bytes],
) -> None:
    raw = many(write(BITEXT), 3)
    alone = [one for text in apart(raw, path="mine") for one in returned(text, path="mine")]
    assert alone == list(returned(raw, path="mine"))
    assert len({one.units[0].line for one in alone}) == 3


def test_a_file_of_one_text_stays_byte_for_byte_and_so_do_several_of_which_none_says_what_it_is() -> None:
    one = xliff20.write(BITEXT)
    unnamed = many(one, 3).replace(b"original=", b"name=")
    for raw in (one, unnamed, b"# no XML", packed([Packed(name="a", raw=b"b")])):
        assert list(apart(raw, path="mine")) == [raw]


@WRITERS
def test_a_file_of_many_texts_is_read_twice_and_not_once_for_each(
    write: Callable[[Bitext], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counting(raw: bytes, *, path: str) -> etree._Element:
        read.append(len(raw))
        return read_xml(raw, path=path)

    monkeypatch.setattr(files, "read_xml", counting)
    for count in (20, 80):
        raw = many(write(BITEXT), count)
        read.clear()
        assert sum(len(returned(text, path="mine")) for text in apart(raw, path="mine")) == count
        assert sum(read) < 3 * len(raw)


def test_what_systems_put_beside_files_is_no_file_of_a_package() -> None:
    names = ("ky.po", "__MACOSX/._ky.po", "news/.DS_Store", "Thumbs.db")
    raw = packed(Packed(name=name, raw=b"x") for name in names)
    assert [one.name for one in opened(raw, path="mine.zip")] == ["ky.po"]


def test_a_package_of_word_files_is_no_word_file_though_they_are_not_packed_twice() -> None:
    word = packed([Packed(name="word/document.xml", raw=b"<a/>")])
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        package.writestr("ky.docx", word)
    assert is_word_file(word)
    assert not is_word_file(made.getvalue())
    assert [one.raw for one in opened(made.getvalue(), path="mine.zip")] == [word]


def test_a_package_is_the_same_bytes_whenever_it_is_made() -> None:
    some = [Packed(name="a/ky.po", raw=b"x" * 100), Packed(name="b/ky.po", raw=b"")]
    assert packed(some) == packed(some)
    assert list(opened(packed(some), path="mine.zip")) == some


def test_as_many_word_files_as_a_package_of_ours_has_come_home_though_they_take_more_than_sixty_megabytes() -> None:
    word = docx.write(BITEXT)
    inside = list(opened(packed(Packed(name=f"{number}.docx", raw=word) for number in range(500)), path="mine.zip"))
    assert sum(weight(one.raw, docx.PARTS) for one in inside) > 2 * LARGEST
    assert {one.refused for one in inside} == {""}


def test_what_is_too_much_costs_itself_and_counts_for_files_that_are_sent_beside_each_other_too() -> None:
    part = [Packed(name="word/document.xml", raw=b" " * (LARGEST // 2 + 1))]
    half, whole = packed(part), packed([*part, Packed(name="word/styles.xml", raw=part[0].raw)])
    other = packed([Packed(name="a/ky.docx", raw=docx.write(BITEXT)), Packed(name="b.po", raw=b"x")])
    together = Allowance()
    found = [
        one.refused.partition(":")[0] for raw in (whole, half, half, other)
        for one in opened(raw, path="mine", allowance=together)
    ]  # fmt: skip
    assert found == [
        "more than 60 MB unpacked", "", "the Word files sent together take more than 60 MB unpacked", "", ""
    ]  # fmt: skip
    assert [one.refused for one in opened(half, path="mine")] == [""], "by itself it is read"
