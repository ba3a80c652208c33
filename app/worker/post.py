"""Mail goes out: a thread of the worker's own, so that a mail server that takes its time holds up nobody's text."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from threading import Event as Stop

from app.config import MailServer, Settings
from app.domain.site import Site
from app.domain.weekly import WeeklyReport
from app.queries import reading, words
from app.queries import weekly as queries
from app.services import letters, link_letters, weekly
from app.services.link_letters import Why
from app.storage.database import AWAY, Database
from app.storage.letters import MAIL
from app.storage.outbox import claim, is_due
from app.storage.secrets import secret_key
from app.worker.letters import POLICY, Sender, compose, compose_link

log = logging.getLogger("tilmash.worker")

TICK = 1.0  # seconds between two looks
_PATIENCE = 20.0  # seconds that a mail server may take to answer
_FAILURES = (smtplib.SMTPException, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composed:
    to: str
    letter: EmailMessage


class PostOffice:
    """Puts what is due into letters, and hands them to the mail server."""

    def __init__(self, database: Database, settings: Settings, server: MailServer) -> None:
        self.database, self.server = database, server
        self.sender = Sender(address=server.sender, secret=secret_key(settings))
        self._said = ""

    def run(self, stop: Stop) -> None:
        """Look each second until told to stop; a database that is away and faults of ours are survived."""
        while not stop.wait(TICK):
            try:
                self.look()
            except AWAY as error:
                log.error("the database cannot be reached; mail waits: %s", error.orig)  # noqa: TRY400  # said each second
            except Exception:  # a fault of ours must not end it for good
                log.exception("a fault of ours at the mail; it is tried again")
                stop.wait(60)

    def look(self) -> int:
        """Do what is due; return how many letters the mail server took."""
        now = datetime.now(UTC)
        with self.database.read() as session:
            site = reading.site(session)
            to_write, to_send = letters.are_due(session, now=now), is_due(session, MAIL, now=now)
            forgot = any(is_due(session, why, now=now) for why in Why)
            monday = site is not None and weekly.is_monday(session, now=now, zone=site.zone)
        if site is None or not site.url:
            self._say("no mail goes out: letters have to lead somewhere, and site.toml has no url")
            return 0
        if to_write:
            with self.database.write() as session:
                letters.write(session, now=now)
        if monday:
            with self.database.write() as session:
                weekly.order_for_monday(session, now=now, zone=site.zone)
        links = self._send_links(site) if forgot else 0
        return links + (self._send() if to_write or to_send or monday else 0)

    def _send_links(self, site: Site) -> int:
        """Send a link to each who asked for one or was invited; return how many the mail server took."""
        with self.database.write() as session:
            numbers = [work.id for why in Why for work in claim(session, why, now=datetime.now(UTC))]
        return sum(self._send_link(number, site) for number in numbers)

    def _send_link(self, number: int, site: Site) -> bool:
        now = datetime.now(UTC)
        with self.database.write() as session:
            asked = link_letters.answer(session, number, now=now)
            if asked is None:
                return False
            spoken = words.of(session, site, asked.person.language)
        letter = compose_link(asked, site=site, words=spoken, sender=self.sender, now=now)
        try:
            with _connected(self.server) as connection:
                _begin(connection, self.server, asked.person.email)
                _end(connection, _Composed(to=asked.person.email, letter=letter))
        except _FAILURES as error:
            self._say(f"the mail server did not take a letter: {_failure(error).reason}")
            with self.database.write() as session:
                link_letters.failed(session, asked, now=now)
            return False
        with self.database.write() as session:
            link_letters.sent(session, number)
        return True

    def _send(self) -> int:
        with self.database.write() as session:
            numbers = [work.id for work in claim(session, MAIL, now=datetime.now(UTC))]
        if not numbers:
            return 0
        try:
            with _connected(self.server) as connection:
                return sum(self._one(connection, number) for number in numbers)
        except _FAILURES as error:
            for number in numbers:
                self._failed(number, _failure(error))
            return 0

    def _one(self, connection: smtplib.SMTP, number: int) -> bool:
        """Hand one letter over, if there is anything to be told; what is known to have failed is noted as that."""
        try:
            letter = self._composed(number)
            if letter is None:
                return False
            _begin(connection, self.server, letter.to)
            with self.database.write() as session:
                if not letters.hand_over(session, number):
                    return False
            _end(connection, letter)
        except _FAILURES as error:
            self._failed(number, _failure(error))
            return False
        except AWAY:
            raise
        except Exception:  # a fault of ours at one letter must not hold up the others
            log.exception("a fault of ours at a letter; it is tried again")
            self._failed(number, letters.Failure(reason="a fault of ours"))
            return False
        with self.database.write() as session:
            letters.sent(session, number)
        self._said = ""
        return True

    def _composed(self, number: int) -> _Composed | None:
        with self.database.write() as session:
            post, site = letters.addressed(session, number, now=datetime.now(UTC)), reading.site(session)
            if post is None or site is None:
                return None
            spoken = words.of(session, site, post.person.language)
        report = self._report(post)
        if report is not None and not report.is_counted:
            self._say(f"the report of {report.week} waits until its week is counted in the figures")
            with self.database.write() as session:
                letters.hold(session, number, now=datetime.now(UTC))
            return None
        letter = compose(post, site=site, words=spoken, sender=self.sender, report=report)
        return _Composed(to=post.person.email, letter=letter)

    def _report(self, post: letters.Post) -> WeeklyReport | None:
        """Return the report that a letter is, as its sender may see it; it holds up nobody who writes."""
        if post.week is None or post.by is None:
            return None
        with self.database.read() as session:
            return queries.weekly(
                session, post.by, post.week, language=post.language, reader=post.person.language, now=datetime.now(UTC)
            )

    def _failed(self, number: int, failure: letters.Failure) -> None:
        self._say(f"the mail server did not take a letter: {failure.reason}")
        with self.database.write() as session:
            letters.failed(session, number, failure, now=datetime.now(UTC))

    def _say(self, what: str) -> None:
        """Log something once, until it is otherwise."""
        if what != self._said:
            self._said = what
            log.error("%s", what)


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Give a connection; a password is never said where others can hear it."""
    context = ssl.create_default_context()
    if server.tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_PATIENCE, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE)
    with connection:
        connection.ehlo()
        if not server.tls and (server.user or connection.has_extn("starttls")):
            connection.starttls(context=context)
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
        yield connection


def _begin(connection: smtplib.SMTP, server: MailServer, to: str) -> None:
    """Say from whom to whom; what is refused is raised, and until then no letter was handed over."""
    sender = server.sender.addr_spec
    options = [] if (sender + to).isascii() else ["SMTPUTF8"]
    if options and not connection.has_extn("smtputf8"):
        raise smtplib.SMTPNotSupportedError("addresses in other letters than those of English")
    connection.rset()
    code, said = connection.mail(sender, options)
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, said, sender)
    code, said = connection.rcpt(to)
    if code not in {250, 251}:
        raise smtplib.SMTPRecipientsRefused({to: (code, said)})


def _end(connection: smtplib.SMTP, composed: _Composed) -> None:
    code, said = connection.data(composed.letter.as_bytes(policy=POLICY.clone(utf8=not composed.to.isascii())))
    if code != 250:
        raise smtplib.SMTPDataError(code, said)


def _failure(error: Exception) -> letters.Failure:
    """Return why a letter was not taken, without the addresses that servers quote."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            code = min(code for code, _ in recipients.values())
            return letters.Failure(reason=f"it said {code} to the recipient", for_good=code >= 500)
        case smtplib.SMTPDataError(smtp_code=code):
            return letters.Failure(reason=f"it said {code} to the letter", for_good=code >= 500, was_handed=True)
        case smtplib.SMTPResponseException(smtp_code=code):
            return letters.Failure(reason=f"it said {code}")
        case smtplib.SMTPNotSupportedError():
            return letters.Failure(reason=f"it lacks what the letter needs ({error})")
    return letters.Failure(reason=type(error).__name__)
