"""A machine's words come in built as the source is: tables, lists and plural forms, or not at all."""

import pytest

from app.domain.documents import DocumentName
from app.domain.segments import Origin, State
from app.domain.side_by_side import Typed
from tests.desk import TestDesk
from tests.machines import FakeMachine, machine
from tests.trees import article
from tests.web.desk.at_the_machine import (
    AT,
    INVITED,
    ask,
    has,
    orders,
    save,
    sheet,
    stands,
    work,
)
from tests.web.desk.pages import Page

pytestmark = pytest.mark.usefixtures("with_a_list")


POT = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Opened on <b>%(day)s</b>\\n"
msgstr ""

#, python-format
msgid "%(count)s view"
msgid_plural "%(count)s views"
msgstr[0] ""
msgstr[1] ""
"""


BUILT = (
    "| Country | Share |\n| --- | --: |\n| The *north* | 4 |",
    "- one\n  and more\n  - two\n  - three",
    "> # Head\n> said\n>\n> said again",
)


def test_a_segment_that_comes_back_harmed_is_left_empty_and_the_page_says_so(desk: TestDesk, fake: FakeMachine) -> None:
    fake.words = lambda text: "Мына " + text.replace("[X0X]", "")
    kanat = desk.signed_in("kanat")
    ask(kanat)
    assert work(desk) == 4
    assert INVITED not in stands(desk) or stands(desk)[INVITED][0] == ""
    page = Page(kanat.get(AT)).words
    assert "The machine did not translate everything: Left out, since marks or links were lost: 1." in page
    fake.words = lambda text: f"Мына {text}"
    ask(kanat)
    assert work(desk) == 1
    assert "did not translate" not in Page(kanat.get(AT)).words


def test_an_answer_that_markdown_reads_as_something_else_is_left_out_and_takes_in_nobodys_words(
    desk: TestDesk, fake: FakeMachine
) -> None:
    desk.place.item(en=article("Opening", "First here.", "Second here.", "Third here.", "Last here.", slug="opening"))
    desk.place.sync()
    kanat = desk.signed_in("kanat")
    keys = {row.sources[0].text: row.key for row in sheet(desk).rows}
    save(
        desk, "kanat", {keys["Second here."]: Typed(forms=("Экинчи.",)), keys["Last here."]: Typed(forms=("Акыркы.",))}
    )
    for words in ("<!-- Баары", "[x]: мына", "2026. Баары", "- Баары", "# Баары"):
        fake.words = {"Opening": "Ачылыш", "First here.": words, "Third here.": "Үчүнчү."}.__getitem__
        ask(kanat)
        work(desk)
        there = stands(desk)
        assert (there["Second here."][0], there["Last here."][0]) == ("Экинчи.", "Акыркы.")
        assert there["Third here."][0] == "Үчүнчү."
        assert there.get("First here.", ("",))[0] == ""
        assert orders(desk)[0].refusal == "left out, since the machine's words could not be used there: 1"


def test_tables_nested_lists_and_quotations_come_in_built_as_they_were(desk: TestDesk, fake: FakeMachine) -> None:
    desk.place.item(en=article("Opening", *BUILT, slug="opening"))
    desk.place.sync()
    ask(desk.signed_in("kanat"))
    assert work(desk) == 4
    assert fake.texts() == [
        "Opening", "Country", "Share", "The *north*", "one and more", "two", "three", "Head", "said", "said again"
    ]  # fmt: skip
    assert [stands(desk)[one] for one in BUILT] == [
        (made, State.NEEDS_WORK, Origin.MACHINE)
        for made in (
            "| Мына Country | Мына Share |\n| --- | --: |\n| Мына The *north* | 4 |",
            "- Мына one and more\n  - Мына two\n  - Мына three",
            "> # Мына Head\n> Мына said\n>\n> Мына said again",
        )
    ]  # fmt: skip
    assert orders(desk) == []


@pytest.mark.parametrize("words", ["- Мына", "# Мына", "a | b", "```", "Мына\\"])
def test_one_part_that_would_change_how_a_block_is_built_keeps_the_block_out(
    desk: TestDesk, fake: FakeMachine, words: str
) -> None:
    table, nested = "|Head|Share|\n|---|---|\n|a word|4|", "- one\n  - a word"
    desk.place.item(en=article("Opening", table, nested, slug="opening"))
    desk.place.sync()
    fake.words = lambda text: words if text == "a word" else f"Мына {text}"
    ask(desk.signed_in("kanat"))
    work(desk)
    made = {one: stands(desk).get(one, ("",))[0] for one in (table, nested)}
    good = {table: "|Мына Head|Мына Share|\n|---|---|\n|%s|4|", nested: "- Мына one\n  - %s"}
    assert all(text in ("", good[one] % words) for one, text in made.items())
    assert "" in made.values()
    assert orders(desk)[0].refusal.startswith("left out, since the machine's words could not be used there")


def test_a_table_of_more_cells_than_one_request_holds_comes_in_as_well(desk: TestDesk, fake: FakeMachine) -> None:
    rows = "".join(f"\n| word {number} | more {number} |" for number in range(60))
    desk.place.item(en=article("Opening", f"| a | b |\n|---|---|{rows}", slug="opening"))
    desk.place.sync()
    ask(desk.signed_in("kanat"))
    assert work(desk) == 2
    assert [len(fake.texts_in(said)) for said in fake.asked] == [1, 50, 50, 22]


@pytest.mark.parametrize("protocol", ["libretranslate", "deepl"])
def test_messages_of_a_catalogue_come_in_fuzzy_with_their_placeholders_and_plural_forms(
    desk: TestDesk, protocol: str
) -> None:
    desk.place.write("translations/site.pot", POT)
    desk.place.sync()
    with machine(protocol) as fake:
        has(desk, fake.service())
        assert desk.signed_in("kanat").post("/desk/catalogue/site/ky/translate/machine").status_code == 303
        assert work(desk) == 2
        assert fake.texts() == ["Opened on [X0X]", "[X0X] view", "[X0X] views"]
    head = desk.place.stand("ky", DocumentName.parse("catalogue/site"))[1] or ""
    assert 'fuzzy\nmsgid "Opened on <b>%(day)s</b>\\n"\nmsgstr "Мына Opened on <b>%(day)s</b>\\n"' in head
    assert 'msgstr[0] "Мына %(count)s view"\nmsgstr[1] "Мына %(count)s views"' in head


def test_russian_plural_forms_come_in_fuzzy_and_a_person_finds_those_that_are_not_right(
    desk: TestDesk, fake: FakeMachine
) -> None:
    desk.place.write("translations/site.pot", POT)
    desk.place.sync()
    assert desk.signed_in("rustam").post("/desk/catalogue/site/ru/translate/machine").status_code == 303
    assert work(desk) == 2
    assert fake.texts() == ["Opened on [X0X]", "[X0X] view", "[X0X] views"]
    head = desk.place.stand("ru", DocumentName.parse("catalogue/site"))[1] or ""
    assert "nplurals=3" in head
    assert (
        '#, fuzzy, python-format\nmsgid "%(count)s view"\nmsgid_plural "%(count)s views"\n'
        'msgstr[0] "Мына %(count)s view"\nmsgstr[1] "Мына %(count)s views"\nmsgstr[2] "Мына %(count)s views"\n'
    ) in head
