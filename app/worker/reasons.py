"""Reasons of refusals in letters, in the language of who gets them; at the desk `app/web/desk/reasons.py` says them."""

from app.domain.locales import called, parse_tag
from app.domain.notices import Words
from app.domain.said import Said, Value
from app.domain.segments import Tag

_OF_THE_DESK = frozenset({"roles", "status", "deed"})


def told(reason: str, words: Words, locale: Tag) -> str:
    """Return a reason as a sentence; in English where it is no `Said`, or names what the desk alone has words for."""
    if isinstance(reason, Said) and _OF_THE_DESK.isdisjoint(reason.values):
        shown = {name: _shown(name, value, words, locale) for name, value in reason.values.items()}
        reason = words.gettext(reason.msgid, **shown)
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "…", "?", "!")) else ".")


def _shown(name: str, value: Value, words: Words, locale: Tag) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(name, one, words, locale) for one in value)
    if isinstance(value, Said):
        return words.gettext(value.msgid, **value.values)
    return _language(value, locale) if name in {"language", "languages"} else str(value)


def _language(tag: Value, locale: Tag) -> str:
    try:
        named = parse_tag(str(tag))
    except ValueError:
        return str(tag)
    return called(named, locale)
