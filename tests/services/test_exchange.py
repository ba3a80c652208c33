"""What goes out comes back: the label is taken off again, and nothing else of the text changes by the journey."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.documents import DocumentName, Kind
from app.domain.errors import BadText, NotAllowed, NotFound
from app.domain.pages import ItemPage
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action
from app.queries import reading
from app.services.exchange import Taken, Wish, give_out, label_of, language_of
from app.services.texts import find
from tests.copies import Copies
from tests.taking_back import take_back
from tests.trees import EDITOR, FOLDER, ITEM, Place, article, decide

EN = article("Opening", "The centre opens.", "All are invited.", "Come early.", slug="opening")
PO = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=CP1251\\n"\n'
    '"X-Tilmash-Status: published\\n"\n\n# remark\nmsgid "News"\nmsgstr "Новости"\n'
)
CATALOGUE = DocumentName(kind=Kind.CATALOGUE, name="messages")


def begin_with(place: Place) -> None:
    place.item(en=EN)
    place.write("translations/ru/LC_MESSAGES/messages.po", PO.encode("cp1251"))
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def given(place: Place, document: DocumentName, locale: str) -> bytes:
    with place.database.read() as session:
        return give_out(session, document, Tag(locale)).raw


def taken(place: Place, text: str, *, locale: str = "en", wish: Wish = Wish.DRAFT, base: int | None = None) -> Taken:
    with place.database.write() as session:
        return take_back(session, ITEM, Tag(locale), text.encode(), EDITOR, base=base, path="mine.md", wish=wish)


@pytest.mark.parametrize(("document", "locale"), [(ITEM, "en"), (CATALOGUE, "ru")])
def test_a_file_says_what_it_is_and_is_the_same_revision_when_it_comes_back_as_it_was(
    place: Place, document: DocumentName, locale: str
) -> None:
    before = place.revisions()
    raw = given(place, document, locale)
    label = label_of(raw, path="mine")
    assert label is not None
    assert (label.document, label.locale, label.revision) == (document, locale, 1)
    with place.database.write() as session:
        back = take_back(session, document, Tag(locale), raw, EDITOR, base=1, path="mine")
    assert back == Taken(head=1)
    assert place.revisions() == before
    assert len(
        set(raw.splitlines()) - set(before[-1].encode("cp1251" if document is CATALOGUE else "utf-8").splitlines())
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_no_stored_text_has_a_label_however_it_came(place: Place, newline: str) -> None:
    text = given(place, ITEM, "en").decode().replace("Come early.", "Come late.").replace("\n", newline)
    assert taken(place, text).head == 2
    assert place.stand("en")[1] == EN.replace("Come early.", "Come late.").replace("\n", newline)
    place.write(f"content/{FOLDER}/en.md", text.replace("Come late.", "Come at noon."))
    place.sync()
    assert not [one for one in place.revisions() if "revision:" in one]
    assert "Come at noon." in place.revisions()[-1] + place.revisions()[-2]


def test_what_a_file_does_not_say_is_not_guessed(place: Place) -> None:
    assert label_of(EN.encode(), path="mine.md") is None
    assert label_of(b'source = "en"\n', path="item.toml") is None
    assert label_of(b"\0\xff", path="noise") is None
    assert language_of(PO.encode("cp1251"), path="mine.po") == "ru"
    assert language_of(EN.encode(), path="mine.md") is None
    half = EN.replace("---\n", f"---\ndocument: {ITEM}\nlocale: en\nrevision: soon\n", 1)
    assert label_of(half.encode(), path="mine.md") is None
    with pytest.raises(BadText):
        label_of(b"---\ntitle: [\n---\n", path="mine.md")


def test_facts_come_back_too_and_unusable_ones_are_refused(place: Place) -> None:
    raw = given(place, ITEM, NO_LANGUAGE)
    assert raw.decode() == place.read(f"content/{FOLDER}/item.toml")
    with place.database.write() as session, pytest.raises(BadText):
        take_back(session, ITEM, NO_LANGUAGE, b'source = "en"\n', EDITOR, base=None, path="item.toml")


def test_a_text_that_others_changed_meanwhile_is_merged_and_not_handed_in(place: Place) -> None:
    assert taken(place, EN.replace("The centre opens.", "The centre opens today."), base=1).refusal is None
    back = taken(place, EN.replace("Come early.", "Come late."), base=1, wish=Wish.TRANSLATED)
    assert isinstance(back.refusal, NotAllowed)
    status, head, live = place.stand("en")
    assert (status, live) == ("draft", EN)
    assert head is not None
    assert "opens today." in head
    assert "Come late." in head


def test_a_file_that_others_left_no_word_of_is_not_said_to_be_a_draft(place: Place) -> None:
    taken(place, EN.replace("centre opens.", "centre opens today."), wish=Wish.TRANSLATED)
    before = place.stand("en")
    back = taken(place, EN.replace("centre opens.", "centre opens soon."), base=1, wish=Wish.TRANSLATED)
    assert (back.suggestions, back.merged, str(back.refusal)) == (
        1, True, "others changed the text meanwhile, and the file has added nothing to revision 2, which is in review",
    )  # fmt: skip
    assert place.stand("en") == before
    back = taken(
        place,
        EN.replace("centre opens.", "centre opens soon.").replace("All are", "You are"),
        base=1,
        wish=Wish.TRANSLATED,
    )
    assert str(back.refusal) == (
        "others changed the text meanwhile: look at what was merged into revision 5, which is draft, then submit it"
    )


def test_what_is_complete_is_handed_in_and_what_is_not_stays_a_draft(place: Place) -> None:
    hole = article("Открытие", "<!-- untranslated -->", status="draft")
    assert str(taken(place, hole, locale="ru", wish=Wish.TRANSLATED).refusal).startswith("not translated yet: ")
    assert place.stand("ru")[0] == "draft"
    whole = hole.replace("<!-- untranslated -->", "Центр открывается.")
    for _ in range(2):
        assert taken(place, whole, locale="ru", wish=Wish.TRANSLATED) == Taken(head=2)
        assert place.stand("ru")[0] == "in review"


def test_what_is_further_than_a_draft_stays_there_when_it_comes_back_as_it_is_broken_or_not(place: Place) -> None:
    broken = PO + '\nmsgid "More"\nmsgstr "Ещё\n'
    place.write("translations/ru/LC_MESSAGES/messages.po", broken.encode("cp1251"))
    place.sync()
    raw = given(place, CATALOGUE, "ru")
    with place.database.write() as session:
        back = take_back(session, CATALOGUE, Tag("ru"), raw, EDITOR, base=2, path="mine.po", wish=Wish.TRANSLATED)
        assert (back.head, back.refusal) == (2, None)
        assert [problem.reason for problem in back.problems] == ["a string that does not end"]
        assert find(session, CATALOGUE, Tag("ru")).status == "approved"


def test_what_checks_find_in_a_file_is_told_by_its_lines_and_of_what_it_changes_alone(place: Place) -> None:
    def told(back: Taken) -> list[tuple[int, str]]:
        return [(one.line, one.reason.partition(":")[0]) for one in back.problems]

    began = article("Открытие  дверей", "Центр открыт с 10 часов.", "Ждём всех.", "Приходите  сюда.", status="draft")
    back = taken(place, began, locale="ru")
    assert told(back) == [(2, "spaces"), (6, "numbers"), (10, "spaces")]
    assert str(back.problems[0]) == "mine.md:2: spaces: several spaces stand side by side"
    mended = began.replace("Приходите  сюда", "Приходитe сюда")
    assert told(taken(place, mended, locale="ru")) == [(10, "script")]
    assert told(taken(place, mended, locale="ru")) == []
    raw = given(place, CATALOGUE, "ru").decode("cp1251").replace("Новости", "Новости  дня").encode("cp1251")
    with place.database.write() as session:
        back = take_back(session, CATALOGUE, Tag("ru"), raw, EDITOR, base=1, path="mine.po")
    assert told(back) == [(raw.decode("cp1251").splitlines().index('msgid "News"') + 1, "spaces")]


def test_a_suggestion_moves_neither_head_nor_status_and_loses_no_word(place: Place) -> None:
    before = place.stand("en")
    text = EN.replace("The centre opens.", "Doors are open.").replace("Come early.", "Come early.\n\nBring a friend.")
    assert taken(place, text, wish=Wish.SUGGESTION) == Taken(head=1, suggestions=2)
    assert place.stand("en") == before
    assert place.suggestions() == ["Doors are open.", "Bring a friend."]
    assert text in place.revisions()
    assert taken(place, EN, wish=Wish.SUGGESTION) == Taken(head=1)
    with pytest.raises(NotAllowed):
        taken(place, text, locale="ru", wish=Wish.SUGGESTION)


def test_a_suggestion_is_what_its_author_changed_and_not_what_others_did(place: Place) -> None:
    taken(place, EN.replace("Come early.", "Come late."))
    back = taken(place, EN.replace("All are invited.", "All are welcome."), base=1, wish=Wish.SUGGESTION)
    assert back == Taken(head=2, suggestions=1)
    assert place.suggestions() == ["All are welcome."]


def test_there_is_no_text_in_a_language_that_nobody_speaks(place: Place) -> None:
    with pytest.raises(NotFound):
        taken(place, EN, locale="qqq")
    with pytest.raises(NotFound):
        taken(place, EN, base=9)


@pytest.mark.parametrize("words", ["Центр открыт.", "Центр открывается сегодня."], ids=["as it was", "with new words"])
def test_that_a_translation_fits_the_newer_original_outlives_what_others_changed_of_it_meanwhile(
    place: Place, words: str
) -> None:
    paragraphs = ("Центр открыт.", "Все приглашены.", "Приходите рано.")
    ru = article("Открытие", *paragraphs, slug="otkrytie", based_on=f"en@{place.digest('en')[:8]}")
    place.write(f"content/{FOLDER}/ru.md", ru)
    place.sync()
    place.write(f"content/{FOLDER}/en.md", EN.replace("The centre opens.", "The centre opens today."))
    place.sync()
    assert outdated(place)
    newer = f"based-on: en@{place.digest('en')[:8]}"
    fits = re.sub("based-on: .*", newer, given(place, ITEM, "ru").decode()).replace("Центр открыт.", words)
    place.write(f"content/{FOLDER}/ru.md", place.read(f"content/{FOLDER}/ru.md").replace("приглашены", "приглашаются"))
    place.sync()
    assert taken(place, fits, locale="ru", base=1).head > 2
    with place.database.write() as session:
        decide(session, find(session, ITEM, Tag("ru")), Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    place.sync()
    said = place.read(f"content/{FOLDER}/ru.md")
    assert (words in said, "приглашаются" in said, newer in said) == (True, True, True)
    assert not outdated(place)


def outdated(place: Place) -> bool:
    with place.database.read() as session:
        found = reading.item(session, Tag("ru"), "otkrytie")
        assert isinstance(found, ItemPage)
        return found.outdated is not None
