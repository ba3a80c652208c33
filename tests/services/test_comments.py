"""What people say of a text is kept, and who is called by name can be told."""

from threading import Thread

import pytest
from sqlalchemy import select

from app.domain.errors import BadText, Forbidden, NotAllowed, NotFound
from app.domain.notices import NoticeKind
from app.domain.segments import Key, Tag
from app.queries.talk import remarks, talked_of
from app.services import comments, revisions, transitions
from app.storage.journal import DbEvent
from app.storage.notices import DbNotice
from app.storage.talk import LONGEST_COMMENT, DbComment
from tests import databases
from tests.services.rooms import Room
from tests.trees import article

KY = Tag("ky")
EN = article("Opening", "The centre opens.", slug="opening", status="draft")


def say(room: Room, text: str, name: str = "carim") -> list[str]:
    with room.place.database.write() as session:
        translation = room.text(session, "en")
        _, called = comments.add(session, translation, text, room.actor(session, name, "en"))
    return [person.name for person in called]


def test_a_comment_is_kept_with_the_revision_that_it_was_about_and_quoted_nowhere_else(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    say(room, " Which centre?\r\nSay so. ")
    with room.place.database.read() as session:
        (comment,) = session.scalars(select(DbComment))
        event = session.scalars(select(DbEvent).where(DbEvent.action == "comment")).one()
        assert (comment.text, comment.author) == ("Which centre?\nSay so.", "carim")
        assert comment.revision_id == room.text(session, "en").head_id
        assert (event.subject, "centre" in event.details) == ("news/2026-01-01-item@en", False)


def test_who_is_called_by_name_is_somebody_else_who_may_read_it(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    assert say(room, "@aigul, @carim, @nobody, @adil: look. @Rustam too") == ["aigul", "rustam"]
    with room.place.database.read() as session:
        assert list(session.scalars(select(DbNotice.kind))) == [NoticeKind.MENTIONED] * 2


def test_a_comment_says_something_is_not_endless_and_needs_its_right(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    with pytest.raises(NotAllowed, match="has to say something"):
        say(room, " \n ")
    with pytest.raises(BadText, match="letters at most"):
        say(room, "a" * (LONGEST_COMMENT + 1))
    with pytest.raises(Forbidden):
        say(room, "Hello", "adil")


def test_a_question_reaches_who_wrote_the_source_and_stands_there_for_all_translators(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    with room.place.database.write() as session:
        source = room.text(session, "en")
        head = source.head
        assert head is not None
        soon, aigul = head.text.replace("opens", "opens soon"), room.actor(session, "aigul", "en")
        transitions.lock(session, source)
        revisions.save(session, source, soon, aigul, base=head, path="en.md")
    with room.place.database.write() as session:
        source = room.text(session, "en")
        kanat = room.actor(session, "kanat", "ky")
        comments.ask(session, source, "Soon: when?", kanat, key=Key("title"), for_locale=KY)
    with room.place.database.read() as session:
        assert list(session.scalars(select(DbNotice.text))) == ["Soon: when?"]
        (remark,) = remarks(session, [room.text(session, "en")])
        assert (remark.key, remark.author, remark.settled) == ("title", "kanat", False)
        assert (remark.for_locale, list(session.scalars(select(DbNotice.for_locale)))) == ("ky", ["ky"])


def test_a_question_on_a_text_from_files_reaches_who_coordinates(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    with room.place.database.write() as session:
        source, kanat = room.text(session, "en"), room.actor(session, "kanat", "ky")
        for question, told in (("When?", ("carim",)), ("When, @elena?", ("carim", "elena"))):
            assert comments.ask(session, source, question, kanat, key=Key("title"), for_locale=KY)[1] == told


def test_a_comment_is_settled_and_opened_again_and_each_is_told_once(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    for settled in (True, True, False):
        with room.place.database.write() as session:
            text, actor = room.text(session, "en"), room.actor(session, "carim", "en")
            if not session.scalar(select(DbComment.id)):
                comments.add(session, text, "Which centre?", actor, key=Key("title"))
            number = session.scalars(select(DbComment.id)).one()
            comments.settle(session, text.document, number, actor, settled=settled)
            assert [one.settled for one in remarks(session, [text], {Key("title")})] == [settled]
    with room.place.database.read() as session:
        told = list(session.scalars(select(DbEvent.action).order_by(DbEvent.number)))
        assert [action for action in told if "settle" in action] == ["settle", "unsettle"]
        assert talked_of(remarks(session, [room.text(session, "en")])) == {"title": True}


@databases.with_several_writers
def test_who_comments_while_somebody_saves_stands_in_nobodys_way(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    saving = Thread(target=room.save, args=("carim", "en", EN.replace("opens", "opens soon")))
    with room.place.database.write() as session:
        comments.add(session, room.text(session, "en"), "When?", room.actor(session, "carim", "en"))
        saving.start()
        saving.join(2)  # it is done, or waits for the comment
    saving.join()
    with room.place.database.read() as session:
        head = room.text(session, "en").head
        assert head is not None
        assert "opens soon" in head.text
        assert session.scalars(select(DbComment.text)).all() == ["When?"]


def test_nobody_settles_what_stands_elsewhere_or_without_the_right(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()
    say(room, "Which centre?")
    with room.place.database.write() as session:
        text, number = room.text(session, "en"), session.scalars(select(DbComment.id)).one()
        with pytest.raises(NotFound):
            comments.settle(session, text.document, number + 1, room.actor(session, "carim", "en"), settled=True)
        with pytest.raises(Forbidden):
            comments.settle(session, text.document, number, room.actor(session, "adil", "en"), settled=True)
