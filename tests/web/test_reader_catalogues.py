import logging
from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.factory import create_app
from app.queries.addresses import Moved
from app.web import published as published_module
from tests.web.fakes import EN, KK, SITE, SLUGS, TG, FakeCounter, FakeReader, mo
from tests.web.test_item_page import text

Fetch = Callable[..., Element]


def test_the_page_speaks_the_words_of_the_catalogue(reader: FakeReader, fetch: Fetch) -> None:
    reader.catalogues["messages", KK] = mo({"Photo Gallery": "Фотогалерея"})
    reader.catalogues["site", KK] = mo({"CARICC": "ЦАРИКЦ", "cooperation": "ынтымақтастық"})
    tree = fetch(f"/kk/news/{SLUGS[KK]}")
    assert text(tree.find(".//h2[@id='gallery-heading']")) == "Фотогалерея"
    assert text(tree.find(".//a[@class='name']/strong")) == "ЦАРИКЦ"
    assert text(tree.find(".//ul[@class='tags']")) == "ынтымақтастық"


def test_a_changed_catalogue_shows_without_a_restart(
    reader: FakeReader, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.catalogues["messages", KK] = mo({"Photo Gallery": "Фотогалереяя"})
    fetch(f"/kk/news/{SLUGS[KK]}")
    monkeypatch.setattr(published_module, "FRESH", 0.0)
    reader.catalogues["messages", KK] = mo({"Photo Gallery": "Фотогалерея"})
    reader.number += 1
    assert text(fetch(f"/kk/news/{SLUGS[KK]}").find(".//h2[@id='gallery-heading']")) == "Фотогалерея"


def test_a_locale_without_a_catalogue_speaks_its_fallbacks_words(reader: FakeReader, fetch: Fetch) -> None:
    reader.settings = replace(SITE, locales={**SITE.locales, TG: (KK, EN)})
    reader.catalogues["messages", KK] = mo({"Share:": "Бөлісу:"})
    reader.catalogues["messages", TG] = mo({"Photo Gallery": "Галерея"})
    tree = fetch(f"/tg/news/{SLUGS[TG]}")
    assert text(tree.find(".//h2[@id='gallery-heading']")) == "Галерея"
    assert text(tree.find(".//h2[@id='share-heading']")) == "Бөлісу:"


def test_what_an_english_catalogue_lacks_is_said_in_the_msgids_own_english(reader: FakeReader, fetch: Fetch) -> None:
    reader.settings = replace(SITE, default=EN, locales={EN: (KK,), KK: (EN,), TG: (KK, EN)})
    reader.catalogues["messages", KK] = mo({"Photo Gallery": "Фотогалерея", "Share:": "Бөлісу:"})
    reader.catalogues["messages", EN] = mo({"Share:": "Share it:"})
    reader.catalogues["site", KK] = mo({"CARICC": "ЦАРИКЦ"})
    tree = fetch(f"/en/news/{SLUGS[EN]}")
    assert text(tree.find(".//h2[@id='gallery-heading']")) == "Photo Gallery"
    assert text(tree.find(".//h2[@id='share-heading']")) == "Share it:"
    assert text(tree.find(".//a[@class='name']/strong")) == "CARICC"


def test_a_message_that_cannot_be_filled_is_its_msgid_and_is_logged_once(
    reader: FakeReader, fetch: Fetch, caplog: pytest.LogCaptureFixture
) -> None:
    reader.catalogues["messages", KK] = mo({"Photo: %(name)s": "Фото: %(аты)s 100% %d"})
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            tree = fetch(f"/kk/news/{SLUGS[KK]}")
    assert text(tree.find(".//figcaption")) == "Caption 1 Photo: Press service"
    assert len([record for record in caplog.records if "Photo: %(name)s" in record.getMessage()]) == 1


def test_markup_in_a_translation_stays_words(reader: FakeReader, client: FlaskClient, fetch: Fetch) -> None:
    evil = "<script>alert(1)</script> %(language)s"
    reader.catalogues["messages", KK] = mo(
        {"Photo Gallery": "<b>Фото</b>", "Machine translation. Original: %(language)s.": evil}
    )
    assert b"<script>alert" not in client.get(f"/kk/news/{SLUGS[KK]}").data
    tree = fetch(f"/kk/news/{SLUGS[KK]}")
    assert text(tree.find(".//h2[@id='gallery-heading']")) == "<b>Фото</b>"
    notice = tree.find(".//p[@class='notice machine']")
    assert text(notice).startswith("<script>alert(1)</script> ағылшын")
    assert notice is not None
    assert notice.find("a") is not None


def test_plural_forms_follow_the_catalogues_own_header(reader: FakeReader, fetch: Fetch) -> None:
    reader.catalogues["messages", KK] = mo(
        {"%(count)s item\0%(count)s items": "%(count)s жазба"}, "nplurals=1; plural=0;"
    )
    assert text(fetch("/kk/news/").find(".//section[@class='elsewhere']//li")) == "English 1 жазба"


def test_a_per_cent_sign_in_a_name_is_a_per_cent_sign(reader: FakeReader, fetch: Fetch) -> None:
    reader.settings = replace(SITE, address="100% street %s")
    assert "100% street %s" in text(fetch("/en/").find(".//footer"))
    assert EN in reader.settings.locales


def test_before_anything_is_published_the_site_says_so(reader: FakeReader, app: Flask) -> None:
    reader.settings = None
    response = app.test_client().get("/kk/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Not ready yet" in response.get_data(as_text=True)


class Failing(FakeReader):
    def item(self, locale: Tag, slug: str) -> ItemPage | Moved | None:  # noqa: ARG002  # the port's signature
        raise RuntimeError("the database is gone")


def test_a_failure_is_told_in_the_readers_language(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    failing = Failing(catalogues={("messages", KK): mo({"Something went wrong on our side": "Бізде қате болды"})})
    client = create_app(settings, reader=failing, counter=FakeCounter()).test_client()
    response = client.get("/kk/news/x")
    assert response.status_code == 500
    assert "Бізде қате болды" in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"
    assert "the database is gone" not in response.get_data(as_text=True)
    assert "the database is gone" in caplog.text


class Gone(FakeReader):
    def version(self) -> int:
        raise RuntimeError("the database is gone")


def test_a_site_whose_database_was_never_there_answers_plainly(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    response = create_app(settings, reader=Gone(), counter=FakeCounter()).test_client().get("/kk/")
    assert response.status_code == 500
    assert "<h1>" in response.get_data(as_text=True)
    assert "the database is gone" in caplog.text
