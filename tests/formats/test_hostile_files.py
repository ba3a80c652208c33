"""A file sent in bad faith is refused with its reason, or read without harm: XLIFF, Word files, packages."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import BadText
from app.formats import docx
from app.formats.files import opened, returned
from app.formats.packages import LARGEST, unpacked, weight
from tests.formats.hostile_files import (
    ODD_WORD,
    ODD_XLIFF,
    REFUSED_PACKAGES,
    REFUSED_WORD,
    REFUSED_XLIFF,
    WORD_PACKAGES,
)

MOST = 200 * 1024 * 1024
"""Bytes of memory that reading one may take."""


def named(files: dict[str, Callable[[], bytes]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("make", files.values(), ids=files)


def is_told(refused: pytest.ExceptionInfo[BadText], path: str) -> None:
    """The reason is short, says which file it is, and nothing of the server that reads it."""
    for problem in refused.value.problems:
        assert problem.path == path
        assert problem.line >= 0
        assert 10 < len(str(problem)) < 300
        assert not any(place in problem.reason for place in ("/etc", "/var", "/home", "site-packages", "Traceback"))


@named(REFUSED_XLIFF)
def test_an_xliff_file_that_cannot_be_read_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(BadText) as refused:
        returned(make(), path="mine.xlf")
    is_told(refused, "mine.xlf")


@named(REFUSED_WORD)
def test_a_word_file_that_cannot_be_read_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(BadText) as refused:
        returned(make(), path="mine.docx")
    is_told(refused, "mine.docx")


@named(REFUSED_PACKAGES)
def test_a_package_that_cannot_be_opened_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(BadText) as refused:
        list(unpacked(make(), path="mine.zip"))
    is_told(refused, "mine.zip")


@named(ODD_XLIFF | ODD_WORD)
def test_what_is_odd_and_sound_is_read_and_says_no_more_than_it_has(make: Callable[[], bytes]) -> None:
    for one in returned(make(), path="mine"):
        assert one.origins is None or one.origins.document.name == "2026-03-18-x"
        assert len({unit.line for unit in one.units}) <= 20_000


@named(WORD_PACKAGES)
def test_of_word_files_in_a_package_no_more_are_opened_than_would_unpack_to_what_a_package_may(
    make: Callable[[], bytes],
) -> None:
    inside = list(opened(make(), path="mine.zip"))
    sound = [one for one in inside if not one.refused]
    assert len(inside) == 30
    assert sum(weight(one.raw, docx.PARTS) for one in sound) <= LARGEST
    for one in sound[:2]:
        with pytest.raises(BadText):
            returned(one.raw, path=one.name)
    for one in inside:
        if one.refused:
            with pytest.raises(BadText) as refused:
                one.sound(one.name)
            is_told(refused, one.name)


def test_there_are_twenty_kinds_of_each() -> None:
    assert min(len(some) for some in (REFUSED_XLIFF, REFUSED_WORD, REFUSED_PACKAGES)) >= 20


def test_no_file_takes_more_memory_than_two_hundred_megabytes() -> None:
    """Each is made here, and read by a process that has so much and no more."""
    done = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


if __name__ == "__main__":
    every = (REFUSED_XLIFF, REFUSED_WORD, REFUSED_PACKAGES, WORD_PACKAGES, ODD_XLIFF, ODD_WORD)
    made = [one() for some in every for one in some.values()]
    status = Path("/proc/self/status").read_text(encoding="ascii")
    now = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmSize")) * 1024
    resource.setrlimit(resource.RLIMIT_AS, (now + MOST, now + MOST))
    for raw in made:
        try:
            returned(raw, path="mine")
            list(unpacked(raw, path="mine"))
        except BadText:
            pass
