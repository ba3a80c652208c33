import pytest

from app.domain.segments import Key, Segment, State
from app.formats.po import PO
from app.formats.pot import POT
from app.formats.text import Header

HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"
"""
NEWS = '\n#: a.html\nmsgid "News"\nmsgstr ""\n'
VIEWS = '\n#, python-format\nmsgid "%(n)s view"\nmsgid_plural "%(n)s views"\nmsgstr[0] ""\nmsgstr[1] ""\n'
SEARCH = '\n#. Translators: in the menu\nmsgctxt "menu"\nmsgid "Search"\nmsgstr ""\n'
OLD = HEAD + NEWS + VIEWS


def segments_of(text: str) -> tuple[Segment, ...]:
    return POT.parse(text, path="messages.pot").segments


def test_what_a_translator_translates_is_the_msgid_and_never_missing() -> None:
    assert segments_of(HEAD + VIEWS + SEARCH) == (
        Segment(key=Key("%(n)s view"), kind="message", text="%(n)s view\0%(n)s views", state=State.DONE),
        Segment(key=Key("menu\x04Search"), kind="message", text="Search", state=State.DONE),
    )


@pytest.mark.parametrize(
    "new", [OLD, HEAD + NEWS, HEAD + NEWS + SEARCH + VIEWS, HEAD + VIEWS + NEWS, HEAD, HEAD + NEWS + VIEWS + SEARCH]
)
def test_a_template_with_the_messages_of_another_is_the_other(new: str) -> None:
    assert POT.compose(OLD, segments_of(new), donor=new) == new


def test_a_changed_plural_takes_the_place_of_the_old_one() -> None:
    new = HEAD + NEWS.replace("News", "Search") + VIEWS.replace("views", "views so far") + NEWS
    assert POT.compose(HEAD + VIEWS + NEWS, segments_of(new), donor=new) == new


def test_a_message_that_nobody_has_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no template has the message"):
        POT.compose(OLD, [Segment(key=Key("x"), kind="message", text="x")])


def test_header_and_digest_are_those_of_a_catalogue() -> None:
    header = Header(status="published")
    assert POT.with_header(OLD, header) == PO.with_header(OLD, header)
    assert POT.parse(POT.with_header(OLD, header), path="messages.pot").header == header
    assert POT.digest(OLD) == PO.digest(OLD)
