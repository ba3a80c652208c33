"""Who did what to a text, as a commit says it: *Kyrgyz translation of news/x: changed, approved by Bek Asanov*."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import Kind
from app.domain.locales import called
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.site import MSGIDS
from app.domain.translations import Action
from app.services.sync.slots import Slot
from app.storage import actors
from app.storage.accounts import DbAccount
from app.storage.journal import DbEvent
from app.storage.texts import DbTranslation

_DONE: Final[Mapping[str, str]] = {
    Action.SUBMIT: "submitted", Action.RETURN: "returned", Action.APPROVE: "approved", Action.REOPEN: "reopened",
    Action.SCHEDULE: "scheduled", Action.PUBLISH: "published", Action.CORRECT: "corrected",
    Action.WITHDRAW: "withdrawn", Action.PUT_BACK: "put back",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done, and by whose account; empty where no person with an account did it."""

    done: str
    by: str = ""


class Deeds:
    """What the database knows of people and of what they did."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Return the names that people are called by, by the names of their accounts."""
        known = self.session.execute(select(DbAccount.name, DbAccount.full_name))
        return {row.name: " ".join(row.full_name.split()) for row in known}

    @cached_property
    def _actors(self) -> Mapping[str, str]:
        return actors.names(self.session)

    def person(self, name: str) -> str:
        """Return the name of an account; empty for a process, and for who has no account any more."""
        return name if name in self.people else ""

    def of(self, translation: DbTranslation, numbers: Collection[int]) -> list[Deed]:
        """Return the transitions of these revisions, in order, each deed of each person once."""
        told = select(DbEvent).where(DbEvent.subject == translation.subject, DbEvent.action.in_(_DONE))
        found = (
            Deed(done=_DONE[event.action], by=self.person(self._actors.get(event.actor, "")))
            for event in self.session.scalars(told.order_by(DbEvent.number))
            if json.loads(event.details).get("revision") in numbers
        )
        return list(dict.fromkeys(found))

    def of_media(self, document: str, path: str) -> str:
        """Return the account of who brought a photo or attachment as it is, empty if no person did."""
        told = select(DbEvent).where(DbEvent.subject == document, DbEvent.action == "media")
        for event in self.session.scalars(told.order_by(DbEvent.number.desc())):
            if json.loads(event.details).get("path") == path:
                return self.person(self._actors.get(event.actor, ""))
        return ""

    def sentence(self, what: str, deeds: Iterable[Deed], *, author: str) -> str:
        """Return a line of a commit's message; whose name stands above it as its author is not named again."""
        parts: list[tuple[str, list[str]]] = []
        for deed in deeds:
            by = "" if deed.by == author else deed.by
            if parts and parts[-1][0] == by:
                parts[-1][1].append(deed.done)
            else:
                parts.append((by, [deed.done]))
        said = (f"{_listed(done)} by {self.people[by]}" if by else _listed(done) for by, done in parts)
        return f"{what}: {', '.join(said)}"


def called_in_full(slot: Slot, source: Tag) -> str:
    """Return what a commit calls a text: its language, which text it is, and its document."""
    draft = ", draft" if slot.draft else ""
    if slot.locale == NO_LANGUAGE:
        what = "Template" if slot.document.kind is Kind.CATALOGUE else "Facts"
        return f"{what} of {slot.document}{draft}"
    what = "text" if slot.locale == source else "translation"
    return f"{_language(slot.locale)} {what} of {slot.document}{draft}"


def _language(tag: Tag) -> str:
    try:
        return called(tag, MSGIDS)
    except ValueError:
        return tag


def _listed(words: list[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
