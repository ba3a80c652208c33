from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents import Facts
from app.domain.errors import BadText
from app.domain.segments import Key, Segment, Tag
from app.formats.facts import FACTS, KNOWN, read_facts
from app.formats.text import Header

ITEM = """# The facts
date = 2026-03-18T19:25:00+05:00   # when it was signed
source = "en"
photos = [
  "photos/signing.jpg", # the lead
  'photos/hall.jpg',
]
files = []
tags = ["cooperation"]

[press]
office = "Almaty"
"""

VALUES = {
    "date": ["2026-03-18T19:25:00+05:00", "2026-03-18 19:25:00Z", "1999-01-01T00:00:00.5-03:30"],
    "source": ['"ru"', "'uz-Cyrl'", '"""kk"""'],
    "photos": ["[]", '["photos/a.jpg"]', '[\n  "photos/a.jpg", # a\n  "photos/b/ә.jpg",\n]'],
    "files": ["[]", '["files/x.ru.pdf"]'],
    "tags": ['["a", "б"]', "[]"],
    "publish-at": ["2026-03-19T08:00:00+05:00"],
}
PAIRS = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values])


@st.composite
def items(draw: st.DrawFn) -> str:
    chosen = dict(draw(st.lists(PAIRS, max_size=8))) | {"source": draw(st.sampled_from(VALUES["source"]))}
    lines = [f"{name}{draw(st.sampled_from([' = ', '=']))}{value}" for name, value in chosen.items()]
    lines += draw(
        st.lists(st.sampled_from(["# comment", "", "x-more = 1 # kept", "  # indented"]), max_size=3, unique=True)
    )
    lines = draw(st.permutations(lines)) + draw(
        st.sampled_from([[], ["[table]", "date = 1"], ["", "[a.b]", "c = [1]"]])
    )
    return ("\n".join(lines) + draw(st.sampled_from(["", "\n"]))).replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def segment(name: str, value: str) -> Segment:
    return Segment(key=Key(f"fact:{name}"), kind="fact", text=value)


def test_the_facts_of_an_item_are_read() -> None:
    assert read_facts(ITEM, path="item.toml") == Facts(
        source=Tag("en"),
        date=datetime(2026, 3, 18, 19, 25, tzinfo=timezone(timedelta(hours=5))),
        photos=("photos/signing.jpg", "photos/hall.jpg"),
        tags=("cooperation",),
    )
    assert [str(warning) for warning in FACTS.parse(ITEM, path="item.toml").warnings] == [
        "item.toml:11: has the unknown key 'press', which is kept as it is"
    ]


def test_a_misspelt_fact_is_told_with_the_one_that_was_meant() -> None:
    text = 'source = "en"\nphoto = []\npublish_at = 2026-03-19T08:00:00+05:00\n'
    assert [str(warning) for warning in FACTS.parse(text, path="item.toml").warnings] == [
        "item.toml:2: has the unknown key 'photo', which is kept as it is; did you mean `photos`?",
        "item.toml:3: has the unknown key 'publish_at', which is kept as it is; did you mean `publish-at`?",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "28.11.2026",
        "2026-02-30T10:00:00+05:00",
        "2026-02-30",
        "28-11-2026",
        "2026-11-28T9:00:00+05:00",
        "28 November 2026",
    ],
)
@pytest.mark.parametrize("key", ["date", "publish-at"])
def test_whoever_writes_a_date_otherwise_is_told_how_it_is_written(key: str, written: str) -> None:
    with pytest.raises(BadText) as refusal:
        read_facts(f'source = "en"\n{key} = {written}\n', path="item.toml")
    (problem,) = refusal.value.problems
    assert str(problem).startswith("item.toml:2: not TOML: ")
    assert problem.reason.endswith(f"; {key} has to be a date with time and offset, as in 2026-03-18T19:25:00+05:00")


def test_what_is_no_date_is_not_taken_for_one() -> None:
    with pytest.raises(BadText, match=r"not TOML: Invalid number$"):
        read_facts("source = 28.11.2026\n", path="item.toml")


@given(items(), st.sampled_from(["", "\ufeff"]))
def test_a_file_of_facts_taken_apart_and_put_together_is_the_same_to_the_byte(text: str, mark: str) -> None:
    text = mark + text
    assert FACTS.compose(text, FACTS.parse(text, path="").segments) == text
    assert FACTS.with_header(text, Header(status="published")) == text


@given(items(), PAIRS)
def test_one_changed_fact_changes_its_own_lines_alone(text: str, pair: tuple[str, str]) -> None:
    name, value = pair
    before = FACTS.parse(text, path="").segments
    present = [one.key for one in before]
    new = segment(name, value)
    wanted = [new if one.key == new.key else one for one in before] + ([] if new.key in present else [new])
    composed = FACTS.compose(text, wanted)
    assert sorted(FACTS.parse(composed, path="").segments, key=str) == sorted(wanted, key=str)
    old_text = next((one.text for one in before if one.key == new.key), None)
    newline = "\r\n" if "\r\n" in text else "\n"
    if old_text is None:
        added = f"{name} = {value}".replace("\n", newline)
        assert sorted(composed.replace(added, "", 1).split()) == sorted(text.split())
    else:
        assert composed == text.replace(old_text.replace("\n", newline), value.replace("\n", newline), 1) or (
            len(composed) - len(text) == len(value.replace("\n", newline)) - len(old_text.replace("\n", newline))
        )


@given(items(), st.sampled_from(KNOWN))
def test_a_fact_that_goes_takes_nothing_with_it(text: str, name: str) -> None:
    if name == "source":
        return
    wanted = [one for one in FACTS.parse(text, path="").segments if one.key != f"fact:{name}"]
    composed = FACTS.compose(text, wanted)
    assert list(FACTS.parse(composed, path="").segments) == wanted
    assert [line for line in composed.split("\n") if line.startswith(("#", "x-more", "[", "c"))] == [
        line for line in text.split("\n") if line.startswith(("#", "x-more", "[", "c"))
    ]


def test_the_digest_is_of_values_and_not_of_how_they_are_written() -> None:
    other = 'tags=["cooperation"]\nsource=\'en\'\nx=1\nfiles=[]\nphotos=["photos/signing.jpg","photos/hall.jpg"]\n'
    assert FACTS.digest(other + "date=2026-03-18T14:25:00Z\n") == FACTS.digest(ITEM)
    assert FACTS.digest(other + "date=2026-03-18T14:25:01Z\n") != FACTS.digest(ITEM)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "item.toml:0: source is missing"),
        ("source = 'en'\ndate = 2026-03-18T19:25:00\n", "item.toml:2: date lacks the offset from UTC: add it, as in"),
        ("source = 'en'\ndate = 2026-03-18\n", "item.toml:2: date has to be a date with time and offset"),
        ("source = 'en'\ndate = '2026'\n", "item.toml:2: date has to be"),
        ("source = 'en'\ndate = 0001-01-01T00:00:00+05:00\n", "item.toml:2: date is in the year 1"),
        ("date = \n", "item.toml:1: not TOML"),
        ("a = 1\nsource = 'EN'\n", "item.toml:2: source has 'EN', which has to be spelled en"),
        ("source = 1\n", "item.toml:1: source has to be a text"),
        ("source = 'en'\n\nphotos = 'a.jpg'\n", "item.toml:3: photos has to be a list"),
        ("source = 'en'\nphotos = ['a.jpg']\n", "item.toml:2: photos has 'a.jpg', which is not a path below photos/"),
        ("source = 'en'\nphotos = ['photos/../../x']\n", "which leads out of the folder"),
        ("source = 'en'\nphotos = ['photos/']\n", "which leads out of the folder, or to no file"),
        ("source = 'en'\nphotos = ['/photos/x']\n", "which is not a path below photos/"),
        ("source = 'en'\nphotos = ['photos\\x']\n", "which is not a path below photos/"),
        ('source = "en"\nphotos = ["photos/\\u0000"]\n', "which holds a control character"),
        ('source = "en"\nphotos = ["photos/и\\u0306.jpg"]\n', "which is not in Unicode's normal form C"),
        (
            "source = 'en'\nfiles = ['photos/x']\n",
            "item.toml:2: files has 'photos/x', which is not a path below files/",
        ),
        ("source = 'en'\nphotos = ['photos/x', 'photos/x']\n", "item.toml:2: photos has 'photos/x' twice"),
        ("source = 'en'\ntags = [1]\n", "item.toml:2: tags has to be a list of texts"),
        ('source = "en"\ntags = ["\\u0007"]\n', "2: tags has '\\x07', which holds a control character (U+0007)"),
        ('source = "en"\nphotos = ["photos/\\uFFFF"]\n', "item.toml:2: photos has"),
        ('source = "en"\ntags = ["\\uD83D"]\n', "item.toml:2: not TOML"),
        ('source = "en"\ntags = ["\\UFFFFFFFF"]\n', "item.toml:2: not TOML"),
        ("source = 'en'\nsource = 'ru'\n", "item.toml:2: not TOML"),
        ("source = " + "[" * 5000, "not TOML"),
        ("source = 'en'\nx = " + "[" * 9000 + "]" * 9000, "not TOML"),
        ("source = 'en'\0", "item.toml:1: holds NUL"),
        ("# " + "x" * 20_000, "20002 characters"),
    ],
)
def test_facts_that_cannot_be_used_are_refused_with_file_line_and_reason(text: str, expected: str) -> None:
    with pytest.raises(BadText) as refusal:
        read_facts(text, path="item.toml")
    assert expected in str(refusal.value)


@given(st.text(alphabet=st.sampled_from("source=\"'en'[]{}.\n\r,#1-T:Z \\\"\ufeff")))
def test_no_text_at_all_breaks_the_reader_of_facts(text: str) -> None:
    try:
        parsed = FACTS.parse(text, path="")
    except BadText:
        return
    assert FACTS.compose(text, parsed.segments) == text


@pytest.mark.parametrize("value", ['"en"\nevil = 1', "", "nothing", '"en" # x\n[t]', "'en'\n\n[x]\ny=1"])
def test_a_value_cannot_smuggle_in_another_key(value: str) -> None:
    parsed = FACTS.parse(ITEM, path="").segments
    with pytest.raises(BadText):
        FACTS.compose(ITEM, [replace(parsed[0], text=value), *parsed[1:]])


def test_facts_that_cannot_be_used_have_no_digest() -> None:
    with pytest.raises(BadText, match="lacks the offset"):
        FACTS.digest("source = 'en'\ndate = 2026-03-18T19:25:00\n")
