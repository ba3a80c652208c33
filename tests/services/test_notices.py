"""Who is told what, in the transaction that did it; and what of it comes by mail."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.notices import MailChoice, MailHabit, Notice, NoticeKind
from app.domain.people import Channel
from app.domain.segments import Tag
from app.domain.translations import Action, Role
from app.services import letters, notices, revisions, transitions
from app.services.texts import find
from app.storage.accounts import DbAccount, DbGrant
from app.storage.letters import MAIL, Letter
from app.storage.notices import DbNotice
from app.storage.outbox import DbWork, claim
from app.storage.texts import DbRevision
from tests.copies import Copies
from tests.people import COORDINATOR, invite, translator
from tests.trees import FACTS, ITEM, Place, article, decide

RU, KY = Tag("ru"), Tag("ky")
NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=2)


def begin_with(place: Place) -> None:
    """An item in English, and people: two translators into Russian, one into Kyrgyz, and a coordinator."""
    place.item(item=FACTS, en=article("Opening", "The centre opens.", slug="opening"))
    place.sync()
    with place.database.write() as session:
        for name, grant in {"rita": translator("ru"), "roman": translator("ru"), "kanat": translator("ky")}.items():
            invite(session, name, grant)
        invite(session, "dana", COORDINATOR)


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def told(place: Place, kind: NoticeKind = NoticeKind.ASSIGNED, *, to: str = "rita", text: str = "") -> None:
    with place.database.write() as session:
        notices.tell(session, Notice(kind=kind, to=to, by="dana", document=ITEM, locale=RU, text=text))


def heard(place: Place) -> list[tuple[str, str]]:
    """Who has been told what, oldest first."""
    with place.database.read() as session:
        rows = session.execute(select(DbAccount.name, DbNotice.kind).join(DbNotice.account).order_by(DbNotice.id))
        return [(name, str(kind)) for name, kind in rows]


def write(session: Session, name: str, text: str) -> None:
    """Let somebody save a Russian text through the desk."""
    translation = find(session, ITEM, RU)
    transitions.lock(session, translation)
    account = session.scalars(select(DbAccount).where(DbAccount.name == name)).one()
    base = session.get_one(DbRevision, translation.head_id) if translation.head_id else None
    actor = account.person().actor(RU, channel=Channel.DESK)
    revisions.save(session, translation, text, actor, base=base, path="desk")


def letters_of(place: Place) -> list[Letter]:
    with place.database.read() as session:
        return [Letter.of(work) for work in session.scalars(select(DbWork).where(DbWork.kind == MAIL))]


def put_into_letters(place: Place, now: datetime) -> int:
    with place.database.write() as session:
        return letters.write(session, now=now)


@pytest.fixture
def russian(place: Place) -> Place:
    """A Russian text that Rita began in the tree's file and Roman went on with, in review."""
    place.item(item=FACTS, ru=article("Открытие", "Центр открывается.", status="draft", slug="otkrytie"))
    place.sync()
    with place.database.write() as session:
        for name, word in (("rita", "сегодня"), ("roman", "завтра")):
            text = article("Открытие", f"Центр открывается {word}.", status="draft", slug="otkrytie")
            write(session, name, text)
        decide(session, find(session, ITEM, RU), Action.SUBMIT)
    return place


def test_what_is_returned_approved_and_published_is_told_to_those_who_wrote_it_each_once(russian: Place) -> None:
    with russian.database.write() as session:
        decide(session, find(session, ITEM, RU), Action.RETURN)
    assert heard(russian) == [("roman", "returned"), ("rita", "returned")]
    with russian.database.read() as session:
        notice = session.scalars(select(DbNotice).order_by(DbNotice.id)).first()
        assert notice is not None
        assert (notice.title, notice.text, notice.by, notice.read_at) == ("Открытие", "a note", "desk", None)
    with russian.database.write() as session:
        decide(session, find(session, ITEM, RU), Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    assert [kind for _, kind in heard(russian)][2:] == ["approved", "approved", "published", "published"]


def test_who_wrote_only_what_was_published_before_is_not_told_of_the_next_version(russian: Place) -> None:
    with russian.database.write() as session:
        decide(session, find(session, ITEM, RU), Action.APPROVE, Action.PUBLISH)
        before = len(session.scalars(select(DbNotice.id)).all())
        write(session, "roman", article("Открытие", "Центр открылся.", status="draft", slug="otkrytie"))
        decide(session, find(session, ITEM, RU), Action.SUBMIT, Action.RETURN)
    assert heard(russian)[before:] == [("roman", "returned")]


def test_who_wrote_or_was_given_what_went_behind_is_told_once_until_they_read_it(russian: Place) -> None:
    with russian.database.write() as session:
        decide(session, find(session, ITEM, RU), Action.APPROVE, Action.PUBLISH)
        before = len(session.scalars(select(DbNotice.id)).all())
    for words in ("It opens today.", "It opens tomorrow."):
        russian.item(item=FACTS, en=article("Opening", words, slug="opening"))
        russian.sync()
    assert heard(russian)[before:] == [("roman", "behind")]
    with russian.database.write() as session:
        notices.read(session, "roman")
    russian.item(item=FACTS, en=article("Opening", "It opened.", slug="opening"))
    russian.sync()
    assert heard(russian)[before:] == [("roman", "behind")] * 2


def test_who_is_current_is_not_told_to_be_behind(russian: Place) -> None:
    with russian.database.write() as session:
        decide(session, find(session, ITEM, RU), Action.APPROVE, Action.PUBLISH)
    before = len(heard(russian))
    russian.sync()
    with russian.database.write() as session:
        english = find(session, ITEM, Tag("en"))
        decide(session, english, Action.PUBLISH)
    assert heard(russian)[before:] == []


def test_nobody_is_told_of_what_they_did_themselves(place: Place) -> None:
    told(place, to="dana")
    assert heard(place) == []


@pytest.mark.parametrize("to", ["tree", "nobody"])
def test_who_has_no_account_is_told_nothing(place: Place, to: str) -> None:
    told(place, to=to)
    assert heard(place) == []


def test_a_notice_of_a_transaction_that_failed_was_never_written(place: Place) -> None:
    def fail(session: Session) -> None:
        notices.tell(session, Notice(kind=NoticeKind.ASSIGNED, to="rita", by="dana", document=ITEM, locale=RU))
        raise LookupError

    with pytest.raises(LookupError), place.database.write() as session:
        fail(session)
    assert heard(place) == []


def test_what_is_due_goes_into_one_letter_a_person_and_what_can_wait_does(place: Place) -> None:
    told(place)
    told(place, NoticeKind.MENTIONED)
    told(place, NoticeKind.BEHIND)
    told(place, to="roman")
    assert put_into_letters(place, datetime.now(UTC)) == 2
    assert [len(letter.notices) for letter in letters_of(place)] == [2, 1]
    assert put_into_letters(place, datetime.now(UTC)) == 0
    assert put_into_letters(place, LATER) == 1
    assert [len(letter.notices) for letter in letters_of(place)] == [2, 1, 1]


def test_each_letter_has_a_name_of_its_own_that_stays(place: Place) -> None:
    told(place)
    told(place, to="roman")
    put_into_letters(place, datetime.now(UTC))
    names = [letter.name for letter in letters_of(place)]
    assert len(set(names)) == 2
    assert [letter.name for letter in letters_of(place)] == names


def test_a_choice_counts_also_for_what_still_waits(place: Place) -> None:
    told(place, NoticeKind.BEHIND)
    with place.database.write() as session:
        rita = session.scalars(select(DbAccount).where(DbAccount.name == "rita")).one()
        notices.choose(session, "rita", MailHabit(choice=MailChoice.NONE, hour=7))
    told(place)
    assert put_into_letters(place, LATER) == 0
    with place.database.read() as session:
        assert notices.habit_of(session, rita.id) == MailHabit(choice=MailChoice.NONE, hour=7)
    assert heard(place) == [("rita", "behind"), ("rita", "assigned")], "the desk shows both"


def addressed(place: Place) -> letters.Post | None:
    """Put what is due into a letter, and ask whether it may be sent."""
    put_into_letters(place, datetime.now(UTC))
    with place.database.write() as session:
        (work,) = claim(session, MAIL, now=datetime.now(UTC))
        return letters.addressed(session, work.id, now=datetime.now(UTC))


def test_a_letter_goes_to_the_address_that_the_account_has_now(place: Place) -> None:
    told(place)
    with place.database.write() as session:
        session.execute(update(DbAccount).where(DbAccount.name == "rita").values(email="new@example.org"))
    post = addressed(place)
    assert post is not None
    assert (post.person.email, [one.kind for one in post.notices], post.names) == (
        "new@example.org", [NoticeKind.ASSIGNED], {"dana": "Dana"},
    )  # fmt: skip


@pytest.mark.parametrize("meanwhile", ["deactivated", "lost every role", "has a role for another language alone"])
def test_who_lost_the_role_or_was_deactivated_meanwhile_is_sent_nothing(place: Place, meanwhile: str) -> None:
    told(place)
    with place.database.write() as session:
        rita = session.scalars(select(DbAccount).where(DbAccount.name == "rita")).one()
        if meanwhile == "deactivated":
            rita.active = False
        else:
            rita.grants = [DbGrant(role=Role.TRANSLATOR, locale="ky")] if "another" in meanwhile else []
    assert addressed(place) is None
    assert letters_of(place) == [], "it is forgotten"


def test_who_is_deactivated_or_has_no_role_is_told_nothing_in_the_first_place(place: Place) -> None:
    with place.database.write() as session:
        invite(session, "guest")
        session.execute(update(DbAccount).where(DbAccount.name == "rita").values(active=False))
    told(place)
    told(place, to="guest")
    assert heard(place) == []


def tries(place: Place, times: int, failure: letters.Failure | None) -> list[timedelta]:
    """Let as many tries fail, or (None) end without a word; return how long each was put off for."""
    waited = []
    with place.database.write() as session:
        work = session.scalars(select(DbWork).where(DbWork.kind == MAIL)).one()
        for _ in range(times):
            letters.hand_over(session, work.id)
            if failure is not None:
                letters.failed(session, work.id, failure, now=Letter.of(work).written)
                waited.append(work.due_at - Letter.of(work).written)
    return waited


def test_a_mail_server_that_is_away_is_asked_ever_more_seldom_but_each_hour(place: Place) -> None:
    told(place)
    put_into_letters(place, datetime.now(UTC) + timedelta(minutes=1))
    away = letters.Failure(reason="away", was_handed=True)
    assert [step.seconds // 60 for step in tries(place, 8, away)] == [1, 2, 4, 8, 16, 32, 60, 60]
    with place.database.write() as session:
        assert letters.addressed(session, work_of(session).id, now=NOW) is not None


def work_of(session: Session) -> DbWork:
    return session.scalars(select(DbWork).where(DbWork.kind == MAIL)).one()


@pytest.mark.parametrize("for_good", [True, False])
def test_a_letter_that_is_refused_for_good_or_for_three_days_is_kept_with_the_reason(
    place: Place, for_good: bool
) -> None:
    told(place)
    put_into_letters(place, datetime.now(UTC))
    when = datetime.now(UTC) + (timedelta() if for_good else timedelta(days=4))
    with place.database.write() as session:
        failure = letters.Failure(reason="it said 550", for_good=for_good)
        letters.failed(session, work_of(session).id, failure, now=when)
    with place.database.read() as session:
        assert work_of(session).refusal == "it said 550"


def test_after_two_tries_of_which_nobody_knows_the_end_there_is_no_third(place: Place) -> None:
    told(place)
    put_into_letters(place, datetime.now(UTC))
    tries(place, 2, None)
    with place.database.write() as session:
        assert letters.addressed(session, work_of(session).id, now=datetime.now(UTC)) is None
        assert work_of(session).refusal.startswith("it was handed over twice")


def test_read_and_unread_are_of_ones_own_notices_alone(place: Place) -> None:
    told(place)
    told(place, to="roman")

    def unread() -> list[str]:
        with place.database.read() as session:
            return list(
                session.scalars(
                    select(DbAccount.name)
                    .join(DbNotice.account)
                    .where(DbNotice.read_at.is_(None))
                    .order_by(DbNotice.id)
                )
            )

    with place.database.write() as session:
        numbers = session.scalars(select(DbNotice.id)).all()
        notices.read(session, "rita", numbers=numbers)
    assert unread() == ["roman"]
    with place.database.write() as session:
        notices.read(session, "rita", numbers=numbers, unread=True)
        notices.read(session, "roman")
    assert unread() == ["rita"]
