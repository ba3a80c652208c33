"""What the board knows of a text follows what people do with it, in the transaction in which they do it."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from app.domain.people import Channel
from app.domain.segments import Tag
from app.domain.translations import Action
from app.services import assignments, comments, suggestions, transitions
from app.services.exchange import Wish
from app.storage.journal import Event, note
from app.storage.standings import DbStanding
from app.storage.talk import DbComment
from app.storage.texts import DbSuggestion
from tests.readers import assert_as_computed_afresh
from tests.services.rooms import Room
from tests.taking_back import take_back
from tests.trees import ITEM, article

KY = Tag("ky")
EN = article("Opening", "The centre opens.", slug="opening")
KYRGYZ = article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="draft")
DUE = datetime(2026, 2, 1, tzinfo=UTC)


def standing(room: Room) -> DbStanding:
    assert_as_computed_afresh(room.place)
    with room.place.database.read() as session:
        row = session.scalars(select(DbStanding).where(DbStanding.locale == KY)).one()
        session.expunge(row)
        return row


def begun(room: Room) -> Room:
    room.place.item(en=EN)
    room.place.sync()
    return room


def test_who_is_asked_until_when_is_owed_until_it_is_handed_in_and_again_once_the_source_moved_on(room: Room) -> None:
    begun(room)
    with room.place.database.write() as session:
        document, carim = room.document(session), room.actor(session, "carim", "ky")
        assignments.assign(session, document, KY, carim, person="kanat", due=DUE)
    row = standing(room)
    assert (row.person, row.due, row.owed) == ("kanat", DUE, DUE)
    room.place.item(ky=KYRGYZ)
    room.place.sync()
    assert standing(room).owed == DUE
    room.do("kanat", "ky", Action.SUBMIT)
    assert (standing(room).due, standing(room).owed) == (DUE, None)
    room.place.item(en=EN.replace("opens.", "opens on Monday."))
    room.place.sync()
    row = standing(room)
    assert (row.behind, row.owed) == ("en", DUE)


def test_comments_count_until_they_are_settled_and_suggestions_until_they_are_decided(room: Room) -> None:
    begun(room)
    room.place.item(ky=KYRGYZ)
    room.place.sync()

    def as_carim(do: Callable[..., object]) -> None:
        with room.place.database.write() as session:
            do(session, room.actor(session, "carim", "ky"))

    as_carim(lambda session, actor: comments.add(session, room.text(session, "ky"), "Which centre?", actor))
    assert standing(room).comments == 1
    number = 1
    with room.place.database.read() as session:
        number = session.scalars(select(DbComment.id)).one()
    for settled in (True, False):
        as_carim(
            lambda session, actor, settled=settled: comments.settle(
                session, room.document(session), number, actor, settled=settled
            )
        )
        assert standing(room).comments == int(not settled)
    mine = KYRGYZ.replace("ачылат", "бүгүн ачылат").encode()
    as_carim(
        lambda session, actor: take_back(session, ITEM, KY, mine, actor, base=None, path="x.md", wish=Wish.SUGGESTION)
    )
    assert standing(room).suggestions == 1
    with room.place.database.read() as session:
        number = session.scalars(select(DbSuggestion.id)).one()
    as_carim(lambda session, actor: suggestions.decline(session, number, actor))
    assert standing(room).suggestions == 0


def test_a_time_to_go_live_and_a_withdrawal_are_known_at_once(room: Room) -> None:
    begun(room)
    room.place.item(ky=KYRGYZ)
    room.place.sync()
    room.do("carim", "ky", Action.SUBMIT, Action.APPROVE)
    later = datetime(2099, 1, 1, tzinfo=UTC)
    with room.place.database.write() as session:
        text, actor = room.text(session, "ky"), room.actor(session, "carim", "ky", four_eyes=False)
        transitions.take(session, text, Action.SCHEDULE, actor, revision=text.head, due=later)
    assert standing(room).scheduled == later
    room.do("carim", "ky", Action.UNSCHEDULE)
    assert standing(room).scheduled is None
    room.do("carim", "ky", Action.PUBLISH)
    assert not standing(room).withdrawn
    room.do("carim", "ky", Action.WITHDRAW)
    assert (standing(room).withdrawn, standing(room).live) == (True, None)


def test_errors_of_a_catalogue_count_and_are_not_looked_for_again_while_it_stays(room: Room) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    po = head + '\n#, python-format\nmsgid "%(n)s"\nmsgstr "{}"\n'
    begun(room)
    room.place.write("translations/ky/LC_MESSAGES/messages.po", po.format("%(m)s"))
    room.place.sync()

    def failing() -> int:
        with room.place.database.read() as session:
            known = select(DbStanding.failing).where(DbStanding.name == "messages", DbStanding.locale == KY)
            return session.scalars(known).one()

    assert failing() > 0
    with room.place.database.write() as session:
        note(session, Event(source=Channel.DESK, subject="catalogue/messages@ky", action="odd", actor="x"))
    assert failing() > 0
    assert_as_computed_afresh(room.place)
    room.place.write("translations/ky/LC_MESSAGES/messages.po", po.format("%(n)s"))
    room.place.sync()
    assert failing() == 0
