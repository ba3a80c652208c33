"""Signs by which a text reads as something else than its letters, or holds what nobody sees.

Overrides, embeddings and isolates of Unicode's bidirectional algorithm (UAX 9, 2.1 to 2.3), formatting characters that
Unicode deprecates, and tags out of which no flag is made. The marks that Persian and Arabic need to stand right beside
Latin (U+200E, U+200F, U+061C) stay, and so do joiners.
"""

import re
from typing import Final

_FLAG = "\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f"  # of a country's part, as Scotland's (UTS 51, annex C)
_UNSEEN: Final = re.compile(f"({_FLAG})|[\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def plainly(text: str) -> str:
    """Return a text without such signs: what readers are shown."""
    return _UNSEEN.sub(lambda found: found[1] or "", text)


def first_sign(text: str) -> str:
    """Return the name of the first such sign by its code point (`U+202E`), empty where there is none."""
    signs = (found[0] for found in _UNSEEN.finditer(text) if not found[1])
    return next((f"U+{ord(sign):04X}" for sign in signs), "")
