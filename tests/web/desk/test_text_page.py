"""What the page of one text shows, and to whom."""

import re

import pytest

from tests.databases import on_both
from tests.desk import TestDesk
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, FOLDER, article
from tests.web.desk.one_text import AT, page, press

pytestmark = pytest.mark.usefixtures("opening")


@pytest.mark.parametrize(
    "address", [f"/desk/{FOLDER}/zxx/", f"/desk/{FOLDER}/fr/", f"/desk/{FOLDER}/x!/", "/desk/news/none/ru/",
                "/desk/pages/x/ru/", f"/desk/{FOLDER}/ru/nothing"],
)  # fmt: skip
def test_there_is_nothing_at_an_address_that_names_no_text(desk: TestDesk, address: str) -> None:
    assert desk.signed_in("carim").get(address).status_code == 404


def test_nobody_without_a_role_sees_any_of_it(desk: TestDesk) -> None:
    for address in (AT, AT + "translate", AT + "correct", f"/desk/{FOLDER}/"):
        assert desk.signed_in("adil").get(address).status_code == 403
        assert desk.client().get(address).status_code == 303
    assert desk.signed_in("kanat").get(AT + "translate").status_code == 403


@pytest.mark.parametrize("locale", ["zxx", "fr", "x!"])
def test_nothing_is_written_in_a_language_that_the_site_does_not_have(desk: TestDesk, locale: str) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/{locale}/"
    posts = {
        "comment": {"comment": "Hello"}, "assign": {"person": "carim"}, "act": {"action": "publish", "revision": "1"},
        "translate": {"s0.0": "Titre"}, "previews": {"days": "1"},
    }  # fmt: skip
    assert {path: carim.post(there + path, data=data).status_code for path, data in posts.items()} == dict.fromkeys(
        posts, 404
    )


@on_both
def test_a_text_that_readers_have_leads_to_its_page_in_that_language_and_the_desk_to_their_site(desk: TestDesk) -> None:
    carim, link = desk.signed_in("carim"), "The page that readers see"
    assert link not in page(carim).words, "Russian is a draft"
    shown = page(carim, f"/desk/{FOLDER}/en/")
    assert link in shown.words
    assert 'href="/en/news/opening"' in shown.html
    assert desk.client().get("/en/news/opening").status_code == 200
    assert 'href="/en/"' in shown.html
    assert 'href="/ru/"' in page(desk.signed_in("rustam"), "/desk/").html


def test_what_was_said_when_a_text_was_submitted_stands_on_its_page_with_who_and_when(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    press(carim, "Submit revision 1 for review", note="The name is as the embassy writes it")
    shown = page(desk.signed_in("elena")).words
    assert "Carim Coordinator submitted revision 1 for review on" in shown
    assert "The name is as the embassy writes it" in shown
    press(rustam, "Return revision 1 to be mended", note="It is not")
    back = page(carim).words
    assert "Rustam Reviewer returned revision 1 on" in back
    assert "as the embassy writes it" not in back
    press(carim, "Submit revision 1 for review")
    assert "as the embassy writes it" not in page(rustam).words, "it was said of an earlier time"


def test_a_text_is_called_by_its_title_with_its_language_and_status_beside_it(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    shown = page(carim)
    assert "<h1 data-saved-text=" in shown.html
    assert "<bdi>Открытие</bdi></h1>" in shown.html
    assert "<title>Открытие · Russian · Desk" in shown.html
    assert "Russian draft" in shown.words
    assert "<bdi>Opening</bdi></h1>" in page(carim, f"/desk/{FOLDER}/ky/").html, "nobody has begun it"
    assert "<h1><bdi>Открытие</bdi></h1>" in page(carim, AT + "translate").html


@on_both
def test_a_photo_stands_beside_what_is_written_of_it_and_strangers_have_it_from_nowhere(desk: TestDesk) -> None:
    photo, path, draft = encoded(halves(600, 400), "JPEG"), "photos/square.jpg", "news/2026-02-02-square"
    said = f"captions:\n  {path}: A square\nalt:\n  {path}: Stones\ncredits:\n  {path}: N. N.\n---\n\n"
    desk.place.write(f"content/{draft}/{path}", photo)
    desk.place.write(f"content/{draft}/item.toml", FACTS + f'photos = ["{path}"]\n')
    desk.place.write(
        f"content/{draft}/en.md",
        article("Square", "Words.", slug="square", status="draft").replace("---\n\n", said),
    )
    desk.place.sync()
    assert desk.place.problems() == []
    carim = desk.signed_in("carim")
    for address in (f"/desk/{draft}/en/", f"/desk/{draft}/ky/translate"):
        found = re.findall(
            r'class="thumb" href="([^"]+)"(?: target="_blank")?><img src="([^"]+)" alt="Photo photos/square.jpg"',
            carim.get(address).text,
        )
        assert len(found) == 3, address
        for part in found[0]:
            with carim.get(part) as shown:
                assert shown.mimetype == "image/webp"
            assert desk.client().get(part).status_code == 303
            assert desk.signed_in("adil").get(part).status_code == 403
            assert desk.client().get(part.removeprefix("/desk")).status_code == 404
