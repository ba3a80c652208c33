"""Headers and bodies of mail that nobody's words break."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import compat32
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from app.storage.accounts import DbAccount
from app.storage.notices import DbNotice
from app.worker.letters import POLICY, _line
from tests.mail import MailBox, body
from tests.trees import Place
from tests.worker.post.office import office, tell

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
