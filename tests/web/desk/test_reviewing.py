"""The page of one text: only what can be pressed stands there, one of two wins, and the other sees what happened."""

import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.domain.segments import Tag
from app.services.texts import find
from tests.desk import TestDesk
from tests.storage.photographs import encoded, halves
from tests.trees import FACTS, FOLDER, ITEM, article
from tests.web.desk.pages import Page

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
RU = article("Открытие", "Центр открывается.", "Приглашены все.", slug="otkrytie", status="draft")
AT = f"/desk/{FOLDER}/ru/"


@pytest.fixture(autouse=True)
def item(desk: TestDesk) -> None:
    desk.place.item(en=EN, ru=RU)
    desk.place.sync()
    assert desk.place.problems() == []


def page(client: FlaskClient, address: str = AT) -> Page:
    return Page(client.get(address))


def press(client: FlaskClient, words: str, address: str = AT, shown: Page | None = None, **typed: str) -> Page:
    """Press a button on a page (as it was `shown`), and see where that leads."""
    shown = shown or page(client, address)
    form = shown.form(words)
    name, value = form.buttons[words]
    data = {**form.fields, **typed, **({name: value} if name else {})}
    return Page(client.post(form.action or address, data=data, follow_redirects=True))


def state(desk: TestDesk, locale: str = "ru") -> tuple[str, bool]:
    with desk.place.database.read() as session:
        text = find(session, ITEM, Tag(locale))
        return str(text.status), text.live_id is not None


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
    assert (refused.status, "2020-01-01 10:00 has passed" in refused.words) == (422, True)
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
    assert all("2099" in page(carim, there).words for there in ("/desk/", "/desk/texts"))
    press(carim, "Cancel the time at which it goes live")
    press(carim, "Publish revision 1")
    press(carim, "Withdraw from readers")
    assert "withdrawn from readers" in page(carim, "/desk/texts").words
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


def test_what_collided_is_shown_in_both_versions_and_decided_by_one_press(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    forms = [page(client, AT + "translate").form("Save") for client in (rustam, carim)]
    for client, form, word in ((rustam, forms[0], "каждый"), (carim, forms[1], "любой")):
        typed = {name: text.replace("все", word) for name, text in form.fields.items()}
        last = Page(client.post(AT + "translate", data=typed, follow_redirects=True))
    assert "Rustam Reviewer had saved this text meanwhile." in last.words
    assert "In 1 place your words did not go into the text" in last.words
    assert "каждый" in last.words
    assert "любой" in last.words
    taken = press(carim, "Take this version")
    assert "любой" in (desk.place.stand("ru")[1] or "")
    assert "Take this version" not in taken.buttons
    number = last.form("Take this version").action
    assert carim.post(number, data={"decision": "take"}).status_code == 409


def test_a_suggestion_is_decided_on_at_its_own_text_and_by_who_may_write_it(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    forms = [page(client, AT + "translate").form("Save") for client in (rustam, carim)]
    for client, form, word in ((rustam, forms[0], "каждый"), (carim, forms[1], "любой")):
        client.post(AT + "translate", data={name: text.replace("все", word) for name, text in form.fields.items()})
    own = page(carim).form("Take this version").action
    kanat = desk.signed_in("kanat")
    assert kanat.post(own, data={"decision": "take"}).status_code == 403
    assert kanat.post(own.replace("/ru/", "/ky/"), data={"decision": "take"}).status_code == 409
    assert "Take this version" not in page(kanat).buttons


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


def retyped(fields: dict[str, str], **words: str) -> dict[str, str]:
    """A form in which the segments that begin so read otherwise."""
    return {
        name: next((new for old, new in words.items() if text.startswith(old)), text) for name, text in fields.items()
    }


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
            r'class="thumb" href="([^"]+)"><img src="([^"]+)" alt="Photo photos/square.jpg"', carim.get(address).text
        )
        assert len(found) == 3, address
        for part in found[0]:
            with carim.get(part) as shown:
                assert shown.mimetype == "image/webp"
            assert desk.client().get(part).status_code == 303
            assert desk.signed_in("adil").get(part).status_code == 403
            assert desk.client().get(part.removeprefix("/desk")).status_code == 404


def test_without_scripts_what_was_typed_is_saved_when_one_of_two_versions_is_taken(desk: TestDesk) -> None:
    rustam, carim = desk.signed_in("rustam"), desk.signed_in("carim")
    forms = [page(client, AT + "translate").form("Save") for client in (rustam, carim)]
    for client, form, word in ((rustam, forms[0], "каждый"), (carim, forms[1], "любой")):
        client.post(AT + "translate", data={name: text.replace("все", word) for name, text in form.fields.items()})
    number = page(carim).form("Take this version").action
    typed = page(carim, AT + "translate").form("Save").fields | {"s0.0": "Новый заголовок", "decision": "take"}
    assert carim.post(number, data=typed).location.endswith("/ru/translate")
    text = desk.place.stand("ru")[1] or ""
    assert "Новый заголовок" in text
    assert "любой" in text
