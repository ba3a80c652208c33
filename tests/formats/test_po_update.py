import re
import subprocess
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.locales import language
from app.domain.segments import State, Tag
from app.formats.po import PO
from app.formats.po_check import check
from app.formats.po_entries import previous
from app.formats.po_update import begin, changes, update
from tests.catalogues import messages
from tests.formats import gnu
from tests.formats.test_po_check import steps

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {}\\n"\n'
POT_HEAD = HEAD.format("nplurals=INTEGER; plural=EXPRESSION;")
TEMPLATE = (
    POT_HEAD
    + """
#. Translators: in the menu
#: b.html
msgid "News"
msgstr ""

#: c.html
#, python-format
msgid "%(n)s view"
msgid_plural "%(n)s views"
msgstr[0] ""
msgstr[1] ""

msgid "New"
msgstr ""

msgid "Back again"
msgstr ""
"""
)
CATALOGUE = (
    HEAD.format("nplurals=3; plural=n%3;")
    + """
# mine
#: a.html
msgid "News"
msgstr ""
"Ново"
"сти"

msgid "Gone"
msgstr "Ушло"

msgid "Never translated"
msgstr ""

#: c.html
#, fuzzy, python-format
#| msgid "view"
msgid "%(n)s view"
msgid_plural "%(n)s views"
msgstr[0] "%(n)s а"
msgstr[1] "%(n)s б"
msgstr[2] "%(n)s в"

#~ msgid "Back again"
#~ msgstr "Опять"

#~ msgid "Long gone"
#~ msgstr "Давно"
"""
)
UPDATED = (
    HEAD.format("nplurals=3; plural=n%3;")
    + """
# mine
#. Translators: in the menu
#: b.html
msgid "News"
msgstr ""
"Ново"
"сти"

#: c.html
#, fuzzy, python-format
#| msgid "view"
msgid "%(n)s view"
msgid_plural "%(n)s views"
msgstr[0] "%(n)s а"
msgstr[1] "%(n)s б"
msgstr[2] "%(n)s в"

msgid "New"
msgstr ""

msgid "Back again"
msgstr "Опять"

#~ msgid "Long gone"
#~ msgstr "Давно"

#~ msgid "Gone"
#~ msgstr "Ушло"
"""
)


def test_translations_stay_comments_follow_the_template_and_what_is_gone_is_kept_as_obsolete() -> None:
    assert update(CATALOGUE, TEMPLATE) == UPDATED


def test_a_second_update_changes_nothing() -> None:
    assert update(UPDATED, TEMPLATE) == UPDATED


def test_a_new_message_with_a_plural_has_the_catalogue_s_number_of_forms() -> None:
    one = update(HEAD.format("nplurals=1; plural=0;"), TEMPLATE)
    assert [len(message.msgstrs) for message in messages(one, path="x.po")] == [1, 1, 1, 1]
    three = update(HEAD.format("nplurals=3; plural=n%3;"), TEMPLATE)
    assert [len(message.msgstrs) for message in messages(three, path="x.po")] == [1, 3, 1, 1]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('msgid "a"\nmsgstr "b"\n', 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] ""\nmsgstr[1] ""\n', "b\0b"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "c"\n', 'msgid "a"\nmsgstr ""\n', "b"),
        (
            'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "c"\n',
            'msgid "a"\nmsgid_plural "many as"\nmsgstr[0] ""\nmsgstr[1] ""\n',
            "b\0c",
        ),
    ],
)
def test_a_message_whose_plural_changed_keeps_its_words_for_a_person_to_look_at(
    before: str, after: str, words: str
) -> None:
    text = update(HEAD.format("nplurals=2; plural=n!=1;") + "\n" + before, POT_HEAD + "\n" + after)
    (segment,) = PO.parse(text, path="x.po").segments
    assert (segment.text, segment.state) == (words, State.NEEDS_WORK)


LONG = 'msgctxt "menu"\nmsgid ""\n"The centre opens to all of its \\"guests\\" on {}, and they "\n"are invited"\n'
WAS = (
    HEAD.format("nplurals=1; plural=0;")
    + f'\n{LONG.format("Friday")}msgstr "Борбор"\n'
    + '\nmsgid "%(n)s view"\nmsgid_plural "%(n)s views"\nmsgstr[0] "%(n)s көрүү"\n'
    + '\nmsgid "Gone"\nmsgstr "Жок"\n'
)
CHANGED = (
    POT_HEAD
    + f'\n{LONG.format("Monday")}msgstr ""\n'
    + '\nmsgid "%(n)s new view"\nmsgid_plural "%(n)s new views"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    + '\nmsgid "Something else"\nmsgstr ""\n'
)


def test_a_message_that_changed_a_little_keeps_its_words_for_a_person_to_look_at_beside_what_they_were_made_of() -> (
    None
):
    text = update(WAS, CHANGED)
    first, second, third = messages(text, path="x.po")
    assert (first.text, first.fuzzy, third.text) == ("Борбор", True, "")
    assert "Friday" in previous(first)[0]
    assert (second.text, previous(second)) == ("%(n)s көрүү", ("%(n)s view", "%(n)s views"))
    assert update(text, CHANGED) == text
    assert {one.key: one.text for one in PO.parse(update(text, WAS), path="x.po").segments} == {
        one.key: one.text for one in PO.parse(WAS, path="x.po").segments
    }


def test_gnu_msgmerge_proposes_the_same(tmp_path: Path) -> None:
    catalogue, template = tmp_path / "ky.po", tmp_path / "messages.pot"
    catalogue.write_text(WAS, "utf-8")
    template.write_text(CHANGED, "utf-8")
    command = [gnu.program_or_skip("msgmerge"), "-q", "--previous", str(catalogue), str(template)]
    theirs = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    ours = update(WAS, CHANGED)
    assert PO.parse(theirs, path="x.po").segments == PO.parse(ours, path="x.po").segments
    assert [previous(one) for one in messages(theirs, path="x.po")] == [
        previous(one) for one in messages(ours, path="x.po")
    ]


def test_a_new_catalogue_counts_as_its_language_does_and_has_nothing_translated() -> None:
    text = begin(TEMPLATE, language(Tag("ru")))
    parsed = PO.parse(text, path="ru.po")
    assert {one.state for one in parsed.segments} == {State.MISSING}
    assert [one.key for one in parsed.segments] == ["News", "%(n)s view", "New", "Back again"]
    assert parsed.header.status == "draft"
    checked = check(text, path="ru.po")
    assert checked.forms == 3
    assert "Language: ru\n" in checked.header.msgstrs[0]
    assert update(text, TEMPLATE) == text


def test_line_ends_are_the_catalogue_s() -> None:
    windows = CATALOGUE.replace("\n", "\r\n")
    assert update(windows, TEMPLATE) == UPDATED.replace("\n", "\r\n")


keys = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(keys, keys, keys)
def test_no_translation_is_ever_lost(first: list[str], second: list[str], third: list[str]) -> None:
    def template(msgids: list[str]) -> str:
        return POT_HEAD + "".join(f'\nmsgid "{msgid}"\nmsgstr ""\n' for msgid in msgids)

    text = HEAD.format("nplurals=2; plural=n!=1;") + "".join(f'\nmsgid "{one}"\nmsgstr "{one}!"\n' for one in first)
    there = update(update(text, template(second)), template(third))
    back = update(there, template(first))
    assert {one.key: one.text for one in PO.parse(back, path="x.po").segments} == {one: f"{one}!" for one in first}
    assert check(there, path="x.po").refused == ()


def test_gnu_msgmerge_keeps_and_drops_the_same(tmp_path: Path) -> None:
    catalogue, template = tmp_path / "ru.po", tmp_path / "messages.pot"
    catalogue.write_text(CATALOGUE, "utf-8")
    template.write_text(TEMPLATE, "utf-8")
    command = [gnu.program_or_skip("msgmerge"), "-N", "-q", "--previous", str(catalogue), str(template)]
    theirs = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert PO.parse(theirs, path="x.po").segments == PO.parse(UPDATED, path="x.po").segments
    assert theirs.count("#~ msgid") == UPDATED.count("#~ msgid")


SENTENCES = [
    f"{one} {other} {at}" for at, (one, other) in enumerate(product(["Save", "Open", "Find", "Send", "Read"], repeat=2))
]
"""Messages that have a word in common, so that near ones are many."""

kinds = st.sampled_from(["plain", "plural", "fuzzy", "obsolete", "untranslated", "context"])


@st.composite
def told(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a catalogue with messages of every kind, and the template that it is brought up to."""
    had, wanted = (draw(st.lists(st.sampled_from(SENTENCES), min_size=1, unique=True)) for _ in range(2))
    kind_of = {msgid: draw(kinds) for msgid in {*had, *wanted}}
    own = "".join(_translated(msgid, kind_of[msgid]) for msgid in had)
    return HEAD.format("nplurals=3; plural=n%3;") + own, POT_HEAD + "".join(_asked(one, kind_of[one]) for one in wanted)


def _asked(msgid: str, kind: str) -> str:
    context = 'msgctxt "menu"\n' if kind == "context" else ""
    plural = f'msgid_plural "{msgid}s"\nmsgstr[0] ""\nmsgstr[1] ""\n' if kind == "plural" else 'msgstr ""\n'
    return f'\n#. of {msgid}\n#: a.py\n{context}msgid "{msgid}"\n{plural}'


def _translated(msgid: str, kind: str) -> str:
    words = "" if kind == "untranslated" else f"{msgid}!"
    plural = "".join(f'msgstr[{form}] "{words}{form}"\n' for form in range(3))
    entry = (
        _asked(msgid, kind).replace('msgstr[0] ""\nmsgstr[1] ""\n', plural).replace('msgstr ""', f'msgstr "{words}"')
    )
    if kind == "fuzzy":
        return entry.replace("#: a.py\n", '#: a.py\n#, fuzzy\n#| msgid "before"\n')
    if kind == "obsolete":
        return "\n" + "".join(f"#~ {line}\n" for line in entry.splitlines() if line.startswith("msg"))
    return entry


def entries_of(text: str) -> list[tuple[str, tuple[str, ...], bool, tuple[str, ...]]]:
    return [(one.key, one.msgstrs, one.fuzzy, one.comments("#.")) for one in messages(text, path="x.po")]


def obsoletes(text: str) -> dict[str, str]:
    return {one.key: one.text for one in check(text, path="x.po").entries if one.obsolete}


@settings(max_examples=15, deadline=None)  # each runs a program
@given(told())
def test_gnu_msgmerge_without_guesses_says_the_same_of_every_message_that_is_no_guess(texts: tuple[str, str]) -> None:
    catalogue, template = texts
    with TemporaryDirectory() as folder:
        files = Path(folder) / "ru.po", Path(folder) / "messages.pot"
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, "utf-8")
        command = [gnu.program_or_skip("msgmerge"), "-N", "-q", *map(str, files)]
        theirs = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    ours = update(catalogue, template)
    known = {*(one.key for one in messages(catalogue, path="x.po")), *obsoletes(catalogue)}
    guessed = {one.key for one in messages(ours, path="x.po") if one.key not in known and one.text}
    assert all(one.fuzzy and previous(one) for one in messages(ours, path="x.po") if one.key in guessed)
    assert [one for one in entries_of(ours) if one[0] not in guessed] == [
        one for one in entries_of(theirs) if one[0] not in guessed
    ]
    assert obsoletes(ours) == obsoletes(theirs)
    assert update(ours, template) == ours


def test_twice_the_messages_are_twice_the_work_when_every_one_of_them_changed() -> None:
    def work(size: int) -> int:
        had = "".join(f'\nmsgid "Save the text {at}"\nmsgstr "Сохранить {at}"\n' for at in range(size))
        text, template = HEAD.format("nplurals=3; plural=n%3;") + had, POT_HEAD + had.replace("Save the", "Save this")
        return steps(lambda: update(text, re.sub(r'(?m)^msgstr "С.*', 'msgstr ""', template)))

    assert work(800) < 2.2 * work(400)


@given(told())
def test_what_an_update_would_do_is_what_it_does(texts: tuple[str, str]) -> None:
    catalogue, template = texts
    said, after = changes(catalogue, template), {one.key: one for one in messages(update(*texts), path="x.po")}
    before = {one.key: one for one in messages(catalogue, path="x.po")}
    assert [*after] == sorted((*said.kept, *said.near, *said.revived, *said.added), key=[*after].index)
    assert sum(said.counts.values()) == len(after) + len(said.vanished)
    assert all(after[key].msgstrs == before[key].msgstrs for key in said.kept)
    assert all(after[key].fuzzy and after[key].text for key in said.near)
    assert all(not after[key].text for key in said.added)
    assert set(said.vanished) <= set(before) - set(after)
    assert set(said.revived) <= set(obsoletes(catalogue))
    assert changes(update(*texts), template).any is False
