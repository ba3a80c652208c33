"""Fifty questions and more a language, as readers write them, and what each has to find: on SQLite and on PostgreSQL.

`searched/<locale>.txt` has the texts, `searched/<locale>.questions.txt` a question a line and the items it finds, in
order. A native reader can correct either without reading code.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from markupsafe import escape
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.folding import fold, words
from app.domain.pages import Attachment, ItemPage, ListEntry, Picture
from app.domain.searching import PAGE, PAGES, Hit, Results
from app.domain.segments import Origin, Tag
from app.queries.searching import search
from app.services.search_texts import search_text
from app.storage import search_texts
from app.storage.database import Database
from app.storage.published import DbPage
from tests import databases
from tests.queries.test_reading import counted

FOLDER = Path(__file__).parent / "searched"
LOCALES = tuple(Tag(tag) for tag in ("en", "ru", "kk", "ky", "tg", "tk", "uz"))
EN, RU, KK, KY, TG, TK, UZ = LOCALES
ZONE = ZoneInfo("Asia/Almaty")


def page(locale: Tag, name: str, /, *, number: int, title: str, body: str, when: datetime | None = None) -> ItemPage:
    return ItemPage(
        document=DocumentName(kind=Kind.NEWS if when else Kind.PAGE, name=name), views_key=number, locale=locale,
        shown=locale, source=EN, made_from=None, origin=Origin.HUMAN, outdated=None, slug=name, title=title,
        summary="", html="".join(f"<p>{escape(line)}</p>\n" for line in body.splitlines()), date=when, updated=None,
        pictures=(), attachments=(), tags=(), alternates=(),
    )  # fmt: skip


def publish(session: Session, page: ItemPage, language: int = 0) -> None:
    entry = ListEntry(
        position="", slug=page.slug, title=page.title, summary="", date=page.date, origin=page.origin, picture=None
    ) if page.date else None  # fmt: skip
    session.add(search_text(page, zone=ZONE, language=language))
    session.add(
        DbPage(
            document_id=page.views_key, locale=page.locale, kind=page.document.kind, slug=page.slug, shown=page.locale,
            position="", title=page.title, page=b"{}", entry=msgspec.json.encode(entry) if entry else None,
        )
    )  # fmt: skip
    session.flush()


def written(locale: Tag) -> Iterator[tuple[str, datetime | None, str, str]]:
    """Yield name, date, title and body of the texts in a language."""
    for part in (FOLDER / f"{locale}.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        head, title, body = part.split("\n", 2)
        first, second = head.split()
        when = None if first == "pages" else datetime.fromisoformat(f"{second}T09:00:00+05:00").astimezone(UTC)
        yield (second if first == "pages" else first), when, title, body


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """All the texts, once; tests read them."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("library") / "library.db"
        database = Database(databases.sqlite_copy(request.getfixturevalue("sqlite_template"), path))
        fill(database)
        yield database
        database.dispose()
    else:
        databases.postgresql_or_skip()
        with databases.postgresql_database(request.getfixturevalue("postgresql_template")) as url:
            database = Database(url)
            fill(database)
            yield database
            database.dispose()


def fill(database: Database) -> None:
    numbers = dict[str, int]()
    with database.write() as session:
        for language, locale in enumerate(LOCALES):
            for name, when, title, body in written(locale):
                number = numbers.setdefault(name, len(numbers) + 1)
                publish(session, page(locale, name, number=number, title=title, body=body, when=when), language)


def asked(database: Database, locale: Tag, question: str, *, number: int = 1, others: bool = True) -> Results:
    with database.read() as session:
        languages = [tag for tag in LOCALES if tag != locale] if others else []
        return search(session, locale, question, page=number, languages=languages)


def names(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.path.removeprefix("news/") for hit in hits]


def questions(locale: Tag) -> list[tuple[str, list[str]]]:
    lines = (FOLDER / f"{locale}.questions.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.rsplit(" =", 1) for line in lines]
    return [(question, expected.split()) for question, expected in pairs]


@pytest.mark.parametrize("locale", LOCALES)
def test_what_readers_of_each_language_write_finds_what_they_mean(library: Database, locale: Tag) -> None:
    table = questions(locale)
    assert len({question for question, _ in table}) >= 50
    found = [(question, names(asked(library, locale, question, others=False).hits)) for question, _ in table]
    assert found == table


def test_a_letter_typed_without_its_keyboard_is_found_behind_the_word_that_has_it(library: Database) -> None:
    assert names(asked(library, KK, "казак").hits) == ["cossack", "people"]
    assert names(asked(library, KK, "қазақ").hits) == ["people", "cossack"]


def test_uzbek_is_one_language_in_latin_and_in_cyrillic(library: Database) -> None:
    for latin, cyrillic in (("Oʻzbekiston", "Ўзбекистон"), ("bojxona", "божхона"), ("sharh", "шарҳ")):
        found = names(asked(library, UZ, latin).hits)
        assert found
        assert names(asked(library, UZ, cyrillic).hits) == found


def test_found_words_are_marked_in_title_and_snippet(library: Database) -> None:
    hit = asked(library, KK, "казак тили").hits[0]
    assert [piece.text for piece in hit.title if piece.found] == ["Қазақ", "тілі", "қазақ"]
    assert [piece.text for piece in hit.snippet if piece.found] == ["қазақтың"]


def test_answers_say_where_and_when(library: Database) -> None:
    first = asked(library, RU, "меморандум").hits[0]
    assert (first.path, first.locale, first.date) == ("news/memo", RU, datetime(2026, 3, 18, 4, tzinfo=UTC))
    standing = asked(library, RU, "межправительственная").hits[0]
    assert (standing.path, standing.date) == ("about", None)


def test_a_few_answers_in_other_languages_stand_apart_and_are_none_that_the_reader_has(library: Database) -> None:
    found = asked(library, TK, "меморандум")
    assert found.hits == ()
    assert [(hit.locale, hit.path) for hit in found.elsewhere] == [(RU, "news/memo")], "the nearest language, once"
    assert asked(library, RU, "меморандум").elsewhere == (), "the reader has it"
    assert len(asked(library, EN, "2026").elsewhere) == 0
    many = asked(library, EN, "кинолог таможня министр").elsewhere
    assert many == (), "all words are required there too"
    assert [(hit.locale, hit.path) for hit in asked(library, EN, "директор").elsewhere] == [
        (RU, "news/visit"), (RU, "about"),
    ]  # fmt: skip
    nowhere = asked(library, EN, "Қаһарман").elsewhere
    assert [hit.locale for hit in nowhere] == [KK]
    assert [piece.text for piece in nowhere[0].snippet if piece.found] == ["Қаһарман"]


@pytest.mark.parametrize(
    "question",
    [
        '"', "*", "NEAR(", "NEAR(a b, 2)", "a AND", "NOT x", "a:b", "-a", "^a", "a*", "(((", "'", "a'b", "\\", "", "%",
        "a & b | !c", "<->", ":*", "teen_memorandum", "_", "\0", "a\0b", "\ud800", "é" * 10_000, "w " * 5_000, "🙂",
        "\u202eabc",
    ],
)  # fmt: skip
def test_no_question_is_an_error(library: Database, question: str) -> None:
    for locale in LOCALES:
        assert asked(library, locale, question).count <= PAGE * PAGES


ODD = st.text(st.sampled_from("\"'*()&|!:<>-^{}\\+~_%?[];,. ANDORTNEAR\0\ud800қзoʻ’ё1") | st.characters(), max_size=80)


@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(question=ODD, locale=st.sampled_from(LOCALES))
def test_whatever_is_typed_is_answered(library: Database, question: str, locale: Tag) -> None:
    found = asked(library, locale, question)
    assert len(found.hits) <= PAGE
    for hit in (*found.hits, *found.elsewhere):
        assert "".join(piece.text for piece in hit.title)


TEXT = st.text(
    st.sampled_from("аәбғқңөұүіёoOʻ'gGşçňýžйцъ -\u00ad\u0301\n.")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=120,
)


@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(title=TEXT, body=TEXT, locale=st.sampled_from([*LOCALES, Tag("az"), Tag("fa"), Tag("uz-Cyrl")]), data=st.data())
def test_a_text_is_found_by_each_of_its_words(
    library: Database, title: str, body: str, locale: Tag, data: st.DataObject
) -> None:
    made = page(
        locale, "made", number=999, title=" ".join(title.split()), body=body, when=datetime(2030, 1, 1, tzinfo=UTC)
    )
    with Session(library.engine.execution_options(writes=True)) as session:  # and nothing of it stays
        publish(session, made)
        known = [word[0] for word in words(f"{made.title}\n{body}") if fold(word[0], locale)]
        if known:
            word = data.draw(st.sampled_from(known))
            assert "made" in names(search(session, locale, word, page=1, languages=[]).hits), word


def test_a_text_is_found_by_its_captions_attachments_and_date_and_not_by_what_a_photo_shows(database: Database) -> None:
    picture = Picture(sources=(("a.webp", 1),), width=1, height=1, alt="invisible", caption="Lanterns", credit="Agency")
    made = replace(
        page(EN, "x", number=1, title="Title", body="Body", when=datetime(2026, 3, 18, 20, tzinfo=UTC)),
        summary="Summary", pictures=(picture,), attachments=(Attachment(path="a", name="Annex 7.pdf", size=1),),
    )  # fmt: skip
    with database.write() as session:
        publish(session, made)
    for question in ("title", "body", "summary", "lantern", "annex", "19 March 2026"):
        assert names(asked(database, EN, question).hits) == ["x"], question
    for question in ("invisible", "agency", "18 March"):
        assert asked(database, EN, question).hits == (), question


def test_answers_come_in_pages_newest_first_and_no_further_than_a_hundred(database: Database) -> None:
    with database.write() as session:
        for number in range(1, 131):
            when = datetime(2026, 1, 1, tzinfo=UTC).replace(day=1 + number % 28, hour=number // 28)
            publish(session, page(EN, f"n{number}", number=number, title="Dogs", body="x", when=when))
    with database.read() as session:
        pages = [search(session, EN, "dog", page=number, languages=[]) for number in range(1, PAGES + 1)]
        dates = [hit.date for one in pages for hit in one.hits if hit.date]
        assert len(dates) == PAGE * PAGES
        assert dates == sorted(dates, reverse=True)
        assert all(one.count == PAGE * PAGES and one.more for one in pages)
        assert search(session, EN, "dog", page=PAGES + 1, languages=[]).hits == ()


def test_a_text_that_is_withdrawn_or_changed_is_not_found_any_more(database: Database) -> None:
    with database.write() as session:
        publish(session, page(EN, "x", number=1, title="Dogs", body="x"))
    with database.write() as session:
        for row in session.query(DbPage).all():
            session.delete(row)
        session.execute(text("DELETE FROM published_text"))
        publish(session, page(EN, "x", number=1, title="Cats", body="x"))
    assert asked(database, EN, "dogs").hits == ()
    assert names(asked(database, EN, "cats").hits) == ["x"]


def test_a_search_costs_a_bounded_number_of_queries(library: Database) -> None:
    with library.read() as session, counted(session) as sent:
        search(session, KK, "жоқсөз", page=1, languages=[EN, RU])
    assert len(sent) <= 7
    with library.read() as session, counted(session) as sent:
        search(session, KK, "есірткі", page=1, languages=[EN, RU])
    assert len(sent) <= 7


def test_matches_are_looked_up_in_an_index(library: Database) -> None:
    with library.read() as session:
        if library.engine.dialect.name == "sqlite":
            asked = "SELECT rowid FROM published_text_index WHERE published_text_index MATCH '\"aeen_dog\" *'"
            assert "VIRTUAL TABLE INDEX" in str(session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all())
        else:
            search(session, EN, "dog", page=1, languages=[])  # which says how this transaction is to look
            values = {"wanted": "'aeen_dog':*", "limit": 101}
            plan = session.execute(text(f"EXPLAIN {search_texts._POSTGRESQL.text}"), values).all()
            assert "Bitmap Index Scan on published_text_index" in str(plan)
