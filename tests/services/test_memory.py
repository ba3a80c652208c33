"""What the memory learns from texts that somebody approves, and how it is found again."""

import random
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz
from sqlalchemy import select, text

from app.domain.documents import DocumentName
from app.domain.matches import CUTOFF, Match
from app.domain.segments import Key, Origin, Tag, digest_of
from app.domain.translations import Action
from app.domain.trigrams import folded, trigrams
from app.queries import memory as asked
from app.services import memory, projection, transitions
from app.storage import memory as stored
from app.storage.database import Database
from app.storage.memory import DbMemoryUnit, Side
from app.worker.renewing import catch_up, make_anew
from tests import databases
from tests.readers import assert_as_computed_afresh, compute_afresh, remembered, scratch
from tests.services.rooms import Room
from tests.storage.rows import published_revision
from tests.trees import FACTS, FOLDER, Place, article

EN, RU, KY = Tag("en"), Tag("ru"), Tag("ky")
SOURCE = ("The centre has a plan for this year.", "Its partners agreed on 12 March 2026.", "They will meet again.")
RUSSIAN = ("У центра есть план на этот год.", "Его партнёры согласились 12 марта 2026.", "Они встретятся снова.")
PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Tilmash-Status: published\\n'
    'Plural-Forms: nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2;\\n"\n\n'
    'msgid "Save the text"\nmsgstr "Сохранить текст"\n\n'
    '#, fuzzy\nmsgid "Not sure"\nmsgstr "Может быть"\n\n'
    'msgid "%(num)s file"\nmsgid_plural "%(num)s files"\n'
    'msgstr[0] "%(num)s файл"\nmsgstr[1] "%(num)s файла"\nmsgstr[2] "%(num)s файлов"\n'
)


@pytest.fixture
def place(room: Room) -> Place:
    """An item in two languages that is live."""
    room.place.write(f"content/{FOLDER}/item.toml", FACTS)
    room.place.write(f"content/{FOLDER}/en.md", article("Plan of the year", *SOURCE, slug="plan"))
    room.place.write(f"content/{FOLDER}/ru.md", article("План года", *RUSSIAN, slug="plan-goda"))
    room.place.write("translations/ru/LC_MESSAGES/messages.po", PO)
    room.place.sync()
    return room.place


def pairs(place: Place) -> list[tuple[str, str]]:
    with place.database.read() as session:
        found = session.execute(select(DbMemoryUnit.source_text, DbMemoryUnit.target_text).order_by(DbMemoryUnit.id))
        return [(source, target) for source, target in found]


def matches(place: Place, words: str, **more: str) -> tuple[Match, ...]:
    with place.database.read() as session:
        return asked.matches(session, text=words, source=EN, target=RU, **more)  # type: ignore[arg-type]  # texts alone


def test_what_came_in_as_published_is_remembered_beside_what_it_was_made_from(place: Place) -> None:
    assert {("Plan of the year", "План года"), *zip(SOURCE, RUSSIAN, strict=True)} <= set(pairs(place))


def test_messages_are_remembered_form_by_form_and_what_is_fuzzy_is_not(place: Place) -> None:
    assert {one for one in pairs(place) if one[0] not in {"Plan of the year", *SOURCE}} == {
        ("Save the text", "Сохранить текст"), ("%(num)s file", "%(num)s файл"),
        ("%(num)s files", "%(num)s файла"), ("%(num)s files", "%(num)s файлов"),
    }  # fmt: skip


def test_a_draft_teaches_nothing_and_its_approval_does(place: Place, room: Room) -> None:
    before = pairs(place)
    with place.database.read() as session:
        old = room.text(session, "ru").head
        assert old is not None
    mended = old.text.replace(RUSSIAN[0], "У центра есть план.")
    room.save("carim", "ru", mended)
    assert pairs(place) == before
    room.do("carim", "ru", Action.SUBMIT, Action.APPROVE)
    after = pairs(place)
    assert (SOURCE[0], "У центра есть план.") in after
    assert (SOURCE[0], RUSSIAN[0]) not in after
    assert len(after) == len(before)


def test_what_was_made_from_an_older_source_stays_beside_that(place: Place, room: Room) -> None:
    place.write(
        f"content/{FOLDER}/en.md", article("Plan of the year", "Another plan altogether.", *SOURCE[1:], slug="plan")
    )
    place.sync()
    with place.database.write() as session:
        compute_afresh(session)
    assert (SOURCE[0], RUSSIAN[0]) in pairs(place)


def test_feeding_again_and_making_it_anew_change_nothing(place: Place, room: Room) -> None:
    with scratch(place.database.engine) as session:
        before = remembered(session)
        for translation in room.document(session).translations:
            memory.feed(session, translation)
        assert remembered(session) == before
        compute_afresh(session)
        assert remembered(session) == before
        found = asked.matches(session, text=SOURCE[0], source=EN, target=RU)
        assert [match.words for match in found] == [RUSSIAN[0]]


def another(room: Room) -> str:
    """Return the Russian text with another first sentence."""
    with room.place.database.read() as session:
        head = room.text(session, "ru").head
        assert head is not None
        return head.text.replace(RUSSIAN[0], "У центра есть план.")


@databases.with_several_writers
@pytest.mark.parametrize("action", [Action.APPROVE, Action.PUBLISH])
def test_who_approves_while_all_is_made_anew_is_waited_for_and_each_segment_is_remembered_once(
    place: Place, room: Room, action: Action
) -> None:
    room.save("carim", "ru", another(room))
    room.do("carim", "ru", Action.SUBMIT, *([] if action is Action.APPROVE else [Action.APPROVE]))
    done = list[int]()
    anew = Thread(target=lambda: done.append(make_anew(place.database)))
    with place.database.write() as session:
        text, actor = room.text(session, "ru"), room.actor(session, "carim", "ru", four_eyes=False)
        transitions.take(session, text, action, actor, revision=text.head)
        anew.start()
        databases.wait_for_a_lock(place.database.engine)
    anew.join()
    assert done == [2]
    found = pairs(place)
    assert len(found) == len(set(found))
    assert (SOURCE[0], "У центра есть план.") in found
    assert_as_computed_afresh(place)


def test_what_was_forgotten_comes_back_by_itself_where_who_made_it_anew_was_killed(place: Place) -> None:
    before = pairs(place)
    with place.database.write() as session:
        projection.begin_anew(session)
    catch_up(place.database)
    assert pairs(place) == before
    assert_as_computed_afresh(place)


@databases.with_several_writers
def test_who_saves_and_approves_waits_for_one_document_that_is_made_anew_and_for_no_other(
    place: Place, room: Room
) -> None:
    with place.database.read() as session:
        catalogue = room.document(session, DocumentName.parse("catalogue/messages")).id
    words = another(room)
    with place.database.write() as anew:
        projection.begin_anew(anew)
        projection.renew(anew, catalogue)
        room.save("carim", "ru", words)
        room.do("carim", "ru", Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    assert_as_computed_afresh(place)


def test_what_the_memory_lets_go_is_found_no_more(place: Place) -> None:
    with scratch(place.database.engine) as session:
        ids = list(session.scalars(select(DbMemoryUnit.id)))
        stored.remove(session, ids)
        numbers = trigrams(folded(SOURCE[0]), salt=stored.salt(Side.SOURCE, EN, RU))
        assert stored.having(session, numbers, limit=5) == []
        assert stored.nearest(session, numbers, limit=5) == []


def test_a_segment_finds_its_words_with_its_own_numbers_and_not_itself(place: Place, room: Room) -> None:
    (match,) = matches(place, "Its partners agreed on 14 April 2026.".replace("April", "March"))
    assert (match.words, match.score, match.adapted) == ("Его партнёры согласились 14 марта 2026.", 99, True)
    with place.database.read() as session:
        (unit,) = session.scalars(select(DbMemoryUnit).where(DbMemoryUnit.source_text == SOURCE[1])).all()
        itself = (unit.translation_id, unit.key)
        assert asked.matches(session, text=SOURCE[1], source=EN, target=RU, but=itself) == ()


def test_the_same_neighbour_makes_it_a_match_in_context(place: Place) -> None:
    assert [one.context for one in matches(place, SOURCE[1], before=SOURCE[0])] == [True]
    assert [one.context for one in matches(place, SOURCE[1], before=SOURCE[2])] == [False]


def test_another_pair_of_languages_has_its_own_memory(place: Place) -> None:
    with place.database.read() as session:
        assert asked.matches(session, text=SOURCE[0], source=EN, target=KY) == ()
        assert asked.matches(session, text=SOURCE[0], source=RU, target=EN) == ()


def test_what_was_made_the_other_way_round_helps_too_and_says_so(place: Place) -> None:
    text = "Его партнёры согласились 14 марта 2026."
    with place.database.read() as session:
        (match,) = asked.matches(session, text=text, source=RU, target=EN)
        assert asked.matches(session, text=text, source=EN, target=RU) == ()
    assert (match.words, match.adapted, match.turned) == ("Its partners agreed on 14 March 2026.", True, True)


def test_of_equals_those_made_in_this_direction_come_first(database: Database) -> None:
    with scratch(database.engine) as session:
        translation = published_revision(session).translation_id
        turned = {**unit(translation, 2, "Слово"), "source": KY, "target": EN, "target_text": SOURCE[0]}
        stored.put(session, [unit(translation, 1, SOURCE[0]), turned])
        found = asked.matches(session, text=SOURCE[0], source=EN, target=KY)
    assert [(one.words, one.turned, one.score) for one in found] == [
        (f"<{SOURCE[0]}>", False, 100), ("Слово", True, 100),
    ]  # fmt: skip


@databases.with_several_writers
def test_two_texts_with_the_same_words_are_remembered_at_once_and_neither_waits_for_the_other(
    database: Database,
) -> None:
    with database.write() as session:
        translation = published_revision(session).translation_id
    with database.write() as one, database.write() as other:
        stored.put(one, [unit(translation, place, words) for place, words in enumerate(SOURCE)])
        other.execute(text("SET LOCAL lock_timeout = 1000"))
        stored.put(other, [unit(translation, place + 10, words) for place, words in enumerate(reversed(SOURCE))])
    with database.read() as session:
        assert len(session.scalars(select(DbMemoryUnit.id)).all()) == 6


WORDS = ["борбор", "план", "жаңы", "кабыл", "алды", "өнөктөш", "макулдашты", "жыл", "үчүн", "Алматы", "Бишкек", "12"]
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=40)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENTENCES, st.randoms(use_true_random=False))
def test_of_few_segments_all_are_found_that_looking_at_each_would_find(
    database: Database, sentences: list[str], chance: random.Random
) -> None:
    words = chance.choice(sentences).split()
    words[chance.randrange(len(words))] = chance.choice(WORDS)
    wanted = " ".join(words)
    with scratch(database.engine) as session:
        revision = published_revision(session)
        stored.put(session, [unit(revision.translation_id, place, one) for place, one in enumerate(sentences)])
        found = asked.matches(session, text=wanted, source=EN, target=KY, most=100)
    assert {one.words for one in found} == {f"<{one}>" for one in sentences if fuzz.ratio(one, wanted) >= CUTOFF}


def unit(translation: int, place: int, source: str) -> stored.Unit:
    return {
        "translation_id": translation, "key": Key(f"p{place}"), "form": 0, "source": EN, "target": KY,
        "source_text": source, "target_text": f"<{source}>", "origin": Origin.HUMAN, "digest": digest_of(source),
        "before": "", "after": "",
    }  # fmt: skip
