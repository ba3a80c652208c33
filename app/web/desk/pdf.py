"""Pages as PDF, by WeasyPrint where the machine has Pango; elsewhere `can_print` is False, and browsers print."""

from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from typing import Final

from PIL import ImageFile

try:
    with redirect_stdout(StringIO()):  # it prints a page of advice before it raises
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
except (ImportError, OSError):  # the package, or a library of the system, is not there
    HTML = None
ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint lets Pillow read half a photo, everywhere; we refuse one

BASE: Final = "page:/"
"""Begins the addresses of what a page is made of; nothing of any other address is fetched."""


def can_print() -> bool:
    """Tell whether this machine can make PDF files."""
    return HTML is not None


def printed(page: str, parts: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Return a page as a PDF file with its outline and tags, for who reads by ear (PDF/UA).

    `parts` are its styles and pictures with their media types, by their addresses without `BASE`; others are left out.
    """

    class _Parts(URLFetcher):  # type: ignore[misc]  # ships no types
        def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002  # WeasyPrint's signature
            content, kind = parts[url.removeprefix(BASE)]
            return URLFetcherResponse(url, body=content, headers={"Content-Type": kind})

    return bytes(HTML(string=page, base_url=BASE, url_fetcher=_Parts()).write_pdf(pdf_variant="pdf/ua-1"))
