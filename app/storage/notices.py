"""What people were told, and what they want of it by mail."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.notices import MailChoice, MailHabit, NoticeKind
from app.domain.people import Person
from app.domain.permissions import Right, may
from app.domain.segments import Key, Tag
from app.domain.translations import Role
from app.storage.accounts import DbAccount
from app.storage.base import Base, Moment, by_value
from app.storage.reasons import reasons_in


class DbNotice(Base):
    """One notice to one person. `mail_at` is when it is due in the mail, None once it is in a letter or if never.

    `title` is what the text was called then, `key` the segment that it is about (empty: all of it), `for_locale` the
    language that who asks was translating into (empty: it is no question to an author); `roles` those that the person
    had for it, by one of which it is theirs. What is about no text has an empty `document` and `locale`; `title` is
    then who stands in for somebody who is away.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_account_id", "account_id", "read_at"), Index("ix_notice_mail_at", "mail_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[NoticeKind] = mapped_column(by_value(NoticeKind))
    document: Mapped[str] = mapped_column(String(130))
    locale: Mapped[Tag] = mapped_column(String(35))
    key: Mapped[Key] = mapped_column(Text, default=Key(""), server_default="")
    for_locale: Mapped[Tag] = mapped_column(String(35), default=Tag(""), server_default="")
    title: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    roles: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    mail_at: Mapped[datetime | None] = mapped_column(Moment)
    account: Mapped[DbAccount] = relationship()

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of an absence that this tells of; `text` is how they are kept then."""
        if self.kind is not NoticeKind.AWAY:
            return None
        first, _, last = self.text.partition(" ")
        return date.fromisoformat(first), date.fromisoformat(last)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why something was refused; `text` is how they are kept then."""
        return reasons_in(self.text) if self.kind is NoticeKind.REFUSED else ()

    def concerns(self, person: Person) -> bool:
        """Tell whether somebody may still know of it: they are there, read the desk, and have a role it came by."""
        came_by = frozenset(Role(role) for role in self.roles.split())
        here = person.roles(self.locale)
        return may(person.everywhere, Right.READ) and (not came_by or not came_by.isdisjoint(here))


class DbMailHabit(Base):
    """What somebody chose about mail; who chose nothing has no row."""

    __tablename__ = "mail_habit"
    __table_args__ = (CheckConstraint("hour BETWEEN 0 AND 23", name="an_hour_of_the_day"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    choice: Mapped[MailChoice] = mapped_column(by_value(MailChoice))
    hour: Mapped[int] = mapped_column(Integer)
    weekly: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    @property
    def habit(self) -> MailHabit:
        """Return the value that is handed upwards."""
        return MailHabit(choice=self.choice, hour=self.hour, weekly=self.weekly)
