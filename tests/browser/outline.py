"""A page as it is read by ear: its landmarks, headings, figures and named lists, from the accessibility tree."""

import re

from playwright.sync_api import Page

_NODE = re.compile(r"""(?P<indent> *)- '?(?P<role>[a-z]+)(?: "(?P<name>[^"]*)")?(?: \[(?P<state>[^]]*)\])*""")
_TOLD = {
    *("banner", "navigation", "search", "main", "article", "region", "complementary", "contentinfo"),
    *("heading", "figure", "group", "status", "dialog"),
}

REPEATED = """() => {
  const marks = [...document.querySelectorAll("nav, section[aria-labelledby], aside, search, form")];
  const named = (mark) => mark.getAttribute("aria-label")
    ?? document.getElementById(mark.getAttribute("aria-labelledby"))?.textContent ?? "";
  const seen = marks.filter((mark) => mark.checkVisibility());
  const told = seen.map((mark) => mark.tagName + " " + named(mark).trim());
  const lacks = (mark, at) => mark.endsWith(" ") && !seen[at].matches("[role=search]");
  return told.filter((mark, at) => told.indexOf(mark) !== at || lacks(mark, at));
}"""
"""Which landmarks have no name, or one that another of the same kind has."""

UNSPOKEN = """() => [...document.querySelectorAll("a[data-locale]")].filter((link) =>
  link.lang !== link.hreflang || !link.dir).map((link) => link.outerHTML)"""
"""Which links of the language switch do not say what language their own name is in."""


def outline(page: Page) -> list[str]:
    """Return what a page has for those who move through it by landmarks and headings, one line each, indented."""
    told: list[str] = []
    open_at: list[int] = []
    for line in page.locator("body").aria_snapshot().splitlines():
        node = _NODE.match(line)
        if node is None:
            continue
        depth = len(node["indent"])
        open_at = [outer for outer in open_at if outer < depth]
        if not (node["role"] in _TOLD or (node["role"] in {"list", "link"} and _is_named(node, line))):
            continue
        role = f"h{node['state'].removeprefix('level=')}" if node["role"] == "heading" else node["role"]
        told.append("  " * len(open_at) + " ".join(filter(None, (role, node["name"]))))
        if node["role"] != "heading":
            open_at.append(depth)
    return told


def _is_named(node: re.Match[str], line: str) -> bool:
    """Tell of a list whether it has a name, and of a link whether it stands before everything else."""
    return bool(node["name"]) and (node["role"] == "list" or not line.startswith(" "))
