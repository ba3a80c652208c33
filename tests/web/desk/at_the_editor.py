"""An article and its translation in the editor, without scripts."""

import re

from flask.testing import FlaskClient

from app.domain.segments import Tag
from app.services.texts import find
from tests.desk import TestDesk
from tests.trees import FOLDER, ITEM, Place, article
from tests.web.desk.pages import Page
from tests.web.forms import form_in

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")


KY = article("Ачылыш", "Борбор ачылат", "Баары  чакырылат.", slug="achylysh", status="draft")


AT = f"/desk/{FOLDER}/ky/translate"


def an_article(place: Place) -> None:
    place.item(en=EN, ky=KY)
    place.sync()


def shown(client: FlaskClient, asked: str) -> str:
    return Page(client.get(f"{AT}?{asked}")).html


def segment(page: str) -> str:
    """What the page of a text shows of the segment that its address names."""
    return page.partition('id="segment"')[2].partition('<div class="segment')[0]


HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'
)


MESSAGES = 'msgid "Open"\nmsgstr "{}"\n\n#, fuzzy\nmsgid "Shut"\nmsgstr "{}"\n\n'


COUNTED = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'


def sheet(client: FlaskClient, asked: str) -> dict[str, str]:
    """The fields of the editor's form as a browser without scripts sends them."""
    fields = dict(form_in(shown(client, asked)).items(multi=False))
    return {name: value for name, value in fields.items() if name != "q"}


def head(desk: TestDesk) -> int:
    """The number of the newest revision."""
    with desk.place.database.read() as session:
        text = find(session, ITEM, Tag("ky")).head
        return text.number if text is not None else 0


def places(client: FlaskClient) -> dict[str, str]:
    return dict(re.findall(r'data-key="([^"]*)" data-place="([^"]*)"', shown(client, "")))
