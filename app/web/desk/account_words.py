"""Roles, and what is wrong with an account, said to people."""

from flask_babel import gettext

from app.domain.invitations import Fault
from app.domain.translations import Role


def said_of_role(role: Role) -> str:
    """Return what somebody with a role is."""
    names: dict[Role, str] = {
        Role.TRANSLATOR: gettext("Translator"),
        Role.REVIEWER: gettext("Reviewer"),
        Role.AUTHOR: gettext("Author"),
        Role.COORDINATOR: gettext("Coordinator"),
        Role.ADMINISTRATOR: gettext("Administrator"),
    }
    return names[role]


def said_of_work(role: Role) -> str:
    """Return what somebody with a role does, for who grants it."""
    works: dict[Role, str] = {
        Role.TRANSLATOR: gettext("translates into the language"),
        Role.REVIEWER: gettext("reads and approves texts in the language"),
        Role.AUTHOR: gettext("writes texts in the language in which they begin"),
        Role.COORDINATOR: gettext("assigns, sets dates, publishes and withdraws in all languages"),
        Role.ADMINISTRATOR: gettext("invites people and grants roles"),
    }
    return works[role]


def said_of_fault(fault: Fault) -> str:
    """Return the sentence."""
    sentences: dict[Fault, str] = {
        Fault.NAME: gettext(
            "A short name begins with a small Latin letter. Small letters, digits, dots and hyphens follow, 60 at most."
        ),
        Fault.NAME_TAKEN: gettext("Somebody else has this short name."),
        Fault.FULL_NAME: gettext("Type the full name, in 120 letters at most."),
        Fault.EMAIL: gettext("This is no e-mail address."),
        Fault.EMAIL_TAKEN: gettext("Somebody else has this e-mail address."),
        Fault.LANGUAGE: gettext("The site does not have this language."),
        Fault.WITHOUT_LANGUAGE: gettext("Translators and reviewers have their role for a language."),
        Fault.WITH_LANGUAGE: gettext("This role is for the whole site."),
    }
    return sentences[fault]
