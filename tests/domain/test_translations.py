from dataclasses import replace
from itertools import product

import pytest

from app.domain.errors import NotAllowed
from app.domain.people import Grant, Person
from app.domain.permissions import PER_LOCALE, PERMISSIONS, Right, Side, allowed, may
from app.domain.segments import Tag
from app.domain.translations import Action, Role, Status, transition

LEGAL = {
    (Status.MISSING, Action.START): Status.DRAFT,
    (Status.DRAFT, Action.EDIT): Status.DRAFT,
    (Status.IN_REVIEW, Action.EDIT): Status.DRAFT,
    (Status.APPROVED, Action.EDIT): Status.DRAFT,
    (Status.DRAFT, Action.SUBMIT): Status.IN_REVIEW,
    (Status.IN_REVIEW, Action.RETURN): Status.DRAFT,
    (Status.IN_REVIEW, Action.TAKE_BACK): Status.DRAFT,
    (Status.IN_REVIEW, Action.APPROVE): Status.APPROVED,
    (Status.APPROVED, Action.REOPEN): Status.DRAFT,
    (Status.APPROVED, Action.PUBLISH): None,
    (Status.APPROVED, Action.SCHEDULE): None,
    **dict.fromkeys(
        product(
            (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED),
            (Action.WITHDRAW, Action.PUT_BACK, Action.CORRECT, Action.UNSCHEDULE),
        )
    ),
}


@pytest.mark.parametrize(("status", "action"), list(product(Status, Action)))
def test_every_pair_of_status_and_action_is_either_in_the_table_or_refused(status: Status, action: Action) -> None:
    if (status, action) in LEGAL:
        assert transition(status, action).to is LEGAL[status, action]
    else:
        with pytest.raises(NotAllowed):
            transition(status, action)


@pytest.mark.parametrize(
    "action", [Action.PUBLISH, Action.SCHEDULE, Action.UNSCHEDULE, Action.WITHDRAW, Action.PUT_BACK, Action.CORRECT]
)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
@pytest.mark.parametrize("side", Side)
def test_only_a_coordinator_decides_what_readers_see(action: Action, role: Role, side: Side) -> None:
    with pytest.raises(NotAllowed, match="coordinator"):
        allowed(Status.APPROVED, action, {role}, of=side)
    assert allowed(Status.APPROVED, action, {role, Role.COORDINATOR}, of=side).action is action


def test_every_action_and_every_right_stands_in_the_second_table_once() -> None:
    assert sorted(row.what for row in PERMISSIONS) == sorted([*Action, *Right])


@pytest.mark.parametrize("action", [Action.START, Action.EDIT, Action.SUBMIT, Action.TAKE_BACK, Action.REOPEN])
def test_authors_write_source_texts_and_translators_translations(action: Action) -> None:
    assert may({Role.AUTHOR}, action, of=Side.SOURCE)
    assert not may({Role.AUTHOR}, action, of=Side.TRANSLATION)
    assert may({Role.TRANSLATOR}, action, of=Side.TRANSLATION)
    assert not may({Role.TRANSLATOR}, action, of=Side.SOURCE)


def test_an_administrator_decides_about_people_and_about_no_text() -> None:
    rights = {row.what for row in PERMISSIONS if may({Role.ADMINISTRATOR}, row.what, of=Side.TRANSLATION)}
    assert rights == {Right.PEOPLE, Right.JOURNAL}


def test_a_role_for_a_language_counts_for_texts_in_that_language_alone() -> None:
    for role in PER_LOCALE:
        person = Person(
            name="a",
            full_name="A",
            email="",
            language=Tag("en"),
            grants=frozenset({Grant(role=role, locale=Tag("kk"))}),
        )
        assert person.roles(Tag("kk")) == {role}
        assert person.roles(Tag("ky")) == set()
        assert replace(person, active=False).roles(Tag("kk")) == set()
