"""What files bring into the memory: it is found like what was approved here, once, and taken out again as one."""

from datetime import UTC, datetime
from io import BytesIO
from threading import Thread

import pytest
from sqlalchemy import select, text

from app.domain.errors import BadText, Forbidden, NotFound
from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Role
from app.formats import tmx
from app.formats.tmx import Memory
from app.queries import memory as asked
from app.queries import memory_files as listed
from app.queries.memory_places import FromFile
from app.services import memory_files, projection
from app.services.memory_files import MOST_TRANSLATIONS
from app.storage.database import Database
from app.storage.journal import DbEvent
from app.storage.memory import DbMemoryUnit, Side
from app.worker.renewing import catch_up, make_anew
from tests import databases
from tests.formats.test_hostile_tmx import REFUSED
from tests.readers import assert_as_computed_afresh
from tests.services.rooms import Room
from tests.trees import FACTS, FOLDER, article

EN, RU, KY, TG = Tag("en"), Tag("ru"), Tag("ky"), Tag("tg")
AT = datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC)
OF_THEIRS = Memory(
    words={EN: "The port was closed.", RU: "Порт был закрыт."}, source=EN, at=AT, by="ann", document="port.docx"
)


def tmx_of(*units: Memory) -> BytesIO:
    out = BytesIO()
    tmx.write(units, out)
    return BytesIO(out.getvalue())


def actors(*locales: Tag, role: Role = Role.REVIEWER, name: str = "dana") -> dict[Tag, Actor]:
    return {
        tag: Actor(name=name, channel=Channel.DESK, roles=frozenset({role} if tag in locales else ()))
        for tag in (EN, RU, KY, TG)
    }


ALL = actors(EN, RU, KY, TG)


def bring(
    database: Database, *units: Memory, by: dict[Tag, Actor] = ALL, filename: str = "old.tmx"
) -> memory_files.Brought:
    return memory_files.bring(database.write, tmx_of(*units), by, filename=filename)


def kept(database: Database) -> list[tuple[str, ...]]:
    columns = (DbMemoryUnit.source, DbMemoryUnit.target, DbMemoryUnit.source_text, DbMemoryUnit.target_text)
    with database.read() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(DbMemoryUnit.id))]


def found(database: Database, words: str, source: Tag = EN, target: Tag = RU) -> list[str]:
    with database.read() as session:
        return [one.words for one in asked.matches(session, text=words, source=source, target=target)]


def forget(database: Database, number: int, by: dict[Tag, Actor] = ALL) -> int:
    return memory_files.forget(database.write, number, by.__getitem__)


def test_what_a_file_brought_is_found_exactly_nearly_turned_and_by_its_words(database: Database) -> None:
    assert bring(database, OF_THEIRS).taken == 1
    assert found(database, "The port was closed.") == ["Порт был закрыт."]
    assert found(database, "The ports were closed.") == ["Порт был закрыт."]
    assert found(database, "Порт был закрыт", RU, EN) == ["The port was closed."]
    with database.read() as session:
        for side, words in ((Side.SOURCE, "port clos"), (Side.TARGET, "порт закр")):
            (passage,) = asked.concordance(session, words=words, source=EN, target=RU, side=side).found
            assert "".join(part for part, _ in passage.target) == "Порт был закрыт."


def test_it_says_which_file_it_is_of_who_brought_it_and_what_the_file_says(database: Database) -> None:
    bring(database, OF_THEIRS)
    with database.read() as session:
        (match,) = asked.matches(session, text="The port was closed.", source=EN, target=RU)
        (known,) = asked.known(session, [match], EN)
    assert match.brought
    assert isinstance(known.where, FromFile)
    where = known.where
    assert (where.filename, where.account, where.document, where.maker, where.at) == (
        "old.tmx", "dana", "port.docx", "ann", AT,
    )  # fmt: skip


def test_the_same_file_brings_nothing_twice_nor_does_it_the_other_way_round(database: Database) -> None:
    assert bring(database, OF_THEIRS, OF_THEIRS).known == 1
    again = bring(database, OF_THEIRS, filename="same.tmx")
    turned = Memory(words={RU: "Порт был закрыт. ", EN: "The port was closed."}, source=RU)
    back = bring(database, turned)
    assert [(one.taken, one.known, one.number) for one in (again, back)] == [(0, 1, None), (0, 1, None)]
    assert len(kept(database)) == 1
    with database.read() as session:
        assert [one.filename for one in listed.files(session)] == ["old.tmx"]


def test_what_is_approved_here_is_known_and_comes_before_what_was_brought(room: Room) -> None:
    place = room.place
    place.write(f"content/{FOLDER}/item.toml", FACTS)
    place.write(f"content/{FOLDER}/en.md", article("Port", "The port was closed.", slug="port"))
    place.write(f"content/{FOLDER}/ru.md", article("Порт", "Порт закрыли.", slug="port-ru"))
    place.sync()
    same = Memory(words={EN: "Port", RU: "Порт"}, source=EN)
    done = bring(place.database, OF_THEIRS, same)
    assert (done.taken, done.known) == (1, 1)
    assert found(place.database, "The port was closed.") == ["Порт закрыли.", "Порт был закрыт."]


def test_what_was_brought_survives_when_everything_is_made_anew(room: Room) -> None:
    place = room.place
    place.write(f"content/{FOLDER}/item.toml", FACTS)
    place.write(f"content/{FOLDER}/en.md", article("Port", "The port was closed.", slug="port"))
    place.write(f"content/{FOLDER}/ru.md", article("Порт", "Порт закрыли.", slug="port-ru"))
    place.sync()
    bring(place.database, OF_THEIRS)
    make_anew(place.database)
    assert set(found(place.database, "The port was closed.")) == {"Порт закрыли.", "Порт был закрыт."}
    assert_as_computed_afresh(place)


def test_what_comes_in_or_goes_out_while_everything_is_made_anew_is_found_all_the_same(database: Database) -> None:
    first = bring(database, OF_THEIRS)
    second = bring(database, Memory(words={EN: "A bridge was built.", RU: "Мост построен."}, source=EN))
    with database.write() as session:
        projection.begin_anew(session)
    assert first.number is not None
    assert second.number is not None
    assert forget(database, first.number) == 1
    bring(database, Memory(words={EN: "A road was mended.", RU: "Дорогу починили."}, source=EN))
    catch_up(database)
    assert found(database, "A bridge was built.") == ["Мост построен."]
    assert found(database, "A road was mended.") == ["Дорогу починили."]
    assert found(database, "The port was closed.") == []


def test_a_file_is_taken_out_as_it_came_in_and_nothing_else(database: Database) -> None:
    many = [Memory(words={EN: f"Sentence {n} of many", RU: f"Предложение {n}"}, source=EN) for n in range(1101)]
    first = bring(database, *many)
    bring(database, OF_THEIRS)
    assert (first.taken, first.number is not None) == (1101, True)
    assert forget(database, first.number or 0) == 1101
    assert [row[2] for row in kept(database)] == ["The port was closed."]
    assert found(database, "Sentence 20 of many") == []
    assert found(database, "The port was closed.") == ["Порт был закрыт."]
    with pytest.raises(NotFound):
        forget(database, first.number or 0)
    with database.read() as session:
        actions = list(session.scalars(select(DbEvent.action).order_by(DbEvent.number)))
    assert actions == ["import-memory", "import-memory", "forget-memory"]


def test_each_language_is_beside_the_one_that_it_was_made_from(database: Database) -> None:
    words = {Tag("ru-RU"): "Да", Tag("en-US"): "Yes", Tag("ky"): "Ооба", Tag("de"): "Ja", Tag("uz-Cyrl"): "Ҳа"}
    bring(database, Memory(words=words, source=Tag("ru-RU")))
    assert kept(database) == [("ru", "en", "Да", "Yes"), ("ru", "ky", "Да", "Ооба")]
    bring(database, Memory(words={KY: "Жок", RU: "Нет", EN: "No"}))
    assert kept(database)[2:] == [("en", "ru", "No", "Нет"), ("en", "ky", "No", "Жок"), ("ru", "ky", "Нет", "Жок")]


def test_what_is_left_out_is_counted_with_its_reason_and_lines(database: Database) -> None:
    done = bring(
        database, OF_THEIRS, Memory(words={EN: "a", Tag("de"): "b"}), Memory(words={Tag("fr"): "a", Tag("de"): "b"}),
        Memory(words={EN: "long " * 1001, RU: "долго"}),
    )  # fmt: skip
    told = {reason: (why.count, why.lines) for reason, why in done.left.items()}
    assert told == {
        "it has words in fewer than two of the site's languages": (2, [6, 7]),
        "longer than 5000 letters: nobody writes it a second time": (1, [8]),
    }
    assert (done.taken, done.known, done.left_out) == (1, 0, 3)


def test_second_words_in_a_language_are_counted_among_what_is_left_out(database: Database) -> None:
    done = bring(
        database, Memory(words={Tag("en-US"): "color", Tag("en-GB"): "colour", RU: "цвет"}, source=Tag("en-US"))
    )
    assert kept(database) == [("en", "ru", "color", "цвет")]
    assert (list(done.left), done.taken, done.left_out) == (
        ["it has other words in en as well: the first ones are taken"], 1, 1,
    )  # fmt: skip


def test_who_reviews_a_language_brings_files_into_it_and_into_no_other(database: Database) -> None:
    unit = Memory(words={EN: "Yes", RU: "Да", KY: "Ооба"}, source=EN)
    with pytest.raises(Forbidden):
        bring(database, unit, by=actors(RU, role=Role.TRANSLATOR))
    assert kept(database) == []
    done = bring(database, unit, by=actors(KY))
    assert kept(database) == [("en", "ky", "Yes", "Ооба")]
    assert list(done.left) == ["your roles are not for this language: ru"]
    with pytest.raises(Forbidden):
        forget(database, done.number or 0, actors(RU))
    assert forget(database, done.number or 0, actors(KY)) == 1


def test_a_file_that_is_broken_at_its_end_brings_nothing(database: Database) -> None:
    raw = tmx_of(*(Memory(words={EN: f"{n}", RU: f"{n}"}) for n in range(1000))).getvalue()
    with pytest.raises(BadText, match=r"^old.tmx:1007: this is no sound XML"):
        memory_files.bring(database.write, BytesIO(raw.replace(b"</tmx>", b"")), ALL, filename="old.tmx")
    assert kept(database) == []
    with database.read() as session:
        assert listed.files(session) == []


def test_no_transaction_has_more_than_some_hundred_units_and_what_was_cut_off_is_taken_up_again(
    database: Database,
) -> None:
    many = [Memory(words={EN: f"Sentence {n}", RU: f"Предложение {n}"}, source=EN) for n in range(1200)]
    sizes = list[int]()

    class Died(Exception):  # noqa: N818  # as a process does, not as an error is called
        pass

    def writing():  # type: ignore[no-untyped-def]  # noqa: ANN202  # in place of a context manager's own type
        sizes.append(len(kept(database)))
        if len(sizes) == 3:
            raise Died
        return database.write()

    with pytest.raises(Died):
        memory_files.bring(writing, tmx_of(*many), ALL, filename="old.tmx")
    assert sizes == [0, 500, 1000]
    with database.read() as session:
        assert [(one.units, one.is_whole) for one in listed.files(session)] == [(1000, False)]
    rest = bring(database, *many)
    assert (rest.taken, rest.known) == (200, 1000)
    assert len(set(kept(database))) == len(kept(database)) == 1200


def test_a_file_with_a_thousand_translations_of_one_word_brings_no_more_than_somebody_looks_at(
    database: Database,
) -> None:
    done = bring(database, *(Memory(words={EN: "Yes", RU: f"Да {n}"}) for n in range(200)))
    assert (done.taken, done.left_out) == (MOST_TRANSLATIONS, 200 - MOST_TRANSLATIONS)


def test_what_goes_out_comes_in_elsewhere_with_all_that_was_said_of_it(room: Room, sqlite: Database) -> None:
    place = room.place
    place.write(f"content/{FOLDER}/item.toml", FACTS)
    place.write(f"content/{FOLDER}/en.md", article("Port", "The **port** was closed.", slug="port"))
    place.write(f"content/{FOLDER}/ru.md", article("Порт", "**Порт** закрыли.", slug="port-ru"))
    place.sync()
    bring(place.database, OF_THEIRS)
    assert [len(units) for units in (out(place.database, EN, RU), out(place.database, RU, EN))] == [3, 3]
    bring(sqlite, *out(place.database, RU, EN))
    pairs = [(one.words, one.source, one.by, one.document) for one in out(place.database, EN, RU)]
    assert [(one.words, one.source, one.by, one.document) for one in out(sqlite, EN, RU)] == pairs
    assert pairs[-1] == (OF_THEIRS.words, EN, "ann", "port.docx")
    assert pairs[0][2:] == ("tree", FOLDER)


def out(database: Database, one: Tag, other: Tag) -> list[Memory]:
    with database.read() as session:
        return list(listed.units(session, one, other))


def test_the_database_knows_no_unit_that_is_of_nothing(database: Database) -> None:
    bring(database, OF_THEIRS)
    with pytest.raises(Exception, match="of_one"), database.write() as session:
        session.execute(text("UPDATE memory_unit SET import_id = NULL"))


def test_no_hostile_file_leaves_anything_behind(sqlite: Database) -> None:
    for make, _, _ in REFUSED.values():
        with pytest.raises(BadText):
            memory_files.bring(sqlite.write, BytesIO(make()), ALL, filename="evil.tmx")
    assert kept(sqlite) == []
    with sqlite.read() as session:
        assert listed.files(session) == []
        assert session.scalars(select(DbEvent.action)).all() == []


@databases.with_several_writers
def test_two_who_bring_the_same_file_at_once_bring_each_pair_of_words_once(database: Database) -> None:
    many = [Memory(words={EN: f"Sentence {n}", RU: f"Предложение {n}"}, source=EN) for n in range(700)]
    done = list[memory_files.Brought]()
    both = [Thread(target=lambda: done.append(bring(database, *many))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(one.taken for one in done) == len(kept(database)) == len(set(kept(database))) == 700
