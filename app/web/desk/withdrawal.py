"""What a withdrawal does to readers, in words, for who is about to press it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from app.domain.documents import Kind
from app.domain.segments import Tag
from app.domain.translations import Action
from app.queries.standings import Stand
from app.web.desk.address import Address
from app.web.desk.deeds import label
from app.web.reader.writing import Writing

WHOLE = "withdraw all"
"""What takes a document from its readers in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One button behind a question: the `action` that it sends, its words, and the sentences that stand before it.

    `revision` is the number of that which is meant, 0 for the newest.
    """

    action: str
    words: str
    sentences: tuple[str, ...]
    revision: int = 0


def withdrawals(
    at: Address, source: Tag, stands: Iterable[Stand], write: Writing, *, one: bool, whole: bool, earlier: int = 0
) -> tuple[Withdrawal, ...]:
    """Return what can be withdrawn from a text's page: this language if `one`, every language if `whole`.

    Or only the newest publication, so that readers have the revision `earlier` again (0: none).
    """
    others = [stand.locale for stand in stands if stand.live is not None and stand.locale != at.locale]
    asked = []
    if earlier:
        words, told = label(Action.PUT_BACK, earlier), _of_earlier(at, is_source=at.locale == source)
        asked.append(Withdrawal(action=Action.PUT_BACK, words=words, sentences=told, revision=earlier))
    if one:
        told = _of_language(at, others, write, is_source=at.locale == source)
        asked.append(Withdrawal(action=Action.WITHDRAW, words=label(Action.WITHDRAW, 0), sentences=told))
    if whole:
        words = gettext("Withdraw all languages from readers")
        asked.append(Withdrawal(action=WHOLE, words=words, sentences=(_of_all(at),)))
    return tuple(asked)


def _of_language(at: Address, others: Iterable[Tag], write: Writing, *, is_source: bool) -> tuple[str, ...]:
    language, live = write.language(at.locale), ", ".join(write.language(tag) for tag in others)
    if at.name.kind is Kind.CATALOGUE:
        words: str = gettext(
            "All pages in this language (%(language)s) lose these words, and show those of the template, which are "
            "English.", language=language,
        )  # fmt: skip
        return (words,)
    if not live:
        return (_of_all(at),)
    instead: str = gettext(
        "Who reads in this language (%(language)s) is told that the text is no longer available in it, and is shown it "
        "in another.", language=language,
    )  # fmt: skip
    stay: str = gettext("These languages stay live: %(languages)s.", languages=live)
    waits: str = gettext("This is the source text: no translation is published before it is live again.")
    return (instead, stay, waits) if is_source else (instead, stay)


def _of_earlier(at: Address, *, is_source: bool) -> tuple[str, ...]:
    stays: str = gettext("The newest text stays as it is, and can be published again. An order to publish ends.")
    facts: str = gettext("Date, topics and photos that were published with it are those of before, too.")
    return (stays, facts) if is_source and at.name.kind is not Kind.CATALOGUE else (stays,)


def _of_all(at: Address) -> str:
    if at.name.kind is Kind.CATALOGUE:
        words: str = gettext(
            "All pages in all languages lose these words, and show those of the template, which are English."
        )
        return words
    gone: str = gettext("Nobody can read this text any more then: its address says that it was withdrawn.")
    return gone
