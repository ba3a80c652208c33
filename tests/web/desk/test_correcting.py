"""What readers see is mended in one press, also by who comes late."""

import pytest

from tests.desk import TestDesk
from tests.trees import FOLDER
from tests.web.desk.one_text import EN, page, press
from tests.web.desk.pages import Page

pytestmark = pytest.mark.usefixtures("opening")


def retyped(fields: dict[str, str], **words: str) -> dict[str, str]:
    """A form in which the segments that begin so read otherwise."""
    return {
        name: next((new for old, new in words.items() if text.startswith(old)), text) for name, text in fields.items()
    }


def test_that_translations_stay_current_is_offered_where_readers_have_something_and_never_ticked_beforehand(
    desk: TestDesk,
) -> None:
    carim, there, words = desk.signed_in("carim"), f"/desk/{FOLDER}/en/", "translations stay current"
    corrected = page(carim, there + "correct")
    assert words in corrected.words
    assert "minor" not in corrected.form("Publish this correction").fields
    form = page(carim, there + "translate").form("Save")
    carim.post(there + "translate", data={name: text.replace("opens", "is open") for name, text in form.fields.items()})
    press(carim, "Submit revision 2 for review", there)
    assert words in page(carim, there).words
    press(carim, "Withdraw from readers", there)
    assert words not in page(carim, there).words


def test_one_press_corrects_what_readers_see_and_the_draft_follows(desk: TestDesk) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/en/"
    form = page(carim, there + "correct").form("Publish this correction")
    refused = Page(carim.post(there + "correct", data=form.fields))
    assert (refused.status, "Nothing was changed." in refused.words) == (409, True)
    typed = {name: text.replace("opens", "is open") for name, text in form.fields.items()}
    done = Page(carim.post(there + "correct", data=typed, follow_redirects=True))
    assert "Readers see revision 2 now." in done.words
    assert "The centre is open." in desk.client().get("/en/news/opening").get_data(as_text=True)
    late = Page(carim.post(there + "correct", data=typed))
    assert (late.status, "Nothing was changed." in late.words) == (409, True), "readers see it already"
    assert "The centre is open." in late.form("Publish this correction").fields.values(), "what was typed is there"
    assert desk.signed_in("elena").get(there + "correct").status_code == 403


def test_a_correction_that_is_late_is_made_to_what_readers_see_by_then(desk: TestDesk) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/en/correct"
    fields = page(carim, there).form("Publish this correction").fields
    assert carim.post(there, data=retyped(fields, Opening="Opening day")).status_code == 303
    assert carim.post(there, data=retyped(fields, All="You are invited.")).status_code == 303
    seen = desk.client().get("/en/news/opening").text
    assert all(words in seen for words in ("Opening day", "The centre opens.", "You are invited."))


def test_what_two_corrected_differently_comes_back_beside_what_readers_see_and_the_next_press_decides(
    desk: TestDesk,
) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/en/correct"
    fields = page(carim, there).form("Publish this correction").fields
    carim.post(there, data=retyped(fields, Opening="Opening day", All="Everybody is invited."))
    late = Page(carim.post(there, data=retyped(fields, The="The centre is open.", All="You are invited.")))
    assert (late.status, "is not what readers see any more" in late.words) == (409, True)
    assert "Readers see here by now: Everybody is invited." in " ".join(late.words.split())
    again = late.form("Publish this correction").fields
    assert {"Opening day", "The centre is open.", "You are invited."} <= set(again.values())
    assert carim.post(there, data=again).status_code == 303
    seen = desk.client().get("/en/news/opening").text
    assert all(words in seen for words in ("Opening day", "The centre is open.", "You are invited."))


def test_what_was_corrected_in_a_paragraph_that_is_gone_is_kept_in_the_note(desk: TestDesk) -> None:
    carim, there = desk.signed_in("carim"), f"/desk/{FOLDER}/en/correct"
    fields = page(carim, there).form("Publish this correction").fields
    desk.place.item(en=EN.replace("\nAll are invited.\n", ""))
    desk.place.sync()
    late = Page(carim.post(there, data=retyped(fields, All="You are invited.")))
    assert (late.status, late.form("Publish this correction").fields["note"]) == (409, "You are invited.")
