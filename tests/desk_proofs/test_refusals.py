"""Nobody does by any door what the two tables do not say: each role, action, language, state and door.

Made from the tables, so that a row that is changed there is asked for here. What is refused leaves nothing behind.

Who may do what is no matter of the database (and `services/test_transitions` asks both of them): PostgreSQL answers
one person, who may do everything that anybody may.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.cli import main
from app.domain.documents import DocumentName, Kind
from app.domain.permissions import Side, may
from app.domain.segments import Tag
from app.domain.translations import Action, Role, Status
from app.services.texts import find, find_document
from tests.copies import Copies
from tests.desk import TestDesk, open_office
from tests.desk_proofs.stage import (
    EVERYBODY,
    SOURCE,
    Case,
    State,
    became,
    cases,
    hire_everybody,
    meant,
    put_on,
    standing,
    text_of,
    written,
)
from tests.trees import FACTS, SITE, Place, article
from tests.web.forms import form_in

KINDS = (Kind.NEWS, Kind.CATALOGUE)
WHO_MAY = "coordinator"

everybody = pytest.mark.parametrize(
    ("template", "person"),
    [
        *(pytest.param("sqlite", person, id=f"sqlite-{person}") for person in EVERYBODY),
        pytest.param("postgresql", WHO_MAY, id=f"postgresql-{WHO_MAY}", marks=pytest.mark.postgresql),
    ],
    indirect=["template"],
)


def make_empty(place: Place) -> None:
    """Everybody, at a desk without a text."""
    open_office(place)
    hire_everybody(place.database)


def make_everything(place: Place) -> None:
    """And the documents of everybody's cases, by whichever door."""
    _make(place, *(EVERYBODY if place.url.startswith("sqlite") else (WHO_MAY,)))


def _make(place: Place, *people: str) -> None:
    make_empty(place)
    put_on(place, [case for person in people for case in all_cases(person)])


def all_cases(person: str) -> Iterator[Case]:
    return chain.from_iterable(cases(person, kind) for kind in KINDS)


@pytest.fixture
def empty(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(make_empty, template, tmp_path) as place:
        yield place


@pytest.fixture
def place(tmp_path: Path, template: str, copies: Copies) -> Iterator[Place]:
    with copies.of(make_everything, template, tmp_path) as place:
        yield place


@pytest.fixture
def desk(tmp_path: Path, template: str, copies: Copies) -> Iterator[TestDesk]:
    with copies.of(make_everything, template, tmp_path) as place:
        desk = TestDesk(tmp_path, place.url, fresh=False)
        yield desk
        desk.place.database.dispose()


def test_the_cases_are_all_there_are() -> None:
    """A role, an action or a status that is added must be asked for."""
    asked = [case for person in EVERYBODY for case in cases(person)]
    assert {case.action for case in asked} == set(Action)
    assert {case.state.status for case in asked} == set(Status)
    assert {grant.role for grants in EVERYBODY.values() for grant in grants} == set(Role)
    pairs = {(case.action, case.state.status) for case in asked}
    assert len(pairs) == len(Action) * len(Status)
    allowed = {case.action for case in asked if case.is_allowed}
    assert allowed == set(Action), "each action is somebody's"
    done = [{replace(case, person="") for case in all_cases(person) if case.is_allowed} for person in EVERYBODY]
    assert set().union(*done) == {replace(case, person="") for case in all_cases(WHO_MAY) if case.is_allowed}


def on_the_command_line(place: Place, case: Case, number: int) -> Result:
    environment = {
        "TILMASH_DATA": str(place.settings.data), "TILMASH_CONTENT": str(place.settings.content),
        "TILMASH_TRANSLATIONS": str(place.settings.translations), "DATABASE_URL": place.url,
    }  # fmt: skip
    if case.action is Action.START or (case.action is Action.EDIT and case.state is not State.MISSING):
        file = place.root / ("upload.po" if case.kind is Kind.CATALOGUE else "upload.md")
        file.write_text(text_of(case, word="will open").replace("published", "draft"), encoding="utf-8")
        order = ["upload", str(file), "--document", str(case.text), "--locale", case.locale, "--by", case.person]
    else:
        order = ["transition", str(case.text), case.locale, case.action.value, "--as", case.person, "--note", "why"]
        order += ["--revision", str(number)] if number else []
        order += ["--at", "2099-01-01T10:00+05:00"] if case.action is Action.SCHEDULE else []
    return CliRunner().invoke(main, order, env=environment)


@everybody
def test_the_command_line_does_for_an_account_what_the_tables_say_and_nothing_else(
    place: Place, monkeypatch: pytest.MonkeyPatch, person: str
) -> None:
    monkeypatch.setattr(
        "app.worker.workplace.Database", lambda *_given, **_named: place.database
    )  # a process would close its own
    for case in filter(possible_by_command, all_cases(person)):
        number = meant(place, case)
        before, count = standing(place, case), written(place)
        done = on_the_command_line(place, case, number)
        after = standing(place, case)
        if case.is_allowed:
            assert (done.exit_code, became(case, before, after)) == (0, True), (
                f"{case}: {done.output} {done.exception!r}"
            )
        else:
            assert (done.exit_code, after, written(place)) == (1, before, count), (
                f"{case}: {done.output} {done.exception!r}"
            )


def possible_by_command(case: Case) -> bool:
    """Tell what cannot even be asked for: a document begins with files, and a text that is there is not begun."""
    if case.action is Action.START:
        return case.state is State.MISSING and not case.is_source
    return case.state is not State.MISSING or not case.is_source


STEPS = ((Status.DRAFT, Action.START), (Status.IN_REVIEW, Action.SUBMIT), (Status.APPROVED, Action.APPROVE))
ASKED = ("draft", "in review", "approved", "published")


def by_the_tables(roles: set[Role], locale: Tag, asked: str) -> tuple[Status, bool]:
    """How far a file that asks for a status gets, and whether readers see it then."""
    side, reached = Side.SOURCE if locale == SOURCE else Side.TRANSLATION, Status.MISSING
    for number, (status, action) in enumerate(STEPS):
        if number > ASKED.index(asked) or not may(roles, action, of=side):
            return reached, False
        reached = status
    return reached, asked == "published" and may(roles, Action.PUBLISH, of=side)


@pytest.mark.parametrize("role", Role)
def test_the_tree_does_with_its_roles_what_the_tables_say_and_nothing_else(empty: Place, role: Role) -> None:
    """A source text by a tree that has this role alone; then translations of what others published."""
    narrow = f'{SITE}[tree]\nroles = ["{role}"]\nfour_eyes = false\n'
    names = {
        (locale, asked): f"{locale}-{asked.replace(' ', '-')}" for locale in (SOURCE, Tag("ru")) for asked in ASKED
    }
    trusted_with_everything(empty, *(name for (locale, _), name in names.items() if locale != SOURCE))
    empty.write("content/site.toml", narrow)
    for (locale, asked), name in names.items():
        empty.write(f"content/news/{name}/item.toml", FACTS)
        text = article("Opening", "The centre opens.", status=asked, slug=f"{name}-{locale}")
        empty.write(f"content/news/{name}/{locale}.md", text)
    empty.sync()
    for (locale, asked), name in names.items():
        found = DocumentName(kind=Kind.NEWS, name=name)
        assert state_of(empty, found, locale) == by_the_tables({role}, locale, asked), f"{name}, by {role}"


def trusted_with_everything(place: Place, *names: str) -> None:
    """Have source texts published by a tree that has every role."""
    for name in names:
        place.write(f"content/news/{name}/item.toml", FACTS)
        place.write(f"content/news/{name}/en.md", article("Opening", "The centre opens.", slug=f"{name}-en"))
    place.sync()


def state_of(place: Place, name: DocumentName, locale: Tag) -> tuple[Status, bool]:
    with place.database.read() as session:
        document = find_document(session, name)
        translation = document.text_in(locale) if document else None
        return (translation.status, translation.live_id is not None) if translation else (Status.MISSING, False)


@pytest.mark.parametrize("role", Role)
def test_a_file_that_is_changed_becomes_a_revision_only_where_the_trees_role_may_edit(empty: Place, role: Role) -> None:
    """And readers see the change, a correction, only where it may correct."""
    name = DocumentName(kind=Kind.NEWS, name="mended")
    trusted_with_everything(empty, "mended")
    empty.write("content/news/mended/ru.md", article("Открытие", "Центр открывается.", slug="mended-ru"))
    empty.sync()
    empty.write("content/site.toml", f'{SITE}[tree]\nroles = ["{role}"]\nfour_eyes = false\n')
    for locale, side in ((SOURCE, Side.SOURCE), (Tag("ru"), Side.TRANSLATION)):
        file = f"content/news/mended/{locale}.md"
        with empty.database.read() as session:
            before = find(session, name, locale)
            head, live = before.head_id, before.live_id
        empty.write(file, empty.read(file).replace("The centre opens.", "It opens.").replace("Центр", "Наш центр"))
        empty.sync()
        with empty.database.read() as session:
            after = find(session, name, locale)
            changed = after.head_id != head, after.live_id != live
        assert changed == (may({role}, Action.EDIT, of=side), may({role}, Action.CORRECT, of=side))


def possible_in_the_browser(case: Case) -> bool:
    """Tell what has no button and no form: a text that is there is edited, one that is not is begun, by one form."""
    if case.state is State.MISSING:
        return not case.is_source and case.action is not Action.EDIT
    return case.action is not Action.START


FORMS = {Action.START: "translate", Action.EDIT: "translate", Action.CORRECT: "correct"}


def in_the_browser(desk: TestDesk, case: Case, browser: FlaskClient, helper: FlaskClient) -> TestResponse:
    """Send what a button or a form of the text's page sends; the form itself is one that a coordinator was shown."""
    text = f"/desk/{case.text}/{case.locale}"
    if case.action not in FORMS:
        said = {"action": case.action.value, "note": "why", "due": "2099-01-01T10:00"}
        return browser.post(f"{text}/act", data=said | {"revision": str(meant(desk.place, case))})
    source = case.is_source and case.action is Action.EDIT
    address = f"{text}/{'edit' if source else FORMS[case.action]}"
    form = form_in(helper.get(address).text)
    for name in [name for name in form if name == "body" or name.startswith("s")]:
        form[name] = form[name].replace("The centre opens.", "The centre opens now.") or "Words"
    return browser.post(address, data=form)


@everybody
def test_the_desk_does_for_somebody_what_the_tables_say_and_nothing_else(desk: TestDesk, person: str) -> None:
    browser, helper = desk.signed_in(person), desk.signed_in("carim")
    for case in filter(possible_in_the_browser, all_cases(person)):
        before, count = standing(desk.place, case), written(desk.place)
        answer = in_the_browser(desk, case, browser, helper)
        after = standing(desk.place, case)
        said = f"{case}: {answer.status_code}, {before} became {after}"
        if case.is_allowed:
            assert (answer.status_code, became(case, before, after)) == (303, True), said
        else:
            missing = {404} if case.state is State.MISSING else set()
            assert answer.status_code in {403, 409, *missing}, said
            assert (after, written(desk.place)) == (before, count), said
