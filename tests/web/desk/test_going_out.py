"""What goes out, and when, as the desk says it before and after a press: facts, times, photos, taking back."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from app.domain.documents import Facts
from app.domain.segments import NO_LANGUAGE
from app.formats.facts import read_facts, with_facts
from app.queries.embargoes import scheduled
from app.services import revisions, transitions
from app.services.texts import find
from tests.desk import TestDesk
from tests.trees import EDITOR, FOLDER, ITEM, Place, article
from tests.web.desk.one_text import page, press, state
from tests.web.desk.pages import Page
from tests.web.forms import form_in

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening", status="draft")
AT = f"/desk/{FOLDER}/en/"


def office(place: Place) -> None:
    place.item(en=EN)
    place.sync()
    assert place.problems() == []


def slip_facts_in(desk: TestDesk, **changed: object) -> None:
    """Change the facts as a file does: nobody's approval falls by it."""
    with desk.place.database.write() as session:
        text = find(session, ITEM, NO_LANGUAGE)
        transitions.lock(session, text)
        assert text.head is not None
        facts = replace(read_facts(text.head.text, path=""), **changed)  # type: ignore[arg-type]  # some fields, by their names
        revisions.save(session, text, with_facts(text.head.text, facts), EDITOR, base=text.head, path="item.toml")


def test_who_approves_means_the_facts_that_stood_on_their_page(desk: TestDesk) -> None:
    carim, elena = desk.signed_in("carim"), desk.signed_in("elena")
    press(carim, "Submit revision 1 for review", AT)
    shown = page(elena, AT)
    slip_facts_in(desk, tags=("unseen",))
    refused = press(elena, "Approve revision 1", AT, shown=shown, note="Good")
    assert (refused.status, state(desk, "en")) == (409, ("in review", False))
    assert "The facts were changed meanwhile." in refused.words
    assert refused.form("Approve revision 1").fields["note"] == "Good"


def test_facts_that_nobody_approved_stand_against_publishing_with_a_sentence(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    press(carim, "Submit revision 1 for review", AT)
    press(carim, "Approve revision 1", AT, note="mine")
    slip_facts_in(desk, tags=("unseen",))
    shown = page(carim, AT)
    assert "Publish revision 1" not in shown.buttons
    assert "Publish revision 1 at this time" not in shown.buttons
    assert "Its date, tags or photos were changed after it was approved" in shown.words
    press(carim, "Make a draft of it again", AT)
    press(carim, "Submit revision 1 for review", AT)
    press(carim, "Approve revision 1", AT, note="mine")
    assert press(carim, "Publish revision 1", AT).status == 200
    assert state(desk, "en") == ("approved", True)


FORM = AT + "edit"
NEVER = datetime(2099, 1, 1, tzinfo=UTC)


def opened(client: FlaskClient) -> dict[str, str]:
    return form_in(client.get(FORM).text)


def sent(client: FlaskClient, form: dict[str, str], **typed: str) -> Page:
    """Save the form of the source text, and see where that leads."""
    data = {**form, **typed, "do": "save"}
    return Page(client.post(FORM, data=data, content_type="multipart/form-data", follow_redirects=True))


def newest_facts(desk: TestDesk) -> Facts:
    with desk.place.database.read() as session:
        head = find(session, ITEM, NO_LANGUAGE).head
        assert head is not None
        return read_facts(head.text, path="")


@pytest.mark.parametrize("where", [AT, FORM])
def test_facts_that_two_people_changed_are_shown_in_both_versions_and_decided_on_where_they_are_written(
    desk: TestDesk, where: str
) -> None:
    aigul, elena, carim = (desk.signed_in(name) for name in ("aigul", "elena", "carim"))
    forms = [opened(client) for client in (aigul, elena)]
    sent(aigul, forms[0], more_tags="first")
    assert "In 1 place your words did not go into the text" in sent(elena, forms[1], more_tags="second, third").words
    shown = page(carim, where)
    for said in ("Topics", "first", "As Elena Editor has it", "second", "third"):
        assert said in shown.words
    done = press(carim, "Take this version", where)
    assert (done.status, newest_facts(desk).tags) == (200, ("second", "third"))
    assert "Take this version" not in done.buttons


def test_a_suggestion_for_facts_is_declined_by_one_press(desk: TestDesk) -> None:
    aigul, elena = desk.signed_in("aigul"), desk.signed_in("elena")
    forms = [opened(client) for client in (aigul, elena)]
    sent(aigul, forms[0], date="2026-02-01T10:00")
    sent(elena, forms[1], date="2026-03-01T10:00")
    assert desk.signed_in("kanat").post(AT + "suggestions/1", data={"decision": "take"}).status_code == 403
    declined = press(aigul, "Keep what is in the text", AT)
    assert (declined.status, newest_facts(desk).date) == (200, datetime(2026, 2, 1, 5, tzinfo=UTC))
    assert "Take this version" not in declined.buttons


def test_who_publishes_by_hand_before_its_time_is_told_of_it_and_what_becomes_of_it(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    slip_facts_in(desk, publish_at=NEVER)
    press(carim, "Submit revision 1 for review", AT)
    assert "does not wait for that" not in page(carim, AT).words, "there is nothing to publish yet"
    press(carim, "Approve revision 1", AT, note="mine")
    shown = page(carim, AT)
    assert "This is to go live on 1 January 2099" in shown.words
    assert "and takes the time out" in shown.words
    press(carim, "Publish revision 1", AT)
    assert (state(desk, "en"), newest_facts(desk).publish_at) == (("approved", True), None)


def test_a_time_to_publish_that_has_passed_is_refused_beside_its_field_and_what_was_typed_is_kept(
    desk: TestDesk,
) -> None:
    carim = desk.signed_in("carim")
    refused = sent(carim, opened(carim), publish_at="2020-01-01T10:00", summary="Kept")
    assert refused.status == 422
    assert "This time has passed." in refused.words
    assert 'href="#publish_at"' in refused.html
    kept = form_in(refused.html)
    assert (kept["publish_at"], kept["summary"]) == ("2020-01-01T10:00", "Kept")
    assert newest_facts(desk).publish_at is None


def test_a_time_that_passed_while_it_stood_does_not_stop_anybody_from_writing_on(desk: TestDesk) -> None:
    slip_facts_in(desk, publish_at=datetime(2020, 1, 1, 5, tzinfo=UTC))
    carim = desk.signed_in("carim")
    assert sent(carim, opened(carim), summary="Written on").status == 200
    assert "Written on" in (desk.place.stand("en")[1] or "")


def test_photos_without_a_description_are_named_before_a_text_goes_on_and_stop_nothing(desk: TestDesk) -> None:
    slip_facts_in(desk, photos=("photos/hall.webp", "photos/door.webp"))
    desk.place.write(f"content/{FOLDER}/en.md", EN.replace("status:", "alt:\n  photos/hall.webp: A hall\nstatus:"))
    desk.place.sync()
    carim, head = desk.signed_in("carim"), "Submit revision 2 for review"
    shown = page(carim, AT)
    assert "A photo has no description for people who cannot see it: photos/door.webp" in shown.words
    assert press(carim, head, AT).status == 200
    assert "photos/door.webp" in page(desk.signed_in("elena"), AT).words


def test_what_was_submitted_is_taken_back_by_one_press_and_the_story_says_so(desk: TestDesk) -> None:
    aigul = desk.signed_in("aigul")
    press(aigul, "Submit revision 1 for review", AT)
    back = press(aigul, "Take it back from review", AT)
    assert (back.status, state(desk, "en")) == (200, ("draft", False))
    assert "Aigul Author took it back from review." in page(aigul, f"/desk/{FOLDER}/").words


def test_a_time_is_cancelled_by_one_press_of_who_may_schedule(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    press(carim, "Submit revision 1 for review", AT)
    press(carim, "Approve revision 1", AT, note="mine")
    assert "Cancel the time at which it goes live" not in page(carim, AT).buttons
    press(carim, "Publish revision 1 at this time", AT, due="2099-01-01T10:00")
    assert "Cancel the time at which it goes live" not in page(desk.signed_in("elena"), AT).buttons
    done = press(carim, "Cancel the time at which it goes live", AT)
    assert "It does not go live at that time any more." in done.words
    with desk.place.database.read() as session:
        assert scheduled(session, ITEM) == []


def test_a_withdrawal_says_that_the_order_ends_with_it_and_only_where_there_was_one(desk: TestDesk) -> None:
    carim, document = desk.signed_in("carim"), f"/desk/{FOLDER}/"
    ended = "The order by which this document was to be published has ended"
    for ordered in (True, False):
        if ordered:
            carim.post(document + "order", data={"policy": "each"})
            press(carim, "Submit revision 1 for review", AT)
            press(carim, "Approve revision 1", AT, note="mine")
        else:
            press(carim, "Publish revision 1", AT)
        assert (ended in press(carim, "Withdraw from readers", AT).words) is ordered


def test_an_order_that_is_ended_twice_and_one_without_a_choice_are_answered_in_words(desk: TestDesk) -> None:
    carim, document = desk.signed_in("carim"), f"/desk/{FOLDER}/"
    none = Page(carim.post(document + "order/end", follow_redirects=True))
    assert "There was no order any more" in none.words
    assert "The order is ended" not in none.words
    unsaid = Page(carim.post(document + "order", data={"together": ["en"]}))
    assert (unsaid.status, "Choose how it goes live." in unsaid.words) == (422, True)
    assert 'value="en" checked' in unsaid.html


def test_a_title_alone_is_not_offered_for_review_and_the_page_says_why(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    sent(carim, opened(carim), body="")
    shown = page(carim, AT)
    assert "A news item has a text besides its title, and this one has none." in shown.words
    assert not any(words.startswith("Submit") for words in shown.buttons)


def test_who_approves_sees_the_facts_that_go_out_and_what_is_new_in_them_since_the_last_approval(
    desk: TestDesk,
) -> None:
    elena = desk.signed_in("elena")
    slip_facts_in(desk, tags=("first",))
    assert "Topics first" in page(elena, AT).words
    press(desk.signed_in("carim"), "Submit revision 1 for review", AT)
    press(elena, "Approve revision 1", AT, note="Good")
    slip_facts_in(desk, tags=("first", "<second>"))
    shown = page(elena, AT)
    assert "<del><bdi>first</bdi></del>" in re.sub(r"\s*\n\s*", "", shown.html)
    assert "<ins><bdi>first</bdi>, <bdi>&lt;second&gt;</bdi></ins>" in re.sub(r"\s*\n\s*", "", shown.html)
    assert "Topics" not in page(elena, AT.replace("/en/", "/ru/")).words
