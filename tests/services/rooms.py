"""A desk without a browser: an item in the tree, people with accounts, and what they do by their names."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.documents import DocumentName
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries import people
from app.services import revisions, transitions
from app.services.texts import find, find_or_begin, require_document
from app.storage.texts import DbDocument, DbTranslation
from tests.trees import ITEM, Place


@dataclass
class Room:
    """What stands in `place`, and the staff of `tests.desk`."""

    place: Place

    def actor(self, session: Session, name: str, locale: str, *, four_eyes: bool = True) -> Actor:
        person = people.person(session, name)
        assert person is not None
        return person.actor(Tag(locale), channel=Channel.DESK, four_eyes=four_eyes)

    def text(self, session: Session, locale: str, item: DocumentName = ITEM) -> DbTranslation:
        return find(session, item, Tag(locale))

    def document(self, session: Session, item: DocumentName = ITEM) -> DbDocument:
        return require_document(session, item)

    def begin(self, locale: str) -> None:
        """Let there be a text in a language, without words yet."""
        with self.place.database.write() as session:
            find_or_begin(session, self.document(session), Tag(locale))

    def save(self, name: str, locale: str, text: str) -> None:
        with self.place.database.write() as session:
            translation = self.text(session, locale)
            transitions.lock(session, translation)
            actor = self.actor(session, name, locale)
            revisions.save(session, translation, text, actor, base=translation.head, path="desk")

    def do(self, name: str, locale: str, *actions: Action, comment: str = "a note", minor: bool = False) -> None:
        for action in actions:
            with self.place.database.write() as session:
                translation = self.text(session, locale)
                actor = self.actor(session, name, locale, four_eyes=False)
                transitions.take(
                    session, translation, action, actor, revision=translation.head, comment=comment, minor=minor
                )

    def live(self) -> set[str]:
        """The languages that readers see."""
        with self.place.database.read() as session:
            texts = self.document(session).translations
            return {one.locale for one in texts if one.live_id is not None and one.is_language}
