"""The read model in memory says what the one in the database says, in other words of the same kinds."""

from collections.abc import Callable
from typing import get_type_hints

import pytest

from app.queries import addresses, archive, machines, reading, searching
from tests.web.fakes import FakeReader

QUERIES: tuple[Callable[..., object], ...] = (
    addresses.languages_of,
    *(archive.around, archive.months, archive.span, archive.tag, archive.tags),
    *(machines.addresses, machines.newest),
    *(reading.catalogue, reading.item, reading.media, reading.news, reading.page, reading.site, reading.standing),
    *(reading.version, searching.search),
)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.__name__)
def test_a_double_answers_with_what_its_query_would(query: Callable[..., object]) -> None:
    double = getattr(FakeReader, query.__name__)
    assert get_type_hints(double)["return"] == get_type_hints(query)["return"]


def test_every_query_has_a_double() -> None:
    names = {query.__name__ for query in QUERIES}
    assert names == {name for name in vars(FakeReader) if callable(getattr(FakeReader, name)) and name[0] != "_"} - {
        "ask"
    }
