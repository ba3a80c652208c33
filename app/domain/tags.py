"""Tags in addresses."""

import hashlib
from typing import Final

from slugify import slugify

LONGEST_SLUG: Final = 100


def tag_slug(msgid: str) -> str:
    """Return what a tag is called in an address: the same in every language, since it is made from the msgid.

    Letters a to z, digits and hyphens, 100 at most. Tags that come out the same are one page (`Customs`, `customs!`);
    one without a letter that could be written so has a digest for its name.
    """
    start = msgid[: 10 * LONGEST_SLUG]
    return (
        slugify(start, max_length=LONGEST_SLUG)
        or hashlib.sha256(msgid.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    )
