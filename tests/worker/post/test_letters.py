"""Mail as people get it: sent by a real server, in their language, and once."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.notices import Notice, NoticeKind
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Key, Tag
from app.services import letters, notices, stopping
from app.services.refusal_notices import of_refusal
from app.services.texts import find
from app.storage.accounts import DbAccount
from app.storage.notices import DbNotice
from app.storage.secrets import secret_key
from tests.mail import MailBox, body, mail_server
from tests.people import COORDINATOR, invite
from tests.trees import ITEM, SITE, Place
from tests.worker.post.office import URL, let_time_pass, office, tell, works


def test_a_returned_text_is_in_the_mail_at_once_in_the_persons_language_plain_and_html(
    place: Place, box: MailBox
) -> None:
    tell(place, text="Please check\nthe date & the <b>name</b>.")
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    assert box.recipients == [["rita@example.org"]]
    assert (letter["From"], letter["To"]) == ("Centre <desk@example.org>", "Rita <rita@example.org>")
    assert letter["Subject"] == "Dana возвращает вам «Opening» (русский)"
    assert (letter["Auto-Submitted"], letter["Content-Language"]) == ("auto-generated", "ru")
    plain, html = body(letter, "plain"), body(letter, "html")
    assert f"> Please check\n> the date & the <b>name</b>.\n{URL}/desk/{ITEM}/ru/\n" in plain
    assert "<blockquote>Please check<br>\nthe date &amp; the &lt;b&gt;name&lt;/b&gt;.</blockquote>" in html
    assert f'<p><a href="{URL}/desk/{ITEM}/ru/">Dana возвращает вам «Opening» (русский)</a></p>' in html
    assert '<html lang="ru" dir="ltr">' in html


def test_who_wants_no_more_presses_one_button_of_their_mail_program(place: Place, box: MailBox) -> None:
    tell(place)
    office(place, box.address).look()
    (letter,) = box.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"]
    assert address.startswith(f"<{URL}/desk/notices/stop/")
    assert address.strip("<>") in body(letter, "plain")
    token = address.strip("<>").rpartition("/")[2]
    with place.database.read() as session:
        rita = session.scalars(select(DbAccount.id).where(DbAccount.name == "rita")).one()
    assert stopping.account_of(secret_key(place.settings), token) == rita


@pytest.mark.parametrize("written", ["", "1", "1.", "x.y", "-1.x", "1.é", "99999999999999999999.x", "²." + "0" * 40])
def test_an_address_that_nobody_signed_stops_nobodys_mail(written: str) -> None:
    assert stopping.account_of("secret", written) is None
    number, _, signature = stopping.token("secret", 7).partition(".")
    assert stopping.account_of("secret", f"8.{signature}") is None
    assert stopping.account_of("other", f"{number}.{signature}") is None
    assert stopping.account_of("secret", f"{number}.{signature}") == 7


def test_a_question_about_a_message_is_in_the_mail_and_leads_to_where_it_stands(place: Place, box: MailBox) -> None:
    """The template is in no language: it is called by that of its words."""
    about = Notice(
        kind=NoticeKind.MENTIONED, to="kanat", by="dana", document=DocumentName.parse("catalogue/messages"),
        locale=NO_LANGUAGE, text="Verb?", key=Key("Open"), for_locale=Tag("ky"),
    )  # fmt: skip
    with place.database.write() as session:
        notices.tell(session, about)
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    assert "(English) while translating into Kyrgyz" in letter["Subject"]
    assert f"{URL}/desk/catalogue/messages/?at=Open#segment" in body(letter, "plain")


def test_several_things_are_told_in_one_letter(place: Place, box: MailBox) -> None:
    tell(place)
    tell(place, NoticeKind.MENTIONED, text="@rita")
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    assert letter["Subject"] == "Centre: 2 уведомления"
    assert body(letter, "plain").count(f"{URL}/desk/{ITEM}/ru/\n") == 2


def test_what_can_wait_comes_at_the_hour_and_not_before(place: Place, box: MailBox) -> None:
    tell(place, NoticeKind.BEHIND)
    assert office(place, box.address).look() == 0
    with place.database.write() as session:
        session.execute(update(DbNotice).values(mail_at=datetime.now(UTC)))
    assert office(place, box.address).look() == 1
    assert "is behind its source, which Dana changed" in box.letters[0]["Subject"]


def test_nothing_goes_out_twice_by_itself_or_by_two_workers(place: Place, box: MailBox) -> None:
    tell(place)
    assert [office(place, box.address).look() for _ in range(3)] == [1, 0, 0]
    assert (len(box.raw), works(place)) == (1, [])


def test_without_an_address_of_the_site_nothing_goes_out_and_that_is_said_once(
    place: Place, box: MailBox, caplog: pytest.LogCaptureFixture
) -> None:
    place.write("content/site.toml", SITE)
    place.sync()
    tell(place)
    here = office(place, box.address)
    assert [here.look(), here.look(), len(box.raw)] == [0, 0, 0]
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        "no mail goes out: letters have to lead somewhere, and site.toml has no url"
    ]


def test_a_server_that_is_away_is_waited_for_and_nothing_is_lost(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    tell(place)
    with mail_server() as gone:
        address = gone.address
    assert office(place, address).look() == 0
    (work,) = works(place)
    assert work.due_at > datetime.now(UTC) + timedelta(seconds=30)
    assert "the mail server did not take a letter: ConnectionRefusedError" in caplog.text
    assert "rita@" not in caplog.text
    let_time_pass(place)
    with mail_server() as box:
        assert office(place, box.address).look() == 1
        assert len(box.raw) == 1


@pytest.mark.parametrize(("said", "kept"), [("451 later", ""), ("554 rita@example.org", "it said 554 to the letter")])
def test_a_letter_that_is_not_taken_now_is_tried_again_and_one_that_never_will_be_is_not(
    place: Place, box: MailBox, said: str, kept: str
) -> None:
    tell(place)
    box.answer = lambda: said
    office(place, box.address).look()
    assert [work.refusal for work in works(place)] == [kept]


def test_a_recipient_whom_the_server_does_not_know_keeps_no_other_from_their_mail(place: Place, box: MailBox) -> None:
    tell(place)
    with place.database.write() as session:
        mention = Notice(kind=NoticeKind.MENTIONED, to="kanat", by="dana", document=ITEM, locale=Tag("ky"))
        notices.tell(session, mention)
    answers = iter(["550 no such user", "250 OK"])
    box.to = lambda: next(answers)
    assert office(place, box.address).look() == 1
    assert [work.refusal for work in works(place)] == ["it said 550 to the recipient"]


def test_a_worker_that_dies_between_sending_and_noting_repeats_the_letter_once_under_the_same_name(
    place: Place, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that is really killed: tests/journeys/test_mail.py."""
    tell(place)

    def dies(session: Session, number: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(letters, "sent", dies)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                office(place, box.address).look()
            assert office(place, box.address).look() == 0, "another worker waits until the lease is over"
            let_time_pass(place)
    assert office(place, box.address).look() == 0
    assert len({(letter["Message-ID"], letter["Date"]) for letter in box.letters}) == 1
    assert len(box.raw) == 2
    assert works(place)[0].refusal.startswith("it was handed over twice")


def test_a_refusal_is_in_the_mail_at_once_with_its_reason_in_the_language_of_each(place: Place, box: MailBox) -> None:
    with place.database.write() as session:
        invite(session, "rosa", COORDINATOR, language="ru")
        text = find(session, ITEM, Tag("en"))
        unapproved = saying("revision %(number)s is not approved any more", number=2)
        reasons = (unapproved, saying("waits for %(language)s", language="ky"))
        of_refusal(session, text.document, Tag("ru"), by="dana", reasons=reasons)
    assert office(place, box.address).look() == 2
    letters = {letter["Content-Language"]: body(letter, "plain") for letter in box.letters}
    assert "> Revision 2 is not approved any more.\n> Waits for Kyrgyz.\n" in letters["en"]
    assert "> Версия 2 больше не утверждена.\n> Waits for кыргызский.\n" in letters["ru"]
