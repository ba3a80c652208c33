"""Texts of every kind that an editor or the desk may save into one item and one catalogue.

A text holds marks, `@@`, that whoever saves it replaces by words that occur nowhere else: so it can be asked of each
where it went. The other words are few, so that two texts often have some in common, and there is something to merge.
"""

from hypothesis import strategies as st

from app.domain.documents import DocumentName, Kind
from app.domain.segments import NO_LANGUAGE, Tag
from app.services.sync.slots import Slot
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, FOLDER, ITEM, SITE, article

CATALOGUE = DocumentName(kind=Kind.CATALOGUE, name="messages")
PHOTO = f"content/{FOLDER}/photos/a.jpg"
PHOTOS = [encoded(halves(*size)) for size in ((60, 40), (40, 60), (50, 50))]

SLOTS = [
    Slot(document=document, locale=Tag(locale), draft=draft)
    for document, locales in ((ITEM, ("en", "ru", "ky", NO_LANGUAGE)), (CATALOGUE, ("ru", "ky", NO_LANGUAGE)))
    for locale in locales
    for draft in (False, True)
]
SLOTS += 2 * [slot for slot in SLOTS if slot.locale in {"en", "ru"}]  # so that both sides often meet
LIVE = [slot for slot in SLOTS if not slot.draft]

BEGINNING = {
    f"content/{FOLDER}/item.toml": FACTS + 'photos = ["photos/a.jpg"]\n',
    f"content/{FOLDER}/en.md": article("alpha", "beta", "gamma", slug="a-slug-en"),
    f"content/{FOLDER}/ru.md": article("омега", "beta", "gamma", slug="a-slug-ru"),
    "translations/messages.pot": 'msgid ""\nmsgstr ""\n\nmsgid "News"\nmsgstr ""\n',
    "translations/ru/LC_MESSAGES/messages.po": (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Tilmash-Status: published\\n"\n'
        '\nmsgid "News"\nmsgstr "омега"\n'
    ),
}

SITES = [
    SITE,
    SITE.replace('ru = ["en"]\n', "").replace('"ru", ', "").replace('["ru"]', "[]"),
    SITE.replace('ky = ["ru", "en"]', 'ky = ["en"]\nde = ["ru"]'),
    SITE.replace('default = "en"', 'default = "ru"').replace('ky = ["ru", "en"]', "ky = []"),
]
JUNK = ["no front matter", "---\ntitle: [\n---\n", "\0", 'msgid "open']

_WORDS = st.sampled_from(["alpha", "beta", "gamma", "омега", "қала", "@@ delta", "@@ эпсилон", "@@ zeta"])
_STATUSES = st.sampled_from(["draft", "in review", "approved", "published", "published"])
_MSGIDS = ["News", "Home", "Search", "%(count)s view"]


def texts(slot: Slot) -> st.SearchStrategy[str]:
    """Texts that may stand in this place of the tree."""
    if slot.document.kind is Kind.CATALOGUE:
        return _catalogues(template=slot.locale == NO_LANGUAGE)
    return _facts() if slot.locale == NO_LANGUAGE else _articles(slot.locale)


@st.composite
def _articles(draw: st.DrawFn, locale: Tag) -> str:
    slug = draw(st.sampled_from([f"a-slug-{locale}", f"a-slug-{locale}", "the-slug"]))
    paragraphs = draw(st.lists(_WORDS, min_size=1, max_size=4))
    return article(draw(_WORDS), *paragraphs, status=draw(_STATUSES), slug=slug, note="@@")


@st.composite
def _facts(draw: st.DrawFn) -> str:
    lines = [
        "# @@",
        f"date = 2026-01-0{draw(st.integers(1, 3))}T10:00:00+05:00",
        f'source = "{draw(st.sampled_from(["en", "en", "ru"]))}"',
        f'tags = ["{draw(st.sampled_from(["cooperation", "training"]))}"]',
    ]
    lines += ['photos = ["photos/a.jpg"]'] if draw(st.booleans()) else []
    lines += [f"publish-at = {draw(st.sampled_from([2020, 2099]))}-01-01T00:00:00Z"] if draw(st.booleans()) else []
    return "\n".join(lines) + "\n"


@st.composite
def _catalogues(draw: st.DrawFn, *, template: bool) -> str:
    status = "" if template else f"X-Tilmash-Status: {draw(_STATUSES)}\\n"
    text = f'# @@\nmsgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n{status}"\n'
    for msgid in draw(st.lists(st.sampled_from(_MSGIDS), unique=True)):
        msgstr = "" if template else f"%(count)s {draw(_WORDS)}" if "%" in msgid else draw(_WORDS)
        fuzzy = "#, fuzzy\n" if msgstr and draw(st.sampled_from([False, False, True])) else ""
        text += f'\n{fuzzy}msgid "{msgid}"\nmsgstr "{msgstr}"\n'
    return text
