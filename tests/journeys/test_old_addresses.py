"""Whatever becomes of slugs, an address that once worked leads to its item, to who has taken it, or says it is gone."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.documents import DocumentName, Kind
from app.domain.errors import Refusal
from app.domain.pages import ItemPage
from app.domain.segments import Tag
from app.domain.translations import Action
from app.factory import create_app
from app.queries import reading
from app.queries.addresses import Moved, Withdrawn
from app.services.texts import find
from app.storage.published import DbPage
from app.web.published import FRESH
from app.web.read_model import ReadModel
from tests import databases
from tests.journeys.histories import histories
from tests.trees import Place, article, decide
from tests.web.fakes import FakeCounter

LOCALES = tuple(map(Tag, ("en", "ru", "ky")))
NAMES = [DocumentName(kind=Kind.NEWS, name=f"item-{number}") for number in range(3)]
SLUGS = ["one", "two", "three", "four"]  # few, so that documents fight for them

documents, slugs = st.sampled_from(NAMES), st.sampled_from(SLUGS)
written = st.sampled_from(["en", "en", "ru"])


class Step(NamedTuple):
    """One thing that somebody does."""

    what: str
    do: Callable[[Place], None]


@st.composite
def saves(draw: st.DrawFn) -> Step:
    name, locale, slug = draw(documents), draw(written), draw(slugs)
    text = article(f"{name.name} in {locale}", "Text.", slug=slug)
    return Step("a text gets a slug", lambda place: place.write(f"content/{name}/{locale}.md", text))


@st.composite
def decisions(draw: st.DrawFn) -> Step:
    name, locale = draw(documents), Tag(draw(written))
    action = draw(st.sampled_from([Action.WITHDRAW, Action.WITHDRAW, Action.PUBLISH]))

    def take(place: Place) -> None:
        try:
            with place.database.write() as session:
                decide(session, find(session, name, locale), action)
        except Refusal:
            event(f"the desk is refused to {action}")

    return Step(f"the desk decides to {action}", take)


class Ledger:
    """What a reader saw at each address, by looking at pages alone."""

    def __init__(self) -> None:
        self.had: dict[str, list[str]] = {}

    def look(self, session: Session) -> None:
        """Note who has each slug now: whoever had it last stands last."""
        for slug in SLUGS:
            for name in owners(session, slug):
                history = self.had.setdefault(slug, [])
                if name in history:
                    history.remove(name)
                history.append(name)

    def check(self, session: Session) -> None:
        """Hold every address that ever worked against what it leads to now."""
        live = {page.document.name for page in pages(session)}
        for slug, history in self.had.items():
            expected = next((name for name in owners(session, slug)), None) or next(
                (name for name in reversed(history) if name in live), None
            )
            for locale in LOCALES:
                assert led(session, locale, slug) == expected, (slug, locale, history)
        for slug in set(SLUGS) - self.had.keys():
            assert {reading.item(session, locale, slug) for locale in LOCALES} == {None}


def pages(session: Session) -> list[ItemPage]:
    """Return every page that a reader can see."""
    addresses = session.execute(select(DbPage.locale, DbPage.slug).where(DbPage.locale.in_(LOCALES))).all()
    found = [reading.item(session, locale, slug) for locale, slug in addresses]
    return [page for page in found if isinstance(page, ItemPage)]


def owners(session: Session, slug: str) -> set[str]:
    return {page.document.name for page in pages(session) if page.slug == slug}


def led(session: Session, locale: Tag, slug: str) -> str | None:
    """Return the item that an address leads to, at most one step farther on; None if it says that it is gone."""
    found = reading.item(session, locale, slug)
    if isinstance(found, Moved):
        event(f"led on, for good: {found.for_good}")
        assert found.locale == locale
        found = reading.item(session, locale, found.slug)
        assert isinstance(found, ItemPage)
    elif isinstance(found, Withdrawn):
        event("gone")
        return None
    assert isinstance(found, ItemPage)
    return found.document.name


def test_a_reader_follows_old_links(tmp_path: Path, database_url: str) -> None:
    place = Place(tmp_path, database_url)
    place.write(f"content/{NAMES[0]}/item.toml", 'date = 2026-01-01T10:00:00+05:00\nsource = "en"\ntags = ["law"]\n')
    reader = create_app(place.settings, reader=ReadModel(place.database), counter=FakeCounter()).test_client()

    def answer(address: str) -> tuple[int, str]:
        response = reader.get(address, base_url="http://evil.example")
        return response.status_code, response.headers.get("Location", "")

    for slug in ("one", "two"):
        place.write(f"content/{NAMES[0]}/en.md", article("Item", "Text.", slug=slug))
        place.sync()
        Event().wait(FRESH)
        assert answer(f"/en/news/{slug}") == (200, "")
    assert answer("/en/news/one?from=mail") == (301, "/en/news/two?from=mail")
    assert answer("/ky/news/one") == (302, "/ky/news/two")
    assert answer("/de/news/one") == (302, "/en/news/one")
    assert answer("/ru/archive/2026/01/") == (404, "")
    assert answer("/en/archive/2026/1/") == (308, "/en/archive/2026/01/")
    for address in ("/en/archive/2026/01/", "/en/archive/2026/", "/en/archive/", "/en/tags/", "/en/tags/law/"):
        assert answer(address) == (200, "")
        assert b"/en/news/two" in reader.get(address).data or address.count("/") == 3
    with place.database.write() as session:
        decide(session, find(session, NAMES[0], Tag("en")), Action.WITHDRAW)
    Event().wait(FRESH)
    for address in ("/en/news/one", "/en/news/two", "/ru/news/one", "/ky/news/two/"):
        assert answer(address) == (410, "")
    assert answer("/en/tags/law/") == answer("/en/archive/2026/01/") == answer("/en/news/three") == (404, "")
    place.database.dispose()


@pytest.mark.soak
@histories(short=25, long=1000)
@given(history=st.lists(saves() | saves() | decisions(), min_size=1, max_size=12))
def test_every_address_that_ever_worked_leads_to_its_item_to_who_took_it_or_says_that_it_is_gone(
    sqlite_template: str, history: list[Step]
) -> None:
    with tempfile.TemporaryDirectory(prefix="tilmash-") as root:
        place = Place(Path(root), databases.sqlite_copy(sqlite_template, Path(root) / "test.db"))
        ledger = Ledger()
        try:
            for number, name in enumerate(NAMES):
                facts = f'date = 2026-01-0{number + 1}T10:00:00+05:00\nsource = "en"\n'
                place.write(f"content/{name}/item.toml", facts)
                place.write(f"content/{name}/en.md", article(f"{name.name} in en", "Text.", slug=SLUGS[number]))
            for step in [Step("everything is published", lambda _: None), *history]:
                event(step.what)
                step.do(place)
                place.sync()
                with place.database.read() as session:
                    ledger.look(session)
                    ledger.check(session)
        finally:
            place.database.dispose()
