"""From what happened to a document to what that changes in the figures: a pure fold, one transaction at a time.

Levels (how many texts, how many words) are a function of where a document stands, and what is added to their day is how
that differs from before; so the sum over all days up to one is the level when it ended. What flows (submissions, texts
that went live, stays that ended) is added to the day on which it happened.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from app.domain import figure_currency as currency
from app.domain.figure_inference import GOES_LIVE, after
from app.domain.figure_measures import EVERYBODY, STANDING, STAYS, Lead, Measure, Row, lead_minutes
from app.domain.figure_states import Deed, Document, Happening, Known, Published, Stand, Text, Texts
from app.domain.figures import Band
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A document after what happened, and what that adds; `went` is how often its texts went live on a day."""

    document: Document
    sums: Mapping[Row, int]
    leads: Mapping[Lead, int]
    went: Mapping[tuple[Tag, date], int]


def fold(document: Document, happening: Happening, texts: Texts, *, zone: tzinfo) -> Folded:
    """Return a document after what a transaction did to it, with what that adds to the figures of its day in `zone`."""
    step = _Step(happening, texts, zone)
    new = step.looked_at(document, step.done(document))
    before, after_it = _levels(document), _levels(new)
    for key in before.keys() | after_it.keys():
        if amount := after_it[key] - before[key]:
            step.add(*key, amount)
    return Folded(document=new, sums=step.sums, leads=step.leads, went=step.went)


def _levels(document: Document) -> Counter[tuple[str, Tag, Measure]]:
    """Return what a document adds to each level: by person, language and measure."""
    found = Counter[tuple[str, Tag, Measure]]()
    on = document.since is not None
    if on:
        found[EVERYBODY, document.source, Measure.ITEMS] = 1
        found[EVERYBODY, document.source, Measure.ITEM_WORDS] = document.words
    for tag, text in document.languages():
        for measure, amount in _levels_of(text, document.words if on else None):
            for whose in {EVERYBODY, text.person}:
                found[whose, tag, measure] += amount
    return found


def _levels_of(text: Text, words: int | None) -> Iterator[tuple[Measure, int]]:
    """Yield what a text adds; `words` are those of its source text, None while that is not live."""
    if text.band in STANDING:
        yield STANDING[text.band], 1
    yield Measure.UNREAD, text.unread
    if words is not None and text.band is not Band.MISSING:
        yield from ((Measure.BEGUN, 1), (Measure.BEGUN_WORDS, words))
        if text.stand.live is not None:
            yield Measure.LIVE, 1
        if text.current:
            yield from ((Measure.CURRENT, 1), (Measure.CURRENT_WORDS, words))


class _Step:
    """One transaction: what it did is applied first, deed by deed, then looked at as a whole."""

    def __init__(self, happening: Happening, texts: Texts, zone: tzinfo) -> None:
        self._happening, self._texts, self._at, self._zone = happening, texts, happening.at, zone
        self._day = happening.at.astimezone(zone).date()
        self.sums, self.leads, self.went = Counter[Row](), Counter[Lead](), Counter[tuple[Tag, date]]()
        self._went: list[tuple[Tag, int | None]] = []
        self._mended: list[tuple[Tag, int | None]] = []

    def add(self, person: str, locale: Tag, measure: Measure, amount: int) -> None:
        self.sums[Row(person, measure, self._day, locale)] += amount

    def _flow(self, person: str, locale: Tag, measure: Measure, amount: int = 1) -> None:
        for whose in {EVERYBODY, person}:
            self.add(whose, locale, measure, amount)

    def done(self, document: Document) -> Document:
        """Return a document with its texts as they are afterwards, not looked at yet."""
        found = dict(document.texts)
        for deed in self._happening.deeds:
            found[deed.locale] = self._after(found.get(deed.locale, Text()), deed)
        for tag, stand in (self._happening.stands or {}).items():
            found[tag] = self._moved(found.get(tag, Text()), tag, stand)
        facts = found[NO_LANGUAGE].stand if NO_LANGUAGE in found else Stand()
        source = self._texts.source(facts.head if facts.live is None else facts.live)
        return replace(document, texts=found, source=source)

    def _after(self, text: Text, deed: Deed) -> Text:
        stand = after(text.stand, deed, self._texts)
        if deed.locale != NO_LANGUAGE:
            self._count(text, deed)
        if deed.action == Action.SUBMIT:
            text = replace(text, person=deed.actor, submitted=True)
        elif stand.head != text.stand.head and not text.submitted:
            text = replace(text, person=deed.actor)
        return self._moved(text, deed.locale, stand)

    def _count(self, text: Text, deed: Deed) -> None:
        """Count what flows by a deed alone."""
        if deed.action == Action.SUBMIT:
            self._flow(deed.actor, deed.locale, Measure.SUBMITTED)
        elif deed.action == Action.RETURN:
            self._flow(text.person, deed.locale, Measure.RETURNED)
        elif deed.action in GOES_LIVE and deed.revision not in {None, text.stand.live}:
            before = [one.number for one in text.published if not one.taken]
            found = self._went if deed.action == Action.PUBLISH else self._mended
            found.append((deed.locale, before[-1] if before else None))
        if deed.known is not None:
            self._recall(deed, deed.known)

    def _recall(self, deed: Deed, known: Known) -> None:
        """Count what the memory knew, on the day of the submission: that is told a little later."""
        day = (known.submitted or self._at).astimezone(self._zone).date()
        amounts = {Measure.MET_WORDS: known.words, Measure.EXACT_WORDS: known.exact, Measure.NEAR_WORDS: known.near}
        for measure, amount in amounts.items():
            for whose in {EVERYBODY, deed.actor}:
                self.sums[Row(whose, measure, day, deed.locale)] += amount

    def _moved(self, text: Text, tag: Tag, stand: Stand) -> Text:
        """Return a text that stands elsewhere; what readers have of it now is remembered with what they had.

        What they get back makes what came after it as if it had never been (`services.histories`).
        """
        if stand.live == text.stand.live:
            return replace(text, stand=stand)
        published = text.published
        place = next((place for place, one in enumerate(published) if one.number == stand.live), None)
        if stand.live is None:
            published = tuple(self._taken_back(tag, one) for one in published)
        elif place is None:
            minor = self._texts.minor(tag, stand.live, self._at)
            published = (*published, Published(number=stand.live, minor=minor, at=self._at))
        else:
            for one in published[place + 1 :]:
                self._taken_back(tag, one)
            again, published = published[place], published[:place]
            if text.stand.live is None:  # it was withdrawn, and goes live anew
                again = Published(number=again.number, minor=again.minor, at=self._at)
            published = (*published, again)
        return replace(text, stand=stand, published=published)

    def _taken_back(self, tag: Tag, one: Published) -> Published:
        """Let what readers have no longer count no more while its week lasts; weeks that are over do not change."""
        day = one.at.astimezone(self._zone).date()
        if day.isocalendar()[:2] != self._day.isocalendar()[:2]:
            return one
        for whose in {EVERYBODY, one.person}:
            if one.words is not None:
                self.sums[Row(whose, Measure.WENT, day, tag)] -= 1
                self.sums[Row(whose, Measure.WENT_WORDS, day, tag)] -= one.words
            if one.minutes is not None:
                self.leads[Lead(whose, day, tag, one.minutes)] -= 1
        if one.words is not None:
            self.went[tag, day] -= 1
        return replace(one, words=None, minutes=None, taken=True)

    def looked_at(self, old: Document, new: Document) -> Document:
        """Return a document with what follows from where its texts stand now; what ended or went live is added."""
        new = self._with_source(old, new)
        current = self._current(old, new)
        found = {
            tag: text if tag == NO_LANGUAGE else self._text(old, new, tag, current=tag in current)
            for tag, text in new.texts.items()
        }
        if not _is_stock(old, new):
            delivered = [(tag, before) for tag, before in self._mended if _is_delivered(old, new, tag, found[tag])]
            for tag, before in (*self._went, *delivered):
                found[tag] = self._counted(new, tag, found[tag], before)
        return replace(new, texts=found)

    def _counted(self, new: Document, tag: Tag, text: Text, before: int | None) -> Text:
        """Count a text that went live, unless it was taken back at once; what is counted is remembered with it."""
        if text.published[-1].taken or text.published[-1].at != self._at:
            return text
        words = currency.rendered_words(new, self._texts, tag, text.published[-1].number, before)
        self._flow(text.person, tag, Measure.WENT)
        self._flow(text.person, tag, Measure.WENT_WORDS, words)
        self.went[tag, self._day] += 1
        return _remembered(text, words=words)

    def _with_source(self, old: Document, new: Document) -> Document:
        live = new.live(new.source)
        if live is None:
            return replace(new, since=None, words=0)
        same = new.source == old.source and live == old.live(old.source)
        words = old.words if same else currency.source_words(new, self._texts)
        return replace(new, since=old.since or self._at, words=words)

    def _current(self, old: Document, new: Document) -> frozenset[Tag]:
        """Return which texts are current, as before where readers have what they had."""
        if old.source == new.source and _live(old) == _live(new):
            return frozenset(tag for tag, text in new.texts.items() if text.current)
        return currency.current(new, self._texts)

    def _text(self, old: Document, new: Document, tag: Tag, *, current: bool) -> Text:
        was, text = old.texts.get(tag, Text()), new.texts[tag]
        if text.stand.head is not None and text.stand.head != was.stand.head:
            text = replace(text, unread=currency.unread_words(self._texts, tag, text.stand.head))
        if text.band is not was.band:
            self._stay(old, new, tag, was)
            text = replace(text, since=self._at)
        lacks = self._lacks(old, new, tag, current=current)
        went = self._did(tag, GOES_LIVE) and text.published[-1].at == self._at and not _is_stock(old, new)
        if current and lacks is not None and went:
            minutes = lead_minutes(self._at - lacks)
            self.leads.update(Lead(whose, self._day, tag, minutes) for whose in {EVERYBODY, text.person})
            text = _remembered(text, minutes=minutes)
        return replace(text, current=current, lacks=None if current else lacks)

    def _stay(self, old: Document, new: Document, tag: Tag, was: Text) -> None:
        """Count a stay that ends: of what was missing only if it was waited for."""
        since = was.since
        if was.band is Band.MISSING:
            since = old.since if new.since is not None and tag != new.source else None
        if since is not None and was.band in STAYS:
            stays, seconds = STAYS[was.band]
            person = was.person or new.texts[tag].person
            self._flow(person, tag, stays)
            self._flow(person, tag, seconds, int(max(self._at - since, timedelta()).total_seconds()))

    def _lacks(self, old: Document, new: Document, tag: Tag, *, current: bool) -> datetime | None:
        """Return since when readers have lacked a text; if they have it now, since when they did until now."""
        if new.since is None or tag == new.source or self._did(tag, {Action.WITHDRAW}):
            return None
        if old.since is None:
            return self._at
        was = old.texts.get(tag)
        if was is None or was.band is Band.MISSING:
            return old.since
        return was.lacks if not was.current else None if current else self._at

    def _did(self, tag: Tag, actions: frozenset[Action] | set[Action]) -> bool:
        return any(deed.locale == tag and deed.action in actions for deed in self._happening.deeds)


def _is_delivered(old: Document, new: Document, tag: Tag, text: Text) -> bool:
    """Tell of a text that was corrected whether that is more than a mend: readers get what they lacked, or what is new.

    So a desk that brings its texts up to date by their files goes live with them, and who mends a comma does not.
    """
    if tag == new.source:
        return not text.published[-1].minor
    was = old.texts.get(tag)
    return text.current and not (was is not None and was.current)


def _is_stock(old: Document, new: Document) -> bool:
    """Tell whether a document came in as it was elsewhere, live in several languages from its first moment."""
    return not old.texts and sum(text.stand.live is not None for _, text in new.languages()) > 1


def _remembered(text: Text, **counted: int) -> Text:
    """Return a text that remembers what was counted of what went live last."""
    *before, last = text.published
    return replace(text, published=(*before, replace(last, person=text.person, **counted)))  # type: ignore[arg-type]  # numbers of its own, by their names


def _live(document: Document) -> Mapping[Tag, tuple[Published, ...]]:
    return {tag: text.published for tag, text in document.texts.items() if text.stand.live is not None}
