"""Facts in words: what they are called, and what a file's value says."""

from datetime import datetime

from flask_babel import gettext

from app.domain.errors import BadText
from app.domain.segments import Key
from app.formats.facts import read_facts
from app.web.reader.writing import Writing


def fact_word(key: Key) -> str:
    """Return what a fact is called."""
    words: dict[str, str] = {
        "fact:date": gettext("Date and time"),
        "fact:photos": gettext("Photos"),
        "fact:tags": gettext("Topics"),
        "fact:publish-at": gettext("Publish at"),
    }
    return words.get(key, key.partition(":")[2])


def fact_values(key: Key, written: str | None, write: Writing) -> tuple[str, ...]:
    """Return what a value of `item.toml` says, as people write it; nothing of a fact that is not there."""
    name = key.partition(":")[2]
    if written is None:
        return ()
    try:
        facts = read_facts(f"{name} = {written}\n" + ("" if name == "source" else 'source = "en"\n'), path="")
    except BadText:
        return (written,)
    said: object = getattr(facts, name.replace("-", "_"))
    if isinstance(said, datetime):
        return (write.date_time(said),)
    return tuple(str(one) for one in said) if isinstance(said, tuple) else (str(said),)
