"""When a notice reaches somebody by mail, and that there is a sentence for each kind."""

from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.notices import AT_ONCE, MailChoice, MailHabit, NoticeKind, next_hour, sentence

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)  # 17:00 there


class English:
    def gettext(self, string: str, /, **variables: object) -> str:
        return NullTranslations().gettext(string) % variables

    def ngettext(self, singular: str, plural: str, num: int, /, **variables: object) -> str:
        return NullTranslations().ngettext(singular, plural, num) % {"num": num, **variables}


@pytest.mark.parametrize(
    ("hour", "due"),
    [(9, datetime(2026, 3, 19, 4, tzinfo=UTC)), (17, NOW + timedelta(days=1)), (18, NOW + timedelta(hours=1))],
)
def test_a_digest_comes_at_the_next_such_hour_of_the_sites_day(hour: int, due: datetime) -> None:
    assert next_hour(hour, NOW, ALMATY) == due


@given(st.integers(0, 1_600_000_000), st.integers(0, 23))
def test_it_is_never_a_day_away_and_an_hour_that_the_clock_leaves_out_or_has_twice(seconds: int, hour: int) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    due = next_hour(hour, now, ZoneInfo("Europe/Berlin"))
    assert now < due <= now + timedelta(hours=26)


def test_what_somebody_has_to_act_on_comes_at_once_and_the_rest_at_their_hour() -> None:
    due = {kind: MailHabit().due(kind, NOW, ALMATY) for kind in NoticeKind}
    assert {kind for kind, at in due.items() if at == NOW} == AT_ONCE
    assert {at for kind, at in due.items() if kind not in AT_ONCE} == {next_hour(9, NOW, ALMATY)}


def test_who_wants_it_once_a_day_gets_all_at_their_hour_and_who_wants_none_gets_none() -> None:
    daily, none = MailHabit(choice=MailChoice.DIGEST, hour=20), MailHabit(choice=MailChoice.NONE)
    assert {daily.due(kind, NOW, ALMATY) for kind in NoticeKind} == {next_hour(20, NOW, ALMATY)}
    assert {none.due(kind, NOW, ALMATY) for kind in NoticeKind} == {None}


@pytest.mark.parametrize("kind", NoticeKind)
def test_each_kind_says_who_and_which_text(kind: NoticeKind) -> None:
    said = sentence(kind, English(), who="Aigul", title="100% open", language="Kazakh")
    by_itself, of_no_text = {NoticeKind.DUE_SOON, NoticeKind.OVERDUE}, {NoticeKind.AWAY}
    who, text = ((), ("Aigul",))[kind not in by_itself], ((), ("Kazakh",))[kind not in of_no_text]
    assert all(part in said for part in ("100% open", *text, *who))


def test_who_goes_away_is_said_with_the_days_and_who_stands_in() -> None:
    days = ("1 December 2026", "4 December 2026")
    said = sentence(NoticeKind.AWAY, English(), who="Kanat", title="Nurgul", language="", days=days)
    assert said == "Kanat is away from 1 December 2026 to 4 December 2026; Nurgul stands in."


def test_a_question_says_into_which_language_somebody_translates() -> None:
    said = sentence(NoticeKind.MENTIONED, English(), who="Aigul", title="Open", language="Russian", into="Kazakh")
    assert said == "Aigul asks about “Open” (Russian) while translating into Kazakh"
