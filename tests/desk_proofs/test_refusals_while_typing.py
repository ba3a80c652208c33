"""Who may not write a text keeps no word beside it by any route of the editor: each role, each route, each language."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.domain.permissions import Right, Side, may
from app.domain.segments import Tag
from app.domain.translations import Action, Role
from app.storage.dismissals import DbDismissal
from app.storage.journal import DbEvent
from app.storage.talk import DbComment
from app.storage.working_copies import DbPresence, DbWorkingCopy
from tests.copies import Copies
from tests.databases import on_sqlite
from tests.desk import TestDesk, open_office
from tests.desk_proofs.stage import EVERYBODY, SOURCE, TEMPLATE, hire_everybody
from tests.trees import FOLDER, Place, article

LANGUAGES = (SOURCE, Tag("ky"))
ARTICLE, CATALOGUE = f"/desk/{FOLDER}", "/desk/catalogue/messages"
TABLES = (DbWorkingCopy, DbPresence, DbComment, DbDismissal, DbEvent)

Needs = Action | Right
ROUTES: dict[str, tuple[str, Needs]] = {
    "typed": ("POST", Action.EDIT), "fold": ("POST", Action.EDIT), "drop": ("POST", Right.READ),
    "let-go": ("POST", Right.READ), "present": ("GET", Right.READ), "token": ("GET", Right.READ),
    "aside": ("GET", Action.EDIT), "talk": ("POST", Right.COMMENT), "dismiss": ("POST", Action.EDIT),
    "shown": ("GET", Right.READ),
}  # fmt: skip
"""What stands under the editor's address, and what it takes."""


def make(place: Place) -> None:
    english = article("Opening", "The centre opens", slug="opening")
    place.item(en=english, ky=english.replace("opening", "achylysh").replace("published", "draft"))
    place.write("translations/messages.pot", TEMPLATE)
    place.write("translations/ky/LC_MESSAGES/messages.po", TEMPLATE.replace('ing"\nmsgstr ""', 'ing"\nmsgstr "Ачылыш"'))
    open_office(place)
    hire_everybody(place.database)


@pytest.fixture
def desk(tmp_path: Path, template: str, copies: Copies) -> Iterator[TestDesk]:
    with copies.of(make, template, tmp_path) as place:
        desk = TestDesk(tmp_path, place.url, fresh=False)
        yield desk
        desk.place.database.dispose()


def is_allowed(person: str, needs: Needs, locale: Tag, *, source: bool) -> bool:
    """What the table says; what is about no one text counts roles for any language, and every route takes READ."""
    roles = {grant.role for grant in EVERYBODY[person]}
    for_it: set[Role] = {grant.role for grant in EVERYBODY[person] if grant.locale in {None, locale}}
    counting = for_it if isinstance(needs, Action) else roles
    return may(roles, Right.READ) and may(counting, needs, of=Side.SOURCE if source else Side.TRANSLATION)


def ask(browser: FlaskClient, address: str, route: str, person: str, serial: int) -> int:
    segment = {"key": "title", "serial": serial, "typed": {"forms": [f"Words of {person}"]}}
    said = {"account": person, "tab": "one", "revision": 1, "segments": [segment]}
    fields = {"at": "title", "key": "title", "serial": "1", "say": "Words", "finding": f"stop {'a' * 64}"}
    fields |= {f"reason stop {'a' * 64}": "why"}
    if route in {"typed", "fold", "drop"}:
        return browser.post(f"{address}/{route}", data=json.dumps(said), content_type="application/json").status_code
    if ROUTES[route][0] == "POST":
        return browser.post(f"{address}/{route}", data=fields).status_code
    return browser.get(
        f"{address}/{route}", query_string={"at": "title" if route != "shown" else "Opening"}
    ).status_code


def rows(desk: TestDesk) -> list[int]:
    with desk.place.database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


@on_sqlite
def test_the_routes_are_all_there_are(desk: TestDesk) -> None:
    there = {rule.path.rpartition("/translate/")[2] for rule in desk.app.extensions["desk"].rules.all}
    assert set(ROUTES) <= there


@on_sqlite
def test_each_route_of_the_editor_lets_in_whom_the_table_names_and_what_is_refused_leaves_nothing_behind(
    desk: TestDesk,
) -> None:
    serial = 0
    for person in EVERYBODY:
        browser = desk.signed_in(person)
        before = rows(desk)
        for route, (_, needs) in ROUTES.items():
            for locale in LANGUAGES:
                serial += 1
                there = CATALOGUE if route == "shown" else ARTICLE
                if there == CATALOGUE and locale == SOURCE:
                    continue
                source = there == ARTICLE and locale == SOURCE
                status = ask(browser, f"{there}/{locale}/translate", route, person, serial)
                said = f"{person} asks {route} in {locale}: {status}"
                if is_allowed(person, needs, locale, source=source):
                    assert status in {200, 303}, said
                    before = rows(desk)
                else:
                    assert status == 403, said
                    assert rows(desk) == before, said
