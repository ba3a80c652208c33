"""What readers see is kept up change by change, and is what a fresh computation from the truth gives."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.documents import DocumentName, Kind
from app.domain.errors import Refusal
from app.domain.segments import Tag
from app.domain.translations import Action
from app.formats import item_pages
from app.formats.own_media import OwnMedia
from app.formats.render import Bind, render
from app.services import revisions, transitions
from app.services.texts import find, find_document
from app.storage.database import Database
from app.storage.published import DbPage
from app.storage.texts import DbRevision
from tests.copies import Copies
from tests.journeys.histories import histories
from tests.readers import assert_as_computed_afresh, compute_afresh, read_model
from tests.storage.photographs import encoded, halves
from tests.trees import EDITOR, SITE, Place, article

DOCUMENTS = st.integers(0, 2)
LOCALES = st.sampled_from(["en", "ru", "ky"])
WORDS = st.sampled_from(["alpha", "beta", "gamma", "омега"])
SLUGS = st.sampled_from(["one", "two", "three", "four"])  # few, so that documents fight for them
STATUSES = st.sampled_from(["draft", "in review", "approved", "published", "published"])
PHOTOS = [encoded(halves(*size)) for size in ((60, 40), (40, 60))]
SITES = [
    SITE,
    SITE.replace('ru = ["en"]\n', "").replace('"ru", ', "").replace('["ru"]', "[]"),
    SITE.replace('ky = ["ru", "en"]', 'ky = ["en"]\nde = ["ru"]'),
    SITE.replace('default = "en"', 'default = "ru"').replace('ky = ["ru", "en"]', "ky = []"),
    "[[broken",
]
PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Tilmash-Status: {}\\n"\n'
    '\nmsgid "News"\nmsgstr "{}"\n'
    '\nmsgid "More"\nmsgstr "x"\n'
)
DAMAGED = st.sampled_from(["", "%9999d", 'x" y', "x\\n", 'x"\nmsgstr "y'])


class Step(NamedTuple):
    """One thing that somebody does; `do` does it to a place."""

    what: str
    do: Callable[[Place], None]
    is_at_the_desk: bool = False


def name(number: int) -> DocumentName:
    return DocumentName(kind=Kind.PAGE if number == 2 else Kind.NEWS, name=f"item-{number}")


def folder(number: int) -> str:
    return f"content/{'pages' if number == 2 else 'news'}/item-{number}"


@st.composite
def files(draw: st.DrawFn) -> Step:
    """A text in a language, perhaps made from what is the newest in another one, live or not."""
    number, locale, of = draw(DOCUMENTS), draw(LOCALES), draw(st.none() | LOCALES)
    mark = draw(st.sampled_from(["", "", "", ".draft"]))
    title, words, status, slug = draw(WORDS), draw(WORDS), draw(STATUSES), draw(SLUGS)

    def save(place: Place) -> None:
        header = based_on(place, number, of) if of is not None and of != locale else {}
        text = article(title, words, words, status=status, slug=slug, **header)
        place.write(f"{folder(number)}/{locale}{mark}.md", text)

    return Step(f"a file of {locale}{mark} is saved", save)


def based_on(place: Place, number: int, locale: str) -> dict[str, str]:
    with place.database.read() as session:
        document = find_document(session, name(number))
        texts = document.translations if document is not None else []
        newest = next((one.head_id for one in texts if one.locale == locale), None)
        return {"based_on": f"{locale}@{session.get_one(DbRevision, newest).digest[:8]}"} if newest else {}


@st.composite
def facts(draw: st.DrawFn) -> Step:
    number = draw(DOCUMENTS)
    lines = [f'source = "{draw(LOCALES)}"', f'tags = ["{draw(WORDS)}", "{draw(WORDS)}"]']
    lines += [f"date = 2026-01-0{draw(st.integers(1, 3))}T10:00:00+05:00"] if number < 2 else []
    lines += ['photos = ["photos/a.jpg"]'] if draw(st.booleans()) else []
    lines += [f"publish-at = {draw(st.sampled_from([2020, 2099]))}-01-01T00:00:00Z"] if draw(st.booleans()) else []
    text = "\n".join(lines) + "\n"
    return Step("facts are saved", lambda place: place.write(f"{folder(number)}/item.toml", text))


@st.composite
def photos(draw: st.DrawFn) -> Step:
    number, photo = draw(DOCUMENTS), draw(st.sampled_from(PHOTOS))
    return Step("a photo is replaced", lambda place: place.write(f"{folder(number)}/photos/a.jpg", photo))


@st.composite
def sites(draw: st.DrawFn) -> Step:
    text = draw(st.sampled_from(SITES))
    return Step("site.toml is saved", lambda place: place.write("content/site.toml", text))


@st.composite
def catalogues(draw: st.DrawFn) -> Step:
    locale, text = draw(LOCALES), PO.format(draw(STATUSES), draw(WORDS | DAMAGED))
    hostile = draw(st.booleans()) and "\0"
    return Step(
        "a catalogue is saved",
        lambda place: place.write(f"translations/{locale}/LC_MESSAGES/messages.po", f"{text}{hostile or ''}"),
    )


@st.composite
def decisions(draw: st.DrawFn) -> Step:
    """The desk saves a text, which may be made from an older one, and takes transitions as far as they go."""
    number, locale, words = draw(DOCUMENTS), draw(LOCALES), draw(st.none() | WORDS)
    actions = draw(st.lists(st.sampled_from([*Action, Action.SUBMIT, Action.APPROVE, Action.PUBLISH]), max_size=4))
    minor = draw(st.booleans())

    def decide(place: Place) -> None:
        try:
            with place.database.write() as session:
                translation = find(session, name(number), Tag(locale))
                transitions.lock(session, translation)
                if words and translation.head_id:
                    base = session.get_one(DbRevision, translation.head_id)
                    revisions.save(session, translation, base.text + f"\n{words}\n", EDITOR, base=base, path="desk")
        except Refusal:
            event("the desk is refused a text")
        for action in actions:
            try:
                with place.database.write() as session:
                    translation = find(session, name(number), Tag(locale))
                    head = translation.head
                    transitions.take(session, translation, action, EDITOR, revision=head, comment="a note", minor=minor)
            except Refusal:
                event(f"the desk is refused to {action}")

    return Step("the desk decides", decide, is_at_the_desk=True)


HISTORIES = st.lists(
    files() | files() | facts() | photos() | sites() | catalogues() | decisions() | decisions(), min_size=1, max_size=10
)


def begin(place: Place) -> None:
    """Three documents with something live, so that each step changes what readers see."""
    for number, slug in enumerate(("one", "two", "three")):
        date = "date = 2026-01-01T10:00:00+05:00\n" if number < 2 else ""
        tags = 'tags = ["alpha"]\n' if number == 1 else ""
        place.write(f"{folder(number)}/item.toml", f'{date}source = "en"\nphotos = ["photos/a.jpg"]\n{tags}')
        place.write(f"{folder(number)}/photos/a.jpg", PHOTOS[0])
        place.write(f"{folder(number)}/en.md", article("alpha", "beta", slug=slug))
        place.write(f"{folder(number)}/ru.md", article("альфа", "бета", slug=f"{slug}-ru"))
    place.write("translations/ru/LC_MESSAGES/messages.po", PO.format("published", "Новости"))
    place.sync()


@pytest.mark.soak
@histories(short=25, long=500)
@given(history=HISTORIES)
def test_after_every_change_readers_see_what_a_fresh_computation_gives(
    sqlite_template: str, copies: Copies, history: list[Step]
) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="tilmash-") as root,
        copies.of(begin, f"sqlite:///{sqlite_template}", Path(root)) as place,
    ):
        seen = assert_as_computed_afresh(place)
        told = "three times three addresses, two slugs, two texts, a photo and its cut; two tags, a catalogue"
        assert len(seen) == 30, told
        for step in history:
            event(step.what)
            step.do(place)
            if step.is_at_the_desk:  # a file that nobody has taken in yet changes nothing
                assert_as_computed_afresh(place)
            place.sync()
            now = assert_as_computed_afresh(place)
            event(f"{step.what}, and readers see it: {now != seen}")
            seen = now


def test_the_comparison_sees_a_row_that_is_not_as_it_should_be(sqlite: Database, tmp_path: Path) -> None:
    """So that its silence above says something."""
    place = Place(tmp_path, str(sqlite.engine.url))
    begin(place)
    with place.database.write() as session:
        page = session.scalars(select(DbPage).where(DbPage.locale == "ky")).first()
        assert page is not None
        page.page = page.page.replace(b"beta", b"zeta").replace("бета".encode(), "зета".encode())
    with pytest.raises(AssertionError):
        assert_as_computed_afresh(place)
    place.database.dispose()


def test_making_the_read_model_anew_changes_nothing(tmp_path: Path, database_url: str) -> None:
    place = Place(tmp_path, database_url)
    place.write("content/news/item-0/item.toml", 'date = 2026-01-01T10:00:00+05:00\nsource = "en"\n')
    place.write("content/news/item-0/en.md", article("alpha", "beta", slug="one"))
    place.write("translations/ru/LC_MESSAGES/messages.po", PO.format("published", "Новости"))
    place.sync()
    with place.database.read() as session:
        before = read_model(session)
    with place.database.write() as session:
        assert compute_afresh(session) == 2
    with place.database.read() as session:
        assert read_model(session) == before
    assert len(before) == 6
    assert place.sync() == []
    place.database.dispose()


def test_a_text_is_rendered_once_however_many_addresses_show_it(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = []

    def noted(body: str, media: OwnMedia, bind: Bind) -> str:
        rendered.append(body.strip())
        return render(body, media, bind)

    monkeypatch.setattr(item_pages, "render", noted)
    place = Place(tmp_path, database_url)
    place.item(en=article("alpha", "beta"))
    place.sync()
    assert rendered == ["beta"], "en, and for ru and ky, which have none"
    rendered.clear()
    place.item(en=article("alpha", "beta"), ky=article("альфа", "бета"))
    place.sync()
    assert sorted(rendered) == ["beta", "бета"]
    place.database.dispose()
