"""The weekly report from what was published to the letter: nothing in between stands in for anything."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.figures import UpTo
from app.domain.people import Actor, Channel
from app.domain.translations import Role
from app.domain.weekly import IsoWeek
from app.services import weekly
from app.storage.figures import begin_anew
from app.worker.figures import carry_on
from tests.mail import MailBox, body
from tests.trees import Place, article
from tests.worker.post.office import let_time_pass, office, works

ALMATY = ZoneInfo("Asia/Almaty")
DANA = Actor(name="dana", channel=Channel.DESK, roles=frozenset({Role.COORDINATOR}))


def order(place: Place) -> None:
    """Order the report of the week in which everything is done here, as if it were over."""
    now = datetime.now(UTC)
    week = IsoWeek.of(now.astimezone(ALMATY).date())
    with place.database.write() as session:
        weekly.order(session, week, ["dana"], DANA, language=None, now=now + timedelta(days=7))
    let_time_pass(place)


def test_a_letter_tells_what_was_published_and_counted_and_compares_it(place: Place, box: MailBox) -> None:
    place.item(ru=article("Открытие", "Центр открыт.", slug="otkrytie"))  # by itself, after its source: it is work
    place.sync()
    carry_on(place.database)
    order(place)
    assert office(place, box.address).look() == 1
    assert works(place) == []
    told = body(box.letters[0], "plain")
    assert "Published in this week: 3\n> " in told
    assert all(f"> {text}\n" in told for text in ("Opening (Russian)", "Opening (English)", "messages (Russian)"))
    assert "> Computed from the journal, up to " in told
    assert "Items a week: 3 (the week before: –)" in told
    assert "Live and current: 67% (the week before: –)" in told
    assert "Backlog in words: 4 (the week before: –)" in told
    assert "Returns per submission" not in told, "what there was nothing of is left out"


def recount(place: Place, zone: str) -> None:
    """Forget the figures, as `tilmash figures rebuild` and an upgrade begin."""
    with place.database.write() as session:
        begin_anew(session, zone)


@pytest.mark.parametrize("lag", ["never counted", "begun anew", "of another zone"])
def test_a_letter_waits_until_its_week_is_counted_and_tells_no_zeros(place: Place, box: MailBox, lag: str) -> None:
    if lag != "never counted":
        carry_on(place.database)
        recount(place, ALMATY.key if lag == "begun anew" else "Pacific/Pago_Pago")
    order(place)
    assert [office(place, box.address).look() for _ in range(2)] == [0, 0]
    let_time_pass(place)
    assert office(place, box.address).look() == 0
    (work,) = works(place)
    assert (work.refusal, box.letters) == ("", [])
    carry_on(place.database)
    let_time_pass(place)
    assert office(place, box.address).look() == 1
    assert "Published in this week: 2\n> " in body(box.letters[0], "plain")


def test_a_letter_of_a_week_that_is_counted_waits_for_no_later_entry() -> None:
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    assert UpTo(number=9, at=monday, rows=3).has(monday)
    assert UpTo(number=9, at=monday - timedelta(days=9)).has(monday), "nothing came since"
    assert not UpTo(number=9, at=monday - timedelta(seconds=1), rows=3).has(monday)
    assert not UpTo(number=9, at=monday, anew=True).has(monday)
