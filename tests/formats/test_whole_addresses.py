import re

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from app.formats.own_media import OwnMedia
from app.formats.render import render
from app.formats.whole_addresses import with_whole_addresses
from tests.formats.test_render import HALL

ROOT = "https://news.example.org"
OWN = OwnMedia(pictures={"photos/hall.jpg": HALL}, files={"files/memo.pdf": "ab/memo.pdf"})


def addressed(body: str) -> str:
    return with_whole_addresses(render(body, OWN), ROOT)


def test_links_photos_and_documents_of_a_body_are_found_from_anywhere() -> None:
    html = addressed(
        "[a](/en/about) ![b](photos/hall.jpg) [c](files/memo.pdf) [d](https://un.org/x) [e](mailto:a@b.kz)"
    )
    found = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert found[0] == f"{ROOT}/en/about"
    assert found[1].startswith(f"{ROOT}/media/")
    assert found[2:] == [f"{ROOT}/media/ab/memo.pdf", "https://un.org/x", "mailto:a@b.kz"]
    widths = re.findall(r'srcset="([^"]*)"', html)[0].split(", ")
    assert len(widths) == len(HALL.sources) > 1
    assert all(one.startswith(f"{ROOT}/media/") for one in widths)


def test_words_about_addresses_are_left_as_they_are() -> None:
    body = '`<a href="/x">` and <a href="/y" title=\'"> src="/z\'> [k](/k \'a > b href="/t" \')'
    plain, whole = (html5lib.parse(html, namespaceHTMLElements=False) for html in (render(body, OWN), addressed(body)))
    assert "".join(whole.itertext()) == "".join(plain.itertext())
    assert [one.get("title") for one in whole.iter("a")] == [one.get("title") for one in plain.iter("a")]


@given(st.text(st.sampled_from("ab /\"'<>[](!)=`&;, \nhref") | st.characters(exclude_categories=["Cs"]), max_size=80))
def test_nothing_but_addresses_changes(body: str) -> None:
    plain, whole = (html5lib.parse(html, namespaceHTMLElements=False) for html in (render(body, OWN), addressed(body)))
    for before, after in zip(plain.iter(), whole.iter(), strict=True):
        assert (before.tag, before.text, before.tail) == (after.tag, after.text, after.tail)
        for name, value in before.attrib.items():
            local = name in {"href", "src", "srcset"} and value.startswith("/")
            assert (after.get(name) == value) is not local
