"""From an invitation to a reader who switches to Kazakh: one news item on its way through a newsroom."""

import pytest

from tests.newsroom.room import Newsroom

pytestmark = pytest.mark.browser


def test_an_administrator_invites_six_people_who_come_in(room: Newsroom) -> None:
    assert len(room.pages) == 7
