"""A translator's file comes home whole, whatever happened here in the meantime: summary first, then its words."""

import pytest

from app.domain.documents import DocumentName
from app.domain.segments import Tag
from app.formats.files import Form, written
from app.queries.suggestions import still_open
from app.services import arrivals, bitexts, comments, exchange, sheets
from app.services.arrivals import Arrival, Fate, Told
from app.services.bitexts import bitext_of
from app.services.exchange import Taken, Wish
from app.services.sheets import Bases
from tests.services.rooms import Room
from tests.trees import ITEM, article

EN = article("Opening", "The **centre** opens.", "- one\n- two", "All are invited.", slug="opening")
KY = article("Ачылыш", "**Борбор** ачылат.", "- бир\n- эки", "Баары чакырылган.", slug="achylysh").replace(
    "published", "draft"
)
FORMS = [Form.PO, Form.XLIFF12, Form.XLIFF20, Form.DOCX]


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN, ky=KY)
    room.place.sync()
    assert room.place.problems() == []


def out(room: Room, form: Form, document: DocumentName = ITEM) -> bytes:
    with room.place.database.read() as session:
        sheet = sheets.sheet(session, document, Tag("ky"), Bases())
        return written(bitext_of(sheet), form)


def arrived(room: Room, raw: bytes) -> tuple[Arrival, dict[Fate, int]]:
    with room.place.database.read() as session:
        (found,) = arrivals.arrivals(session, raw, Told(document=ITEM, locale=Tag("ky")), path="mine")
        fates = [one.fate for one in arrivals.outlook(session, found)]
        return found, {fate: fates.count(fate) for fate in set(fates)}


def take(room: Room, raw: bytes, wish: Wish = Wish.DRAFT) -> Taken:
    with room.place.database.write() as session:
        (found,) = arrivals.arrivals(session, raw, Told(document=ITEM, locale=Tag("ky")), path="mine")
        return arrivals.take(session, found, room.actor(session, "kanat", "ky"), wish)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_comes_back_as_it_went_out_says_nothing_new(room: Room, form: Form) -> None:
    before = room.place.revisions()
    found, fates = arrived(room, out(room, form))
    assert (found.changed, fates) == ((), {})
    assert take(room, out(room, form)).suggestions == 0
    assert room.place.revisions() == before


def replaced(raw: bytes, form: Form, words: dict[str, str]) -> bytes:
    """Write words of a file over, as somebody would in a text editor."""
    if form is not Form.DOCX:
        text = raw.decode()
        for old, new in words.items():
            assert old in text, old
            text = text.replace(old, new)
        return text.encode()
    return raw


@pytest.mark.parametrize("form", [Form.PO, Form.XLIFF12, Form.XLIFF20])
def test_what_changed_in_the_file_alone_is_taken_and_what_changed_here_too_is_a_suggestion(
    room: Room, form: Form
) -> None:
    raw = out(room, form)
    room.save("kanat", "ky", KY.replace("Баары чакырылган", "Баарыңар келгиле").replace("Ачылыш", "Ачылыш аземи"))
    back = replaced(raw, form, {"ачылат": "бүгүн ачылат", "Баары чакырылган": "Баарынызды күтөбүз"})
    _, fates = arrived(room, back)
    assert fates == {Fate.TAKEN: 1, Fate.CONFLICTING: 1}
    assert take(room, back).suggestions == 1
    head = room.place.stand("ky")[1] or ""
    assert "**Борбор** бүгүн ачылат." in head
    assert "title: Ачылыш аземи" in head
    assert "Баарыңар келгиле." in head
    with room.place.database.read() as session:
        assert [one.text for one in still_open(session, ITEM, Tag("ky"))] == ["Баарынызды күтөбүз."]


def test_a_file_tells_what_was_said_of_a_segment_until_it_is_settled(room: Room) -> None:
    with room.place.database.write() as session:
        translation = room.text(session, "ky")
        keys = [row.key for row in sheets.sheet(session, ITEM, Tag("ky"), Bases()).rows]
        kanat = room.actor(session, "kanat", "ky")
        for text in ("Still open", "Settled", "Open again"):
            comments.add(session, translation, text, kanat, revision=translation.head, key=keys[-1])
        for number, settled in ((2, True), (3, True), (3, False)):
            comments.settle(session, room.document(session), number, kanat, settled=settled)
    with room.place.database.read() as session:
        (said,) = bitexts.remarks(session, sheets.sheet(session, ITEM, Tag("ky"), Bases())).values()
        assert said == ["kanat: Still open", "kanat: Open again"]
        assert "#. kanat: Still open" in exchange.give_out(session, ITEM, Tag("ky"), Form.PO).raw.decode()
