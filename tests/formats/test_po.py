import re
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents import DocumentName
from app.domain.errors import BadText
from app.domain.segments import BasedOn, Key, Origin, Segment, State, Tag
from app.formats.po import PO
from app.formats.po_lexer import read
from app.formats.text import Header, Label
from tests.catalogues import messages

CATALOGUE = """\
# A licence stands above,

# and a remark.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Generator: Poedit 3.4\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Language: uz\\n"

# A translator's remark
#. Translators: the name of a person
#: app/web/a.html app/web/b.html
#, python-format
#| msgid "Hi %(name)s"
msgid "Hello %(name)s"
msgstr "Salom %(name)s"

#, fuzzy, python-format
#| msgid "%(num)d view"
msgctxt "counter"
msgid "%(num)d view"
msgid_plural "%(num)d views"
msgstr[0] "%(num)d marta"
msgstr[1] "%(num)d marta koʻrilgan"

msgid "News"
msgstr ""

msgid "A sentence that is long enough to be broken in two by whoever wraps lines."
msgstr ""
"Qatorlarni ajratadigan har qanday dastur ikkiga boʻlishi uchun yetarlicha "
"uzun gap."

#~ # dropped
#~| msgid "older"
#~ msgid "Old"
#~ msgstr "Eski"
"""

LONG = "Bu gap shunchalik uzunki, u hech qanday yetmish olti belgilik qatorga sigʻmaydi va albatta ajratiladi."


def changes(before: str, after: str) -> list[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def segments_of(text: str) -> list[Segment]:
    return list(PO.parse(text, path="messages.po").segments)


def changed(text: str, at: int, words: str, state: State = State.DONE) -> str:
    segments = segments_of(text)
    segments[at] = replace(segments[at], text=words, state=state)
    return PO.compose(text, segments)


def test_a_message_in_use_is_a_segment_with_its_context_forms_and_state() -> None:
    parsed = PO.parse(CATALOGUE, path="messages.po")
    assert [(one.key, one.text, one.state) for one in parsed.segments[:3]] == [
        ("Hello %(name)s", "Salom %(name)s", State.DONE),
        ("counter\x04%(num)d view", "%(num)d marta\0%(num)d marta koʻrilgan", State.NEEDS_WORK),
        ("News", "", State.MISSING),
    ]
    assert {one.kind for one in parsed.segments} == {"message"}
    assert len(parsed.segments) == 4
    assert parsed.warnings == ()


def test_a_message_tells_everything_that_stands_around_it() -> None:
    first, second, *_ = messages(CATALOGUE, path="messages.po")
    assert first.comments("#") == ("A translator's remark",)
    assert first.comments("#.") == ("Translators: the name of a person",)
    assert " ".join(first.comments("#:")).split() == ["app/web/a.html", "app/web/b.html"]
    assert first.comments("#|") == ('msgid "Hi %(name)s"',)
    assert (second.context, second.plural, second.fuzzy) == ("counter", "%(num)d views", True)
    assert second.flags == ("fuzzy", "python-format")
    assert second.line == 21
    assert second.key == "counter\x04%(num)d view"


def test_polib_reads_the_same_messages() -> None:
    theirs = [one for one in polib.pofile(CATALOGUE) if not one.obsolete]
    ours = messages(CATALOGUE, path="messages.po")
    assert [(one.msgctxt, one.msgid, one.fuzzy) for one in theirs] == [(m.context, m.msgid, m.fuzzy) for m in ours]
    assert [one.msgstr or tuple(one.msgstr_plural.values()) or "" for one in theirs] == [
        m.msgstrs[0] if m.plural is None else m.msgstrs for m in ours
    ]


@pytest.mark.parametrize("make", [str, lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, lambda t: t.rstrip()])
def test_a_text_given_back_its_own_segments_keeps_every_byte(make: type[str]) -> None:
    text = make(CATALOGUE)
    assert PO.compose(text, segments_of(text)) == text


def test_one_changed_msgstr_is_a_diff_of_that_msgstr_alone() -> None:
    assert changes(CATALOGUE, changed(CATALOGUE, 2, "Yangiliklar")) == ['-msgstr ""', '+msgstr "Yangiliklar"']


def test_a_long_msgstr_is_wrapped_where_the_file_wraps() -> None:
    after = changed(CATALOGUE, 2, LONG)
    added = [line for line in changes(CATALOGUE, after) if line.startswith("+")]
    assert len(added) == 2
    assert all(len(line) <= 78 for line in added)
    assert segments_of(after)[2].text == LONG


def test_a_long_msgstr_is_not_wrapped_where_the_file_does_not_wrap() -> None:
    unwrapped = CATALOGUE.replace('msgstr ""\n"Qatorlarni', 'msgstr "Qatorlarni').replace(' "\n"uzun', " uzun")
    assert changes(unwrapped, changed(unwrapped, 2, LONG)) == ['-msgstr ""', f'+msgstr "{LONG}"']


def test_line_ends_of_a_changed_msgstr_are_those_of_the_file() -> None:
    windows = CATALOGUE.replace("\n", "\r\n")
    after = changed(windows, 2, LONG)
    assert after.count("\n") == after.count("\r\n")
    assert segments_of(after)[2].text == LONG


def test_a_line_that_stands_inside_a_message_has_a_line_of_its_own() -> None:
    after = changed(CATALOGUE, 2, 'Bir "ikki"\nuch\n')
    assert '\nmsgid "News"\nmsgstr ""\n"Bir \\"ikki\\"\\n"\n"uch\\n"\n' in after


def test_who_confirms_a_message_takes_away_fuzzy_and_what_it_was_before() -> None:
    assert changes(CATALOGUE, changed(CATALOGUE, 1, segments_of(CATALOGUE)[1].text)) == [
        "-#, fuzzy, python-format",
        '-#| msgid "%(num)d view"',
        "+#, python-format",
    ]


@pytest.mark.parametrize(("at", "added"), [(0, ["-#, python-format", "+#, fuzzy, python-format"]), (3, ["+#, fuzzy"])])
def test_who_doubts_a_message_sets_fuzzy_and_nothing_else(at: int, added: list[str]) -> None:
    words = segments_of(CATALOGUE)[at].text
    assert changes(CATALOGUE, changed(CATALOGUE, at, words, State.NEEDS_WORK)) == added


def test_a_message_that_vanishes_becomes_obsolete_if_it_was_translated_and_is_dropped_if_not() -> None:
    first, second, _, last = segments_of(CATALOGUE)
    after = PO.compose(CATALOGUE, [second, last])
    assert segments_of(after) == [second, last]
    assert after.endswith(
        '\n\n# A translator\'s remark\n#, python-format\n#~| msgid "Hi %(name)s"\n'
        '#~ msgid "Hello %(name)s"\n#~ msgstr "Salom %(name)s"\n'
    )
    assert '"News"' not in after
    assert first.key not in {one.key for one in messages(after, path="messages.po")}


def test_an_obsolete_message_that_returns_is_itself_again() -> None:
    old = Segment(key=Key("Old"), kind="message", text="Eski")
    after = PO.compose(CATALOGUE, [*segments_of(CATALOGUE), old])
    assert segments_of(after)[-1] == old
    assert after.endswith('\n\n# dropped\n#| msgid "older"\nmsgid "Old"\nmsgstr "Eski"\n')
    assert "#~" not in after


def test_a_new_message_comes_with_its_comments_from_the_text_that_has_it() -> None:
    donor = CATALOGUE.replace('msgid "News"', '#. Translators: in the menu\n#: c.html\nmsgid "Search"')
    new = Segment(key=Key("Search"), kind="message", text="Qidiruv")
    segments = segments_of(CATALOGUE)
    after = PO.compose(CATALOGUE, [*segments, new], donor=donor)
    assert segments_of(after) == [*segments, new]
    block = '#. Translators: in the menu\n#: c.html\nmsgid "Search"\nmsgstr "Qidiruv"\n'
    assert [line.removeprefix("+") for line in changes(CATALOGUE, after)] == [*block.splitlines(), ""]
    assert after.index(block) < after.index("#~")


def test_a_message_that_nobody_has_is_laid_out_plainly() -> None:
    new = Segment(key=Key("menu\x04One"), kind="message", text="Bir\0Ikki", state=State.NEEDS_WORK)
    after = PO.compose(CATALOGUE, [new, *segments_of(CATALOGUE)])
    assert segments_of(after)[0] == new
    block = '#, fuzzy\nmsgctxt "menu"\nmsgid "One"\nmsgid_plural "One"\nmsgstr[0] "Bir"\nmsgstr[1] "Ikki"\n\n'
    assert after.replace(block, "") == CATALOGUE


def test_messages_come_in_the_order_that_is_asked_for() -> None:
    segments = segments_of(CATALOGUE)[::-1]
    after = PO.compose(CATALOGUE, segments)
    assert segments_of(after) == segments
    assert sorted(after.splitlines()) == sorted(CATALOGUE.splitlines())


def test_the_number_of_forms_is_the_file_s_own() -> None:
    three = "nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);"
    text = CATALOGUE.replace("nplurals=2; plural=(n != 1);", three)
    assert segments_of(text)[1].state is State.MISSING
    after = changed(text, 1, "%(num)d a\0%(num)d b\0%(num)d c")
    assert '\nmsgstr[2] "%(num)d c"\n' in after
    assert segments_of(after)[1].state is State.DONE
    assert segments_of(changed(after, 1, "", State.MISSING))[1].text == ""
    assert 'msgstr[2] ""' in changed(after, 1, "", State.MISSING)


def test_forms_for_a_message_without_a_plural_are_refused() -> None:
    with pytest.raises(BadText, match="plural forms for a message that has none"):
        changed(CATALOGUE, 2, "bir\0ikki")


def test_the_header_tells_status_origin_and_source() -> None:
    header = Header(status="published", origin=Origin.MACHINE, based_on=BasedOn(locale=Tag("zxx"), digest="3f2a9c1b"))
    after = PO.with_header(CATALOGUE, header)
    assert PO.parse(after, path="messages.po").header == header
    assert changes(CATALOGUE, after) == [
        '+"X-Tilmash-Status: published\\n"',
        '+"X-Tilmash-Based-On: zxx@3f2a9c1b\\n"',
        '+"X-Tilmash-Origin: machine\\n"',
    ]
    later = replace(header, status="draft")
    assert changes(after, PO.with_header(after, later)) == [
        '-"X-Tilmash-Status: published\\n"',
        '+"X-Tilmash-Status: draft\\n"',
    ]
    assert PO.with_header(after, header) == after
    assert PO.with_header(CATALOGUE, Header()) == CATALOGUE
    assert changes(after, PO.with_header(after, replace(header, status=None))) == ['-"X-Tilmash-Status: published\\n"']


def test_the_mark_of_a_minor_edit_is_put_in_and_taken_out_on_a_line_of_its_own() -> None:
    marked = PO.with_header(CATALOGUE, Header(minor=True))
    assert changes(CATALOGUE, marked) == ['+"X-Tilmash-Minor: true\\n"']
    assert PO.parse(marked, path="").header.minor
    assert PO.with_header(marked, Header()) == CATALOGUE
    unmarked = marked.replace("Minor: true", "Minor: false")
    assert PO.with_header(unmarked, Header()) == unmarked
    assert PO.digest(marked) == PO.digest(CATALOGUE)


def test_a_header_on_one_line_takes_the_fields_too() -> None:
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "a"\nmsgstr "b"\n'
    header = Header(status="draft")
    after = PO.with_header(text, header)
    assert PO.parse(after, path="x.po").header == header
    assert polib.pofile(after).metadata["Content-Type"] == "text/plain; charset=UTF-8"


@pytest.mark.parametrize(
    "written",
    [
        'msgstr "Content-Type: text/plain; charset=UTF-8\\nX-Tilmash-Status: published\\n"',
        'msgstr "X-Tilmash-Status: published\\nContent-Type: text/plain; charset=UTF-8\\n"',
        'msgstr ""\n"Content-Type: text/plain; charset=UTF-8\\nX-Tilmash-Status: published"',
        'msgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Tilmash-"\n"Status: pub"\n"lished\\n"',
        'msgstr ""\n"X-Tilmash-Status: published\\n" "Content-Type: text/plain; charset=UTF-8\\n"',
    ],
)
def test_a_field_is_said_once_however_the_header_is_laid_out(written: str) -> None:
    """Said twice the first would count, and a draft would call itself published."""
    text = f'msgid ""\n{written}\n\nmsgid "a"\nmsgstr "b"\n'
    for header in (Header(status="draft"), Header()):
        after = PO.with_header(text, header)
        assert PO.parse(after, path="x.po").header == header
        assert after.count("X-Tilmash-Status") == (header.status is not None)
        assert polib.pofile(after).metadata["Content-Type"] == "text/plain; charset=UTF-8"
        assert PO.digest(after) == PO.digest(text)


def test_what_the_header_says_wrongly_is_warned_about_and_kept() -> None:
    wrong = ("Minor: so", "Status: done", "Origin: god", "Based-On: ru", "Mood: good")
    fields = '\\n"\n"'.join(f"X-Tilmash-{one}" for one in wrong) + "\\n"
    parsed = PO.parse(CATALOGUE.replace("Language: uz\\n", fields), path="messages.po")
    assert parsed.header == Header()
    assert [str(one).split(",")[0] for one in parsed.warnings] == [
        "messages.po:4: X-Tilmash-Status is one of draft",
        "messages.po:4: X-Tilmash-Origin is one of human",
        "messages.po:4: X-Tilmash-Based-On is a locale",
        "messages.po:4: X-Tilmash-Minor is true or false",
        "messages.po:4: X-Tilmash-Mood means nothing here; it is kept",
    ]


VECTORS = re.findall(r"```po\n(.*?)```\n+`([0-9a-f]{64})`", Path("docs/digest.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize(("text", "digest"), VECTORS)
def test_the_digest_is_what_the_documentation_says(text: str, digest: str) -> None:
    assert PO.digest(text) == digest


def test_the_documentation_has_three_vectors_of_catalogues() -> None:
    assert len(VECTORS) == 3


def test_the_digest_knows_words_and_not_layout_order_comments_or_status() -> None:
    other = PO.with_header(PO.compose(CATALOGUE, segments_of(CATALOGUE)[::-1]), Header(status="draft"))
    assert PO.digest(other.replace("# A translator's remark\n", "").replace("\n", "\r\n")) == PO.digest(CATALOGUE)
    assert PO.digest(changed(CATALOGUE, 2, "Yangiliklar")) != PO.digest(CATALOGUE)
    assert PO.digest(changed(CATALOGUE, 0, "Salom %(name)s", State.NEEDS_WORK)) != PO.digest(CATALOGUE)


# Catalogues made at random: comments of all kinds, obsolete entries, gaps of any size, either line end.

words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04\ufdd0")
    | st.sampled_from('"\\\n\t -–aбү\u2028\x85'),
    max_size=120,
)
comments = st.lists(
    st.sampled_from(
        ["#", "# remark", "#. extracted", "#: a.py:1", "#, python-format", '#| msgid "old"', "#, c-format"]
    ),
    max_size=3,
)


def quoted(value: str) -> str:
    return f'"{polib.escape(value)}"'


@st.composite
def entries(draw: st.DrawFn, msgid: str) -> str:
    lines = draw(comments)
    fuzzy, plural = draw(st.booleans()), draw(st.booleans())
    lines += ["#, fuzzy"] if fuzzy else []
    if draw(st.booleans()):
        lines.append(f"msgctxt {quoted(draw(words))}")
    lines.append(f"msgid {quoted(msgid)}")
    if plural:
        lines.append(f"msgid_plural {quoted(draw(words))}")
        for at in range(draw(st.integers(1, 3))):
            lines += [f"msgstr[{at}] {quoted(draw(words))}", *map(quoted, draw(st.lists(words, max_size=2)))]
    else:
        lines += [f"msgstr {quoted(draw(words))}", *map(quoted, draw(st.lists(words, max_size=2)))]
    if draw(st.integers(0, 4)) == 0:
        lines = [line if line.startswith("#") else f"#~ {line}" for line in lines]
    return "\n".join(lines)


@st.composite
def catalogues(draw: st.DrawFn) -> str:
    msgids = draw(st.lists(words.filter(bool), max_size=5, unique=True))
    head = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=n!=1;\\n"\n'
    blocks = [head, *(draw(entries(msgid)) for msgid in msgids), *draw(st.lists(st.just("# left over"), max_size=1))]
    gaps = st.sampled_from(["\n", "\n\n", "\n \n\n"])
    text = draw(st.sampled_from(["", "\n", "\ufeff"])) + "".join(block + draw(gaps) for block in blocks)
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@given(catalogues())
def test_any_catalogue_given_back_its_own_segments_keeps_every_byte(text: str) -> None:
    assert PO.compose(text, segments_of(text)) == text


@given(catalogues(), st.data())
def test_any_change_of_one_message_is_read_back_and_changes_its_own_lines_alone(text: str, data: st.DataObject) -> None:
    segments = segments_of(text)
    if not segments:
        return
    at = data.draw(st.integers(0, len(segments) - 1))
    forms = 2 if messages(text, path="x.po")[at].plural is not None else 1
    new = "\0".join(data.draw(words.filter(bool)) for _ in range(forms))
    segments[at] = replace(segments[at], text=new, state=data.draw(st.sampled_from([State.DONE, State.NEEDS_WORK])))
    after = PO.compose(text, segments)
    assert segments_of(after) == segments
    assert apart(after, at) == apart(text, at)


def apart(text: str, at: int) -> list[str]:
    """Return the entries of a text without that of its message at this place."""
    _, entries = read(text, path="x.po")
    line = messages(text, path="x.po")[at].line
    return [one.raw for one in entries if one.line != line]


@given(catalogues(), st.data())
def test_any_choice_and_order_of_messages_is_read_back(text: str, data: st.DataObject) -> None:
    segments = data.draw(st.permutations(segments_of(text)))
    chosen = segments[: data.draw(st.integers(0, len(segments)))]
    after = PO.compose(text, chosen)
    assert segments_of(after) == chosen
    back = PO.compose(after, segments_of(text), donor=text)
    assert segments_of(back) == segments_of(text)


def test_a_label_is_put_on_and_taken_off_and_no_other_byte_changes() -> None:
    label = Label(document=DocumentName.parse("catalogue/messages"), locale=Tag("uz-Cyrl"), revision=7)
    header = PO.parse(CATALOGUE, path="").header
    text = PO.with_header(CATALOGUE, replace(header, label=label))
    assert '"X-Tilmash-Document: catalogue/messages\\n"' in text
    assert '"X-Tilmash-Locale: uz-Cyrl\\n"' in text
    assert PO.parse(text, path="").header.label == label
    assert PO.digest(text) == PO.digest(CATALOGUE)
    assert PO.with_header(text, header) == CATALOGUE
