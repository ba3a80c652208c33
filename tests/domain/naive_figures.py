"""The figures by their definitions, over the whole list of what happened, each time anew: slow, and by no sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import groupby, pairwise, takewhile
from math import ceil

from app.domain.figure_states import Deed, Known
from app.domain.figures import Band, Name, Period
from app.domain.segments import NO_LANGUAGE, Key, Origin, Rendering, State, Tag, digest_of
from app.domain.translations import Action, Status
from tests.domain.figure_histories import HOLE, LANGUAGES, Author, Moment

_WENT_LIVE = {Action.PUBLISH, Action.CORRECT}


def standing(published: tuple[tuple[int, bool], ...]) -> tuple[tuple[int, bool], ...]:
    """What was published, but for what came after something that readers were given back: that never was."""
    if not published:
        return ()
    *before, (newest, minor) = published
    earlier = standing(tuple(before))
    places = [place for place, (number, _) in enumerate(earlier) if number == newest]
    return earlier[: places[0] + 1] if places else (*earlier, (newest, minor))


@dataclass(kw_only=True)
class Story:
    """One document's moments, looked at by their indexes; -1 is before all."""

    author: Author
    zone: tzinfo

    @cached_property
    def moments(self) -> list[Moment]:
        return self.author.moments

    def at(self, place: int) -> datetime:
        return self.moments[place].happening.at

    def before(self, end: datetime) -> int:
        return sum(moment.happening.at < end for moment in self.moments) - 1

    def did(self, place: int, tag: Tag, *actions: str) -> bool:
        return any(deed.locale == tag and deed.action in actions for deed in self.moments[place].happening.deeds)

    def live(self, place: int, tag: Tag) -> int | None:
        stand = self.moments[place].stands.get(tag) if place >= 0 else None
        return stand.live if stand else None

    def source(self, place: int) -> Tag:
        return self.moments[place].source

    def on(self, place: int) -> bool:
        """Whether readers have the source text."""
        return place >= 0 and self.live(place, self.source(place)) is not None

    def band(self, place: int, tag: Tag) -> Band:
        stand = self.moments[place].stands.get(tag) if place >= 0 else None
        if stand is None or stand.status is Status.MISSING:
            return Band.MISSING
        if stand.status is Status.APPROVED and stand.head == stand.live:
            return Band.LIVE
        return {Status.DRAFT: Band.DRAFT, Status.IN_REVIEW: Band.IN_REVIEW, Status.APPROVED: Band.APPROVED}[
            stand.status
        ]

    def person(self, place: int, tag: Tag) -> str:
        """Whose a text is: who submitted it last; before that, who last saved it as its newest text."""
        deeds = [
            deed for one in self.moments[: place + 1] for deed in one.happening.deeds if deed.locale == tag
        ]  # fmt: skip
        submitted = [deed.actor for deed in deeds if deed.action == Action.SUBMIT]
        corrections = {deed.revision for deed in deeds if deed.action == Action.CORRECT}
        saved = [deed.actor for deed in deeds if deed.action == "save" and deed.revision not in corrections]
        return submitted[-1] if submitted else saved[-1] if saved else ""

    @cached_property
    def _current(self) -> dict[tuple[int, Tag], bool]:
        return {(place, tag): self._is_current(place, tag) for place in range(len(self.moments)) for tag in LANGUAGES}

    def current(self, place: int, tag: Tag) -> bool:
        return place >= 0 and self._current[place, tag]

    def _is_current(self, place: int, tag: Tag) -> bool:
        """Whether readers have it, all of it, and up to date."""
        number = self.live(place, tag)
        if number is None or not self.on(place):
            return False
        if tag == self.source(place):
            return True
        lacks = {State.MISSING, State.NEEDS_WORK} if self.author.book.is_catalogue else {State.MISSING}
        rows = self.author.book.revisions[tag, number].segment_map.rows
        return not any(row.state in lacks for row in rows) and self._is_fresh(place, tag)

    def _is_fresh(self, place: int, tag: Tag) -> bool:
        """Whether there is nothing in what it was made from, and so on to the source, that it lacks."""
        number = self.live(place, tag)
        if tag == self.source(place) or number is None:
            return True
        if self.author.book.is_catalogue:
            template = self.live(place, NO_LANGUAGE)
            return template is not None and self.texts(tag, number).keys() == self.texts(NO_LANGUAGE, template).keys()
        made_from = self.author.book.revisions[tag, number].made_from
        if made_from is None:  # it was the source, and renders nothing of what is one now
            return False
        return self.live(place, made_from) is None or (
            self._is_fresh(place, made_from)
            and all(
                row.source_digest in self._good_enough(place, made_from, row.key)
                or self._ahead(place, tag, made_from, row)
                for row in self.author.book.revisions[tag, number].segment_map.rows
            )
        )

    def _versions(self, place: int, tag: Tag, key: str) -> list[tuple[int, str, bool]]:
        published = standing(self.moments[place].published[tag])
        return [(number, digest_of(self.texts(tag, number)[key]), minor) for number, minor in published]

    def _since(self, versions: list[tuple[int, str, bool]]) -> int:
        """The first version since which every edit of a segment was minor."""
        return next(
            then
            for then in range(len(versions))
            if all(minor or now == before for (_, before, _), (_, now, minor) in pairwise(versions[then:]))
        )

    def _good_enough(self, place: int, tag: Tag, key: str) -> set[str]:
        versions = self._versions(place, tag, key)
        return {digest for _, digest, _ in versions[self._since(versions) :]}

    def _ahead(self, place: int, tag: Tag, made_from: Tag, row: Rendering) -> bool:
        """Whether a segment was made from words that came after those that readers have, such as were put back."""
        revisions, number, live = self.author.book.revisions, self.live(place, tag), self.live(place, made_from)
        assert number is not None
        made = [one for locale, one in takewhile(lambda one: one != (tag, number), revisions) if locale == made_from]
        if all(digest_of(self.texts(made_from, one)[row.key]) != row.source_digest for one in made):
            return False
        versions = self._versions(place, made_from, row.key)
        live_once = row.source_digest in {digest for _, digest, _ in versions}
        based_on = revisions[tag, number].segment_map.based_on
        taken = {one for one, _, _ in versions}
        while live is not None:
            taken.add(live)
            live = revisions[made_from, live].parent
        names = based_on.digest if based_on else ""
        of_version = any(revisions[made_from, one].digest == names for one, _, _ in versions)
        drafts = [one for one in made if one not in taken and any(published < one for published, _, _ in versions)]
        named = [one for one in drafts if revisions[made_from, one].digest == names and not of_version][:1]
        return any(
            max(at for at, (published, _, _) in enumerate(versions) if published < one) >= self._since(versions)
            for one in drafts
            if digest_of(self.texts(made_from, one)[row.key]) == row.source_digest
            if one in named or not live_once
        )

    def texts(self, tag: Tag, number: int) -> dict[str, str]:
        return {one.key: one.text for one in self.author.book.revisions[tag, number].segments}

    def words(self, tag: Tag, number: int) -> dict[str, int]:
        """How many words each segment has; of a catalogue those of the message, not of its translation."""
        texts = self.texts(tag, number)
        msgids = self.author.book.is_catalogue
        return {
            key: 0 if text == HOLE else len((key.split("\x04")[-1] if msgids else text).split())
            for key, text in texts.items()
        }

    def source_words(self, place: int) -> int:
        number = self.live(place, self.source(place))
        return 0 if number is None else sum(self.words(self.source(place), number).values())

    def unread(self, place: int, tag: Tag) -> int:
        stand = self.moments[place].stands.get(tag) if place >= 0 else None
        if stand is None or stand.head is None:
            return 0
        revision = self.author.book.revisions[tag, stand.head]
        rows = {row.key: row for row in revision.segment_map.rows}
        return sum(len(one.text.split()) for one in revision.segments if rows[one.key].origin is Origin.MACHINE)

    def came_in_live(self, place: int) -> bool:
        """The document was live in several languages from its first moment: it was made elsewhere."""
        return place == 0 and len([tag for tag in LANGUAGES if self.live(0, tag) is not None]) > 1

    def went(self, place: int, tag: Tag) -> Iterator[int]:
        """Of each publication of a text in a moment, the source words of what reads otherwise than before."""
        if self.came_in_live(place):
            return
        for order, deed in enumerate(self.moments[place].happening.deeds):
            is_counted = deed.action == Action.PUBLISH or self._is_more_than_a_mend(place, deed)
            if deed.locale == tag and is_counted and self._stays(place, order, tag):
                assert deed.revision is not None
                before = self._seen_before(place, order, tag)
                old = self._read(tag, before) if before else {}
                changed = [key for key, text in self._read(tag, deed.revision).items() if old.get(key) != text]
                source = self.source(place)
                revision = self.author.book.revisions[tag, deed.revision]
                made_from = revision.made_from or source
                published = self.moments[place].published.get(made_from)
                if tag == source or not published:
                    words = self.words(tag, deed.revision)
                    yield sum(words[key] for key in changed)
                    continue
                words = self.words(made_from, published[-1][0])
                renders = {one for row in revision.segment_map.rows if row.key in changed for one in row.sources}
                yield sum(words.get(one, 0) for one in renders)

    def days(self, tag: Tag) -> Iterator[date]:
        """Yield the day of each time a text went live."""
        for place in range(len(self.moments)):
            yield from (self.at(place).astimezone(self.zone).date() for _ in self.went(place, tag))

    def _is_more_than_a_mend(self, place: int, deed: Deed) -> bool:
        """Whether readers got by a correction what they lacked, or a source text that says other things."""
        if deed.action != Action.CORRECT or deed.revision is None:
            return False
        if deed.locale == self.source(place):
            return not self.author.book.minors[deed.locale, deed.revision, self.at(place)]
        return self.current(place, deed.locale) and not self.current(place - 1, deed.locale)

    def _deeds_after(self, place: int, order: int, tag: Tag) -> Iterator[tuple[tuple[int, int], Deed]]:
        """Yield what was done to a text after a deed, until the week is over in which that was done."""
        for later in range(place, len(self.moments)):
            if self._week(later) != self._week(place):
                return
            for at, deed in enumerate(self.moments[later].happening.deeds):
                if deed.locale == tag and (later, at) > (place, order):
                    yield (later, at), deed

    def _week(self, place: int) -> tuple[int, int]:
        return self.at(place).astimezone(self.zone).isocalendar()[:2]

    def _goes_live(self, place: int, order: int, tag: Tag) -> bool:
        """Whether readers came to have another text by a deed."""
        live, deeds = self.live(place - 1, tag), self.moments[place].happening.deeds
        for deed in deeds[:order]:
            if deed.locale == tag and deed.action in {*_WENT_LIVE, Action.PUT_BACK, Action.WITHDRAW}:
                live = None if deed.action == Action.WITHDRAW else deed.revision
        return deeds[order].revision != live

    def _stays(self, place: int, order: int, tag: Tag) -> bool:
        return self._goes_live(place, order, tag) and not self._taken_back(place, order, tag)

    def _taken_back(self, place: int, order: int, tag: Tag) -> bool:
        """Whether in the week in which it went live a text was withdrawn, or readers got back what they had before."""
        number = self.moments[place].happening.deeds[order].revision
        return any(
            deed.action == Action.WITHDRAW
            or (
                deed.action == Action.PUT_BACK
                and number not in {one for one, _ in standing(self.moments[later].published[tag])}
            )
            for (later, _), deed in self._deeds_after(place, order, tag)
        )

    def _seen_before(self, place: int, order: int, tag: Tag) -> int | None:
        """What readers had seen last of a text before a deed: neither put back nor withdrawn in its week."""
        seen = list[tuple[int, int, int]]()
        for earlier in range(place + 1):
            for at, deed in enumerate(self.moments[earlier].happening.deeds):
                if (
                    deed.locale != tag
                    or deed.action not in {*_WENT_LIVE, Action.PUT_BACK}
                    or (earlier, at) >= (place, order)
                ):
                    continue
                if not self._goes_live(earlier, at, tag):
                    continue
                assert deed.revision is not None
                places = [one for one, (number, _, _) in enumerate(seen) if number == deed.revision]
                kept = seen[places[0]] if places else (deed.revision, earlier, at)
                again = kept if deed.action == Action.PUT_BACK else (deed.revision, earlier, at)
                seen = [*(seen[: places[0]] if places else seen), again]
        left = [
            number for number, then, at in seen
            if not any(
                deed.action == Action.WITHDRAW and when < (place, order)
                for when, deed in self._deeds_after(then, at, tag)
            )
        ]  # fmt: skip
        return left[-1] if left else None

    def _read(self, tag: Tag, number: int) -> dict[str, str]:
        """What readers have of a text, by segment: nothing of what is missing or, of a message, needs work."""
        lacks = {State.MISSING, State.NEEDS_WORK} if self.author.book.is_catalogue else {State.MISSING}
        rows = {row.key: row for row in self.author.book.revisions[tag, number].segment_map.rows}
        return {key: text for key, text in self.texts(tag, number).items() if rows[Key(key)].state not in lacks}

    def lead(self, place: int, tag: Tag) -> int | None:
        """The minutes after which readers had what they lacked, if they came to have it in this moment by its text."""
        on, begun = self.on(place - 1), place
        if (
            self.came_in_live(place)
            or tag == self.source(place)
            or not self.current(place, tag)
            or not self.did(place, tag, *_WENT_LIVE)
        ):
            return None
        if on and self.current(place - 1, tag):
            return None
        while begun and self.on(begun - 1) and not self.current(begun - 1, tag):
            begun -= 1
        if any(self.did(one, tag, Action.WITHDRAW) for one in range(begun, place + 1)):
            return None
        deeds = self.moments[place].happening.deeds
        went = [order for order, one in enumerate(deeds) if one.locale == tag and one.action in _WENT_LIVE]
        if not self._stays(place, went[-1], tag):
            return None
        minutes = ceil((self.at(place) - self.at(begun)) / timedelta(minutes=1))
        if minutes > 24 * 60:
            return 6 * 60 * ceil(minutes / (6 * 60))
        return minutes if minutes <= 180 else 60 * ceil(minutes / 60)

    @cached_property
    def stays_in(self) -> dict[Tag, list[tuple[int, Band, int]]]:
        return {tag: list(self._runs(tag)) for tag in LANGUAGES}

    def _runs(self, tag: Tag) -> Iterator[tuple[int, Band, int]]:
        """Yield the moment in which each stay ended, where the text stood, and how many seconds it did."""
        bands = [(self.band(place, tag), place) for place in range(len(self.moments))]
        runs = [(band, next(run)[1]) for band, run in groupby(bands, key=lambda one: one[0])]
        for (band, begun), (_, ended) in pairwise(runs):
            if band is Band.MISSING:
                live = [self.on(place) for place in range(ended + 1)]
                if not live[ended] or not live[ended - 1] or tag == self.source(ended):
                    continue
                waited = next(many for many in range(1, ended + 2) if many > ended or not live[ended - many]) - 1
                yield ended, band, int((self.at(ended) - self.at(ended - waited)).total_seconds())
            else:
                yield ended, band, int((self.at(ended) - self.at(begun)).total_seconds())


def _monday(day: date) -> date:
    return date.fromisocalendar(*day.isocalendar()[:2], 1)


@dataclass(kw_only=True)
class Naive:
    """All figures of some languages, of everybody's texts or those of one person."""

    stories: list[Story]
    zone: tzinfo
    period: Period
    languages: tuple[Tag, ...]
    person: str | None
    views: Sequence[tuple[datetime, Tag]] = ()

    def values(self) -> dict[Name, float | None]:
        ended = [
            (story, sum(story.at(place) < self._end for place in range(len(story.moments))) - 1)
            for story in self.stories
        ]
        mine = [
            (story, place, tag) for story, place in ended for tag in self.languages if self._mine(story, place, tag)
        ]
        live = [(story, place, tag) for story, place, tag in mine if story.on(place)]
        have = [one for one in live if one[0].current(one[1], one[2])]
        of = [one for one in live if self.person is None or one[0].live(one[1], one[2]) is not None]
        lack = [
            story.source_words(place) for story, place, tag in live
            if not story.current(place, tag) and (self.person is None or story.band(place, tag) is not Band.MISSING)
        ]  # fmt: skip
        within = [
            (story, place, tag)
            for story in self.stories for place in range(len(story.moments)) for tag in self.languages
            if self._begin <= story.at(place) < self._end
        ]  # fmt: skip
        within_mine = [one for one in within if self._mine(*one)]
        went = [words for story, place, tag in within_mine for words in story.went(place, tag)]
        leads = sorted(
            minutes * 60 for story, place, tag in within_mine if (minutes := story.lead(place, tag)) is not None
        )  # fmt: skip
        submitted = [deed for deed in self._deeds(within, Action.SUBMIT) if self.person in {None, deed[3].actor}]
        returned = [one for one in self._deeds(within, Action.RETURN) if self.person in {None, self._whose(*one)}]
        known = list(self._recalled())
        met, weeks = sum(one.words for one in known), ((self.period.last - self.period.first).days + 1) / 7
        return {
            Name.CURRENT: len(have) / len(of) if of else None,
            Name.BACKLOG: sum(lack),
            Name.WORDS: sum(went) / weeks,
            Name.ITEMS: len(went) / weeks,
            Name.LEAD_MEDIAN: leads[ceil(0.5 * len(leads)) - 1] if leads else None,
            Name.LEAD_NINETIETH: leads[ceil(len(leads) * 9 / 10) - 1] if leads else None,
            Name.WAITING: self._stay(Band.MISSING),
            Name.DRAFT: self._stay(Band.DRAFT),
            Name.REVIEW: self._stay(Band.IN_REVIEW),
            Name.APPROVED: self._stay(Band.APPROVED),
            Name.RETURNS: len(returned) / len(submitted) if submitted else None,
            Name.UNREAD: sum(story.unread(place, tag) for story, place, tag in mine),
            Name.EXACT: sum(one.exact for one in known) / met if met else None,
            Name.NEAR: sum(one.near for one in known) / met if met else None,
            Name.VIEWS: self._views(weeks),
        }

    def _recalled(self) -> Iterator[Known]:
        """What the memory knew of what was submitted in the period, whenever it was told."""
        for story in self.stories:
            for moment in story.moments:
                for deed in moment.happening.deeds:
                    mine = deed.locale in self.languages and self.person in {None, deed.actor}
                    if deed.known and mine and self._begin <= (deed.known.submitted or moment.happening.at) < self._end:
                        yield deed.known

    def _views(self, weeks: float) -> float | None:
        seen = [tag for at, tag in self.views if self._begin <= at < self._end]
        return len([tag for tag in seen if tag in self.languages]) / weeks if seen and self.person is None else None

    def weeks(self) -> dict[date, tuple[int, int]]:
        """How many texts and words went live in each week that the period has days of, by its Monday."""
        many, found = (self.period.last - self.period.first).days + 1, {}
        days = [self.period.first + timedelta(days=day) for day in range(many)]
        for monday, week in groupby(days, key=_monday):
            within = list(week)
            alone = replace(self, period=Period(first=within[0], last=within[-1])).values()
            items, words = ((alone[name] or 0) * len(within) / 7 for name in (Name.ITEMS, Name.WORDS))
            found[monday] = (round(items), round(words))
        return found

    def at(self, day: date, *languages: Tag) -> dict[Name, float | None]:
        """All figures of some languages on one day."""
        return replace(self, period=Period(first=day, last=day), languages=languages).values()

    def standing(self, day: date) -> dict[Band, int]:
        """How many texts stood where when a day was over."""
        over = self._midnight(day + timedelta(days=1))
        ended = [
            (story, sum(story.at(place) < over for place in range(len(story.moments))) - 1) for story in self.stories
        ]
        bands = [
            story.band(place, tag) for story, place in ended for tag in self.languages
            if story.band(place, tag) is not Band.MISSING or story.on(place)
            if self._mine(story, place, tag)
        ]  # fmt: skip
        # a text that was begun while its source is not live stands somewhere all the same
        return {band: bands.count(band) for band in Band}

    @cached_property
    def _begin(self) -> datetime:
        return self._midnight(self.period.first)

    @cached_property
    def _end(self) -> datetime:
        return self._midnight(self.period.last + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self.zone).astimezone(UTC)

    def _mine(self, story: Story, place: int, tag: Tag) -> bool:
        return self.person is None or (place >= 0 and story.person(place, tag) == self.person)

    def _deeds(self, within: list[tuple[Story, int, Tag]], action: str) -> Iterator[tuple[Story, int, int, Deed]]:
        for story, place, tag in within:
            for order, deed in enumerate(story.moments[place].happening.deeds):
                if (deed.locale, deed.action) == (tag, action):
                    yield story, place, order, deed

    def _whose(self, story: Story, place: int, order: int, deed: Deed) -> str:
        """Whose a text was at a deed: who had submitted it before, in the same moment or earlier."""
        earlier = [one for moment in story.moments[:place] for one in moment.happening.deeds]
        earlier += story.moments[place].happening.deeds[:order]
        return [one.actor for one in earlier if (one.locale, one.action) == (deed.locale, Action.SUBMIT)][-1]

    def _stay(self, band: Band) -> float | None:
        times = [
            seconds
            for story in self.stories for tag in self.languages for ended, where, seconds in story.stays_in[tag]
            if where is band and self._begin <= story.at(ended) < self._end
            if self.person is None or (story.person(ended - 1, tag) or story.person(ended, tag)) == self.person
        ]  # fmt: skip
        return sum(times) / len(times) if times else None
