"""What domain and services said of a refusal, in the language of who reads it."""

from collections.abc import Callable

from flask import Flask
from flask_babel import gettext, pgettext
from jinja2 import pass_context
from jinja2.runtime import Context

from app.domain.locales import parse_tag
from app.domain.permissions import Right
from app.domain.said import Said, Value
from app.domain.translations import Action, Role, Status
from app.web.desk.account_words import said_of_role
from app.web.desk.status_words import status_word
from app.web.reader.writing import Writing

_ENDS = (".", "…", "?", "!")


def told(reason: str, write: Writing) -> str:
    """Return a reason as a sentence of the page's language; what is no `Said` is that already."""
    if not isinstance(reason, Said):
        return reason
    words = _words(reason, write)
    typed = str(reason.values.get("field", "")).endswith(":")  # `state:` stays as people type it
    first = words[:1] if typed else words[:1].upper()
    return first + words[1:] + ("" if words.endswith(_ENDS) else ".")


def _words(said: Said, write: Writing) -> str:
    return str(gettext(said.msgid, **{name: _shown(name, value, write) for name, value in said.values.items()}))


def _shown(name: str, value: Value, write: Writing) -> str:
    if isinstance(value, int):
        return str(value) if name == "number" else write.number(value)
    if name == "segments" and isinstance(value, tuple):
        return write.number(len(value))  # keys say nothing to people; the editor shows which they are
    if isinstance(value, tuple):
        return ", ".join(_shown(name, one, write) for one in value)
    words: dict[str, Callable[[], str]] = {
        "language": lambda: _language(value, write),
        "languages": lambda: _language(value, write),
        "roles": lambda: said_of_role(Role(value)).lower(),
        "status": lambda: status_word(Status(value)),
        "deed": lambda: deed_word(value),
    }
    return words.get(name, lambda: _words(value, write) if isinstance(value, Said) else value)()


def _language(tag: str, write: Writing) -> str:
    try:
        return write.language(parse_tag(tag))
    except ValueError:
        return tag


def deed_word(deed: str) -> str:
    """Return what somebody wants to do, as it stands in “to … takes one of these roles”."""
    words: dict[str, str] = {
        # Translators: this and its neighbours stand in “to %(deed)s takes one of these roles”
        Action.START: pgettext("to do", "start"),
        Action.EDIT: pgettext("to do", "edit"),
        Action.SUBMIT: pgettext("to do", "submit"),
        Action.RETURN: pgettext("to do", "return"),
        Action.APPROVE: pgettext("to do", "approve"),
        Action.TAKE_BACK: pgettext("to do", "take back"),
        Action.REOPEN: pgettext("to do", "reopen"),
        Action.PUBLISH: pgettext("to do", "publish"),
        Action.SCHEDULE: pgettext("to do", "schedule"),
        Action.UNSCHEDULE: pgettext("to do", "unschedule"),
        Action.WITHDRAW: pgettext("to do", "withdraw"),
        Action.PUT_BACK: pgettext("to do", "put back"),
        Action.CORRECT: pgettext("to do", "correct"),
        Right.READ: pgettext("to do", "read drafts, comments, histories and what stands where"),
        Right.CREATE: pgettext("to do", "begin a document"),
        Right.COMMENT: pgettext("to do", "comment"),
        Right.PREVIEW: pgettext("to do", "give out a preview"),
        Right.GLOSSARY: pgettext("to do", "write in the glossary of a language"),
        Right.MEMORY: pgettext("to do", "bring files into the memory of a language"),
        Right.ASSIGN: pgettext("to do", "assign texts and set due dates"),
        Right.RELEASE: pgettext("to do", "order a release"),
        Right.UNDO: pgettext("to do", "undo what others did to many texts"),
        Right.OVERRIDE: pgettext("to do", "approve, with a note, what one wrote oneself"),
        Right.FIGURES: pgettext("to do", "see the figures of other people"),
        Right.JOURNAL: pgettext("to do", "read the journal"),
        Right.PEOPLE: pgettext("to do", "invite people, grant roles and revoke them"),
    }
    return words[deed]


@pass_context
def _told_here(context: Context, reason: str) -> str:
    return told(reason, context["frame"].write)


def install(app: Flask) -> None:
    """Give the templates of the desk `in_words`, which is `told`."""
    app.jinja_env.globals["in_words"] = _told_here
