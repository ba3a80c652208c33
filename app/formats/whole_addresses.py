"""Addresses in a body as they are needed away from its page: in a feed, which is read anywhere."""

import re
from typing import Final

_TAG: Final = re.compile(r'<(?:a|img)(?: [a-z]+="[^"]*")+>')
_ADDRESSES: Final = re.compile(r' (?:href|src|srcset)="([^"]*)"')
_LOCAL: Final = re.compile(r"(^|, )/")
"""A path of ours, alone or in a list of pictures by width."""


def with_whole_addresses(html: str, root: str) -> str:
    """Return a body that `formats.render` made with its addresses beginning at `root`: `https://news.example.org`.

    What made it writes attributes in double quotes and a quote in one as a reference, so that no text looks like one.
    """
    return _TAG.sub(lambda tag: _ADDRESSES.sub(lambda one: _whole(one[0], one[1], root), tag[0]), html)


def _whole(attribute: str, value: str, root: str) -> str:
    return attribute.replace(f'"{value}"', f'"{_LOCAL.sub(lambda found: f"{found[1]}{root}/", value)}"')
