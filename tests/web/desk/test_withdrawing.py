"""A withdrawal says what it does, takes all languages or one, and readers are told the truth."""

import pytest

from tests.desk import TestDesk
from tests.trees import FOLDER
from tests.web.desk.one_text import AT, page, press, state

pytestmark = pytest.mark.usefixtures("opening")


def test_one_press_withdraws_a_text_in_all_languages_and_none_goes_out_again_before_its_source(desk: TestDesk) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/en/"
    assert "Withdraw all languages from readers" not in page(carim, there).buttons, "no other language is live"
    press(carim, "Submit revision 1 for review")
    press(carim, "Approve revision 1", note="mine")
    press(carim, "Publish revision 1")
    assert state(desk) == ("approved", True)
    gone = press(carim, "Withdraw all languages from readers", there, note="Wrong date")
    assert "in any language" in gone.words
    assert (state(desk)[1], state(desk, "en")[1]) == (False, False)
    shown = page(carim)
    assert "Publish revision 1" not in shown.buttons
    assert "Its source text (English) was withdrawn." in shown.words
    assert carim.post(AT + "act", data={"action": "publish", "revision": "1"}).status_code == 409
    press(carim, "Publish revision 1", there)
    press(carim, "Publish revision 1")
    assert (state(desk)[1], state(desk, "en")[1]) == (True, True)
    for name in ("rustam", "aigul"):
        assert desk.signed_in(name).post(there + "act", data={"action": "withdraw all"}).status_code == 403


def test_a_withdrawal_says_what_readers_will_see_before_it_is_pressed_and_readers_are_told_the_truth(
    desk: TestDesk,
) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/en/"
    alone = page(carim, there).words
    assert "Nobody can read this text any more then" in alone
    for button in ("Submit revision 1 for review", "Approve revision 1", "Publish revision 1"):
        press(carim, button)
    source = page(carim, there)
    assert "These languages stay live: Russian." in source.words
    assert "no translation is published before it is live again" in source.words
    assert source.html.count('<details class="withdrawal">') == 2, "one language, or all; neither stands open"
    assert "no translation is published before" not in page(carim).words
    press(carim, "Withdraw from readers", there)
    gone, never = (desk.client().get(f"/{tag}/news/opening", follow_redirects=True).text for tag in ("en", "ky"))
    assert "This text is no longer available in this language. It is shown in another:" in gone
    assert "no longer available" not in never


def test_withdrawing_the_words_of_the_interface_says_that_all_pages_lose_them(desk: TestDesk) -> None:
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "News"\nmsgstr "Новости"\n'
    desk.place.write("translations/ru/LC_MESSAGES/messages.po", po)
    desk.place.sync()
    carim, there = desk.signed_in("carim"), "/desk/catalogue/messages/ru/"
    for button in ("Submit revision 1 for review", "Approve revision 1", "Publish revision 1"):
        press(carim, button, there)
    assert "All pages in this language (Russian) lose these words" in page(carim, there).words
