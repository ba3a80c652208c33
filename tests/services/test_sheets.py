"""What somebody types beside the source is saved by its base, and nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.documents import DocumentName
from app.domain.errors import BadText, Forbidden, NotAllowed, NotFound
from app.domain.segments import NO_LANGUAGE, Key, State, Tag
from app.domain.side_by_side import Typed
from app.domain.translations import Action
from app.queries.suggestions import still_open
from app.services import sheets
from app.services.lags import lags_of
from app.services.sheets import Bases, Sheet
from tests.services.rooms import Room
from tests.trees import ITEM, article

EN = article("Opening", "The centre opens.", "- one\n- two", "All are invited.", slug="opening")
SITE = DocumentName.parse("catalogue/site")
POT = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "News"
msgstr ""

msgid "%(count)s view"
msgid_plural "%(count)s views"
msgstr[0] ""
msgstr[1] ""
"""


Words = dict[str, str | tuple[str, ...]]
"""What is typed, by how the source's segment begins; of a message with plural forms each of them."""


def shown(room: Room, locale: str = "ky", bases: Bases | None = None, document: DocumentName = ITEM) -> Sheet:
    with room.place.database.read() as session:
        return sheets.sheet(session, document, Tag(locale), bases or Bases())


def fill(
    room: Room, typed: Words, *, by: str = "kanat", locale: str = "ky",
    sheet: Sheet | None = None, document: DocumentName = ITEM, current: bool = False, out: tuple[str, ...] = (),
) -> int:  # fmt: skip
    """Type into the rows whose source begins so; return how many suggestions came of it."""
    sheet = sheet or shown(room, locale, document=document)
    into = {
        next(row.key for row in sheet.rows if begins(row.sources and row.sources[0], start)): text
        for start, text in typed.items()
    }
    words = {key: Typed(forms=(text,) if isinstance(text, str) else text) for key, text in into.items()}
    words |= {
        row.key: Typed(forms=("",), out=True) for row in sheet.rows
        if row.target and any(row.target.text.startswith(start) for start in out)
    }  # fmt: skip
    with room.place.database.write() as session:
        actor = room.actor(session, by, locale)
        saved = sheets.save(session, document, Tag(locale), actor, bases=sheet.bases, typed=words, current=current)
        return saved.suggestions


def begins(segment: object, start: str) -> bool:
    text = getattr(segment, "text", "") or ""
    return text.startswith(start) or str(getattr(segment, "key", "")).startswith(start)


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN)
    room.place.write("translations/site.pot", POT)
    room.place.sync()
    assert room.place.problems() == []


def test_a_text_is_begun_beside_what_readers_see_and_says_what_it_was_made_from(room: Room) -> None:
    fill(room, {"Opening": "Ачылыш", "The centre": "Борбор ачылды.", "- one": "- бир"})
    status, head, live = room.place.stand("ky")
    assert (status, live) == ("draft", None)
    assert head == (
        f"---\ntitle: Ачылыш\nbased-on: en@{room.place.digest('en')[:8]}\n---\n\n"
        "Борбор ачылды.\n\n- бир\n- <!-- untranslated -->\n\n<!-- untranslated -->\n"
    )
    rows = [(row.sources[0].text, row.target.text if row.target else None) for row in shown(room).rows]
    assert ("The centre opens.", "Борбор ачылды.") in rows
    with pytest.raises(NotAllowed, match="not translated yet"):
        room.do("kanat", "ky", Action.SUBMIT)


FULL: Words = {
    "Opening": "Ачылыш", "slug": "achylysh", "The centre": "Борбор ачылды.", "- one": "- бир", "- two": "- эки",
    "All are": "Баары чакырылат.",
}  # fmt: skip


def test_a_whole_text_can_be_submitted_and_each_segment_knows_its_source(room: Room) -> None:
    fill(room, FULL)
    room.do("kanat", "ky", Action.SUBMIT)
    sheet = shown(room)
    assert not sheet.stale
    assert [row.sources[0].text for row in sheet.rows] == [
        "Opening", "opening", "The centre opens.", "- one", "- two", "All are invited."
    ]  # fmt: skip


def test_a_hole_that_is_filled_later_is_done_and_the_text_can_be_submitted(room: Room) -> None:
    fill(room, {"Opening": "Ачылыш"})
    fill(room, {start: text for start, text in FULL.items() if start != "Opening"})
    assert {row.rendering.state for row in shown(room).rows if row.rendering} == {State.DONE}
    room.do("kanat", "ky", Action.SUBMIT)


def test_who_began_at_the_same_moment_finds_what_the_other_typed_and_loses_nothing(room: Room) -> None:
    both = shown(room)
    assert fill(room, {"Opening": "Ачылыш", "The centre": "Борбор ачылды."}, sheet=both) == 0
    assert fill(room, {"The centre": "Борбор иштейт.", "All are": "Баары чакырылат."}, sheet=both, by="rustam") == 1
    head = room.place.stand("ky")[1] or ""
    assert "Борбор ачылды." in head
    assert "Баары чакырылат." in head
    with room.place.database.read() as session:
        assert [(one.text, one.now) for one in still_open(session, ITEM, Tag("ky"))] == [
            ("Борбор иштейт.", "Борбор ачылды.")
        ]


def test_two_who_type_in_different_segments_have_both_and_where_they_collide_both_are_kept(room: Room) -> None:
    fill(room, FULL)
    both = shown(room)
    assert fill(room, {"The centre": "Борбор бүгүн ачылды."}, sheet=both) == 0
    assert fill(room, {"All are": "Бардыгы чакырылат.", "The centre": "Борбор ачылат."}, sheet=both, by="rustam") == 1
    head = room.place.stand("ky")[1] or ""
    assert "Борбор бүгүн ачылды." in head
    assert "Бардыгы чакырылат." in head


def test_what_changed_in_the_source_is_shown_and_the_text_is_current_when_all_of_it_was_translated_or_said_so(
    room: Room,
) -> None:
    fill(room, FULL)
    room.save("aigul", "en", EN.replace("opens.", "opens on Monday.").replace("- two", "- two\n- three"))
    assert not shown(room).stale, "a draft of the source concerns nobody yet"
    room.do("aigul", "en", Action.SUBMIT)
    sheet = shown(room)
    stale = [row for row in sheet.rows if row.stale]
    assert [(row.before[0].text, row.sources[0].text) for row in stale] == [
        ("The centre opens.", "The centre opens on Monday.")
    ]
    assert [row.sources[0].text for row in sheet.rows if row.target is None] == ["- three"]
    assert behind(room)
    fill(room, {"The centre": "Борбор дүйшөмбүдө ачылды."}, sheet=sheet)
    assert behind(room), "the newest item is not translated"
    assert not any(row.stale for row in shown(room).rows)
    fill(room, {}, current=True)
    assert not behind(room), "somebody said so"
    fill(room, {"- three": "- үч"})
    assert not behind(room)
    assert not shown(room).stale
    assert "- эки\n\n- үч" in (room.place.stand("ky")[1] or "").replace("- эки\n- үч", "- эки\n\n- үч")


def behind(room: Room) -> bool:
    with room.place.database.read() as session:
        return lags_of(session, room.document(session))[Tag("ky")] is not None


def test_what_the_source_has_no_more_can_be_taken_out(room: Room) -> None:
    fill(room, FULL)
    room.save("aigul", "en", EN.replace("\n\nAll are invited.", ""))
    room.do("aigul", "en", Action.SUBMIT)
    sheet = shown(room)
    assert [row.target.text for row in sheet.rows if row.gone and row.target] == ["Баары чакырылат."]
    fill(room, {}, sheet=sheet, out=("Баары",), current=True)
    assert "Баары" not in (room.place.stand("ky")[1] or "")


def test_a_translation_can_be_made_from_another(room: Room) -> None:
    fill(room, FULL)
    sheet = shown(room, "ru", Bases(source=Tag("ky")))
    assert sheet.source == "ky"
    assert [row.sources[0].text for row in sheet.rows][:3] == ["Ачылыш", "achylysh", "Борбор ачылды."]


def in_three_languages(room: Room) -> None:
    """English, of which the Russian was made, of which the Kyrgyz was."""
    russian: Words = {
        "Opening": "Открытие", "The centre": "Центр открыт.", "- one": "- один", "- two": "- два", "All": "Все.",
    }  # fmt: skip
    fill(room, russian, by="rustam", locale="ru")
    beside = shown(room, "ky", Bases(source=Tag("ru")))
    kyrgyz: Words = {
        "Открытие": "Ачылыш", "Центр": "Борбор ачылды.", "- один": "- бир", "- два": "- эки", "Все": "Баары.",
    }  # fmt: skip
    fill(room, kyrgyz, sheet=beside)
    assert shown(room).source == "ru"


def test_another_language_to_translate_from_is_no_change_of_the_source(room: Room) -> None:
    in_three_languages(room)
    sheet = shown(room, "ky", Bases(source=Tag("en")))
    assert [(row.sources[0].text, row.text) for row in sheet.rows if row.kind != "slug"] == [
        ("Opening", "Ачылыш"), ("The centre opens.", "Борбор ачылды."), ("- one", "- бир"), ("- two", "- эки"),
        ("All are invited.", "Баары."),
    ]  # fmt: skip
    assert not any(row.stale or row.gone or row.before for row in sheet.rows)
    assert shown(room).bases.source == "ru", "nobody wrote anything"


def test_who_saves_beside_another_language_has_a_text_that_follows_that_one(room: Room) -> None:
    in_three_languages(room)
    fill(room, {"The centre": "Борбор ачылып жатат."}, sheet=shown(room, "ky", Bases(source=Tag("en"))))
    sheet = shown(room)
    assert sheet.source == "en"
    assert not any(row.stale or row.gone for row in sheet.rows), "the rest is as current as it was"
    assert "based-on: en@" in (room.place.stand("ky")[1] or "")
    room.save("aigul", "en", EN.replace("opens.", "opens on Monday.").replace("All are", "You are"))
    room.do("aigul", "en", Action.SUBMIT)
    assert [row.text for row in shown(room).rows if row.stale] == ["Борбор ачылып жатат.", "Баары."]
    assert behind(room)


@pytest.mark.parametrize("first", ["ru", "en"])
def test_two_who_translate_from_two_languages_at_once_have_both_and_nothing_seems_changed(
    room: Room, first: str
) -> None:
    in_three_languages(room)
    beside = {tag: shown(room, "ky", Bases(source=Tag(tag))) for tag in ("ru", "en")}
    words = {"ru": ("- два", "- экөө"), "en": ("The centre", "Борбор ачылып жатат.")}
    for tag in sorted(words, key=lambda tag: tag != first):
        assert fill(room, {words[tag][0]: words[tag][1]}, sheet=beside[tag]) == 0
    sheet = shown(room)
    assert sheet.source == "en"
    assert [row.text for row in sheet.rows if row.kind in {"paragraph", "bullet"}] == [
        "Борбор ачылып жатат.", "- бир", "- экөө", "Баары.",
    ]  # fmt: skip
    assert not any(row.stale or row.gone for row in sheet.rows)


def test_who_calls_a_text_right_beside_another_language_has_one_that_follows_it(room: Room) -> None:
    in_three_languages(room)
    fill(room, {}, sheet=shown(room, "ky", Bases(source=Tag("en"))), current=True)
    sheet = shown(room)
    assert (sheet.source, any(row.stale or row.gone for row in sheet.rows), behind(room)) == ("en", False, False)


def test_a_catalogue_is_begun_from_its_template_with_the_forms_of_its_language(room: Room) -> None:
    sheet = shown(room, "ru", document=SITE)
    assert (sheet.plurals.count, [row.key for row in sheet.rows]) == (3, ["News", "%(count)s view"])
    views = ("%(count)s просмотр", "%(count)s просмотра", "%(count)s просмотров")
    fill(room, {"News": "Новости", "%(count)s": views}, by="rustam", locale="ru", document=SITE)
    status, head, _ = room.place.stand("ru", SITE)
    assert status == "draft"
    assert 'msgstr[2] "%(count)s просмотров"' in (head or "")
    sheet = shown(room, "ru", document=SITE)
    assert [(row.target.state if row.target else None) for row in sheet.rows] == [State.DONE, State.DONE]
    assert sheet.messages[Key("%(count)s view")].plural == "%(count)s views"


def test_facts_templates_and_what_is_not_there_have_no_sheet(room: Room) -> None:
    with pytest.raises(NotAllowed):
        shown(room, NO_LANGUAGE)
    with pytest.raises(NotFound):
        shown(room, document=DocumentName.parse("news/none"))
    with pytest.raises(NotFound):
        shown(room, bases=Bases(source_revision=7))


def test_nobody_types_into_a_language_that_is_not_theirs(room: Room) -> None:
    for name in ("kanat", "aigul", "adil"):
        with pytest.raises(Forbidden):
            fill(room, FULL, by=name, locale="ru", sheet=shown(room, "ru"))


def test_of_many_who_begin_a_text_at_once_nobody_fails_and_nothing_typed_is_lost(room: Room) -> None:
    sheet = shown(room)
    words = [f"Ачылыш {number}" for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        work = [threads.submit(fill, room, {"Opening": word}, sheet=sheet) for word in words]
        collided = sum(one.result() for one in work)
    head = room.place.stand("ky")[1] or ""
    with room.place.database.read() as session:
        kept = [one.text for one in still_open(session, ITEM, Tag("ky"))]
    assert (collided, len(kept)) == (5, 5)
    assert sorted([*kept, *(word for word in words if f"title: {word}" in head)]) == words


@pytest.mark.parametrize("words", ["<!-- бардыгы", "```"])
def test_what_would_take_in_the_blocks_behind_it_is_refused_and_named(room: Room, words: str) -> None:
    room.place.item(en=EN)
    room.place.sync()
    fill(room, {"All": "Баары чакырылган."})
    with pytest.raises(BadText, match=words):
        fill(room, {"The centre": words})
    with pytest.raises(BadText, match=words):
        fill(room, {"The centre": words, "All": "Бардыгы чакырылган."})
    assert [row.text for row in shown(room).rows if row.text] == ["Баары чакырылган."]
    assert fill(room, {"The centre": "Борбор.\n\n> Ачылат."}) == 0
