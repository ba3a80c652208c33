"""Mail as people get it: sent by a real server, in their language, once, and by headers that nobody's words break."""

import logging
import re
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import compat32
from email.utils import parseaddr
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.config import MailServer, Settings
from app.domain.documents import DocumentName
from app.domain.errors import NotFound
from app.domain.notices import Notice, NoticeKind
from app.domain.said import saying
from app.domain.segments import NO_LANGUAGE, Key, Tag
from app.services import letters, link_letters, links, notices, stopping
from app.services.link_letters import Why
from app.services.refusal_notices import of_refusal
from app.services.texts import find
from app.storage.accounts import DbAccount
from app.storage.letters import MAIL
from app.storage.notices import DbNotice
from app.storage.outbox import DbWork
from app.storage.secrets import secret_key
from app.worker.letters import POLICY, _line
from app.worker.post import PostOffice
from tests.mail import MailBox, ServerOptions, body, mail_server
from tests.people import COORDINATOR, invite, translator
from tests.trees import FACTS, ITEM, SITE, Place, article

URL = "https://news.example.org"
PO = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Tilmash-Status: published\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "%(who)s returned “%(title)s” (%(language)s) to you"
msgstr "%(who)s возвращает вам «%(title)s» (%(language)s)"

msgid "revision %(number)s is not approved any more"
msgstr "Версия %(number)s больше не утверждена"

msgid "%(site)s: %(num)s notice"
msgid_plural "%(site)s: %(num)s notices"
msgstr[0] "%(site)s: %(num)s уведомление"
msgstr[1] "%(site)s: %(num)s уведомления"
msgstr[2] "%(site)s: %(num)s уведомлений"
"""


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Iterator[Place]:
    place = Place(tmp_path, database_url)
    place.write("content/site.toml", SITE.replace('name = "Centre"', f'name = "Centre"\nurl = "{URL}"'))
    place.write("translations/ru/LC_MESSAGES/messages.po", PO)
    place.item(item=FACTS, en=article("Opening", "The centre opens.", slug="opening"))
    place.sync()
    with place.database.write() as session:
        invite(session, "rita", translator("ru"), language="ru")
        invite(session, "kanat", translator("ky"))
        invite(session, "dana", COORDINATOR)
    yield place
    place.database.dispose()


@pytest.fixture
def box() -> Iterator[MailBox]:
    with mail_server() as box:
        yield box


def office(place: Place, address: str) -> PostOffice:
    settings = Settings.from_environment(
        {"TILMASH_DATA": str(place.settings.data), "DATABASE_URL": place.url,
         "TILMASH_SMTP": address, "TILMASH_MAIL_FROM": "desk@example.org"}
    )  # fmt: skip
    assert settings.mail is not None
    return PostOffice(place.database, settings, settings.mail)


def tell(place: Place, kind: NoticeKind = NoticeKind.RETURNED, *, to: str = "rita", text: str = "") -> None:
    with place.database.write() as session:
        notices.tell(session, Notice(kind=kind, to=to, by="dana", document=ITEM, locale=Tag("ru"), text=text))


def works(place: Place) -> list[DbWork]:
    with place.database.read() as session:
        return list(session.scalars(select(DbWork).where(DbWork.kind == MAIL).order_by(DbWork.id)))


def let_time_pass(place: Place) -> None:
    """What was put off, or is held by a worker that died, may be tried again."""
    before = datetime.now(UTC) - timedelta(hours=1)
    with place.database.write() as session:
        session.execute(update(DbWork).where(DbWork.leased_until.is_not(None)).values(leased_until=before))
        session.execute(update(DbWork).where(DbWork.kind == MAIL).values(due_at=before))


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
        locale=NO_LANGUAGE, text="Verb?", key=Key("Open"),
    )  # fmt: skip
    with place.database.write() as session:
        notices.tell(session, about)
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    assert "(English)" in letter["Subject"]
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


HOSTILE = [
    "Opening\r\nBcc: everybody@example.org",
    "Opening\nSubject: other",
    "Opening\r\n\r\nA body",
    "Opening\x0b\x0c\x1c\x85\u2028Bcc: x@example.org",
    "=?utf-8?q?=0ABcc:_x=40example.org?=",
    "<script>alert(1)</script>",
    "\u202eDnepO",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_title_name_or_note_begins_a_header_or_markup_of_its_own(place: Place, box: MailBox, words: str) -> None:
    tell(place, text=words)
    with place.database.write() as session:
        session.execute(update(DbNotice).values(title=words))
        session.execute(update(DbAccount).values(full_name=words))
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    assert box.recipients == [["rita@example.org"]]
    assert sorted(letter.keys()) == [
        "Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "List-Unsubscribe",
        "List-Unsubscribe-Post", "MIME-Version", "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert "<script" not in body(letter, "html")
    head = box.raw[0].split(b"\r\n\r\n", 1)[0]
    assert b"\nBcc:" not in head
    assert head.count(b"\nSubject:") + head.startswith(b"Subject:") == 1


@given(st.text())
def test_whatever_is_put_into_a_header_is_one_line_that_can_be_seen(text: str) -> None:
    assert _line(text).isprintable()
    assert len(_line(text)) <= 200
    assert "=?" not in _line(text)


def decoded(header: str) -> str:
    return str(make_header(decode_header(header)))


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_subject_and_a_name_arrive_as_they_were_written(subject: str, name: str) -> None:
    """As RFC 2047 has them read. Python's newer reader and writer each lose or add a space between two lines."""
    letter = EmailMessage(policy=POLICY)
    letter["Subject"] = _line(f"x{subject}x")
    letter["To"] = Address(_line(f"x{name}x"), addr_spec="rita@example.org")
    arrived = message_from_bytes(letter.as_bytes(), policy=compat32)
    assert decoded(arrived["Subject"]) == _line(f"x{subject}x")
    said, address = parseaddr(arrived["To"])
    assert (decoded(said), address) == (_line(f"x{name}x"), "rita@example.org")


class Door:
    """Who may send, and how they said so."""

    def __init__(self) -> None:
        self.came: list[tuple[bytes, bytes]] = []

    def __call__(self, _server: object, _session: object, _envelope: object, _how: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.came.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate of this machine that it trusts."""
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    named = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "pem")]
    subprocess.run(["openssl", "req", *made, *named], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "pem", tmp_path / "key")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "pem"))
    return context


def test_a_password_is_given_to_a_server_whose_certificate_is_good_and_by_tls_alone(
    place: Place, certificate: ssl.SSLContext
) -> None:
    tell(place)
    door = Door()
    options = ServerOptions(tls_context=certificate, authenticator=door, auth_required=True, require_starttls=True)
    with mail_server(options) as box:
        assert office(place, box.address.replace("//", "//desk:p%40ss@")).look() == 1
    assert door.came == [(b"desk", b"p@ss")]


@pytest.mark.parametrize("server", ["has no TLS", "has a certificate of nobody's"])
def test_a_password_is_not_said_to_a_server_that_others_may_overhear(
    place: Place, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    tell(place)
    door = Door()
    options = ServerOptions(authenticator=door, auth_require_tls=False)
    if "certificate" in server:
        monkeypatch.delenv("SSL_CERT_FILE")
        options["tls_context"] = certificate
    with mail_server(options) as box:
        assert office(place, box.address.replace("//", "//desk:p%40ss@")).look() == 0
        assert (box.raw, door.came) == ([], [])
    assert [work.refusal for work in works(place)] == [""], "it is tried again"


def test_a_password_is_in_no_settings_that_are_printed() -> None:
    mail = office_settings("smtps://desk:secret@mail.example.org")
    assert mail is not None
    assert "secret" not in repr(mail)
    assert (mail.port, mail.tls, replace(mail, password="").user) == (465, True, "desk")


def office_settings(server: str, sender: str = "Desk <desk@example.org>") -> MailServer | None:
    return Settings.from_environment({"TILMASH_SMTP": server, "TILMASH_MAIL_FROM": sender}).mail


@pytest.mark.parametrize(
    ("server", "sender"),
    [
        ("http://user:secret@mail.example.org", "desk@example.org"),
        ("smtp://", "desk@example.org"),
        ("smtp://user:secret@mail.example.org:port", "desk@example.org"),
        ("smtp://user:secret@mail.example.org", "desk"),
        ("smtp://user:secret@mail.example.org", "desk@example.org\nBcc: all@example.org"),
    ],
)
def test_settings_that_cannot_be_used_are_said_at_the_start_without_the_password(server: str, sender: str) -> None:
    with pytest.raises(ValueError, match="TILMASH_SMTP is as in") as refused:
        office_settings(server, sender)
    assert "secret" not in str(refused.value)


def test_without_both_settings_there_is_no_mail() -> None:
    assert office_settings("", "desk@example.org") is None
    assert office_settings("smtp://mail.example.org", "") is None


def test_a_server_that_does_not_know_other_letters_is_not_given_such_an_address(place: Place) -> None:
    tell(place)
    with place.database.write() as session:
        session.execute(update(DbAccount).where(DbAccount.name == "rita").values(email="рита@example.org"))
    with mail_server({"enable_SMTPUTF8": False}) as box:
        assert office(place, box.address).look() == 0
    let_time_pass(place)
    with mail_server({"enable_SMTPUTF8": True}) as box:
        assert office(place, box.address).look() == 1
        assert box.recipients == [["рита@example.org"]]


def wish(place: Place, typed: str, why: Why = Why.FORGOTTEN) -> None:
    with place.database.write() as session:
        link_letters.ask(session, typed, why, now=datetime.now(UTC))


@pytest.mark.parametrize("typed", ["rita", " RITA@example.org "])
def test_who_forgot_the_password_gets_a_link_in_their_language_that_works_once(
    place: Place, box: MailBox, typed: str
) -> None:
    wish(place, typed)
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    assert box.recipients == [["rita@example.org"]]
    assert letter["List-Unsubscribe"] is None
    (secret,) = set(re.findall(rf"{URL}/desk/link/(\S+)", body(letter, "plain")))
    with place.database.write() as session:
        assert links.redeem(session, secret, "a hash", now=datetime.now(UTC)).name == "rita"
    with place.database.read() as session, pytest.raises(NotFound):
        links.owner(session, secret, now=datetime.now(UTC))


@pytest.mark.parametrize("typed", ["nobody", "nobody@example.org", "", "%", "x" * 5000])
def test_a_wish_for_a_link_of_nobody_sends_nothing_and_leaves_nothing(place: Place, box: MailBox, typed: str) -> None:
    wish(place, typed)
    assert office(place, box.address).look() == 0
    assert box.letters == []
    with place.database.read() as session:
        assert session.scalars(select(DbWork).where(DbWork.kind == Why.FORGOTTEN)).all() == []


def test_a_stranger_who_asks_for_somebodys_link_does_not_end_their_invitation(place: Place, box: MailBox) -> None:
    with place.database.write() as session:
        rita = session.scalars(select(DbAccount).where(DbAccount.name == "rita")).one()
        invitation = links.issue(session, rita, lasting=links.INVITATION, now=datetime.now(UTC))
    wish(place, "rita")
    assert office(place, "smtp://127.0.0.1:1").look() == 0
    with place.database.write() as session:
        session.execute(update(DbWork).values(due_at=datetime.now(UTC)))
    assert office(place, box.address).look() == 1
    with place.database.read() as session:
        assert links.owner(session, invitation, now=datetime.now(UTC)).name == "rita"


def test_who_asks_for_others_again_and_again_does_not_fill_their_mailbox(place: Place, box: MailBox) -> None:
    for _ in range(5):
        wish(place, "rita")
    assert office(place, box.address).look() == 1
    assert len(box.letters) == 1


def test_who_is_invited_gets_a_letter_in_their_language_whose_link_replaces_those_before(
    place: Place, box: MailBox
) -> None:
    with place.database.write() as session:
        rita = session.scalars(select(DbAccount).where(DbAccount.name == "rita")).one()
        older = links.issue(session, rita, lasting=links.INVITATION, now=datetime.now(UTC))
    wish(place, "rita", Why.INVITED)
    assert office(place, box.address).look() == 1
    (letter,) = box.letters
    (secret,) = set(re.findall(rf"{URL}/desk/link/(\S+)", body(letter, "plain")))
    assert "rita" in body(letter, "plain")
    with place.database.read() as session:
        assert links.owner(session, secret, now=datetime.now(UTC) + timedelta(days=6)).name == "rita"
        with pytest.raises(NotFound):
            links.owner(session, older, now=datetime.now(UTC))


def test_an_invitation_waits_for_a_mail_server_that_is_away(place: Place, box: MailBox) -> None:
    wish(place, "rita", Why.INVITED)
    for _ in range(10):
        assert office(place, "smtp://127.0.0.1:1").look() == 0
        with place.database.write() as session:
            session.execute(update(DbWork).values(due_at=datetime.now(UTC)))
    assert office(place, box.address).look() == 1
    assert len(box.letters) == 1


def test_somebody_who_was_deactivated_gets_no_link(place: Place, box: MailBox) -> None:
    with place.database.write() as session:
        session.execute(update(DbAccount).where(DbAccount.name == "rita").values(active=False))
    wish(place, "rita")
    assert office(place, box.address).look() == 0


def test_a_link_that_the_mail_server_did_not_take_is_sent_when_it_does(place: Place) -> None:
    wish(place, "rita")
    assert office(place, "smtp://127.0.0.1:1").look() == 0
    with place.database.write() as session:
        session.execute(update(DbWork).values(due_at=datetime.now(UTC)))
    with mail_server() as box:
        assert office(place, box.address).look() == 1
        assert len(box.letters) == 1


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
