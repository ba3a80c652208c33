"""A preview is the page that readers would have, made by the same functions."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.pages import ItemPage
from app.domain.segments import NO_LANGUAGE, Tag
from app.queries import reading
from app.queries.preview import Proof, page_of, page_of_text
from app.services import revisions
from app.services.texts import find
from app.storage.texts import DbRevision
from tests.copies import Copies
from tests.trees import EDITOR, FACTS, ITEM, Place, article

EN = article("The title", "A **paragraph** with words.", slug="the-title")


def begin_with(place: Place) -> None:
    place.item(item=FACTS + 'tags = ["cooperation"]\n', en=EN, ru=article("Заголовок", "Абзац.", slug="zagolovok"))
    place.sync()


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(begin_with, template, tmp_path) as place:
        yield place


def head_of(session: Session, locale: str) -> DbRevision:
    return session.get_one(DbRevision, find(session, ITEM, Tag(locale)).head_id)


def preview(session: Session, locale: str) -> ItemPage:
    return page_of(session, find(session, ITEM, Tag(locale)), head_of(session, locale))


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_the_preview_of_what_is_live_is_the_page_that_readers_have(place: Place, locale: str) -> None:
    with place.database.read() as session:
        live = reading.item(session, Tag(locale), {"en": "the-title", "ru": "zagolovok"}[locale])
        assert isinstance(live, ItemPage)
        assert preview(session, locale) == replace(live, changed=preview(session, locale).changed, outdated=None)


def test_a_draft_is_previewed_and_readers_have_nothing_of_it(place: Place) -> None:
    with place.database.write() as session:
        translation = find(session, ITEM, Tag("en"))
        text = EN.replace("A **paragraph**", "Another").replace("The title", "Another title")
        revisions.save(session, translation, text, EDITOR, base=head_of(session, "en"), path="desk")
    with place.database.read() as session:
        page, live = preview(session, "en"), reading.item(session, Tag("en"), "the-title")
        assert (page.title, page.html) == ("Another title", "<p>Another with words.</p>\n")
        assert isinstance(live, ItemPage)
        assert live.title == "The title"


def test_a_text_that_is_not_saved_is_previewed(place: Place) -> None:
    with place.database.read() as session:
        document = find(session, ITEM, Tag("en")).document
        page = page_of_text(session, document, Tag("ky"), Proof(text=article("Аталышы", "Сөз."), made_from=Tag("en")))
        assert (page.title, page.html, page.locale, page.made_from) == ("Аталышы", "<p>Сөз.</p>\n", "ky", "en")
        assert [(other.locale, other.available) for other in page.alternates] == [
            ("en", True), ("ru", True), ("ky", True),
        ]  # fmt: skip


def test_facts_have_no_page(place: Place) -> None:
    with place.database.read() as session, pytest.raises(NotFound):
        preview(session, NO_LANGUAGE)
