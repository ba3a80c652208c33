"""A site whose people get mail, and its post office."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from app.config import Settings
from app.domain.notices import Notice, NoticeKind
from app.domain.segments import Tag
from app.services import notices
from app.storage.letters import MAIL
from app.storage.outbox import DbWork
from app.worker.post import PostOffice
from tests.trees import ITEM, Place

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
