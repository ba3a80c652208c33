"""Whom an account can be made for, and which roles fit."""

from dataclasses import replace

import pytest

from app.domain.invitations import Fault, Invitation, email_of, faults_of
from app.domain.people import Grant
from app.domain.segments import Tag
from app.domain.translations import Role

LOCALES = frozenset({Tag("en"), Tag("kk")})
ANA = Invitation(
    name="ana", full_name="Ana Ivanova", email="ana@example.org", language=Tag("kk"),
    grants=frozenset({Grant(role=Role.AUTHOR), Grant(role=Role.TRANSLATOR, locale=Tag("kk"))}),
)  # fmt: skip


def test_an_invitation_says_who_where_to_and_as_what() -> None:
    assert faults_of(ANA, LOCALES) == []


@pytest.mark.parametrize(
    "name", ["", "Ana", "ana ivanova", "1ana", "../ana", "shell", "tree", "worker", "a" * 61, "ана"]
)
def test_a_name_can_stand_in_an_address_and_is_no_process(name: str) -> None:
    assert faults_of(replace(ANA, name=name), LOCALES) == [Fault.NAME]


@pytest.mark.parametrize(
    "email", ["", "ana", "ana@", "@example.org", "ana@localhost", "a b@example.org", "a@b@c.org", "a\nb@example.org"]
)
def test_an_address_is_one(email: str) -> None:
    assert faults_of(replace(ANA, email=email), LOCALES) == [Fault.EMAIL]


@pytest.mark.parametrize(
    ("grant", "fault"),
    [
        (Grant(role=Role.TRANSLATOR), Fault.WITHOUT_LANGUAGE),
        (Grant(role=Role.REVIEWER, locale=Tag("fr")), Fault.LANGUAGE),
        (Grant(role=Role.COORDINATOR, locale=Tag("kk")), Fault.WITH_LANGUAGE),
    ],
)
def test_a_role_is_granted_as_the_second_table_counts_it(grant: Grant, fault: Fault) -> None:
    assert faults_of(replace(ANA, grants=frozenset({grant})), LOCALES) == [fault]


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = replace(ANA, name="Ana", full_name=" ", email="?", language=Tag("fr"))
    assert faults_of(wrong, LOCALES) == [Fault.NAME, Fault.FULL_NAME, Fault.EMAIL, Fault.LANGUAGE]


def test_addresses_are_compared_in_small_letters() -> None:
    assert email_of("  Ana.Ivanova@Example.ORG ") == "ana.ivanova@example.org"
