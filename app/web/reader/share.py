"""Share: plain links to the networks people use here. No script of theirs runs on our pages."""

from dataclasses import dataclass
from urllib.parse import quote

_NETWORKS = (
    ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("X", "https://x.com/intent/post?url={url}&text={title}"),
    ("VK", "https://vk.com/share.php?url={url}&title={title}"),
    ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
)
_MAIL = "mailto:?subject={title}&body={title}%0D%0A%0D%0A{url}"  # RFC 6068: line ends are CR LF


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLinks:
    """Where a page can be told of: names and addresses of networks, the address of a letter, and the page's own."""

    networks: tuple[tuple[str, str], ...]
    mail: str
    url: str


def share_links(url: str, title: str) -> ShareLinks:
    """Return the links for a page; everything that comes from its text is percent-encoded."""
    parts = {"url": quote(url, safe=""), "title": quote(title, safe="")}
    return ShareLinks(
        networks=tuple((name, pattern.format(**parts)) for name, pattern in _NETWORKS),
        mail=_MAIL.format(**parts),
        url=url,
    )
