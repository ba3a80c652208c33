"""Notices in the desk: one's own, unread ones counted, and the choice of what comes by mail."""

import re

import pytest
from sqlalchemy import select, update

from app.domain.notices import MailChoice, MailHabit, Notice, NoticeKind
from app.domain.said import saying
from app.domain.segments import Tag
from app.queries import notices as queries
from app.queries.people import person
from app.services import notices, stopping
from app.storage.accounts import DbAccount, DbGrant
from app.storage.notices import DbNotice
from app.storage.secrets import secret_key
from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import ITEM

KANAT = "kanat"
PO = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Tilmash-Status: published\\n"

msgid "revision %(number)s is not approved any more"
msgstr "Версия %(number)s больше не утверждена"
"""


def tell(desk: TestDesk, kind: NoticeKind = NoticeKind.RETURNED, *, to: str = KANAT, text: str = "") -> None:
    with desk.place.database.write() as session:
        notice = Notice(kind=kind, to=to, by="rustam", document=ITEM, locale=Tag("ky"), text=text)
        notices.tell(session, notice)


def unread(desk: TestDesk, name: str = KANAT) -> int:
    with desk.place.database.read() as session:
        who = person(session, name)
        assert who is not None
        return queries.unread(session, who)


def habit(desk: TestDesk, name: str = KANAT) -> MailHabit:
    with desk.place.database.read() as session:
        who = person(session, name)
        assert who is not None
        return queries.habit(session, who)


def stop_address(desk: TestDesk, name: str = KANAT) -> str:
    with desk.place.database.read() as session:
        account = session.scalars(select(DbAccount.id).where(DbAccount.name == name)).one()
    return f"/desk/notices/stop/{stopping.token(secret_key(desk.place.settings), account)}"


def test_who_was_told_nothing_reads_what_this_list_is_for(desk: TestDesk) -> None:
    page = desk.signed_in("carim").get("/desk/notices/").text
    assert "Here you are told when a text is returned" in page
    assert "<ul class=" not in page.partition("<main")[2]


@on_both
def test_a_notice_says_who_did_what_with_which_text_and_leads_there(desk: TestDesk) -> None:
    tell(desk, text="Please check <b>the date</b>.")
    with desk.place.database.write() as session:
        session.execute(update(DbAccount).values(language="en"))
    page = desk.signed_in(KANAT).get("/desk/notices/").text
    assert f'<a href="/desk/{ITEM}/ky/">Rustam Reviewer returned “{ITEM.name}” (Kyrgyz) to you</a>' in page
    assert "Please check &lt;b&gt;the date&lt;/b&gt;." in page


def test_a_refusal_says_its_reason_in_the_language_of_who_reads_it_also_to_who_scheduled_the_text(
    desk: TestDesk,
) -> None:
    desk.place.write("translations/ru/LC_MESSAGES/messages.po", PO)
    desk.place.sync()
    reason = saying("revision %(number)s is not approved any more", number=2)
    with desk.place.database.write() as session:
        session.execute(update(DbAccount).values(language="ru"))
        mine = Notice(
            kind=NoticeKind.REFUSED, to="carim", by="carim", document=ITEM, locale=Tag("ky"), reasons=(reason,)
        )
        notices.tell(session, mine)
    page = desk.signed_in("carim").get("/desk/notices/").text
    assert f"Carim Coordinator scheduled “{ITEM.name}” (кыргызский), and it could not be published" in page
    assert "<p>Версия 2 больше не утверждена.</p>" in page
    assert "msgid" not in page


def test_the_bar_counts_what_is_unread_and_marking_it_changes_the_count(desk: TestDesk) -> None:
    browser = desk.signed_in(KANAT)
    tell(desk)
    tell(desk, NoticeKind.MENTIONED)
    assert '<span class="count">2</span>' in browser.get("/desk/").text
    (first, *_) = re.findall(r'name="number" value="(\d+)"', browser.get("/desk/notices/").text)
    assert browser.post("/desk/notices/read", data={"number": first}).location == "/desk/notices/"
    assert unread(desk) == 1
    browser.post("/desk/notices/read", data={"number": first, "unread": "1"})
    assert unread(desk) == 2
    browser.post("/desk/notices/read")
    assert unread(desk) == 0
    assert 'class="count"' not in browser.get("/desk/").text


def test_nobody_sees_or_marks_what_another_one_was_told(desk: TestDesk) -> None:
    tell(desk, text="for Kanat alone")
    stranger = desk.signed_in("elena")
    assert "for Kanat alone" not in stranger.get("/desk/notices/").text
    with desk.place.database.read() as session:
        numbers = session.scalars(select(DbNotice.id)).all()
    stranger.post("/desk/notices/read", data={"number": list(numbers)})
    stranger.post("/desk/notices/read")
    assert unread(desk) == 1


def test_who_lost_the_role_is_not_shown_what_came_by_it(desk: TestDesk) -> None:
    tell(desk, text="a secret of the draft")
    with desk.place.database.write() as session:
        account = session.scalars(select(DbAccount).where(DbAccount.name == KANAT)).one()
        account.grants = [DbGrant(role=grant.role, locale="ru") for grant in account.grants]
    page = desk.signed_in(KANAT).get("/desk/notices/")
    assert (page.status_code, "a secret of the draft" in page.text, unread(desk)) == (200, False, 0)


@on_both
def test_older_notices_stand_on_further_pages(desk: TestDesk) -> None:
    for number in range(queries.PAGE + 1):
        tell(desk, text=f"note {number}.")
    browser = desk.signed_in(KANAT)
    newest = browser.get("/desk/notices/").text
    assert ("note 50." in newest, "note 0." in newest) == (True, False)
    address = re.search(r'href="(/desk/notices/\?before=\d+)"', newest)
    assert address is not None
    oldest = browser.get(address[1]).text
    assert ("note 50." in oldest, "note 0." in oldest, "?before=" in oldest) == (False, True, False)


@pytest.mark.parametrize("choice", MailChoice)
def test_a_choice_about_mail_is_kept_and_shown(desk: TestDesk, choice: MailChoice) -> None:
    browser = desk.signed_in(KANAT)
    assert browser.post("/desk/account/mail/choose", data={"choice": choice, "hour": "17"}).status_code == 303
    assert habit(desk) == MailHabit(choice=choice, hour=17)
    page = browser.get("/desk/account/mail").text
    assert f'value="{choice}" checked' in page
    assert '<option value="17" selected>17:00</option>' in page
    assert "kanat@example.org" in page
    assert habit(desk, "elena") == MailHabit()


@pytest.mark.parametrize(
    "sent", [{}, {"choice": "always", "hour": "9"}, {"choice": "none", "hour": "24"}, {"choice": "none", "hour": "-1"}]
)
def test_a_choice_that_there_is_not_is_refused(desk: TestDesk, sent: dict[str, str]) -> None:
    assert desk.signed_in(KANAT).post("/desk/account/mail/choose", data=sent).status_code == 400
    assert habit(desk) == MailHabit()


def test_one_press_in_a_mail_program_stops_the_mail_of_whose_letter_it_was_without_a_session_or_token(
    desk: TestDesk,
) -> None:
    desk.app.config["WTF_CSRF_ENABLED"] = True
    mail_program = desk.client()
    answer = mail_program.post(stop_address(desk), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert (habit(desk).choice, habit(desk, "elena").choice) == (MailChoice.NONE, MailChoice.AT_ONCE)


@on_both
def test_a_link_that_is_only_looked_at_stops_nothing(desk: TestDesk) -> None:
    """Mail scanners follow every link of a letter."""
    page = desk.client().get(stop_address(desk))
    assert page.status_code == 200
    assert "<button" in page.text
    assert habit(desk) == MailHabit()


def test_an_address_that_was_not_signed_is_not_found(desk: TestDesk) -> None:
    address = stop_address(desk)
    for guessed in (f"{address}x", address.replace("/stop/", "/stop/9"), "/desk/notices/stop/1.0"):
        for answer in (desk.client().get(guessed), desk.client().post(guessed)):
            assert answer.status_code == 404


def test_the_page_of_the_choice_says_when_the_site_sends_no_mail(desk: TestDesk) -> None:
    assert "No mail goes out of this site yet" in desk.signed_in("carim").get("/desk/account/mail").text
