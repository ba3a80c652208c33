"""Histories of documents made by chance: what happened, as the journal has it, and how everything stood after each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from app.domain.figure_states import Deed, Happening, Known, Stand
from app.domain.segments import (
    NO_LANGUAGE,
    UNTRANSLATED,
    BasedOn,
    Key,
    Origin,
    Rendering,
    Segment,
    SegmentMap,
    State,
    Tag,
    digest_of,
)
from app.domain.translations import Action, Status

EN, RU, KK, KY = (Tag(tag) for tag in ("en", "ru", "kk", "ky"))
LANGUAGES = (EN, RU, KK, KY)
PEOPLE = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
GOES_LIVE = {Action.PUBLISH, Action.CORRECT, Action.PUT_BACK}
KEYS = tuple(Key(key) for key in ("title", "one", "two"))
HOLE = "<!-- untranslated -->"
MESSAGES = tuple(
    Key(key) for key in ("Read more", "News of the week", "Search", "Write to us today", "month\x04May", "Back")
)


@dataclass(frozen=True, kw_only=True)
class Revision:
    parent: int | None
    digest: str
    segment_map: SegmentMap
    segments: Sequence[Segment]
    made_from: Tag | None = None
    source: Tag | None = None
    """Of facts: which language they name as that of the source text."""


@dataclass(kw_only=True)
class Book:
    """One document's revisions and what was said of publications: what `figure_states.Texts` asks for."""

    revisions: dict[tuple[Tag, int], Revision] = field(default_factory=dict)
    minors: dict[tuple[Tag, int, datetime], bool] = field(default_factory=dict)
    is_catalogue: bool = False

    def revision(self, locale: Tag, number: int) -> Revision:
        return self.revisions[locale, number]

    def before(self, locale: Tag, other: Tag, number: int) -> Sequence[int]:
        order = list(self.revisions)
        return [one for tag, one in order[: order.index((other, number))] if tag == locale]

    def parents(self, locale: Tag) -> Mapping[int, int | None]:
        return {number: one.parent for (tag, number), one in self.revisions.items() if tag == locale}

    def minor(self, locale: Tag, number: int, at: datetime) -> bool:
        return self.minors.get((locale, number, at), False)

    def source(self, facts: int | None) -> Tag:
        if self.is_catalogue:
            return NO_LANGUAGE
        return EN if facts is None else self.revisions[NO_LANGUAGE, facts].source or EN


@dataclass(frozen=True, kw_only=True)
class Moment:
    """How a document stood after one transaction: its source, each text, and all that was ever live of it, in order."""

    happening: Happening
    source: Tag
    stands: Mapping[Tag, Stand]
    published: Mapping[Tag, tuple[tuple[int, bool], ...]]


class Author:
    """Writes the history of one document, transaction by transaction, as the workflow lets people."""

    def __init__(self, chance: Random, *, is_catalogue: bool = False) -> None:
        self.chance, self.book = chance, Book(is_catalogue=is_catalogue)
        self.texts = (NO_LANGUAGE, NO_LANGUAGE, *LANGUAGES) if is_catalogue else (EN, EN, RU, RU, KK, KY)
        self.stands: dict[Tag, Stand] = {}
        self.published: dict[Tag, tuple[tuple[int, bool], ...]] = {}
        self.moments: list[Moment] = []
        self.deeds: list[Deed] = []
        self.asked: list[tuple[Deed, datetime]] = []
        """Submissions of which it is told later what the memory knew, and when they were."""
        self.at = datetime(2000, 1, 1, tzinfo=UTC)

    @property
    def source(self) -> Tag:
        """The language of the source text: as the facts say that are live or, before any were, that there are."""
        facts = self.stands.get(NO_LANGUAGE, Stand())
        return self.book.source(facts.live or facts.head)

    def act(self, at: datetime) -> int:
        """Let something happen, and return how many rows of the journal that is."""
        self.at, self.deeds = at, []
        if self.asked and self.chance.random() < 0.3:
            self._recall()
        elif not self.moments and not self.book.is_catalogue and self.chance.random() < 0.3:
            self._come_in_live()
        else:
            for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
                if not self.book.is_catalogue and self.chance.random() < 0.04:
                    self._name_a_source()
                else:
                    self._do(self.chance.choice(self.texts))
        if not self.deeds:
            self._save(self.texts[0])
        inferred = self.chance.random() < 0.5
        happening = Happening(at=at, deeds=tuple(self.deeds), stands=None if inferred else dict(self.stands))
        self.moments.append(
            Moment(
                happening=happening, source=self.source, stands=dict(self.stands), published=dict(self.published)
            )
        )  # fmt: skip
        return len(self.deeds)

    def _come_in_live(self) -> None:
        """Come in as it was elsewhere: with its facts, in two languages."""
        self._name_a_source()
        for tag in (EN, RU):
            self._save(tag)
            self._publish(tag)
            self._stand(tag, status=Status.APPROVED)

    def _name_a_source(self) -> None:
        """Save facts that name the language of the source text, and let most go live; the first name English."""
        stand = self.stands.get(NO_LANGUAGE, Stand())
        number, source = (stand.head or 0) + 1, self.chance.choice((EN, RU)) if stand.head else EN
        self.book.revisions[NO_LANGUAGE, number] = Revision(
            parent=stand.head, digest=digest_of(f"{number}", source), segment_map=SegmentMap(rows=()), segments=(),
            source=source,
        )  # fmt: skip
        self._tell(NO_LANGUAGE, "save", number)
        self._stand(NO_LANGUAGE, status=Status.DRAFT, head=number)
        if self.chance.random() < 0.7:
            self._go_live(NO_LANGUAGE, number, Action.PUBLISH)
            if self.stands[NO_LANGUAGE].live == number:
                self._stand(NO_LANGUAGE, status=Status.APPROVED)

    def _recall(self) -> None:
        """Tell what the memory knew of what somebody submitted before."""
        submitted, at = self.asked.pop(0)
        self.deeds.append(replace(submitted, action="recall", known=replace(self._known(), submitted=at)))

    def _known(self) -> Known:
        words = self.chance.randint(0, 40)
        exact = self.chance.randint(0, words)
        return Known(words=words, exact=exact, near=self.chance.randint(0, words - exact))

    def _tell(self, tag: Tag, action: str, revision: int | None = None, known: Known | None = None) -> None:
        actor = self.chance.choice(PEOPLE)
        self.deeds.append(Deed(locale=tag, action=action, actor=actor, revision=revision, known=known))

    def _do(self, tag: Tag) -> None:
        stand = self.stands.get(tag, Stand())
        choices = {
            Status.MISSING: (self._save,),
            Status.DRAFT: (self._save, self._submit, self._submit, self._withdraw, self._correct, self._put_back),
            Status.IN_REVIEW: (self._return, self._approve, self._approve, self._at_once, self._save),
            Status.APPROVED: (self._publish, self._publish, self._publish, self._reopen, self._save, self._withdraw),
        }[stand.status]
        self.chance.choice(choices)(tag)

    def _stand(self, tag: Tag, **changes: object) -> None:
        self.stands[tag] = replace(self.stands.get(tag, Stand()), **changes)  # type: ignore[arg-type]  # by names

    def _made_from(self, tag: Tag) -> Tag | None:
        """Return what a translation is made from: the Kyrgyz one from another translation, sometimes."""
        if tag == self.source:
            return None
        other = RU if self.source == EN else EN
        return other if tag == KY and self.published.get(other) and self.chance.random() < 0.5 else self.source

    def _write(self, tag: Tag, parent: int | None) -> int:
        """Save a revision, and return its number."""
        number = 1 + sum(1 for one, _ in self.book.revisions if one == tag)
        write = self._messages if self.book.is_catalogue else self._article
        self.book.revisions[tag, number] = write(tag, parent)
        return number

    def _words(self) -> str:
        return " ".join(self.chance.choices(("alpha", "beta", "gamma"), k=self.chance.randint(1, 9)))

    def _article(self, tag: Tag, parent: int | None) -> Revision:
        """Some words are other ones; of a translation some segments are brought up to date, or left to be written."""
        old = self.book.revisions.get((tag, parent or 0))
        words = {one.key: one.text for one in old.segments} if old else {}
        rows = {row.key: row for row in old.segment_map.rows} if old else {}
        made_from = self._made_from(tag)
        source = self.published.get(made_from) if made_from else None
        if made_from and old and (old.made_from != made_from or self.chance.random() < 0.6):
            rows = {}
        for key in KEYS:
            changed = words.get(key, HOLE) == HOLE or self.chance.random() < 0.4
            if changed:
                words[key] = self._words()
            if made_from is None:
                rows[key] = Rendering(key=key)
            elif key not in rows or (changed and rows[key].state is State.MISSING):
                texts = self._texts(made_from, source[-1][0]) if source else {}
                hole = key != KEYS[0] and self.chance.random() < 0.06
                machine = not hole and self.chance.random() < 0.3
                if hole:
                    words[key] = HOLE
                rows[key] = Rendering(
                    key=key, sources=(key,), source_digest=digest_of(texts[key]) if texts else digest_of("nothing"),
                    state=State.MISSING if hole else State.NEEDS_WORK if machine else State.DONE,
                    origin=Origin.MACHINE if machine else Origin.HUMAN,
                )  # fmt: skip
        based_on = None
        if made_from:
            base = self.book.revisions[made_from, source[-1][0]].digest if source else digest_of("nothing")
            based_on = BasedOn(locale=made_from, digest=base)
        return Revision(
            parent=parent, digest=digest_of(tag, *words.values()), made_from=made_from,
            segment_map=SegmentMap(rows=tuple(rows[key] for key in KEYS), based_on=based_on),
            segments=[Segment(key=key, kind=_kind(key, words[key]), text=words[key]) for key in KEYS],
        )  # fmt: skip

    def _messages(self, tag: Tag, parent: int | None) -> Revision:
        """A template has other messages now; a translation has those of one, not all of them translated."""
        old = self.book.revisions.get((tag, parent or 0))
        if tag == NO_LANGUAGE:
            keys = [key for key in MESSAGES if self.chance.random() < 0.9] or [MESSAGES[0]]
            return Revision(
                parent=parent, digest=digest_of(tag, *keys),
                segment_map=SegmentMap(rows=tuple(Rendering(key=key) for key in keys)),
                segments=[Segment(key=key, kind="message", text="") for key in keys],
            )  # fmt: skip
        template = self.book.revisions[NO_LANGUAGE, self.stands[NO_LANGUAGE].head or 1]
        words = {one.key: one.text for one in old.segments} if old else {}
        rows = list[Rendering]()
        for one in template.segments:
            words[one.key] = words.get(one.key) or (self._words() if self.chance.random() < 0.9 else "")
            state = self.chance.choice((*[State.DONE] * 9, State.NEEDS_WORK)) if words[one.key] else State.MISSING
            machine = bool(words[one.key]) and self.chance.random() < 0.2
            rows.append(
                Rendering(
                    key=one.key, sources=(one.key,), source_digest=digest_of(one.key), state=state,
                    origin=Origin.MACHINE if machine else Origin.HUMAN,
                )
            )  # fmt: skip
        based_on = BasedOn(locale=NO_LANGUAGE, digest=template.digest) if self.chance.random() < 0.5 else None
        segments = [Segment(key=row.key, kind="message", text=words[row.key]) for row in rows]
        return Revision(
            parent=parent, digest=digest_of(tag, *(f"{one.key}\n{one.text}" for one in segments)),
            segment_map=SegmentMap(rows=tuple(rows), based_on=based_on), segments=segments, made_from=NO_LANGUAGE,
        )  # fmt: skip

    def _texts(self, tag: Tag, number: int) -> dict[Key, str]:
        return {one.key: one.text for one in self.book.revisions[tag, number].segments}

    def _save(self, tag: Tag) -> None:
        if self.book.is_catalogue and NO_LANGUAGE not in self.stands:
            tag = NO_LANGUAGE
        head = self.stands.get(tag, Stand()).head
        number = self._write(tag, head)
        self._tell(tag, "save", number)
        if head is None or self.book.revisions[tag, head].digest != self.book.revisions[tag, number].digest:
            self._stand(tag, status=Status.DRAFT)
        self._stand(tag, head=number)

    def _submit(self, tag: Tag) -> None:
        at_once, later = self.chance.random() < 0.3, self.chance.random() < 0.6
        self._tell(tag, Action.SUBMIT, self.stands[tag].head, self._known() if at_once else None)
        if later and not at_once:
            self.asked.append((self.deeds[-1], self.at))
        self._stand(tag, status=Status.IN_REVIEW)

    def _return(self, tag: Tag) -> None:
        self._tell(tag, Action.RETURN, self.stands[tag].head)
        self._stand(tag, status=Status.DRAFT)

    def _approve(self, tag: Tag) -> None:
        self._tell(tag, Action.APPROVE, self.stands[tag].head)
        self._stand(tag, status=Status.APPROVED)

    def _reopen(self, tag: Tag) -> None:
        self._tell(tag, Action.REOPEN, self.stands[tag].head)
        self._stand(tag, status=Status.DRAFT)

    def _at_once(self, tag: Tag) -> None:
        self._approve(tag)
        self._publish(tag)

    def _publish(self, tag: Tag) -> None:
        head = self.stands[tag].head
        assert head is not None
        self._go_live(tag, head, Action.PUBLISH)

    def _go_live(self, tag: Tag, number: int, action: str) -> None:
        if self._went_live(tag):
            return
        minor = self.chance.random() < 0.3
        self.book.minors[tag, number, self.at] = minor
        self.published[tag] = (*self.published.get(tag, ()), (number, minor))
        self._tell(tag, action, number)
        self._stand(tag, live=number)

    def _went_live(self, tag: Tag) -> bool:
        """Whether it did in this transaction: one that publishes twice no door makes, and no journal tells apart."""
        return any(deed.locale == tag and deed.action in GOES_LIVE for deed in self.deeds)

    def _withdraw(self, tag: Tag) -> None:
        if self.stands[tag].live is not None and self.chance.random() < 0.4:
            self._tell(tag, Action.WITHDRAW, self.stands[tag].live)
            self._stand(tag, live=None)

    def _correct(self, tag: Tag) -> None:
        """Mend what is live, beside a head that is another."""
        live, head = self.stands[tag].live, self.stands[tag].head
        if live is not None and live != head and not self._went_live(tag):
            number = self._write(tag, live)
            self._tell(tag, "save", number)
            self._go_live(tag, number, Action.CORRECT)

    def _put_back(self, tag: Tag) -> None:
        """Give readers back what they had before."""
        live = self.stands[tag].live
        before = [number for number, _ in self.published.get(tag, ()) if number != live]
        if live is not None and before:
            self._go_live(tag, before[-1], Action.PUT_BACK)


def _kind(key: Key, text: str) -> str:
    return "title" if key == KEYS[0] else UNTRANSLATED if text == HOLE else "paragraph"


def histories(seed: int, *, rows: int, begins: datetime, ends: datetime) -> list[Author]:
    """Return documents with so many rows of a journal between them, from `begins` on, most of them until `ends`."""
    chance = Random(seed)  # noqa: S311  # no secret
    authors = [Author(chance, is_catalogue=number % 4 == 3) for number in range(max(rows // 120, 1))]
    step = (ends - begins) / rows * 1.4  # of three rows two transactions are made, more or less
    at, written = begins, 0
    while written < rows:
        at += timedelta(seconds=chance.uniform(1, step.total_seconds() * 2))
        written += chance.choice(authors).act(at)
    return authors
