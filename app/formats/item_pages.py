"""How a reader's page follows from texts: pure functions from the material of one document to its pages.

What is live is projected by them (`services.projection`), and a draft is previewed by them (`queries.preview`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath

from app.domain import pages
from app.domain.documents import DocumentName, Facts
from app.domain.line_breaks import bound
from app.domain.pages import Alternate, Attachment, ItemPage, ListEntry, Outdated, Picture
from app.domain.provenance import Lag
from app.domain.segments import Origin, Tag
from app.domain.site import Site
from app.domain.stored import StoredFile, StoredPhoto
from app.formats.articles import Article
from app.formats.attachments import attachments
from app.formats.own_media import OwnMedia
from app.formats.render import render
from app.formats.signs import plainly


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """One text as readers have it, or would: its parts, who made it, what it was made from, whether that has moved on.

    `updated` is when it was last changed for its readers, None if never; `changed` the same, or when it came out.
    """

    locale: Tag
    article: Article
    origin: Origin
    made_from: Tag | None
    updated: datetime | None
    changed: datetime
    lag: Lag | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that the pages of one document are made from. `texts` are the live ones, `number` is the document's own.

    `withdrawn` are the languages of texts that were live once and are not.
    """

    site: Site
    document: DocumentName
    number: int
    facts: Facts
    texts: Mapping[Tag, Live]
    photos: Mapping[str, StoredPhoto]
    files: Mapping[str, StoredFile]
    withdrawn: frozenset[Tag] = frozenset()

    def shown(self, locale: Tag) -> Live | None:
        """Return the text that a reader of this locale gets: its own, else of the first fallback that has one."""
        order = (*self.site.chain(locale), self.facts.source, *self.site.locales)
        own = {locale, *self.site.locales}
        return next((self.texts[tag] for tag in order if tag in self.texts and tag in own), None)

    @property
    def addresses(self) -> tuple[Tag, ...]:
        """Return the locales at whose addresses there are pages.

        Those of the site, and those that have a text though the site does not name them: nobody is led there, but the
        slug is taken, so that the language can come back to the site.
        """
        return tuple(dict.fromkeys((*self.site.locales, *self.texts)))

    def slug(self, locale: Tag) -> str:
        """Return the slug at this locale's address: its own, else the source's, else that of what is shown."""
        source = self.texts.get(self.facts.source) if self.facts.source in self.site.locales else None
        text = self.texts.get(locale) or source or self.shown(locale)
        return text.article.slug if text else self.document.name


def html_of(material: Material, live: Live) -> str:
    """Return the body of a text, which is the same at every address where that text is shown."""
    return render(live.article.body, _own_media(material, live.article), partial(bound, tag=live.locale))


def page_at(material: Material, locale: Tag, live: Live, html: str) -> ItemPage:
    """Return the page at one locale's address, where a text is `shown` whose body is this HTML."""
    return ItemPage(
        document=material.document,
        views_key=material.number,
        locale=locale,
        shown=live.locale,
        source=material.facts.source,
        made_from=live.made_from if live.made_from in material.site.locales else None,
        origin=live.origin,
        outdated=_outdated(material, live),
        slug=material.slug(locale),
        title=live.article.title,
        summary=live.article.summary,
        html=html,
        date=material.facts.date,
        updated=live.updated,
        pictures=_pictures(material, live.article),
        attachments=_attachments(material, live),
        tags=material.facts.tags,
        alternates=tuple(
            Alternate(locale=tag, slug=material.slug(tag), available=tag in material.texts)
            for tag in material.site.locales
        ),
        changed=live.changed,
        withdrawn=locale in material.withdrawn,
    )


def media_of(material: Material, page: ItemPage) -> dict[str, str]:
    """Return the media files that a page names, by name in the store: what each is called where a reader saves it."""
    listed = {one.path for one in page.attachments}
    photos = {name: "" for picture in page.pictures for name, _ in picture.sources}
    photos |= {picture.cut.path: "" for picture in page.pictures[:1] if picture.cut}
    return photos | {
        file.path: plainly(PurePosixPath(path).name)
        for path, file in material.files.items()
        if file.path in listed or f'"/media/{file.path}"' in page.html
    }


def entry_of(material: Material, page: ItemPage) -> ListEntry:
    """Return the page's line in the news list."""
    return ListEntry(
        position=position_of(material),
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        date=_date(material),
        origin=page.origin,
        picture=page.pictures[0] if page.pictures else None,
    )


def position_of(material: Material) -> str:
    """Return what sorts a list: for news the date, then the document's number; for pages the folder's name."""
    if material.facts.date is None:
        return material.document.name[:40]
    return pages.position_of(material.facts.date, material.number)


def month_of(material: Material) -> str | None:
    """Return the month that an item belongs to where the site has its seat, as in `2026-03`; None for pages."""
    when = material.facts.date
    return None if when is None else when.astimezone(material.site.zone).isoformat()[:7]


def _date(material: Material) -> datetime:
    return material.facts.date or datetime(1970, 1, 1, tzinfo=UTC)


def _outdated(material: Material, live: Live) -> Outdated | None:
    if live.lag is None or live.lag.newer not in material.site.locales:
        return None
    return Outdated(locale=live.lag.newer, slug=material.slug(live.lag.newer), since=live.lag.since)


def _pictures(material: Material, article: Article) -> tuple[Picture, ...]:
    return tuple(
        _picture(material.photos[path], path, article) for path in material.facts.photos if path in material.photos
    )


def _picture(photo: StoredPhoto, path: str, article: Article) -> Picture:
    widest = photo.variants[-1][1]
    return Picture(
        sources=photo.variants,
        width=widest,
        height=round(photo.height * widest / photo.width),
        alt=article.alt.get(path, ""),
        caption=article.captions.get(path, ""),
        credit=article.credits.get(path, ""),
        cut=photo.cut,
    )


def _attachments(material: Material, live: Live) -> tuple[Attachment, ...]:
    order = (live.locale, *material.site.chain(live.locale), material.facts.source, *material.site.locales)
    return attachments(material.facts.files, material.files, order=order, titles=live.article.files)


def _own_media(material: Material, article: Article) -> OwnMedia:
    return OwnMedia(
        pictures={path: _picture(photo, path, article) for path, photo in material.photos.items()},
        files={path: file.path for path, file in material.files.items()},
    )
