"""What readers had before the newest publication comes back by one press, behind a question that says what it means."""

import pytest

from tests.desk import TestDesk
from tests.trees import FOLDER, article
from tests.web.desk.one_text import page, press

pytestmark = pytest.mark.usefixtures("opening")


def test_one_press_gives_readers_back_what_they_had_and_only_who_coordinates_has_it(desk: TestDesk) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/en/"
    assert "Give readers back revision 1" not in page(carim, there).buttons, "there was nothing before it"
    file = desk.place.read(f"content/{FOLDER}/en.md")
    desk.place.write(f"content/{FOLDER}/en.md", file.replace("opens", "is open"))
    desk.place.sync()
    shown = page(carim, there)
    assert "Give readers back revision 1" in shown.buttons
    assert "The newest text stays as it is, and can be published again." in shown.words
    assert "Date, topics and photos that were published with it" in shown.words
    assert "Give readers back revision 1" not in page(desk.signed_in("aigul"), there).buttons
    back = press(carim, "Give readers back revision 1", there, note="Too early")
    assert "Readers see revision 1 again." in back.words
    told = page(carim, f"/desk/{FOLDER}/").words
    assert "Carim Coordinator gave readers back what they had before: revision 1." in told
    assert "is open" not in desk.client().get("/en/news/opening", follow_redirects=True).text
    assert carim.post(there + "act", data={"action": "put-back", "revision": "1"}).status_code == 409


def test_an_address_of_texts_that_names_no_language_or_no_document_is_no_text(desk: TestDesk) -> None:
    desk.place.item(en=article("Opening", "It opens.", slug="opening"))
    carim = desk.signed_in("carim")
    for odd in ("x", f"{FOLDER}@", f"{FOLDER}@zxx", f"{FOLDER}@qq", f"{FOLDER}@<b>", "news/../x@en", "a/b@en", "@en"):
        answer = carim.get("/desk/board/bulk", query_string={"text": odd})
        assert (answer.status_code, 'name="text"' in answer.text) == (200, False), odd
