"""Capitals and small letters: Azerbaijani and Turkish pair i with İ and ı with I, Turkmen and Uzbek don't."""

from app.domain.segments import Tag

_DOTTED = {"az", "tr"}


def lowered(text: str, tag: Tag) -> str:
    """Return the text in the small letters of a language."""
    if tag.partition("-")[0] in _DOTTED:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def titled(text: str, tag: Tag) -> str:
    """Return the text with a capital at its beginning; a script without capitals stays as it is."""
    if text.startswith("i") and tag.partition("-")[0] in _DOTTED:
        return "İ" + text[1:]
    return text[:1].title() + text[1:]
