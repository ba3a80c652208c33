"""What the editor calls its keys, its filters and the letters of a language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext

from app.domain.languages import Language
from app.domain.letters import kin, special


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a key does: `deed` is its name in the script, `keys` are places on the keyboard (KeyboardEvent.code)."""

    deed: str
    keys: tuple[str, ...]
    words: str

    @property
    def shown(self) -> tuple[str, ...]:
        """Return how the keys are written on a keyboard."""
        return tuple(
            " + ".join(_CAPS.get(part, part.removeprefix("Key")) for part in key.split("+")) for key in self.keys
        )


_CAPS: Final = {"ArrowDown": "↓", "ArrowUp": "↑", "Enter": "Enter ↵", "Slash": "/", "Period": ".", "1-9": "1 … 9"}


def editor_keys() -> tuple[Key, ...]:
    """Return the keys of the editor, in the order in which they are learnt."""
    told = (
        ("confirm", "Ctrl+Enter", gettext("Done: on to the next unfinished segment")),
        ("next", "Alt+ArrowDown", gettext("Next segment")),
        ("previous", "Alt+ArrowUp", gettext("Previous segment")),
        ("unfinished", "Alt+KeyN", gettext("Next unfinished segment")),
        ("take", "Alt+1-9", gettext("Take the match or term of that number")),
        ("copy", "Alt+KeyC", gettext("Copy the source text")),
        ("mend", "Alt+KeyM", gettext("Mend what the first check offers to mend")),
        (
            "turn",
            "Alt+Period",
            gettext("Turn the letter before the cursor into its kin: %(letters)s", letters="н ң, o ö"),
        ),
        ("letters", "Alt+KeyL", gettext("Go to the letters of this language")),
        ("replace", "Alt+KeyR", gettext("Find and replace")),
        ("divide", "Alt+Enter", gettext("Split the paragraph at the cursor")),
        ("join", "Alt+KeyJ", gettext("Join it with the next paragraph")),
        ("up", "Alt+Shift+ArrowUp", gettext("Move the paragraph up")),
        ("down", "Alt+Shift+ArrowDown", gettext("Move the paragraph down")),
        ("back", "Alt+KeyZ", gettext("Take back what was just done to the paragraph")),
        ("term", "Alt+KeyG", gettext("Add a term to the glossary, from what is selected")),
        ("talk", "Alt+KeyT", gettext("Write a comment on this segment")),
        ("save", "Ctrl+KeyS", gettext("Save: put everything into the text")),
        ("keys", "Alt+Slash", gettext("These keys")),
    )
    return tuple(Key(deed=deed, keys=(key,), words=words) for deed, key, words in told)


def filter_examples() -> tuple[tuple[str, str], ...]:
    """Return filters to learn from, each with what it shows."""
    return (
        ("state:open", gettext("what is still to be done")),
        ("state:missing", gettext("what nobody has translated yet")),
        ("state:fuzzy", gettext("what somebody was not sure of")),
        ("state:changed", gettext("what was translated from other words than the source has now")),
        ("state:mine", gettext("what you typed that is not in the text yet")),
        ("check:any", gettext("where a check found something; or one check by its name, as check:numbers")),
        ("has:question", gettext("where a comment waits for an answer; has:comment for any comment")),
        ("has:suggestion", gettext("where two people wrote at once")),
        ("origin:machine", gettext("what a machine wrote and nobody has confirmed")),
        ("changed:>2026-11-01", gettext("what was changed since that day")),
        ("source:centre", gettext("a word of the source; target: for one of the translation; without either, in both")),
        ("target:/[0-9]{4}/", gettext("a regular expression")),
        ("-state:done", gettext("a hyphen turns any of these round")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Letters to click, and circles of kin for the key that turns one into another."""

    all: Sequence[str]
    kin: Sequence[Sequence[str]]


def letters_of(language: Language) -> Letters | None:
    """Return the letters of a language that its neighbours' keyboards lack; None where we know of none."""
    found = special(language)
    return Letters(all=found, kin=kin(language)) if found else None
