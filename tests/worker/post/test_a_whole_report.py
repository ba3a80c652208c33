"""The weekly report from what was published to the letter: nothing in between stands in for anything."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.people import Actor, Channel
from app.domain.translations import Role
from app.domain.weekly import IsoWeek
from app.services import weekly
from app.worker.figures import carry_on
from tests.mail import MailBox, body
from tests.trees import Place, article
from tests.worker.post.office import let_time_pass, office


def test_a_letter_tells_what_was_published_and_counted_and_compares_it(place: Place, box: MailBox) -> None:
    place.item(ru=article("Открытие", "Центр открыт.", slug="otkrytie"))  # by itself, after its source: it is work
    place.sync()
    carry_on(place.database)
    now = datetime.now(UTC)
    week = IsoWeek.of(now.astimezone(ZoneInfo("Asia/Almaty")).date())
    dana = Actor(name="dana", channel=Channel.DESK, roles=frozenset({Role.COORDINATOR}))
    with place.database.write() as session:
        weekly.order(session, week, ["dana"], dana, language=None, now=now + timedelta(days=7))
    let_time_pass(place)
    assert office(place, box.address).look() == 1
    told = body(box.letters[0], "plain")
    assert "Published in this week: 3\n> " in told
    assert all(f"> {text}\n" in told for text in ("Открытие (Russian)", "Opening (English)", "messages (Russian)"))
    assert "Items a week: 3 (the week before: 0)" in told
    assert "Live and current: 67% (the week before: –)" in told
    assert "Backlog: 4 (the week before: 0)" in told
    assert "Returns per submission" not in told, "what there was nothing of is left out"
