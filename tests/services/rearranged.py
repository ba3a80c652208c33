"""What people do to the blocks of a translation, by the first words of each."""

from app.domain.rearranging import Deed
from app.domain.segments import Key, Tag
from app.domain.side_by_side import Row, Typed
from app.domain.translations import Action
from app.services import rearranging, sheets
from app.services.rearranging import Asked
from app.services.sheets import Bases, Sheet
from tests.services.rooms import Room
from tests.trees import ITEM, article

KY = Tag("ky")


EN = article("Opening", "The centre opens. All are invited.", "- one\n- two", "It rains.", "It shines.", slug="opening")


KY_TEXT = article("Ачылыш", "Борбор ачылды. Баары чакырылат.", "- бир\n- эки", "Жаан жаап турат.", "Күн ачык.")


def begin(room: Room) -> None:
    """An article and its translation, block by block."""
    room.place.item(en=EN, ky=KY_TEXT)
    room.place.sync()
    assert room.place.problems() == []


def sheet(room: Room) -> Sheet:
    with room.place.database.read() as session:
        return sheets.sheet(session, ITEM, KY)


def row(room: Room, start: str) -> Row:
    return next(one for one in sheet(room).rows if one.text.startswith(start))


def do(room: Room, deed: Deed, start: str, before: str = "", *, bases: Bases | None = None, by: str = "kanat") -> int:
    one = row(room, start)
    asked = Asked(deed=deed, key=one.key, bases=bases or sheet(room).bases, words=one.text, before=before)
    with room.place.database.write() as session:
        return rearranging.rearrange(session, ITEM, KY, room.actor(session, by, "ky"), asked)[1]


def take_back(room: Room, number: int) -> Key:
    with room.place.database.write() as session:
        return rearranging.take_back(session, ITEM, KY, room.actor(session, "kanat", "ky"), number)


def text(room: Room) -> str:
    return (room.place.stand("ky")[1] or "").partition("\n---\n")[2].strip()


def told(room: Room) -> list[tuple[Key, tuple[str, ...], str, bool, bool]]:
    return [
        (one.key, tuple(each.text for each in one.sources), one.text, one.stale, one.unsure) for one in sheet(room).rows
    ]


def change(room: Room, old: str, new: str) -> None:
    room.save("aigul", "en", EN.replace(old, new))
    room.do("aigul", "en", Action.SUBMIT)


def stale(room: Room) -> list[str]:
    return [one.text for one in sheet(room).rows if one.stale]


def fill(room: Room, start: str, words: str) -> None:
    one, bases = row(room, start), sheet(room).bases
    with room.place.database.write() as session:
        actor = room.actor(session, "kanat", "ky")
        sheets.save(session, ITEM, KY, actor, bases=bases, typed={one.key: Typed(forms=(words,))})


NO_ROW = "(no segment)"
