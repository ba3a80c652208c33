"""What readers keep of a message while its newest words cannot be used."""

from collections.abc import Iterator

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from app.formats.charset import NUL
from app.formats.mo import compile_catalogue, load
from app.formats.po_lexer import read

TWO, ONE, THREE = (
    f"nplurals={forms}; plural={rule};" for forms, rule in ((2, "n != 1"), (1, "0"), (3, "n==1 ? 0 : n<5 ? 1 : 2"))
)
VIEWS = (
    '#, python-format\nmsgid "%(num)d view"\nmsgid_plural "%(num)d views"\n'
    'msgstr[0] "%(num)d körüş"\nmsgstr[1] "%(num)d körüşler"\n'
)


def text(*entries: str, rule: str = TWO) -> str:
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {rule}\\n"\n'
    return "\n".join((head, *entries))


def entry(msgid: str, msgstr: str, *above: str) -> str:
    return "".join(f"{line}\n" for line in (*above, f'msgid "{msgid}"', f'msgstr "{msgstr}"'))


def mo(*newest_first: str) -> bytes:
    """What readers are given after all of these were live, one after the other, all of it looked at anew."""
    return compile_catalogue(newest_first[0], path="kk.po", earlier=newest_first[1:]).mo


def step_by_step(*newest_first: str) -> bytes:
    """The same where each text met what had been made of those before it."""
    made: tuple[bytes, ...] = ()
    for one in reversed(newest_first):
        made = (compile_catalogue(one, path="kk.po", earlier=made).mo,)
    return made[0]


def shown(msgid: str, *newest_first: str) -> str:
    """The words of a message after these were live; the msgid if there are none."""
    assert mo(*newest_first) == step_by_step(*newest_first)
    return load(mo(*newest_first)).gettext(msgid)


GOOD = text(entry("News", "Жаңалықтар"), entry("More", "Тағы"))
MORE = entry("More", "Және")

DAMAGED: dict[str, str] = {
    "a quotation mark lost at the end": 'msgid "News"\nmsgstr "Жаңалықтар\n',
    "a quotation mark lost at the beginning": 'msgid "News"\nmsgstr Жаңалықтар"\n',
    "a quotation mark lost in the msgid": 'msgid "News\nmsgstr "Жаңалықтар"\n',
    "a quotation mark lost in a line that goes on": 'msgid "News"\nmsgstr ""\n"Жаңа\n"лықтар"\n',
    "a quotation mark too many": 'msgid "News"\nmsgstr "Жаңа"лықтар"\n',
    "a line of something else": 'msgid "News"\nmsgstr "Жаңалықтар"\nЖаңалықтар\n',
    "a merge conflict": 'msgid "News"\n<<<<<<< a\nmsgstr "Жаңа"\n=======\nmsgstr "Жаңалық"\n>>>>>>> b\n',
    "a merge conflict around it": '<<<<<<< a\nmsgid "News"\nmsgstr "Жаңа"\n>>>>>>> b\n',
    "no msgstr": 'msgid "News"\n',
    "two msgstr": 'msgid "News"\nmsgstr "Жаңа"\nmsgstr "Жаңа"\n',
    "a part of it commented out": 'msgid "News"\n#~ msgstr "Жаңалықтар"\n',
    "a NUL byte": f'msgid "News"\nmsgstr "Жаңа{NUL}"\n',
    "a NUL byte above it": f'# a{NUL}\nmsgid "News"\nmsgstr "Жаңа"\n',
    "more than 64 kB": entry("News", "ж" * 70_000),
    "an unknown escape": entry("News", r"Жаңа\қ"),
    "other placeholders": entry("News", "Жаңа %(x)s", "#, python-format"),
    "a newline": entry("News", r"Жаңалықтар\n"),
    "a placeholder a thousand columns wide": entry("News", "%9999d"),
    "plural forms of a message that has none": 'msgid "News"\nmsgstr[0] "Жаңа"\n',
    "a key that is also that of an obsolete one": 'msgid "News"\nmsgstr "Жаңа\n\n#~ msgid "News"\n#~ msgstr "Ескі"\n',
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_message_keeps_its_last_good_words_and_the_others_change(kind: str) -> None:
    now = text(DAMAGED[kind], MORE)
    assert shown("News", now, GOOD) == "Жаңалықтар"
    assert shown("More", now, GOOD) == "Және"
    worse = text(entry("News", "%9999d"), MORE)
    assert shown("News", worse, now, now, GOOD) == "Жаңалықтар", "however long it stays damaged"
    assert shown("News", text(entry("News", "Жаңа"), MORE), now, GOOD) == "Жаңа"


TAKEN_AWAY: dict[str, str] = {
    "deleted": "",
    "emptied": entry("News", ""),
    "fuzzy": entry("News", "Жаңа", "#, fuzzy"),
    "fuzzy and refused": entry("News", r"Жаңа\қ", "#, fuzzy"),
    "fuzzy and unreadable": 'msgid "Other"\nmsgstr "x"\n\n#, fuzzy\nmsgid "News"\nmsgstr "Жаңа\n',
    "fuzzy and nobody knows what": '#, fuzzy\nmsgid "News\nmsgstr "Жаңа"\n',
    "obsolete": '#~ msgid "News"\n#~ msgstr "Жаңа"\n',
    "obsolete and unreadable": '# a remark\n#~ msgid "News"\n#~ msgstr "Жаңа\n',
    "obsolete and nobody knows what": '# a remark\n#~ msgid "News\n#~ msgstr "Жаңа"\n',
    "emptied and refused": 'msgid "News"\nmsgstr[0] ""\n',
    "emptied beside a broken copy": 'msgid "News"\nmsgstr "x\n\nmsgid "News"\nmsgstr ""\n',
    "of another plural": 'msgid "News"\nmsgid_plural "Many news"\nmsgstr[0] "Жаңа"\n',
}


@pytest.mark.parametrize("kind", TAKEN_AWAY)
def test_what_was_taken_away_on_purpose_does_not_come_back(kind: str) -> None:
    now = text(TAKEN_AWAY[kind], MORE)
    assert shown("News", now, GOOD) == "News"
    assert shown("More", now, GOOD) == "Және"
    for damage in DAMAGED.values():
        assert shown("News", text(damage, MORE), now, GOOD) == "News", "nor when it is damaged later"


def test_a_message_that_was_never_good_is_asked_of_the_fallbacks() -> None:
    russian = load(mo(text(entry("News", "Новости"))))
    bad = text(entry("News", "%9999d"))
    assert load(mo(bad, bad), fallback=russian).gettext("News") == "Новости"
    assert load(mo(bad, GOOD), fallback=russian).gettext("News") == "Жаңалықтар"


def test_while_nobody_knows_which_message_is_broken_nothing_is_taken_for_deleted_that_still_was_there() -> None:
    lost = 'msgid "New\nmsgstr "x"\n'
    assert shown("News", text(lost, MORE), GOOD) == "Жаңалықтар"
    assert shown("More", text(entry("News", "a")), text(lost), GOOD) == "More", "mended, and More is not in it"
    long_ago = text(entry("Old", "Ескі"))
    assert shown("Old", text(lost, MORE), GOOD, long_ago) == "Old", "it had been deleted before"


def test_one_known_to_be_broken_says_nothing_of_what_is_deleted_in_the_same_save() -> None:
    now = text(DAMAGED["a quotation mark lost at the end"])
    assert shown("News", now, GOOD) == "Жаңалықтар"
    assert shown("More", now, GOOD) == "More"


def test_another_message_with_a_context_or_a_plural_is_another_message() -> None:
    menu = entry("News", "Жаңалықтарға", 'msgctxt "menu"')
    before = text(menu, entry("News", "Жаңалықтар"))
    now = text(menu.replace('ға"', "ға"), entry("News", "Жаңа"))
    assert mo(now, before) == step_by_step(now, before)
    words = load(mo(now, before))
    assert (words.gettext("News"), words.pgettext("menu", "News")) == ("Жаңа", "Жаңалықтарға")


@pytest.mark.parametrize("rule", [ONE, THREE, TWO.replace("n != 1", "n > 1"), ""])
def test_plurals_refused_for_their_number_of_forms_are_counted_as_they_were(rule: str) -> None:
    before, now = text(VIEWS), text(VIEWS.replace('msgstr[1] "', 'msgstr[1] "Z'), rule=rule)
    if rule == "":
        now = now.replace('"Plural-Forms: \\n"\n', "")
    if "n > 1" in rule:
        now = now.replace("%(num)d körüş", "%(n)d")
    assert mo(now, now, before) == step_by_step(now, now, before)
    counted = [load(mo(now, now, before)).ngettext("%(num)d view", "%(num)d views", n) for n in (0, 1, 2, 5)]
    assert counted == ["%(num)d körüşler", "%(num)d körüş", "%(num)d körüşler", "%(num)d körüşler"]
    mended = load(mo(text(VIEWS), now, before)).ngettext("%(num)d view", "%(num)d views", 1)
    assert mended == "%(num)d körüş"


def test_only_as_much_of_the_past_is_looked_at_as_is_needed() -> None:
    looked: list[int] = []

    def past(*texts: str) -> Iterator[str]:
        for number, one in enumerate(texts):
            looked.append(number)
            yield one

    compile_catalogue(GOOD, path="kk.po", earlier=past(GOOD))
    assert looked == []
    broken = text(DAMAGED["no msgstr"], MORE)
    compile_catalogue(broken, path="kk.po", earlier=past(broken, GOOD, GOOD, GOOD))
    assert looked == [0, 1]


def test_an_earlier_text_that_could_not_be_used_today_is_passed_over() -> None:
    bad = text(entry("News", "%9999d"))
    assert load(mo(bad, "<html>", GOOD)).gettext("News") == "Жаңалықтар"


def test_a_catalogue_with_its_plural_rule_still_to_be_filled_in_takes_no_page_down() -> None:
    assert shown("News", text(entry("News", "Жаңа"), rule="nplurals=INTEGER; plural=EXPRESSION;")) == "Жаңа"


def test_a_comment_between_msgid_and_a_broken_msgstr_belongs_to_that_message_and_to_no_other() -> None:
    _, entries = read('msgid "a"\n# remark\nmsgstr "x\n\nmsgid "b"\nmsgstr "y"\n', path="kk.po")
    assert [(one.raw, one.key) for one in entries] == [
        ('msgid "a"\n# remark\nmsgstr "x\n', "a"),
        ('msgid "b"\nmsgstr "y"\n', "b"),
    ]
    _, entries = read('msgid "a"\n#, fuzzy\nmsgid "b"\nmsgstr "y"\n', path="kk.po")
    assert [one.fuzzy for one in entries] == [False, True]


KEYS = ("a", "b", "c")
BROKEN = ('msgid "{0}"\nmsgstr "x\n', 'msgid "{0}"\nmsgstr "x"y"\n', 'msgid "{0}"\nmsgstr "%99999d"\n')
AWAY = ("", 'msgid "{0}"\nmsgstr ""\n', '#, fuzzy\nmsgid "{0}"\nmsgstr "x"\n', '#~ msgid "{0}"\n#~ msgstr "x"\n')
WORDS = ("one", "two", "three")
messages = st.sampled_from(WORDS) | st.sampled_from((*BROKEN, *AWAY))
histories = st.lists(st.tuples(*[messages] * len(KEYS)), min_size=1, max_size=8)


def written(state: tuple[str, ...]) -> str:
    forms = ("msgid {0}\n".replace("{0}", '"{0}"') + f'msgstr "{one}"\n' if one in WORDS else one for one in state)
    return text(*(form.format(key) for key, form in zip(KEYS, forms, strict=True)))


@given(history=histories)
def test_after_any_history_the_words_are_those_of_the_last_state_that_was_not_broken(
    history: list[tuple[str, ...]],
) -> None:
    newest_first = [written(state) for state in reversed(history)]
    for at, key in enumerate(KEYS):
        whole = [state[at] for state in history if state[at] not in BROKEN]
        expected = whole[-1] if whole and whole[-1] in WORDS else key
        event(f"broken now: {history[-1][at] in BROKEN}, shown: {expected in WORDS}")
        assert shown(key, *newest_first) == expected


LOST = ('msgid "{0}\nmsgstr "x"\n', "noise\n", 'msgid "{0}"\n', *BROKEN, *AWAY)


@given(history=st.lists(st.tuples(*[st.sampled_from((*WORDS, *LOST))] * len(KEYS)), min_size=1, max_size=8))
def test_what_is_made_step_by_step_is_what_is_made_of_the_whole_history_and_good_words_are_always_shown(
    history: list[tuple[str, ...]],
) -> None:
    newest_first = [written(state) for state in reversed(history)]
    for at, key in enumerate(KEYS):
        ever = {key, *(state[at] for state in history if state[at] in WORDS)}
        now = history[-1][at]
        assert shown(key, *newest_first) in ({now} if now in WORDS else ever)
