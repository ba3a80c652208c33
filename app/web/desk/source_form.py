"""The form of a source text: what is in its fields, as it was filled or typed, and what that means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Self
from zoneinfo import ZoneInfo

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.domain.documents import Facts
from app.domain.errors import BadText
from app.domain.said import Said
from app.formats.lines import unix
from app.formats.words import Words
from app.queries.writing import Source
from app.services.writing import Form
from app.web.desk import moments
from app.web.desk.moments import shown, typed
from app.web.desk.odd_values import whole

_OF_PHOTOS: Final = ("captions", "alt", "credits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Every field, as a person sees it. `more_tags` are topics that were typed, with commas; times are local ones."""

    words: Words
    date: str
    publish_at: str
    photos: tuple[str, ...]
    tags: tuple[str, ...]
    text_base: int
    facts_base: int
    more_tags: str = ""
    minor: bool | None = None

    @classmethod
    def of(cls, source: Source, zone: ZoneInfo) -> Self:
        """Return the form as it is filled from what was saved."""
        return cls(
            words=source.words,
            date=shown(source.facts.date, zone),
            publish_at=shown(source.facts.publish_at, zone),
            photos=source.facts.photos,
            tags=source.facts.tags,
            text_base=source.text_base,
            facts_base=source.facts_base,
            minor=source.words.minor,
        )

    @classmethod
    def sent(cls, sent: MultiDict[str, str], source: Source) -> Self:
        """Return the form as it was sent; what a browser left out is as it was saved."""
        photos = tuple(dict.fromkeys(sent.getlist("photo")))
        sections = {name: _by_path(sent, name, photos, getattr(source.words, name)) for name in _OF_PHOTOS}
        change = sent.get("change")
        words = Words(
            title=" ".join(sent.get("title", "").split()),
            slug=sent.get("slug", "").strip(),
            summary=" ".join(sent.get("summary", "").split()),
            body=unix(sent.get("body", "")).strip("\n"),
            minor=change == "minor" if change else source.words.minor and source.was_live,
            **sections,
        )
        return cls(
            words=words,
            date=sent.get("date", ""),
            publish_at=sent.get("publish_at", ""),
            photos=photos,
            tags=tuple(sent.getlist("tag")),
            more_tags=sent.get("more_tags", ""),
            text_base=sent.get("text_base", source.text_base, type=whole),
            facts_base=sent.get("facts_base", source.facts_base, type=whole),
            minor=change == "minor" if change else None,
        )

    def with_photos(self, photos: tuple[str, ...]) -> Self:
        """Return the form with other photos, or in another order."""
        return replace(self, photos=tuple(dict.fromkeys(photos)))

    def with_slug(self, slug: str) -> Self:
        """Return the form with another slug."""
        return replace(self, words=replace(self.words, slug=slug))

    def moved(self, place: int, step: int) -> Self:
        """Return the form with one photo put before or behind its neighbour."""
        photos = list(self.photos)
        if 0 <= place < len(photos) and 0 <= place + step < len(photos):
            photos[place], photos[place + step] = photos[place + step], photos[place]
        return self.with_photos(tuple(photos))

    def meant(self, source: Source, zone: ZoneInfo) -> tuple[Form | None, dict[str, str]]:
        """Return what the fields mean, or None and what is wrong, by field."""
        wrong: dict[str, str] = {}
        if not self.words.title:
            wrong["title"] = gettext("A text needs a title.")
        times = {
            name: _time(wrong, name, typed_in, zone)
            for name, typed_in in (
                ("date", (self.date, moments.DATE, source.facts.date)),
                ("publish_at", (self.publish_at, moments.LIVE, source.facts.publish_at)),
            )
        }
        if source.facts.date is not None and times["date"] is None and "date" not in wrong:
            wrong["date"] = gettext("A news item needs a date.")
        if wrong:
            return None, wrong
        facts = replace(
            source.facts, photos=self.photos, tags=self.all_tags, date=times["date"], publish_at=times["publish_at"]
        )
        return Form(words=self.words, facts=facts, text_base=self.text_base, facts_base=self.facts_base), {}

    def words_alone(self, source: Source) -> Form:
        """Return what the words mean, with the facts as they were saved: to see what else is wrong."""
        words = replace(self.words, title=self.words.title or "-")
        return Form(words=words, facts=source.facts, text_base=self.text_base, facts_base=self.facts_base)

    @property
    def all_tags(self) -> tuple[str, ...]:
        """Return the topics that were chosen and those that were typed."""
        typed_ones = (" ".join(one.split()) for one in self.more_tags.split(","))
        return tuple(dict.fromkeys((*self.tags, *(one for one in typed_ones if one))))

    def facts(self, source: Source, zone: ZoneInfo) -> Facts:
        """Return the facts for a preview: what cannot be understood is as it was saved."""
        form, _ = replace(self, words=replace(self.words, title="-")).meant(source, zone)
        return form.facts if form else replace(source.facts, photos=self.photos, tags=self.all_tags)


def too_late(form: Form, source: Source) -> dict[str, str]:
    """Return what is wrong with a time to go live that was typed, by field: nothing can go live in the past."""
    at = form.facts.publish_at
    if at is None or at == source.facts.publish_at or at > datetime.now(UTC):
        return {}
    # Translators: under the field "Publish at"
    sentence = gettext("This time has passed. Choose a later one, or leave the field empty.")
    return {"publish_at": sentence}


def _by_path(
    sent: MultiDict[str, str], name: str, photos: tuple[str, ...], before: Mapping[str, str]
) -> dict[str, str]:
    """Return the words of photos: of those in the form as they were typed, of others (in the body) as they were."""
    kept = {path: said for path, said in before.items() if f"{name}:{path}" not in sent}
    typed_words = {path: " ".join(sent.get(f"{name}:{path}", "").split()) for path in photos}
    order = [*(path for path in before if path in kept or path in typed_words), *typed_words]
    return {path: said for path in dict.fromkeys(order) if (said := typed_words.get(path) or kept.get(path, ""))}


def _time(
    wrong: dict[str, str], name: str, typed_in: tuple[str, Said, datetime | None], zone: ZoneInfo
) -> datetime | None:
    written, field, before = typed_in
    try:
        return typed(written, zone, field, before)
    except BadText as refusal:
        wrong[name] = refusal.reasons[0]
        return None
