"""What could not be merged is taken into the text, or declined, once; readers see neither."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.documents import DocumentName
from app.domain.errors import NotAllowed, NotFound
from app.domain.people import Actor, Channel
from app.domain.segments import Key, Tag
from app.domain.translations import Role
from app.queries.suggestions import Suggestion, still_open
from app.services import suggestions
from app.services.exchange import Wish
from app.storage import journal
from app.storage.texts import DbNote
from tests.copies import Copies
from tests.taking_back import take_back
from tests.trees import EDITOR, ITEM, Place, article

EN = article("Opening", "The centre opens.", "- one\n- two", "All are invited.", slug="opening")


def begin_with(place: Place) -> None:
    place.item(en=EN)
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def suggest(place: Place, text: str) -> list[int]:
    upload(place, text, Wish.SUGGESTION)
    with place.database.read() as session:
        return [one.number for one in still_open(session, None, None)]


def upload(place: Place, text: str, wish: Wish = Wish.DRAFT) -> None:
    with place.database.write() as session:
        take_back(session, ITEM, Tag("en"), text.encode(), EDITOR, base=None, path="mine.md", wish=wish)


def take(place: Place, number: int, actor: Actor = EDITOR) -> None:
    with place.database.write() as session:
        suggestions.take(session, number, actor)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The centre opens.", "The centre opens today."),
        ("The centre opens.", "Doors are open to everybody."),
        ("All are invited.", "## Nobody is invited"),
        ("- two", "- two and a half"),
        ("title: Opening", "title: The opening"),
        ("\n\nAll are", "\n\nCome and see.\n\nAll are"),
    ],
)
def test_a_suggestion_stands_in_the_text_as_it_would_have(place: Place, old: str, new: str) -> None:
    (number,) = suggest(place, EN.replace(old, new))
    take(place, number)
    assert place.stand("en") == ("draft", EN.replace(old, new), EN)
    with place.database.read() as session:
        assert not list(still_open(session, ITEM, None))
        assert list(journal.verify(session)) == []
    with pytest.raises(NotAllowed, match="was taken before"):
        take(place, number)


def test_a_suggestion_goes_into_the_newest_text_and_not_into_the_one_it_was_made_for(place: Place) -> None:
    (number,) = suggest(place, EN.replace("The centre opens.", "The centre opens today."))
    upload(place, EN.replace("The centre opens.", "The centre opens soon.").replace("All are", "You are"))
    with place.database.read() as session:
        (one,) = still_open(session, ITEM, Tag("en"))
    assert (one.now, one.text) == ("The centre opens soon.", "The centre opens today.")
    take(place, number)
    head = EN.replace("The centre opens.", "The centre opens today.").replace("All are", "You are")
    assert place.stand("en") == ("draft", head, EN)


def test_where_the_segment_is_gone_the_suggestion_stays_open(place: Place) -> None:
    (number,) = suggest(place, EN.replace("All are invited.", "All are welcome."))
    upload(place, EN.replace("\n\nAll are invited.", ""))
    with pytest.raises(NotAllowed, match="stays open"):
        take(place, number)
    with place.database.read() as session:
        assert [(one.number, one.now) for one in still_open(session, None, None)] == [(number, None)]


REWRITTEN = EN.replace("All are invited.", "Come in great numbers, whoever you may be and wherever you live.")


def listed(place: Place) -> list[Suggestion]:
    with place.database.read() as session:
        return list(still_open(session, None, None))


def test_where_the_segment_was_rewritten_one_sees_what_it_was_made_for_and_what_stands_there(place: Place) -> None:
    (number,) = suggest(place, EN.replace("All are invited.", "All are welcome."))
    upload(place, REWRITTEN)
    (one,) = listed(place)
    assert (one.made_for, one.now, one.text) == ("All are invited.", None, "All are welcome.")
    assert [there.text for there in one.instead] == ["Come in great numbers, whoever you may be and wherever you live."]
    take(place, number)
    assert place.stand("en") == ("draft", EN.replace("All are invited.", "All are welcome."), EN)
    assert listed(place) == []
    assert any("great numbers" in text for text in place.revisions()), "what it took the place of is in the history"


def test_a_suggestion_goes_onto_the_segment_that_somebody_names(place: Place) -> None:
    (number,) = suggest(place, EN.replace("All are invited.", "All are welcome."))
    upload(place, EN.replace("All are invited.", "Doors are open at nine sharp.\n\nBring whomever you like with you."))
    (one,) = listed(place)
    assert [there.text for there in one.instead] == [
        "Doors are open at nine sharp.", "Bring whomever you like with you.",
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="stand in its place; name another, or suggestion 1 stays open"):
        take(place, number)
    with place.database.write() as session, pytest.raises(NotAllowed, match="no segment nowhere; name another"):
        suggestions.take(session, number, EDITOR, onto=Key("nowhere"))
    assert listed(place) == [one]
    with place.database.write() as session:
        suggestions.take(session, number, EDITOR, onto=one.instead[1].key)
    text = EN.replace("All are invited.", "Doors are open at nine sharp.\n\nAll are welcome.")
    assert place.stand("en") == ("draft", text, EN)
    assert listed(place) == []


def test_a_suggestion_that_is_open_already_is_not_made_a_second_time_by_whomever(place: Place) -> None:
    (number,) = suggest(place, EN.replace("All are invited.", "All are welcome."))
    assert suggest(place, EN.replace("All are invited.", "All are welcome.")) == [number]
    other = Actor(name="other", channel=Channel.UPLOAD, roles=frozenset(Role))
    text = EN.replace("All are invited.", "All are welcome.").replace("- two", "- two and a half")
    with place.database.write() as session:
        back = take_back(session, ITEM, Tag("en"), text.encode(), other, base=1, path="m", wish=Wish.SUGGESTION)
    assert (back.suggestions, back.known) == (2, 1)
    assert [(one.number, one.author) for one in listed(place)] == [(number, "desk"), (number + 1, "other")]
    with place.database.write() as session:
        suggestions.decline(session, number, EDITOR)
    assert len(suggest(place, EN.replace("All are invited.", "All are welcome."))) == 2, "declined, it may come again"


def test_a_conflict_that_comes_twice_leaves_one_suggestion(place: Place) -> None:
    upload(place, EN.replace("All are invited.", "You are invited."))
    mine = EN.replace("All are invited.", "All are welcome.")
    for _ in range(2):
        with place.database.write() as session:
            back = take_back(session, ITEM, Tag("en"), mine.encode(), EDITOR, base=1, path="mine.md")
        assert (back.head, back.suggestions, back.merged) == (2, 1, True)
    assert [one.text for one in listed(place)] == ["All are welcome."]


def test_a_message_with_plural_forms_does_not_take_words_without(place: Place) -> None:
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\nmsgid "News"\nmsgstr "Вести"\n'
    many = 'msgid "%d view"\nmsgid_plural "%d views"\nmsgstr[0] "а"\nmsgstr[1] "б"\n'
    place.write("translations/ru/LC_MESSAGES/messages.po", f"{head}\n{many}")
    place.sync()
    name = DocumentName.parse("catalogue/messages")
    with place.database.write() as session:
        raw = f"{head.replace('Вести', 'Новости')}\n{many}".encode()
        take_back(session, name, Tag("ru"), raw, EDITOR, base=None, path="m.po", wish=Wish.SUGGESTION)
    (one,) = listed(place)
    with place.database.write() as session, pytest.raises(NotAllowed, match="has 2 forms, and suggestion 1 has 1"):
        suggestions.take(session, one.number, EDITOR, onto=Key("%d view"))
    take(place, one.number)
    assert "Новости" in (place.stand("ru", name)[1] or "")


def test_a_declined_suggestion_leaves_the_text_and_its_note_stays(place: Place) -> None:
    before = place.stand("en")
    (number,) = suggest(place, EN.replace("All are invited.", "All are welcome."))
    with place.database.write() as session:
        suggestions.decline(session, number, EDITOR, comment="Too familiar")
    assert place.stand("en") == before
    with place.database.read() as session:
        assert session.scalars(select(DbNote.text)).all() == ["Too familiar"]
        actions = list(session.scalars(select(journal.DbEvent.action).order_by(journal.DbEvent.number)))
    assert actions[-1] == "decline-suggestion"
    with pytest.raises(NotAllowed, match="was declined before"):
        take(place, number)
    with place.database.write() as session, pytest.raises(NotFound):
        suggestions.decline(session, 99, EDITOR)


def test_who_may_not_write_may_not_decide(place: Place) -> None:
    (number,) = suggest(place, EN.replace("All are invited.", "All are welcome."))
    reader = Actor(name="reader", channel=Channel.DESK, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotAllowed):
        take(place, number, reader)
    with place.database.write() as session, pytest.raises(NotAllowed):
        suggestions.decline(session, number, reader)
    assert suggest(place, EN) == [number]
