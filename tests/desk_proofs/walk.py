"""Every route of the desk with everything that its address can name, and what must not be read there by whom."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import product
from re import findall

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.domain import assigning
from app.domain.documents import DocumentName, Kind
from app.domain.notices import Notice, NoticeKind
from app.domain.people import Person
from app.domain.permissions import Right
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries.people import person
from app.services import (
    absences,
    assignment_rules,
    assignments,
    bulk,
    calendar_feeds,
    comments,
    links,
    notices,
    previews,
    stopping,
    teams,
)
from app.services.bulk import Chosen
from app.services.bulk_assigning import Assigning
from app.services.texts import find
from app.storage.accounts import DbAccount
from app.storage.schema import METADATA
from app.storage.secrets import secret_key
from app.storage.sign_ins import DbSitting
from app.web.desk.entrance import Entrance, Rule
from tests.desk import STAFF, TestDesk, hire
from tests.storage.photographs import encoded, halves
from tests.trees import EDITOR, FACTS, SITE, article, decide

HIDDEN = DocumentName(kind=Kind.NEWS, name="hidden")
STRANGER, GUEST, VICTIM = "", "gulnara", "elena"
"""Somebody without an account, somebody without a role, and whose account and notices the others try to reach."""

TAG = "<xss-tag onclick=x>"
"""Stands wherever somebody else's words do: no page may have an element of that name."""

DRAFT, TALK, TOLD, AGENT = "draftofnobody", "talkofnobody", "toldtoelena", "browserofelena"

Reads = Callable[[Person | None], bool]


def _reads_drafts(person: Person | None) -> bool:
    return person is not None and person.has(Right.READ)


def _is_or_keeps(name: str) -> Reads:
    return lambda person: person is not None and (person.name == name or person.has(Right.PEOPLE))


SECRETS: dict[str, Reads] = {
    DRAFT: _reads_drafts,
    TALK: _reads_drafts,
    TOLD: lambda person: person is not None and person.name == VICTIM,
    AGENT: lambda person: person is not None and person.name == VICTIM,
    **{f"{name}@example.org": _is_or_keeps(name) for name in (*STAFF, GUEST)},
}
"""Words that stand in the database once each, and who may read them."""

GIVEN_OUT = {"/preview/": {DRAFT}, "/link/": {f"{VICTIM}@example.org"}, "/calendar/": {DRAFT}}
"""What stands behind an address that is signed or secret: whoever was given it may read that, and nothing else."""


@dataclass
class Walk:
    """A desk with something of each kind to hide."""

    desk: TestDesk
    known: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        place = self.desk.place
        place.write(
            "content/site.toml", SITE.replace('name = "Centre"', 'name = "Centre"\nurl = "https://news.example.org"')
        )
        place.write(f"content/{HIDDEN}/item.toml", FACTS + 'photos = ["photos/hall.jpg"]\n')
        place.write(f"content/{HIDDEN}/photos/hall.jpg", encoded(halves()))
        place.write(
            f"content/{HIDDEN}/en.md",
            article(f"'A {DRAFT} {TAG}'", f"Of {DRAFT} {TAG}.", status="draft", slug="hidden"),
        )
        place.write(
            f"content/{HIDDEN}/ky.md", article(f"'Бир {DRAFT} {TAG}'", f"{DRAFT}.", status="draft", slug="jashyryn")
        )
        place.sync()
        hire(place.database, GUEST, f"Gulnara {TAG}", "en", ())
        self.desk.signed_in(VICTIM)
        with place.database.write() as session:
            english, now = find(session, HIDDEN, Tag("en")), datetime.now(UTC)
            decide(session, english, Action.SUBMIT)
            comments.add(session, english, f"{TALK} {TAG} @{VICTIM}", EDITOR)
            told = Notice(
                kind=NoticeKind.RETURNED, to=VICTIM, by="desk", document=HIDDEN, locale=Tag("en"), text=f"{TOLD} {TAG}"
            )
            notices.tell(session, told)
            deed, bases = Assigning(person=VICTIM), {Chosen(name=HIDDEN, locale=Tag("en")): 0}
            bulk.remember(session, deed.kind, "carim", bulk.carry_out(session, deed, bases, lambda _tag: EDITOR))
            account = session.scalars(select(DbAccount).where(DbAccount.name == VICTIM)).one()
            session.scalars(select(DbSitting).where(DbSitting.account_id == account.id)).one().agent = f"{AGENT} {TAG}"
            _, token = previews.give_out(
                session, english, replace(EDITOR, name="carim"), lasts=timedelta(days=1), now=now
            )
            link = links.issue(session, account, lasting=timedelta(days=1), now=now)
            carim = replace(EDITOR, name="carim")
            asked_by = datetime(2099, 1, 1, tzinfo=UTC)
            assignments.assign(session, english.document, Tag("en"), carim, person=VICTIM, due=asked_by)
            teams.put(session, f"Team {TAG}", carim, locale=Tag(""), people=[VICTIM])
            assignment_rules.add(session, assigning.Rule(person=VICTIM, tag=f"tag {TAG}"), carim)
            away = assigning.Absence(person="aigul", substitute="carim", first=asked_by.date(), last=asked_by.date())
            absences.announce(session, away, carim)
            feed = calendar_feeds.renew(session, VICTIM)
            stop = stopping.token(secret_key(place.settings), account.id)
            photo = next(path for path in sorted((place.settings.data / "media").rglob("*")) if path.is_file())
        self.known = {
            "kind": [HIDDEN.kind.value], "locale": ["en", "ky", "ru", "zxx"], "number": ["1", "2", "3"],
            "token": [token, stop, feed, "guess"], "secret": [link, "guess"],
            "form": ["csv", "xlsx"], "chart": ["flow", "leads", "coverage", "forecast", "nothing"],
            "path": [str(photo.relative_to(place.settings.data / "media")), "../secret.key"],
        }  # fmt: skip

    @property
    def rules(self) -> list[Rule]:
        found: list[Rule] = self.desk.app.extensions["desk"].rules.all
        return found

    def addresses(self, rule: Rule) -> Iterator[str]:
        """Yield the addresses of a rule; KeyError for a part that nobody has said anything about here."""
        parts = findall(r"<(?:([^<>:]+):)?(\w+)>", rule.path)
        values = [self._values(rule, kind, name) for kind, name in parts]
        for chosen in product(*values):
            path = rule.path
            for (kind, name), value in zip(parts, chosen, strict=True):
                path = path.replace(f"<{kind}:{name}>" if kind else f"<{name}>", value)
            yield f"/desk{path}"

    def _values(self, rule: Rule, kind: str, name: str) -> list[str]:
        if kind == "path":
            return self.known["path"]
        if name == "name":
            return [HIDDEN.name, "nothing"] if "kind>" in rule.path else [VICTIM, "nobody"]
        return self.known[name]

    def person(self, name: str) -> Person | None:
        with self.desk.place.database.read() as session:
            return person(session, name)

    def browser(self, name: str) -> FlaskClient:
        return self.desk.signed_in(name) if name else self.desk.client()

    def comes_in(self, rule: Rule, name: str) -> bool:
        """Tell whether the check at a route lets somebody through."""
        if rule.needs is Entrance.ANYBODY:
            return True
        found = self.person(name)
        return found is not None and (rule.needs is Entrance.OWN or found.has(Right(rule.needs)))

    def leaks(self, name: str, address: str, answer: TestResponse) -> set[str]:
        """Return what an answer says that this person may not read."""
        found, said = self.person(name), f"{answer.headers}\n{answer.get_data(as_text=False).decode(errors='replace')}"
        given = next((words for part, words in GIVEN_OUT.items() if part in address), set[str]())
        return {word for word, may in SECRETS.items() if word in said and not may(found)} - given

    def everything(self, *, but: frozenset[str] = frozenset()) -> dict[str, str]:
        """A digest of each table: what was refused has changed none."""
        with self.desk.place.database.read() as session:
            found = {}
            for table in METADATA.sorted_tables:
                if table.name not in but:
                    rows = session.execute(table.select()).all()
                    found[table.name] = sha256(json.dumps(sorted(map(repr, rows))).encode()).hexdigest()
        return found

    def rows_of(self, session: Session, name: str) -> list[str]:
        """Every row that belongs to somebody's account, and the account itself."""
        account = session.scalars(select(DbAccount).where(DbAccount.name == name)).one()
        found = [repr(session.execute(DbAccount.__table__.select().where(DbAccount.id == account.id)).one())]
        for table in METADATA.sorted_tables:
            if "account_id" in table.c:
                rows = session.execute(table.select().where(table.c.account_id == account.id)).all()
                found += [f"{table.name}: {row!r}" for row in rows]
        return found


FILLED = {
    "action": "submit", "revision": "1", "note": "why", "comment": "words", "person": "kanat", "choice": "none",
    "hour": "1", "language": "ru", "number": ["1", "2", "3"], "name": "mallory", "full_name": "Mallory Malone",
    "email": "mallory@example.org", "role": "administrator", "locale": "en", "grant": "administrator", "days": "7",
    "title": "Taken", "kind": "news", "body": "Taken.", "base": "1", "text_base": "1", "facts_base": "1",
    "f0-0": "Taken", "decision": "take", "policy": "each",
    "reason": "why", "first": "2098-01-01", "last": "2098-01-02", "substitute": "carim", "member": "kanat",
    "priority": "1", "do": "save", "week": "2026-W40", "password": "a long enough password", "again": "x",
}  # fmt: skip
"""What a form could send: enough that a route which forgot to ask would do something."""
