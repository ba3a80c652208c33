"""A signed link shows a stranger the draft as readers would see it, and nothing else; no cache keeps it."""

import re

from html5lib import parse

from tests.databases import on_both
from tests.desk import TestDesk
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, FOLDER, Place, article
from tests.web.desk.one_text import press
from tests.web.desk.pages import Page

EN = article("Opening", "The centre opens.", slug="opening", status="draft")
AT = f"/desk/{FOLDER}/en/"


def office(place: Place) -> None:
    place.write(f"content/{FOLDER}/photos/a.jpg", encoded(halves()))
    place.item(item=FACTS + 'photos = ["photos/a.jpg"]\n', en=EN)
    place.sync()
    assert place.problems() == []


def link(desk: TestDesk, name: str = "aigul") -> str:
    made = press(desk.signed_in(name), "Make a link", AT)
    found = re.search(r"http://localhost(/desk/preview/[\w-]+)", made.words)
    assert found is not None
    return found[1]


def test_a_stranger_with_the_link_sees_the_newest_text_and_its_photos_and_no_cache_keeps_them(desk: TestDesk) -> None:
    there, stranger = link(desk), desk.client()
    shown = stranger.get(there)
    assert shown.status_code == 200
    assert shown.headers["Referrer-Policy"] == "no-referrer", "a link on the page does not give the address away"
    assert "The centre opens." in shown.get_data(as_text=True)
    [item] = list(parse(shown.text, namespaceHTMLElements=False).iter("article"))
    assert (item.get("class"), item[0].get("class")) == ("item", "notice missing"), "markup, and no word of it shown"
    assert (item[0].text or "").startswith("A draft: not published"), "nobody takes it for what readers have"
    photos = set(re.findall(rf"{there}/media/[\w./-]+", shown.get_data(as_text=True)))
    assert photos
    for address in (there, *photos):
        with stranger.get(address) as answer:
            assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "Set-Cookie" not in answer.headers
    public = next(iter(photos)).replace(there, "")
    assert stranger.get(public).status_code == 404, "nobody has it without the link"
    desk.place.write(f"content/{FOLDER}/en.md", EN.replace("opens", "opens at last"))
    desk.place.sync()
    assert "opens at last" in stranger.get(there).get_data(as_text=True)


@on_both
def test_what_readers_have_already_is_called_no_draft(desk: TestDesk) -> None:
    there = link(desk)
    desk.place.write(f"content/{FOLDER}/en.md", EN.replace("draft", "published"))
    desk.place.sync()
    shown = desk.client().get(there).text
    assert "The centre opens." in shown
    assert "A draft: not published" not in shown


def test_a_link_that_was_revoked_shows_neither_text_nor_photos_and_any_other_never_did(desk: TestDesk) -> None:
    there, stranger = link(desk), desk.client()
    photo = re.findall(rf"{there}/media/[\w./-]+", stranger.get(there).get_data(as_text=True))[0]
    assert stranger.get(photo.rsplit("/", 1)[0] + "/" + "0" * 64 + ".jpg").status_code == 404
    assert stranger.get(there[:-1] + ("a" if there[-1] != "a" else "b")).status_code == 404
    press(desk.signed_in("carim"), "Revoke", AT)
    assert stranger.get(there).status_code == 404
    assert stranger.get(photo).status_code == 404
    assert "Revoke" not in Page(desk.signed_in("carim").get(AT)).buttons


def test_the_link_is_told_once_and_by_no_later_page(desk: TestDesk) -> None:
    there = link(desk)
    assert there not in desk.signed_in("aigul").get(AT).get_data(as_text=True)


def test_a_preview_gives_nothing_to_who_may_not_and_lasts_no_longer_than_weeks(desk: TestDesk) -> None:
    assert desk.signed_in("adil").post(AT + "previews", data={"days": "7"}).status_code == 403
    assert desk.signed_in("carim").post(AT + "previews", data={"days": "61"}).status_code == 409
    assert desk.signed_in("carim").post(AT + "previews", data={"days": "999999999999"}).status_code == 409
