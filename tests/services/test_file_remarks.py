"""What a translator says in a file of a segment, beside its words, joins the talk there, once."""

import re
from collections.abc import Sequence
from io import BytesIO

import docx
import pytest
from docx.document import Document
from sqlalchemy import select

from app.domain.documents import DocumentName
from app.domain.errors import BadText, Forbidden
from app.domain.segments import Tag
from app.formats.files import Form
from app.services import arrivals, comments, exchange, file_remarks, places_of_talk, sheets, taking_in
from app.services.arrivals import Told
from app.services.exchange import Taken, Wish
from app.services.sheets import Bases
from app.storage.notices import DbNotice
from app.storage.talk import LONGEST_COMMENT, WHOLE, DbComment
from tests.services.rooms import Room
from tests.trees import ITEM, article

EN = article("Opening", "The centre opens.", "The centre works.", "All are invited.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат.", "Борбор иштейт.", "Баары чакырылган.", slug="achylysh", status="draft")
FORMS = [Form.PO, Form.XLIFF12, Form.XLIFF20, Form.DOCX]
SITE = DocumentName.parse("catalogue/site")
CALLED = "Is this a *building*?\nOr an office?"


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN, ky=KY)
    room.place.sync()
    assert room.place.problems() == []


def out(room: Room, form: Form) -> bytes:
    with room.place.database.read() as session:
        return exchange.give_out(session, ITEM, Tag("ky"), form).raw


def take(room: Room, raw: bytes, *, by: str = "kanat", wish: Wish = Wish.DRAFT) -> Taken:
    with room.place.database.write() as session:
        (found,) = arrivals.arrivals(session, raw, Told(document=ITEM, locale=Tag("ky")), path="mine")
        return taking_in.take(session, found, room.actor(session, by, "ky"), wish)


def talk(room: Room) -> list[tuple[str, str, str]]:
    """Author, the words of the segment (nothing for the whole text), and what is said of it."""
    with room.place.database.read() as session:
        words = {row.key: row.text for row in sheets.sheet(session, ITEM, Tag("ky"), Bases()).rows} | {WHOLE: ""}
        said = session.scalars(select(DbComment).order_by(DbComment.id))
        return [(one.author, words[one.key], one.text) for one in said]


def say(room: Room, text: str, by: str = "rustam") -> None:
    """Say something of the last segment at the desk."""
    with room.place.database.write() as session:
        translation = room.text(session, "ky")
        key = sheets.sheet(session, ITEM, Tag("ky"), Bases()).rows[-1].key
        comments.add(session, translation, text, room.actor(session, by, "ky"), key=key)


def row_of(document: Document, words: str) -> Sequence[object]:
    return next(row.cells[1].paragraphs[0].runs for row in document.tables[0].rows if row.cells[1].text == words)


def remarked(raw: bytes, form: Form, words: str = "Борбор ачылат.", said: str = CALLED) -> bytes:
    """Say something of a segment as a tool of translators does."""
    if form is Form.DOCX:
        document, file = docx.Document(BytesIO(raw)), BytesIO()
        document.add_comment(row_of(document, words), text=said, author="Kanat")  # type: ignore[arg-type]  # a sequence of runs is what it takes
        document.save(file)
        return file.getvalue()
    text = raw.decode()
    if form is Form.PO:
        entry = next(one for one in text.split("\n\n") if words in one)
        lines = "".join(f"# {line}\n" for line in said.splitlines())
        return text.replace(entry, lines + entry).encode()
    within, after, note = {
        Form.XLIFF12: ("trans-unit", r"(?=</trans-unit>)", f'<note from="Kanat">{said}</note>'),
        Form.XLIFF20: ("unit", r"<unit [^>]*>", f"<notes><note>{said}</note></notes>"),
    }[form]
    (unit,) = (one[0] for one in re.finditer(rf"<{within} .*?</{within}>", text, re.DOTALL) if words in one[0])
    if "</notes>" in unit:
        return text.replace(unit, unit.replace("</notes>", f"<note>{said}</note></notes>")).encode()
    return text.replace(unit, re.sub(f"({after})", lambda found: found[0] + note, unit, count=1)).encode()


@pytest.mark.parametrize("wish", Wish)
@pytest.mark.parametrize("form", FORMS)
def test_what_a_translator_says_in_a_file_is_said_at_its_segment_once_whatever_is_done_with_the_words(
    room: Room, form: Form, wish: Wish
) -> None:
    raw = remarked(out(room, form), form)
    assert (take(room, raw, wish=wish).remarks, take(room, raw, wish=wish).remarks) == (1, 0)
    assert talk(room) == [("kanat", "Борбор ачылат.", CALLED)]
    assert take(room, out(room, form), wish=wish).remarks == 0, "what went out as our note is no remark"
    assert take(room, raw, by="rustam", wish=wish).remarks == 0, "nor is it new by whoever else brings the file"


@pytest.mark.parametrize("form", FORMS)
def test_what_we_wrote_into_a_file_is_nobodys_remark_settled_or_not_and_what_somebody_adds_to_it_is(
    room: Room, form: Form
) -> None:
    say(room, "Look   here\n& <there>")
    raw = out(room, form)
    say(room, "Later")
    with room.place.database.write() as session:
        comments.settle(session, room.document(session), 1, room.actor(session, "kanat", "ky"), settled=True)
    assert (take(room, raw).remarks, len(talk(room))) == (0, 2)
    if form in {Form.XLIFF12, Form.XLIFF20}:
        assert take(room, raw.replace(b"&lt;there&gt;", b"&lt;there&gt;: done")).remarks == 1
        assert talk(room)[-1] == ("kanat", "Баары чакырылган.", "rustam: Look   here\n& <there>: done")


@pytest.mark.parametrize("form", FORMS)
def test_a_remark_stays_with_words_that_changed_in_the_file_and_with_those_that_were_missing(
    room: Room, form: Form
) -> None:
    room.save("kanat", "ky", KY.replace("Борбор ачылат.", "<!-- untranslated -->"))
    raw = remarked(out(room, form), form, "Борбор иштейт.")
    raw = remarked(raw, form, "The centre opens.", "Which?") if form is not Form.DOCX else raw
    if form is not Form.DOCX:
        raw = raw.replace("Борбор иштейт".encode(), "Борбор бүгүн иштейт".encode())
        assert take(room, raw).remarks == 2
        assert talk(room) == [("kanat", "", "Which?"), ("kanat", "Борбор бүгүн иштейт.", CALLED)]
    else:
        assert take(room, raw).remarks == 1


def test_a_remark_that_went_on_with_its_words_to_another_segment_is_not_said_again(room: Room) -> None:
    raw = remarked(out(room, Form.PO), Form.PO)
    take(room, raw)
    with room.place.database.write() as session:
        comment, translation = session.scalars(select(DbComment)).one(), room.text(session, "ky")
        rows = sheets.sheet(session, ITEM, Tag("ky"), Bases()).rows
        there = [row.key for row in rows if row.key != comment.key]
        places_of_talk.follow(session, translation, {comment.key: rows[0].key}, there)
    assert take(room, raw).remarks == 0
    assert talk(room) == [("kanat", "Ачылыш", CALLED)]


def test_what_is_said_of_no_segment_is_said_of_the_text_and_of_what_the_text_lacks_told_with_its_words(
    room: Room,
) -> None:
    document, file = docx.Document(BytesIO(out(room, Form.DOCX))), BytesIO()
    document.add_comment(document.paragraphs[0].runs, text="A hard one")
    document.save(file)
    assert take(room, file.getvalue()).remarks == 1
    raw = "# For the header\n" + out(room, Form.PO).decode() + '\n# What is this?\nmsgid "Other"\nmsgstr "Башка"\n'
    raw += '\n# of old\n#~ msgid "Old"\n#~ msgstr "Эски"\n\n# At the end\n'
    taken = take(room, raw.encode())
    assert talk(room) == [("kanat", "", one) for one in ("A hard one", "For the header", "At the end")]
    told = [str(one) for one in taken.problems]
    line = raw.splitlines().index('msgid "Other"') + 1
    assert f"mine:{line}: a comment on a segment that the text does not have: What is this?" in told
    assert any(one.endswith("an obsolete message (#~) is not read: Эски of old") for one in told), told
    assert (taken.remarks, taken.unsaid) == (2, 1)


def test_a_comment_that_the_desk_would_not_take_is_told_with_its_reason_and_the_others_are_kept(room: Room) -> None:
    raw = out(room, Form.PO)
    raw = remarked(raw, Form.PO, "Борбор ачылат.", "a" * (LONGEST_COMMENT + 1))
    raw = remarked(raw, Form.PO, "Борбор иштейт.", "good \x07 one")
    with pytest.raises(BadText, match="a NUL byte"):
        take(room, remarked(raw, Form.PO, "Баары чакырылган.", "no\0ne"))
    taken = take(room, raw)
    assert talk(room) == [("kanat", "Борбор иштейт.", "good \x07 one")]
    reasons = [one.reason.partition(":")[0] for one in taken.problems]
    assert reasons == ["a comment has 10000 letters at most, and this one 10001"]
    assert all(len(one.reason) < 700 for one in taken.problems)


def test_of_ten_thousand_comments_as_many_are_kept_as_one_file_brings_and_the_others_are_told(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_remarks, "MOST", 5)
    many = "".join(f"<note>Note {number}</note>" for number in range(10_000))
    raw = out(room, Form.XLIFF12).decode().replace("</target>", f"</target>{many}", 1)
    taken = take(room, raw.encode())
    assert (taken.remarks, taken.unsaid) == (5, 9_995)
    assert len(taken.problems) == 101
    assert taken.problems[-1].reason == "9895 more comments of the file are not kept"


def test_who_may_not_comment_is_told_so_and_who_may_elsewhere_may_here_as_at_the_desk(room: Room) -> None:
    raw = remarked(out(room, Form.PO), Form.PO)
    with room.place.database.read() as session:
        (found,) = arrivals.arrivals(session, raw, Told(), path="mine")
        of_adil, of_elena = (
            file_remarks.weighed(session, ITEM, Tag("ky"), found.remarks, room.actor(session, name, "ky"))
            for name in ("adil", "elena")
        )
    ((remark, reason),) = of_adil.refused
    assert (of_adil.new, remark.words, reason.startswith("to comment takes one of these roles")) == ((), CALLED, True)
    assert len(of_elena.new) == 1
    assert take(room, raw, by="elena", wish=Wish.SUGGESTION).remarks == 1
    with pytest.raises(Forbidden):
        take(room, raw, by="adil")
    assert talk(room) == [("elena", "Борбор ачылат.", CALLED)]


@pytest.mark.parametrize("form", [Form.PO, Form.XLIFF12])
def test_a_comment_in_a_catalogue_or_its_xliff_is_said_at_its_message_and_stays_in_the_catalogue(
    room: Room, form: Form
) -> None:
    head = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entry = '#. Said by who wrote the code\nmsgid "Centre"\nmsgstr "{}"\n'
    room.place.write("translations/site.pot", head.format("") + entry.format(""))
    room.place.write("translations/ky/LC_MESSAGES/site.po", head.format("ky") + "# Mine\n" + entry.format("Борбор"))
    room.place.sync()
    with room.place.database.read() as session:
        raw = exchange.give_out(session, SITE, Tag("ky"), form).raw.decode()
    raw = raw.replace("# Mine\n", "# Mine\n# And this\n").replace("<note>Mine<", "<note>And this</note><note>Mine<")
    assert "And this" in raw
    with room.place.database.write() as session:
        (found,) = arrivals.arrivals(session, raw.encode(), Told(), path="mine")
        taken = taking_in.take(session, found, room.actor(session, "kanat", "ky"), Wish.DRAFT)
    text = room.place.stand("ky", SITE)[1] or ""
    with room.place.database.read() as session:
        said = list(session.scalars(select(DbComment.text)))
    assert (taken.remarks, said) == (1, ["And this"])
    assert ("# Mine\n# And this\n#. Said by" in text) is (form is Form.PO)


def test_who_is_called_by_name_in_a_file_is_told(room: Room) -> None:
    take(room, remarked(out(room, Form.XLIFF20), Form.XLIFF20, said="@rustam: which one?"))
    assert talk(room) == [("kanat", "Борбор ачылат.", "@rustam: which one?")]
    with room.place.database.read() as session:
        assert list(session.scalars(select(DbNotice.text))) == ["@rustam: which one?"]
