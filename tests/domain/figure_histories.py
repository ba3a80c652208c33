"""Histories of documents made by chance: what happened, as the journal has it, and how everything stood after each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from app.domain.figure_states import Deed, Happening, Known, Stand
from app.domain.segments import BasedOn, Key, Origin, Rendering, Segment, SegmentMap, State, Tag, digest_of
from app.domain.translations import Action, Status

EN, RU, KK, KY = (Tag(tag) for tag in ("en", "ru", "kk", "ky"))
LANGUAGES = (EN, RU, KK, KY)
PEOPLE = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
GOES_LIVE = {Action.PUBLISH, Action.CORRECT, Action.PUT_BACK}
KEYS = tuple(Key(key) for key in ("title", "one", "two"))


@dataclass(frozen=True, kw_only=True)
class Revision:
    parent: int | None
    digest: str
    segment_map: SegmentMap
    segments: Sequence[Segment]
    made_from: Tag | None = None


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
        assert facts is None
        return EN


@dataclass(frozen=True, kw_only=True)
class Moment:
    """How a document stood after one transaction: each text, and all that was ever live of it, in order."""

    happening: Happening
    stands: Mapping[Tag, Stand]
    published: Mapping[Tag, tuple[tuple[int, bool], ...]]


class Author:
    """Writes the history of one document, transaction by transaction, as the workflow lets people."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.book = chance, Book()
        self.stands: dict[Tag, Stand] = {}
        self.published: dict[Tag, tuple[tuple[int, bool], ...]] = {}
        self.moments: list[Moment] = []
        self.deeds: list[Deed] = []
        self.at = datetime(2000, 1, 1, tzinfo=UTC)

    def act(self, at: datetime) -> int:
        """Let something happen, and return how many rows of the journal that is."""
        self.at, self.deeds = at, []
        many = self.chance.choice((1, 1, 1, 2, 3))
        for _ in range(many):
            self._do(self.chance.choice((EN, EN, RU, KK, KY)))
        if not self.deeds:
            self._save(EN)
        inferred = self.chance.random() < 0.5
        happening = Happening(at=at, deeds=tuple(self.deeds), stands=None if inferred else dict(self.stands))
        self.moments.append(Moment(happening=happening, stands=dict(self.stands), published=dict(self.published)))
        return len(self.deeds)

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
        """Return what a translation is made from: the Kyrgyz one from the Russian text, sometimes."""
        if tag == EN:
            return None
        return RU if tag == KY and self.published.get(RU) and self.chance.random() < 0.5 else EN

    def _write(self, tag: Tag, parent: int | None) -> int:
        """Save a revision: some words are other ones, and of a translation some segments are brought up to date."""
        number = 1 + sum(1 for one, _ in self.book.revisions if one == tag)
        old = self.book.revisions.get((tag, parent or 0))
        words = {one.key: one.text for one in old.segments} if old else {}
        rows = {row.key: row for row in old.segment_map.rows} if old else {}
        made_from = self._made_from(tag)
        source = self.published.get(made_from) if made_from else None
        if made_from and old and (old.made_from != made_from or self.chance.random() < 0.6):
            rows = {}
        for key in KEYS:
            if key not in words or self.chance.random() < 0.4:
                words[key] = " ".join(self.chance.choices(("alpha", "beta", "gamma"), k=self.chance.randint(1, 9)))
            if made_from is None:
                rows[key] = Rendering(key=key)
            elif key not in rows:
                texts = self._texts(made_from, source[-1][0]) if source else {}
                machine = self.chance.random() < 0.3
                rows[key] = Rendering(
                    key=key, sources=(key,), source_digest=digest_of(texts[key]) if texts else digest_of("nothing"),
                    state=State.NEEDS_WORK if machine else State.DONE,
                    origin=Origin.MACHINE if machine else Origin.HUMAN,
                )  # fmt: skip
        digest = digest_of(tag, *words.values())
        based_on = None
        if made_from:
            base = self.book.revisions[made_from, source[-1][0]].digest if source else digest_of("nothing")
            based_on = BasedOn(locale=made_from, digest=base)
        self.book.revisions[tag, number] = Revision(
            parent=parent, digest=digest, made_from=made_from,
            segment_map=SegmentMap(rows=tuple(rows[key] for key in KEYS), based_on=based_on),
            segments=[Segment(key=key, kind="paragraph", text=words[key]) for key in KEYS],
        )  # fmt: skip
        return number

    def _texts(self, tag: Tag, number: int) -> dict[Key, str]:
        return {one.key: one.text for one in self.book.revisions[tag, number].segments}

    def _save(self, tag: Tag) -> None:
        head = self.stands.get(tag, Stand()).head
        number = self._write(tag, head)
        self._tell(tag, "save", number)
        if head is None or self.book.revisions[tag, head].digest != self.book.revisions[tag, number].digest:
            self._stand(tag, status=Status.DRAFT)
        self._stand(tag, head=number)

    def _submit(self, tag: Tag) -> None:
        words = self.chance.randint(0, 40)
        exact = self.chance.randint(0, words)
        known = Known(words=words, exact=exact, near=self.chance.randint(0, words - exact))
        self._tell(tag, Action.SUBMIT, self.stands[tag].head, known if self.chance.random() < 0.5 else None)
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
        # what one transaction publishes twice the journal could not tell apart, and no door does
        if any(
            deed.locale == tag and deed.action in {Action.PUBLISH, Action.CORRECT, "put-back"} for deed in self.deeds
        ):
            return
        minor = self.chance.random() < 0.3
        self.book.minors[tag, number, self.at] = minor
        self.published[tag] = (*self.published.get(tag, ()), (number, minor))
        self._tell(tag, action, number)
        self._stand(tag, live=number)

    def _withdraw(self, tag: Tag) -> None:
        if self.stands[tag].live is not None and self.chance.random() < 0.4:
            self._tell(tag, Action.WITHDRAW, self.stands[tag].live)
            self._stand(tag, live=None)

    def _correct(self, tag: Tag) -> None:
        """Mend what is live, beside a head that is another."""
        live, head = self.stands[tag].live, self.stands[tag].head
        if live is not None and live != head:
            number = self._write(tag, live)
            self._tell(tag, "save", number)
            self._go_live(tag, number, Action.CORRECT)

    def _put_back(self, tag: Tag) -> None:
        """Give readers back what they had before."""
        live = self.stands[tag].live
        before = [number for number, _ in self.published.get(tag, ()) if number != live]
        if live is not None and before:
            self._go_live(tag, before[-1], Action.PUT_BACK)


def histories(seed: int, *, rows: int, begins: datetime, ends: datetime) -> list[Author]:
    """Return documents with so many rows of a journal between them, from `begins` on, most of them until `ends`."""
    chance = Random(seed)  # noqa: S311  # no secret
    authors = [Author(chance) for _ in range(max(rows // 120, 1))]
    step = (ends - begins) / rows * 1.4  # of three rows two transactions are made, more or less
    at, written = begins, 0
    while written < rows:
        at += timedelta(seconds=chance.uniform(1, step.total_seconds() * 2))
        written += chance.choice(authors).act(at)
    return authors
