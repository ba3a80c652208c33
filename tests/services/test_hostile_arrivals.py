"""What is odd and sound in a file is laid beside a text in few steps, or refused, and changes nothing by that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain import nearest
from app.domain.errors import BadText
from app.domain.likeness import Traits, alike, evidence
from app.domain.segments import Tag
from app.formats import columns
from app.services import arrivals
from app.services.arrivals import Told
from tests import databases
from tests.formats.hostile import sentences
from tests.formats.hostile_files import ODD_WORD, ODD_XLIFF
from tests.trees import ITEM, Place, article

EN = article("Opening", "The **centre** opens.", "- one\n- two", "All are invited.", slug="opening")
KY = article("Ачылыш", "**Борбор** ачылат.", "- бир\n- эки", "Баары чакырылган.", slug="achylysh")
MOST_STEPS = 25_000
"""Texts that are held against each other for one file: eight for each of two thousand cells, and two for a row."""

KINDS = ODD_WORD | ODD_XLIFF


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sqlite_template: str) -> Iterator[Place]:
    """A site of which nothing here changes anything."""
    root: Path = tmp_path_factory.mktemp("hostile")
    place = Place(root, databases.sqlite_copy(sqlite_template, root / "test.db"))
    place.item(en=EN, ky=KY)
    place.sync()
    yield place
    place.database.dispose()


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_it_is_laid_beside_a_text_in_few_steps_and_changes_nothing(
    place: Place, make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, before = list[int](), (place.files(), place.revisions(), place.suggestions())

    def counted(one: str, other: str) -> float:
        steps.append(1)
        return alike(one, other)

    def weighed(one: Traits, other: Traits) -> float:
        steps.append(1)
        return evidence(one, other)

    monkeypatch.setattr(nearest, "alike", counted)
    monkeypatch.setattr(columns, "evidence", weighed)
    raw = make()
    try:
        with place.database.read() as session:
            arrivals.arrivals(session, raw, Told(document=ITEM, locale=Tag("ky")), path="mine")
    except BadText as refusal:
        sentences(*refusal.problems)
    assert len(steps) <= MOST_STEPS
    assert (place.files(), place.revisions(), place.suggestions()) == before
