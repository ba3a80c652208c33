"""A real mail server on this machine, that keeps what it is given, and can be told to refuse or to be slow."""

import email
import email.policy
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import TypedDict

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.processes import free_port

TAKEN = "250 OK"


class ServerOptions(TypedDict, total=False):
    """Of aiosmtpd's, those that tests choose."""

    tls_context: ssl.SSLContext
    authenticator: Callable[[object, object, object, str, object], AuthResult]
    auth_required: bool
    auth_require_tls: bool
    require_starttls: bool
    enable_SMTPUTF8: bool


@dataclass
class MailBox:
    """What arrived. `answer` says what the server does with a letter, `to` what with a recipient."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answer: Callable[[], str] = lambda: TAKEN
    to: Callable[[], str] = lambda: TAKEN

    async def handle_RCPT(  # noqa: N802  # the name that the server calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if (said := self.to()) == TAKEN:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        if (said := self.answer()) == TAKEN:
            assert isinstance(envelope.content, bytes)
            self.raw.append(envelope.content)
            self.recipients.append(list(envelope.rcpt_tos))
        return said

    @property
    def letters(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw]

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def mail_server(options: ServerOptions | None = None) -> Iterator[MailBox]:
    box = MailBox()
    with free_port() as port:
        box.port = port
        controller = Controller(box, hostname="127.0.0.1", port=port, **(options or {}))
        controller.start()
        try:
            yield box
        finally:
            controller.stop()


def body(letter: EmailMessage, kind: str) -> str:
    """The plain or html part, decoded."""
    part = letter.get_body((kind,))
    assert isinstance(part, EmailMessage)
    content: str = part.get_content()
    return content.replace("\r\n", "\n")
