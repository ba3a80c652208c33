"""The page of one text, for tests of what is done there: opened, and pressed."""

from flask.testing import FlaskClient

from app.domain.segments import Tag
from app.services.texts import find
from tests.desk import TestDesk
from tests.trees import FOLDER, ITEM, article
from tests.web.desk.pages import Page

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
RU = article("Открытие", "Центр открывается.", "Приглашены все.", slug="otkrytie", status="draft")
AT = f"/desk/{FOLDER}/ru/"


def begin(desk: TestDesk) -> None:
    """Give the site an article that readers have in English, with a draft in Russian."""
    desk.place.item(en=EN, ru=RU)
    desk.place.sync()
    assert desk.place.problems() == []


def page(client: FlaskClient, address: str = AT) -> Page:
    return Page(client.get(address))


def press(client: FlaskClient, words: str, address: str = AT, shown: Page | None = None, **typed: str) -> Page:
    """Press a button on a page (as it was `shown`), and see where that leads."""
    shown = shown or page(client, address)
    form = shown.form(words)
    name, value = form.buttons[words]
    data = {**form.fields, **typed, **({name: value} if name else {})}
    return Page(client.post(form.action or address, data=data, follow_redirects=True))


def state(desk: TestDesk, locale: str = "ru") -> tuple[str, bool]:
    with desk.place.database.read() as session:
        text = find(session, ITEM, Tag(locale))
        return str(text.status), text.live_id is not None
