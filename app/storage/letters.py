"""Letters: the rows of the outbox by which notices go out by mail."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from app.storage.outbox import DbWork

MAIL = "mail"
"""The kind of their work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Notices to one account, by their identifiers, that go out together. `written` is when they were put together.

    In place of notices it may be the report of a `week`, of a `language` (empty: of all), which `by` sends.
    `name` begins its Message-ID, the same however often it is sent. `handed` counts how often it was about to be handed
    to the mail server, `failures` how often that was known to fail.
    """

    account: int
    notices: tuple[int, ...]
    written: datetime
    week: str = ""
    language: str = ""
    by: str = ""
    name: str = field(default_factory=lambda: secrets.token_hex(16))
    handed: int = 0
    failures: int = 0

    @classmethod
    def of(cls, work: DbWork) -> "Letter":
        """Read it from its row."""
        return _LETTER.decode(work.payload)

    def work(self) -> DbWork:
        """Return a row for it, due when it was written."""
        row = DbWork(kind=MAIL, subject=f"account/{self.account}", due_at=self.written)
        self.note_in(row)
        return row

    def note_in(self, work: DbWork, *, handed: int | None = None, failures: int | None = None) -> None:
        """Write it into its row, with other counts if they are given."""
        counted = replace(
            self,
            handed=self.handed if handed is None else handed,
            failures=self.failures if failures is None else failures,
        )
        work.payload = msgspec.json.encode(counted).decode()


_LETTER = msgspec.json.Decoder(Letter)
