"""The page of one text: only what can be pressed stands there, one of two wins, and the other sees what happened."""

from datetime import datetime, timedelta

import pytest

from tests.desk import TestDesk
from tests.trees import FOLDER
from tests.web.desk.one_text import AT, page, press, state

pytestmark = pytest.mark.usefixtures("opening")


def test_only_what_this_person_may_press_now_stands_there_and_names_the_revision(desk: TestDesk) -> None:
    seen = {name: page(desk.signed_in(name)).buttons for name in ("rustam", "carim", "kanat")}
    assert "Submit revision 1 for review" in seen["rustam"]
    assert "Submit revision 1 for review" not in seen["kanat"]
    assert not any(words.startswith(("Approve", "Publish", "Withdraw")) for words in seen["carim"])
    press(desk.signed_in("carim"), "Submit revision 1 for review")
    assert {"Approve revision 1", "Return revision 1 to be mended"} <= set(page(desk.signed_in("rustam")).buttons)


def test_a_text_goes_from_draft_to_its_readers_by_buttons_alone(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    press(carim, "Submit revision 1 for review")
    back = press(rustam, "Return revision 1 to be mended", note="Mend the second paragraph")
    assert "Mend the second paragraph" in back.words
    assert state(desk) == ("draft", False)
    press(carim, "Submit revision 1 for review")
    press(rustam, "Approve revision 1")
    done = press(carim, "Publish revision 1")
    assert (done.status, state(desk)) == (200, ("approved", True))
    assert desk.client().get("/ru/news/otkrytie").status_code == 200
    press(carim, "Withdraw from readers")
    assert state(desk) == ("approved", False)


def test_of_two_who_press_different_buttons_one_wins_and_the_other_sees_who_did_what(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    press(carim, "Submit revision 1 for review")
    both = page(rustam)
    press(carim, "Return revision 1 to be mended", note="Not yet")
    late = press(rustam, "Approve revision 1", shown=both, note="Very good")
    assert late.status == 409
    assert "Carim Coordinator returned revision 1 to be mended." in late.words
    assert state(desk) == ("draft", False)
    assert late.form("Comment").action.endswith("comment#talk"), "it is the text's page as it is now"
    assert not any(words.startswith("Approve") for words in late.buttons)


def test_what_moved_nothing_is_not_why_a_press_was_refused(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    press(carim, "Submit revision 1 for review")
    before = page(rustam)
    press(carim, "Ask for it", person="rustam")
    refused = press(rustam, "Return revision 1 to be mended", shown=before, note=" ")
    assert "A note is required." in refused.words
    assert "moved on meanwhile" not in refused.words


def test_a_refusal_of_a_guard_gives_back_what_was_typed_and_says_why(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    press(carim, "Submit revision 1 for review")
    refused = press(carim, "Return revision 1 to be mended", note="  ")
    assert (refused.status, "A note is required." in refused.words) == (409, True)
    press(carim, "Approve revision 1", note="Fine")
    refused = press(carim, "Publish revision 1 at this time", due="2020-01-01T10:00")
    assert (refused.status, "has passed: 2020-01-01 10:00" in refused.words) == (422, True)
    assert refused.form("Publish revision 1 at this time").fields["due"] == "2020-01-01T10:00"
    refused = press(carim, "Publish revision 1 at this time", due="soon")
    assert refused.status == 422
    assert state(desk) == ("approved", False)


def test_a_text_is_scheduled_in_the_zone_of_the_site_and_says_when(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    press(carim, "Submit revision 1 for review")
    press(carim, "Approve revision 1")
    later = (datetime.now() + timedelta(days=2)).replace(hour=9, minute=30)  # noqa: DTZ005  # as a field has it
    done = press(carim, "Publish revision 1 at this time", due=later.isoformat()[:16])
    assert done.status == 200
    assert "09:30" in done.words


def test_all_texts_and_my_work_call_a_time_and_a_withdrawal_by_name_and_urge_to_neither(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    for button in ("Submit revision 1 for review", "Approve revision 1"):
        press(carim, button)
    assert "Next: Publish it" in page(carim, "/desk/").words
    press(carim, "Publish revision 1 at this time", due="2099-01-01T10:00")
    shown = page(carim)
    assert "Cancel the time at which it goes live" in shown.buttons
    assert "Withdraw from readers" not in shown.buttons, "readers never saw it"
    mine = page(carim, "/desk/").words
    assert ("Next:" in mine, "Goes live by itself at its time" in mine) == (False, True)
    assert all("2099" in page(carim, there).words for there in ("/desk/", "/desk/board"))
    press(carim, "Cancel the time at which it goes live")
    press(carim, "Publish revision 1")
    press(carim, "Withdraw from readers")
    assert "withdrawn from readers" in page(carim, "/desk/board").words
    assert "Publish it" not in page(carim, "/desk/").words


def test_taking_back_is_offered_to_who_handed_it_in_or_writes_it_and_not_to_a_mere_reviewer(desk: TestDesk) -> None:
    words = "Take it back from review"
    press(desk.signed_in("carim"), "Submit revision 1 for review")
    assert words in page(desk.signed_in("carim")).buttons
    assert words not in page(desk.signed_in("rustam")).buttons
    press(desk.signed_in("carim"), words)
    press(desk.signed_in("rustam"), "Submit revision 1 for review")
    assert words in page(desk.signed_in("rustam")).buttons
    assert words not in page(desk.signed_in("carim")).buttons


def test_what_changed_since_the_last_review_stands_beside_the_source_word_by_word(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    press(carim, "Submit revision 1 for review")
    press(rustam, "Return revision 1 to be mended", note="All is no word")
    form = page(rustam, AT + "translate").form("Save")
    typed = {name: text.replace("все", "каждый") for name, text in form.fields.items()}
    rustam.post(AT + "translate", data=typed)
    shown = page(carim)
    assert "<del>все</del><ins>каждый</ins>" in shown.html
    assert "All are invited." in shown.words
    assert "The centre opens." not in shown.words, "what was not changed is left out"
    assert "The centre opens." in page(carim, AT + "?show=all").words


def test_comments_are_kept_and_who_is_named_is_told(desk: TestDesk) -> None:
    said = press(desk.signed_in("carim"), "Comment", comment="@rustam <b>look</b>")
    assert "@rustam <b>look</b>" in said.words
    refused = press(desk.signed_in("carim"), "Comment", comment="a" * 10_001)
    assert (refused.status, "a" * 10_001 in refused.html) == (422, True)


def test_a_translator_asks_the_author_at_the_source_text_whatever_language_they_translate_into(desk: TestDesk) -> None:
    there = f"/desk/{FOLDER}/en/"
    assert (
        "@aigul, which centre?"
        in press(desk.signed_in("kanat"), "Comment", there, comment="@aigul, which centre?").words
    )
    assert desk.signed_in("adil").post(there + "comment", data={"comment": "Hello"}).status_code == 403


def test_a_text_that_nobody_has_begun_can_be_asked_for_commented_on_and_begun(desk: TestDesk) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/ky/"
    asked = press(carim, "Ask for it", there, person="kanat", due="2099-01-01T10:00")
    assert "Kanat Kyrgyz is asked for this text by" in asked.words
    assert "kanat" in press(carim, "Comment", there, comment="@kanat, please").words
    assert "translate" in page(desk.signed_in("kanat"), there).html
    assert "Begin this text" not in page(desk.signed_in("elena"), there).words


def test_a_note_that_is_too_long_is_refused_and_given_back_whole(desk: TestDesk) -> None:
    long = "и" * 10_001
    for button, shown in (("Submit revision 1 for review", AT), ("Withdraw", f"/desk/{FOLDER}/en/")):
        carim = desk.signed_in("carim")
        words = next(one for one in page(carim, shown).buttons if one.startswith(button))
        refused = press(carim, words, shown, note=long)
        assert refused.status == 422
        assert "A note has 10,000 letters at most, and this one 10,001" in refused.words
        assert long in refused.form(words).fields.values()
    assert state(desk) == ("draft", False)
    assert state(desk, "en") == ("approved", True)
