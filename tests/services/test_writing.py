"""What an author writes at the desk is a revision that names its base, and the tree has it as it was written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Facts, Kind
from app.domain.errors import BadText, Forbidden, NotAllowed
from app.domain.people import Actor, Channel
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action, Role
from app.formats.facts import read_facts
from app.formats.words import words_in
from app.queries.embargoes import scheduled
from app.services import photos, transitions, writing
from app.services.sync.moves import Move
from app.services.texts import find
from app.services.writing import Form
from app.storage.folder_media import DbMedia
from app.storage.media import MediaStore
from app.storage.photos import develop_photo
from app.storage.texts import DbDocument, DbRevision
from tests import databases
from tests.copies import Copies
from tests.storage.photographs import encoded, halves, located
from tests.trees import EDITOR, ITEM, Place, article, decide

EN = Tag("en")
RU = Tag("ru")
AUTHOR = Actor(name="aigul", channel=Channel.DESK, roles=frozenset({Role.AUTHOR}))
WHEN = datetime(2026, 3, 18, 19, 25, tzinfo=timezone(timedelta(hours=5)))
FACTS = Facts(source=RU, date=WHEN)


NEXT = datetime(2099, 1, 1, tzinfo=UTC)


def begin_with(place: Place) -> None:
    place.item(en=article("An item", "Words.", slug="dushanbe"))
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def begin(
    place: Place, title: str, facts: Facts = FACTS, kind: Kind = Kind.NEWS, actor: Actor = AUTHOR
) -> DocumentName:
    with place.database.write() as session:
        return writing.begin(session, kind, title, facts, actor).full_name


def text_of(session: Session, name: DocumentName, locale: Tag) -> tuple[str, int]:
    revision = session.get_one(DbRevision, find(session, name, locale).head_id)
    return revision.text, revision.number


def form(session: Session, name: DocumentName, locale: Tag) -> Form:
    """A form as it is filled from what is there."""
    (text, number), (facts, facts_number) = (text_of(session, name, one) for one in (locale, NO_LANGUAGE))
    return Form(
        words=words_in(text), facts=read_facts(facts, path=""), text_base=number, facts_base=facts_number
    )  # fmt: skip


def save(place: Place, name: DocumentName, changed: Form, locale: Tag = RU, actor: Actor = AUTHOR) -> writing.Kept:
    with place.database.write() as session:
        return writing.save(session, name, locale, changed, actor)


def filled(place: Place, name: DocumentName, locale: Tag = RU) -> Form:
    with place.database.read() as session:
        return form(session, name, locale)


def with_body(form: Form, body: str) -> Form:
    return replace(form, words=replace(form.words, body=body))


def count(place: Place) -> int:
    with place.database.read() as session:
        return session.scalar(select(func.count()).select_from(DbRevision)) or 0


def test_a_news_item_begins_with_its_title_its_day_and_a_slug_in_its_language(place: Place) -> None:
    name = begin(place, "Встреча в Бишкеке")
    assert name == DocumentName(kind=Kind.NEWS, name="2026-03-18-vstrecha-v-bishkeke")
    with place.database.read() as session:
        assert text_of(session, name, RU)[0] == "---\ntitle: Встреча в Бишкеке\nslug: vstrecha-v-bishkeke\n---\n"
        assert text_of(session, name, NO_LANGUAGE)[0] == 'date = 2026-03-18T19:25:00+05:00\nsource = "ru"\n'
        assert find(session, name, RU).is_source


def test_a_slug_that_another_item_has_live_or_in_a_draft_is_not_proposed(place: Place) -> None:
    names = [begin(place, "Душанбе"), begin(place, "Душанбе")]
    with place.database.read() as session:
        slugs = [words_in(text_of(session, name, RU)[0]).slug for name in names]
    assert slugs == ["dushanbe-2", "dushanbe-3"]


def test_a_standing_page_does_not_take_an_address_of_the_site_itself(place: Place) -> None:
    name = begin(place, "News", Facts(source=EN), Kind.PAGE)
    assert name == DocumentName(kind=Kind.PAGE, name="news-2")


def test_only_authors_and_coordinators_begin_and_only_in_a_language_of_the_site(place: Place) -> None:
    translator = replace(AUTHOR, roles=frozenset({Role.TRANSLATOR}))
    with pytest.raises(Forbidden):
        begin(place, "Title", actor=translator)
    with pytest.raises(NotAllowed, match="no language de"):
        begin(place, "Title", replace(FACTS, source=Tag("de")))
    with place.database.read() as session:
        assert session.scalar(select(func.count()).select_from(DbDocument)) == 1


def test_words_and_facts_are_saved_together_each_as_a_revision(place: Place) -> None:
    name = begin(place, "Встреча")
    changed = filled(place, name)
    words = replace(changed.words, summary="Кратко", body="Абзац.", alt={"photos/a.jpg": "Двое"})
    kept = save(place, name, replace(changed, words=words, facts=replace(FACTS, tags=("cooperation",))))
    assert (kept.text.head.number, kept.facts.head.number) == (2, 2)
    assert filled(place, name).words == words
    assert filled(place, name).facts.tags == ("cooperation",)


def test_a_form_that_nobody_changed_adds_no_revision(place: Place) -> None:
    name = begin(place, "Встреча")
    before = count(place)
    save(place, name, filled(place, name))
    assert count(place) == before


def test_what_another_saved_meanwhile_is_merged_and_nothing_is_overwritten(place: Place) -> None:
    name = begin(place, "Встреча")
    save(place, name, with_body(filled(place, name), "Первый абзац.\n\nВторой абзац."))
    mine, theirs = filled(place, name), filled(place, name)
    save(place, name, with_body(theirs, "Первый абзац.\n\nВторой абзац, дополненный."))
    kept = save(
        place,
        name,
        replace(with_body(mine, "Первый абзац, мой.\n\nВторой абзац."), facts=replace(mine.facts, tags=("x",))),
    )
    assert kept.text.merged
    assert filled(place, name).words.body == "Первый абзац, мой.\n\nВторой абзац, дополненный."


def test_a_slug_of_another_item_is_refused_with_one_that_is_free_and_nothing_is_kept(place: Place) -> None:
    name = begin(place, "Встреча")
    changed, before = filled(place, name), count(place)
    taken = replace(changed, words=replace(changed.words, slug="dushanbe"), facts=replace(changed.facts, tags=("x",)))
    with pytest.raises(BadText, match="'dushanbe-2' is free"):
        save(place, name, taken)
    assert count(place) == before


def test_facts_name_no_photo_that_never_came_in(place: Place) -> None:
    name = begin(place, "Встреча")
    changed = filled(place, name)
    with pytest.raises(BadText, match=r"photos/other\.webp"):
        save(place, name, replace(changed, facts=replace(changed.facts, photos=("photos/other.webp",))))


def test_a_translation_is_not_written_as_a_source(place: Place) -> None:
    place.item(en=article("An item", "Words.", slug="dushanbe"), ru=article("Запись", "Слова."))
    place.sync()
    with pytest.raises(NotAllowed, match="is a translation"):
        save(place, ITEM, filled(place, ITEM, RU))


def test_an_old_revision_is_restored_as_a_new_one(place: Place) -> None:
    name = begin(place, "Встреча")
    save(place, name, with_body(filled(place, name), "Первый."))
    save(place, name, with_body(filled(place, name), "Второй."))
    with place.database.write() as session:
        kept = writing.restore(session, name, RU, number=2, base=3, actor=AUTHOR)
        assert (kept.head.number, kept.head.parent_id is not None) == (4, True)
    assert filled(place, name).words.body == "Первый."


def test_what_is_scheduled_follows_a_new_time_for_a_coordinator_and_for_nobody_else(place: Place) -> None:
    name = begin(place, "Встреча")
    due, later = datetime(2099, 1, 1, tzinfo=UTC), datetime(2099, 2, 1, tzinfo=UTC)
    changed = filled(place, name)
    save(place, name, replace(with_body(changed, "Текст."), facts=replace(changed.facts, publish_at=due)))
    with place.database.write() as session:
        translation = find(session, name, RU)
        decide(session, translation, Action.SUBMIT, Action.APPROVE)
        head = session.get_one(DbRevision, translation.head_id)
        transitions.take(session, translation, Action.SCHEDULE, EDITOR, revision=head, due=due)
    put_off = replace(filled(place, name), facts=replace(filled(place, name).facts, publish_at=later))
    with pytest.raises(Forbidden):
        save(place, name, put_off)
    save(place, name, put_off, actor=EDITOR)
    with place.database.read() as session:
        assert [one.due for one in scheduled(session, name)] == [later]


def test_a_time_that_stands_is_moved_or_cleared_by_who_may_schedule_alone(place: Place) -> None:
    """Under a standing order the next approval would publish at once."""
    name = begin(place, "Встреча")
    due = datetime(2099, 1, 1, tzinfo=UTC)
    changed = filled(place, name)
    save(place, name, replace(with_body(changed, "Текст."), facts=replace(changed.facts, publish_at=due)))
    cleared = replace(filled(place, name), facts=replace(filled(place, name).facts, publish_at=None))
    with pytest.raises(Forbidden):
        save(place, name, cleared)
    assert filled(place, name).facts.publish_at == due
    save(place, name, cleared, actor=EDITOR)
    assert filled(place, name).facts.publish_at is None


@pytest.mark.parametrize(("changed", "status"), [({"tags": ("new",)}, "draft"), ({"publish_at": NEXT}, "approved")])
def test_facts_that_were_changed_after_an_approval_wait_for_another_one_and_a_time_does_not(
    place: Place, changed: dict[str, object], status: str
) -> None:
    name = begin(place, "Встреча")
    save(place, name, with_body(filled(place, name), "Текст."))
    with place.database.write() as session:
        decide(session, find(session, name, RU), Action.SUBMIT, Action.APPROVE)
    now = filled(place, name)
    save(place, name, replace(now, facts=replace(now.facts, **changed)), actor=EDITOR)  # type: ignore[arg-type]  # some fields, by their names
    with place.database.read() as session:
        assert find(session, name, RU).status == status


def upload(place: Place, name: DocumentName, raw: bytes, filename: str = "Зал 1.JPG") -> str:
    store = MediaStore(place.settings.data / "media")
    stored = develop_photo(raw, path=filename, store=store)
    with place.database.write() as session:
        return photos.keep(session, name, filename, stored, AUTHOR)


def test_photos_get_names_of_their_own_and_the_same_one_is_kept_once(place: Place) -> None:
    name = begin(place, "Встреча")
    paths = [upload(place, name, encoded(halves())), upload(place, name, encoded(halves(900, 600)))]
    assert paths == ["photos/zal-1.webp", "photos/zal-1-2.webp"]
    assert upload(place, name, encoded(halves())) == "photos/zal-1.webp"


def test_what_the_desk_writes_goes_out_to_the_tree_and_comes_back_unchanged(place: Place) -> None:
    name = begin(place, "Встреча")
    path = upload(place, name, located(6))
    changed = filled(place, name)
    words = replace(changed.words, body="Абзац.", alt={path: "Зал"}, minor=True)
    save(place, name, replace(changed, words=words, facts=replace(changed.facts, photos=(path,))))
    folder = f"content/news/{name.name}"
    assert [move.path for move in place.sync() if move.what == "written"] == [
        f"{folder}/ru.md", f"{folder}/item.toml", f"{folder}/{path}",
    ]  # fmt: skip
    assert "title: Встреча" in place.read(f"{folder}/ru.md")
    with place.database.read() as session:
        before = session.get_one(DbMedia, (find(session, name, RU).document_id, path)).stored
    files, revisions = place.files(), count(place)
    assert place.sync() == []
    assert (place.files(), count(place)) == (files, revisions)
    assert place.problems() == []
    with place.database.read() as session:
        row = session.get_one(DbMedia, (find(session, name, RU).document_id, path))
        assert (row.stored, bool(row.seen)) == (before, True)


def test_another_machine_makes_the_same_of_the_tree_that_the_desk_wrote(place: Place, sqlite_template: str) -> None:
    name = begin(place, "Встреча")
    path = upload(place, name, located(6))
    changed = filled(place, name)
    save(place, name, replace(with_body(changed, "Абзац."), facts=replace(changed.facts, photos=(path,))))
    place.sync()
    other = Place(place.root, databases.sqlite_copy(sqlite_template, place.root / "other.db"), fresh=False)
    other.sync()
    assert filled(other, name).words == filled(place, name).words
    assert filled(other, name).facts == filled(place, name).facts
    stored = []
    for one in (place, other):
        with one.database.read() as session:
            stored.append(session.get_one(DbMedia, (find(session, name, RU).document_id, path)).stored)
    assert stored[0] == stored[1]
    other.database.dispose()


def test_a_photo_of_the_desk_that_vanished_from_the_tree_is_told_and_kept(place: Place) -> None:
    name = begin(place, "Встреча")
    path = upload(place, name, encoded(halves()))
    changed = filled(place, name)
    save(place, name, replace(changed, facts=replace(changed.facts, photos=(path,))))
    place.sync()
    place.path(f"content/news/{name.name}/{path}").unlink()
    place.sync()
    assert [problem.partition(": ")[2] for problem in place.problems()] == [
        f"photos names {path!r}, which has vanished; the last good one is kept"
    ]


def test_a_dry_run_says_that_it_would_write_a_photo_and_does_not(place: Place) -> None:
    name = begin(place, "Встреча")
    path = upload(place, name, encoded(halves()))
    changed = filled(place, name)
    save(place, name, replace(changed, facts=replace(changed.facts, photos=(path,))))
    full = f"content/news/{name.name}/{path}"
    assert Move(what="written", path=full) in place.sync(check=True)
    assert not place.path(full).exists()
