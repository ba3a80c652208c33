"""Figures of a history that people made through the services: as they go along, and made anew from the journal."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.domain.documents import DocumentName
from app.domain.errors import Forbidden
from app.domain.figures import Band, Name, Period, Report, Series
from app.domain.segments import NO_LANGUAGE, Origin, Tag
from app.domain.side_by_side import Typed
from app.domain.translations import Action
from app.domain.weekly import IsoWeek
from app.queries import figures as queries
from app.queries import people
from app.queries.weekly import weekly
from app.services import figures, publishing, sheets, transitions
from app.services.corrections import correct
from app.services.figure_texts import DocumentTexts
from app.services.sheets import Bases
from app.storage import actors
from app.storage.database import Database
from app.storage.figures import DbFigureDocument, DbFigureLead, DbFigureMark, DbFigureSum, DbFigureWent, add
from app.storage.journal import DbEvent
from app.storage.published import DbPage
from app.storage.texts import DbRevision
from app.worker.figures import Counting, carry_on, make_anew
from app.worker.recalling import recall_next
from tests.services.rooms import Room
from tests.services.test_sheets import POT
from tests.trees import FACTS, ITEM, SITE, article

EN = article("Opening", "The centre opens.", "It opens at nine.", "All are invited.", slug="opening", status="draft")
RU = article("Открытие", "Центр открывается.", "Он открывается в девять.", "Все приглашены.", slug="otkrytie")
KY = article("Ачылыш", "Борбор ачылды.", "Ал тогузда ачылат.", "Баары чакырылат.", slug="achylysh")
WORDS = 11
ALMATY = ZoneInfo("Asia/Almaty")  # of the site
READY = (Action.SUBMIT, Action.APPROVE, Action.PUBLISH)


@pytest.fixture(autouse=True)
def item(room: Room) -> None:
    room.place.item(en=EN)
    room.place.sync()


def translate(room: Room, name: str, locale: str, file: str) -> None:
    """Write a translation as it is done at the desk: segment by segment, beside what is live of the source."""
    words = iter(file.split("---\n\n")[1].strip().split("\n\n"))
    with room.place.database.write() as session:
        sheet = sheets.sheet(session, ITEM, Tag(locale), Bases())
        title, slug = (line.partition(": ")[2] for line in file.splitlines() if line.startswith(("title", "slug")))
        typed = {
            row.key: Typed(forms=({"title": title, "slug": slug}.get(row.kind) or next(words),)) for row in sheet.rows
        }
        sheets.save(session, ITEM, Tag(locale), room.actor(session, name, locale), bases=sheet.bases, typed=typed)


def period() -> Period:
    today = datetime.now(UTC).date()
    return Period(first=today - timedelta(days=2), last=today + timedelta(days=2))


def report(room: Room, *, by: str = "carim", person: str | None = None) -> Report:
    carry_on(room.place.database)
    with room.place.database.read() as session:
        viewer = people.person(session, by)
        assert viewer is not None
        return queries.report(session, viewer, period(), person=person)


def of(room: Room, locale: str, *names: Name) -> tuple[float | None, ...]:
    return tuple(report(room).languages[Tag(locale)].values[name] for name in names)


def series(room: Room, locale: str) -> Series:
    carry_on(room.place.database)
    with room.place.database.read() as session:
        viewer = people.person(session, "carim")
        assert viewer is not None
        return queries.series(session, viewer, period(), language=Tag(locale))


def standing(room: Room, locale: str) -> dict[Band, int]:
    return {band: many for band, many in series(room, locale).flow[-1].texts.items() if many}


def summary(database: Database) -> list[object]:
    """All that is in the summary, but for what says nothing."""
    with database.read() as session:
        sums = select(DbFigureSum.person, DbFigureSum.measure, DbFigureSum.day, DbFigureSum.locale, DbFigureSum.amount)
        found: list[object] = [*map(tuple, session.execute(sums.where(DbFigureSum.amount != 0)))]
        found += map(tuple, session.execute(select(*DbFigureLead.__table__.columns).where(DbFigureLead.texts != 0)))
        found += map(tuple, session.execute(select(*DbFigureWent.__table__.columns).where(DbFigureWent.texts != 0)))
        for table in (DbFigureDocument, DbFigureMark):
            found += map(tuple, session.execute(select(*table.__table__.columns)))
    return sorted(found, key=repr)


def history(room: Room) -> Iterator[str]:
    """What people do to an item, in three languages; yields what was done just now."""
    room.do("elena", "en", *READY[:2])
    room.do("carim", "en", Action.PUBLISH)
    yield "source published"
    translate(room, "kanat", "ky", KY)
    room.do("kanat", "ky", Action.SUBMIT)
    room.do("rustam", "ky", Action.RETURN)
    translate(room, "kanat", "ky", KY.replace("ачылды", "ачылат"))
    room.do("kanat", "ky", Action.SUBMIT)
    yield "submitted twice"
    room.do("rustam", "ky", Action.APPROVE)
    yield "approved"
    room.do("carim", "ky", Action.PUBLISH)
    translate(room, "rustam", "ru", RU)
    room.do("rustam", "ru", Action.SUBMIT, Action.APPROVE)
    room.do("carim", "ru", Action.PUBLISH)
    yield "all live"
    room.save("aigul", "en", EN.replace("All are", "All of you are"))
    room.do("elena", "en", *READY[:2])
    room.do("carim", "en", Action.PUBLISH, minor=True)
    yield "minor change"
    room.save("aigul", "en", EN.replace("All are", "All of you are").replace("at nine", "at ten sharp"))
    room.do("elena", "en", *READY[:2])
    room.do("carim", "en", Action.PUBLISH)
    yield "material change"
    with room.place.database.write() as session:
        text = room.text(session, "en")
        before = publishing.before_live(session, text)
        assert before is not None
        earlier = session.get_one(DbRevision, before.revision_id)
        transitions.take(session, text, Action.PUT_BACK, room.actor(session, "carim", "en"), revision=earlier)
    yield "put back"
    room.do("carim", "en", Action.PUBLISH)
    yield "published again"
    with room.place.database.write() as session:
        text = room.text(session, "ky")
        live = session.get_one(DbRevision, text.live_id)
        mended = live.text.replace("Баары", "Бардыгы")
        correct(session, text, mended, room.actor(session, "carim", "ky"), live=live, minor=True)
    yield "corrected"
    room.do("carim", "ru", Action.WITHDRAW)
    yield "withdrawn"
    with room.place.database.write() as session:
        sheet = sheets.sheet(session, ITEM, Tag("ky"), Bases())
        row = next(one for one in sheet.rows if one.text.startswith("Ал тогузда"))
        typed = {row.key: Typed(forms=("Ал так онда ачылат.",), unsure=True, origin=Origin.MACHINE)}
        sheets.save(session, ITEM, Tag("ky"), room.actor(session, "kanat", "ky"), bases=sheet.bases, typed=typed)
    yield "machine text"
    with room.place.database.write() as session:
        sheet = sheets.sheet(session, ITEM, Tag("ky"), Bases())
        sheets.save(
            session, ITEM, Tag("ky"), room.actor(session, "kanat", "ky"), bases=sheet.bases, typed={}, checked=True
        )
    room.do("kanat", "ky", Action.SUBMIT)
    room.do("rustam", "ky", Action.APPROVE)
    room.do("carim", "ky", Action.PUBLISH)
    yield "up to date again"


WEEKS = 5 / 7  # of the period

EXPECTED: dict[str, dict[Name, float | None]] = {
    "source published": {Name.CURRENT: 0, Name.BACKLOG: WORDS, Name.LEAD_MEDIAN: None, Name.RETURNS: None},
    "submitted twice": {Name.RETURNS: 1 / 2, Name.WORDS: 0, Name.ITEMS: 0, Name.APPROVED: None},
    "approved": {Name.CURRENT: 0, Name.APPROVED: None},
    "all live": {
        Name.CURRENT: 1, Name.BACKLOG: 0, Name.WORDS: WORDS / WEEKS, Name.ITEMS: 1 / WEEKS, Name.LEAD_MEDIAN: 60,
        Name.LEAD_NINETIETH: 60, Name.UNREAD: 0,
    },
    "minor change": {Name.CURRENT: 1, Name.BACKLOG: 0},
    "material change": {Name.CURRENT: 0, Name.BACKLOG: WORDS + 3},
    "put back": {Name.CURRENT: 1, Name.BACKLOG: 0, Name.ITEMS: 1 / WEEKS},
    "published again": {Name.CURRENT: 0, Name.BACKLOG: WORDS + 3},
    "corrected": {Name.CURRENT: 0, Name.ITEMS: 1 / WEEKS},
    "machine text": {Name.UNREAD: 4, Name.CURRENT: 0},
    # the words of the segment that was translated anew, as its source has them now
    "up to date again": {Name.UNREAD: 0, Name.CURRENT: 1, Name.BACKLOG: 0, Name.WORDS: (WORDS + 5) / WEEKS},
}  # fmt: skip

STANDING: dict[str, dict[str, Band]] = {
    "source published": {"en": Band.LIVE, "ky": Band.MISSING},
    "submitted twice": {"ky": Band.IN_REVIEW},
    "approved": {"ky": Band.APPROVED},
    "all live": {"en": Band.LIVE, "ru": Band.LIVE, "ky": Band.LIVE},
    "withdrawn": {"ru": Band.APPROVED},
    "machine text": {"ky": Band.DRAFT},
    "up to date again": {"ky": Band.LIVE},
}


def test_every_figure_follows_what_people_do(room: Room) -> None:
    for done in history(room):
        values = report(room).languages[Tag("ky")].values
        wanted = EXPECTED.get(done, {})
        assert {name: values[name] for name in wanted} == wanted, done
        for locale, band in STANDING.get(done, {}).items():
            assert standing(room, locale) == {band: 1}, done
    assert all(values[name] is not None for name in (Name.WAITING, Name.DRAFT, Name.REVIEW, Name.APPROVED))
    assert series(room, "ky").leads[0].texts == 2
    assert report(room).up_to.rows == 0


def test_what_came_in_live_in_several_languages_is_there_and_is_nobodys_work_of_the_week(room: Room) -> None:
    folder = "content/news/2025-05-05-older"
    room.place.write(f"{folder}/item.toml", FACTS.replace("2026-01-01", "2025-05-05"))
    for locale, text in (("en", EN), ("ru", RU)):
        words = text.replace("status: draft", "status: published").replace("slug: ", "slug: older-")
        room.place.write(f"{folder}/{locale}.md", words)
    room.place.sync()
    assert of(room, "ru", Name.WORDS, Name.ITEMS, Name.LEAD_MEDIAN) == (0, 0, None)
    assert of(room, "en", Name.WORDS, Name.ITEMS) == (0, 0)
    assert of(room, "ru", Name.BACKLOG) == (0,), "it is there"
    assert listed(room) == set(), "the report of the week does not call it published either"
    room.place.write(f"{folder}/ky.md", KY.replace("slug: ", "slug: older-"))
    room.place.sync()
    assert of(room, "ky", Name.ITEMS)[0], "what came after it is work"


def test_what_a_desk_brings_up_to_date_by_its_files_goes_live_and_a_mended_comma_does_not(room: Room) -> None:
    def written(locale: str, text: str) -> None:
        room.place.item(**{locale: text.replace("status: draft", "status: published")})
        room.place.sync()

    written("en", EN)
    written("ru", RU)
    assert of(room, "ru", Name.CURRENT, Name.ITEMS, Name.WORDS) == (1, 1 / WEEKS, WORDS / WEEKS)
    mended = RU.replace("Все приглашены.", "Приглашены все.")
    written("ru", mended)
    assert of(room, "ru", Name.ITEMS) == (1 / WEEKS,), "it was current already: that is a mend"
    written("en", EN.replace("at nine", "at ten sharp"))
    assert of(room, "ru", Name.CURRENT) == (0,)
    assert of(room, "en", Name.ITEMS) == (2 / WEEKS,), "readers have another source text"
    with room.place.database.read() as session:
        source = room.text(session, "en").live
        assert source is not None
        based_on = f"---\nbased-on: en@{source.digest[:8]}\n"
    written("ru", mended.replace("в девять", "ровно в десять").replace("---\n", based_on, 1))
    # the words of the one segment that reads otherwise, as its source has them now
    assert of(room, "ru", Name.CURRENT, Name.ITEMS, Name.WORDS) == (1, 2 / WEEKS, (WORDS + 5) / WEEKS)
    assert sum(one.texts for one in series(room, "ru").leads) == 2, "as many as have a lead time"
    assert listed(room) == {"en", "ru"}


def listed(room: Room) -> set[str]:
    """The languages of the texts that the report of this week says were published in it."""
    carry_on(room.place.database)
    with room.place.database.read() as session:
        viewer, now = people.person(session, "carim"), datetime.now(UTC)
        assert viewer is not None
        week = IsoWeek.of(now.astimezone(ALMATY).date())
        return {
            one.locale
            for one in weekly(session, viewer, week, language=None, reader=Tag("en"), now=now).published.texts
        }


def test_what_is_taken_back_in_its_week_is_in_no_list_figure_or_chart_and_goes_live_anew(room: Room) -> None:
    for done in history(room):
        if done == "all live":
            break
    assert listed(room) == {"en", "ru", "ky"}
    room.do("carim", "ru", Action.WITHDRAW)
    assert listed(room) == {"en", "ky"}
    assert of(room, "ru", Name.ITEMS, Name.WORDS, Name.LEAD_MEDIAN) == (0, 0, None)
    assert (standing(room, "ru"), sum(one.texts for one in series(room, "ru").leads)) == ({Band.APPROVED: 1}, 0)
    room.do("carim", "ru", Action.PUBLISH)
    assert listed(room) == {"en", "ru", "ky"}
    assert of(room, "ru", Name.ITEMS, Name.WORDS) == (1 / WEEKS, WORDS / WEEKS)
    translate(room, "kanat", "ky", KY)
    room.do("kanat", "ky", Action.SUBMIT)
    room.do("rustam", "ky", Action.APPROVE)
    room.do("carim", "ky", Action.PUBLISH)
    assert of(room, "ky", Name.ITEMS) == (2 / WEEKS,)
    with room.place.database.write() as session:
        text = room.text(session, "ky")
        before = publishing.before_live(session, text)
        assert before is not None
        earlier = session.get_one(DbRevision, before.revision_id)
        transitions.take(session, text, Action.PUT_BACK, room.actor(session, "carim", "ky"), revision=earlier)
    assert (of(room, "ky", Name.ITEMS), listed(room)) == ((1 / WEEKS,), {"en", "ru", "ky"}), "the first one stays"
    room.do("carim", "ky", Action.PUBLISH)
    room.do("carim", "ky", Action.PUBLISH)
    assert of(room, "ky", Name.ITEMS) == (2 / WEEKS,), "what readers have goes live but once"


def test_what_is_carried_on_row_by_row_is_what_is_made_anew(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    database = room.place.database
    carry_on(database)
    with monkeypatch.context() as patch:
        patch.setattr(figures.next_addition, "__kwdefaults__", {"most": 3})
        for _ in history(room):
            carry_on(database)
    piecemeal = summary(database)
    make_anew(database)
    assert summary(database) == piecemeal


def test_events_that_say_less_lead_to_the_same_figures(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journals were written by builds that did not say where texts stood: that follows from what was done."""
    room.place.write("translations/site.pot", POT)
    room.place.sync()
    for _ in history(room):
        pass
    make_anew(room.place.database)
    told = summary(room.place.database)
    monkeypatch.setattr(figures, "DETAIL", "nothing that any event says")
    make_anew(room.place.database)
    assert summary(room.place.database) == told


def test_texts_are_current_for_the_figures_when_readers_are_not_told_otherwise(room: Room) -> None:
    for done in history(room):
        carry_on(room.place.database)
        with room.place.database.read() as session:
            document = room.document(session)
            packed = session.get_one(DbFigureDocument, document.id).packed
            state = figures._STATE.decode(packed)
            shown = select(DbPage.locale, DbPage.page).where(
                DbPage.document_id == document.id, DbPage.locale == DbPage.shown
            )
            told = {row.locale for row in session.execute(shown) if b'"outdated":null' in row.page}
            assert {tag for tag, text in state.languages() if text.current} == told, done
            stands = {one.locale: (one.status, one.head_id, one.live_id) for one in document.translations}
            texts = DocumentTexts(session, document)
            seen = {tag: text.stand for tag, text in state.texts.items()}
            assert {
                tag: (one.status, *(number and texts.revision(tag, number).id for number in (one.head, one.live)))
                for tag, one in seen.items()
            } == stands, done


def test_the_figures_of_a_person_are_for_coordinators_and_that_person(room: Room) -> None:
    for _ in history(room):
        pass
    mine = report(room, by="kanat", person="kanat").languages[Tag("ky")].values
    assert (mine[Name.RETURNS], mine[Name.CURRENT], mine[Name.BACKLOG]) == (1 / 3, 1, 0)
    assert report(room, by="carim", person="kanat").languages[Tag("ky")].values == mine
    assert report(room, by="kanat").whole.values[Name.ITEMS] == report(room).whole.values[Name.ITEMS]
    with pytest.raises(Forbidden, match="coordinator"):
        report(room, by="rustam", person="kanat")
    with pytest.raises(Forbidden):
        report(room, by="adil", person="kanat")


def test_who_was_erased_counts_for_the_site_and_is_nobody(room: Room) -> None:
    for _ in history(room):
        pass
    before = report(room)
    with room.place.database.write() as session:
        actors.forget(session, "kanat")
    make_anew(room.place.database)
    assert report(room).languages == before.languages
    assert report(room, person="kanat").languages[Tag("ky")].values[Name.RETURNS] is None


def test_a_template_is_a_source_that_no_language_has_written(room: Room) -> None:
    for _ in history(room):
        pass
    room.place.write("translations/site.pot", POT)
    half = POT.replace('"News"\nmsgstr ""', '"News"\nmsgstr "Жаңылык"')
    room.place.write("translations/ky/LC_MESSAGES/site.po", half)
    room.place.sync()
    assert of(room, "ky", Name.CURRENT, Name.BACKLOG) == (1 / 2, 2), "one message of it is missing"
    assert of(room, "ru", Name.BACKLOG) == (WORDS + 3 + 2,)
    assert NO_LANGUAGE not in report(room).languages


def test_a_submission_tells_what_the_memory_knew_of_what_it_brings(room: Room) -> None:
    room.do("elena", "en", *READY[:2])
    room.do("carim", "en", Action.PUBLISH)
    translate(room, "kanat", "ky", KY)
    room.do("kanat", "ky", Action.SUBMIT)
    room.do("rustam", "ky", Action.APPROVE)
    room.do("carim", "ky", Action.PUBLISH)
    assert recall_next(room.place.database)
    assert report(room).since[Name.EXACT] is not None
    assert of(room, "ky", Name.EXACT, Name.NEAR) == (0, 0), (
        "the memory was empty then: it learnt of this text afterwards"
    )
    other = DocumentName.parse("news/2026-02-01-other")
    room.place.write(f"content/{other}/item.toml", FACTS)
    file = EN.replace("slug: opening", "slug: other").replace("nine", "ten").replace("draft", "published")
    room.place.write(f"content/{other}/en.md", file)
    room.place.sync()
    with room.place.database.write() as session:
        sheet = sheets.sheet(session, other, Tag("ky"), Bases())
        typed = {row.key: Typed(forms=("bashka" if row.kind == "slug" else "Башка",)) for row in sheet.rows}
        sheets.save(session, other, Tag("ky"), room.actor(session, "kanat", "ky"), bases=sheet.bases, typed=typed)
        text = room.text(session, "ky", other)
        actor = room.actor(session, "kanat", "ky", four_eyes=False)
        transitions.take(session, text, Action.SUBMIT, actor, revision=text.head)
    assert recall_next(room.place.database)
    exact, near = (WORDS - 4) / (2 * WORDS), 4 / (2 * WORDS)
    assert of(room, "ky", Name.EXACT, Name.NEAR) == (exact, near)
    assert not recall_next(room.place.database), "it is asked and answered once"


def test_figures_are_told_to_be_counted_anew_from_their_beginning_until_they_are_whole(room: Room) -> None:
    def is_anew() -> tuple[bool, bool]:
        with room.place.database.read() as session:
            reached = queries.up_to(session)
            return reached.anew, reached.rows > 0

    assert is_anew() == (True, True), "nothing was ever counted"
    carry_on(room.place.database)
    assert is_anew() == (False, False)
    room.do("elena", "en", *READY[:2])
    assert is_anew() == (False, True), "a little late is not anew"
    with room.place.database.write() as session:
        figures.begin_anew(session)
    assert is_anew() == (True, True)
    carry_on(room.place.database)
    room.place.write("content/site.toml", SITE.replace("Asia/Almaty", "Pacific/Pago_Pago"))
    room.place.sync()
    assert is_anew()[0], "its days are those of another zone"
    carry_on(room.place.database)
    assert is_anew() == (False, False)


def test_the_days_are_those_of_the_site_whichever_zone_it_had_before(room: Room) -> None:
    for _ in history(room):
        pass
    found = list[set[date]]()
    for zone in ("Pacific/Pago_Pago", "Pacific/Kiritimati"):  # 25 hours apart: it is never the same day in both
        room.place.write("content/site.toml", SITE.replace("Asia/Almaty", zone))
        room.place.sync()
        carry_on(room.place.database)
        with room.place.database.read() as session:
            assert session.get_one(DbFigureMark, 1).zone == zone
            found.append(set(session.scalars(select(DbFigureSum.day).where(DbFigureSum.amount != 0))))
            instants = session.scalars(select(DbEvent.at).where(DbEvent.subject.like(f"{ITEM}@%")))
            assert found[-1]
            assert found[-1] <= {at.astimezone(ZoneInfo(zone)).date() for at in instants}
    assert not found[0] & found[1]


def test_two_who_carry_on_at_once_add_nothing_twice(room: Room) -> None:
    for _ in history(room):
        pass
    database = room.place.database
    Counting(database).step()
    with database.read() as session:
        one = figures.next_addition(session)
        other = figures.next_addition(session)
    assert one is not None
    assert other is not None
    with database.write() as session:
        assert add(session, one)
    with database.write() as session:
        assert not add(session, other)
    told = summary(database)
    make_anew(database)
    assert summary(database) == told
