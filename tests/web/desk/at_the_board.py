"""What stands on the board, and waits for people."""

from datetime import datetime

from app.domain.segments import Tag
from app.services import assignments
from app.services.texts import find
from tests.desk import TestDesk
from tests.trees import EDITOR, ITEM


def assign(desk: TestDesk, person: str, due: datetime) -> None:
    """Ask somebody for the Kyrgyz text of the item until a time, which may have passed."""
    with desk.place.database.write() as session:
        document = find(session, ITEM, Tag("en")).document
        assignments.assign(session, document, Tag("ky"), EDITOR, person=person, due=due)
