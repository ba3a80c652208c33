"""The editor without scripts: whatever is pressed saves what was typed, and leads where it says."""

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.desk import TestDesk
from tests.trees import FOLDER
from tests.web.desk.at_the_editor import AT, EN, KY, an_article, head, places, sheet, shown
from tests.web.desk.pages import Page
from tests.web.forms import form_in

office = an_article


def pressed(client: FlaskClient, address: str, **sent: str) -> tuple[int, str]:
    """What becomes of a press on the sheet that an address shows, in which somebody has typed a summary."""
    form = Page(client.get(address)).form("Save").fields
    summary = next(name for name, words in form.items() if "Борбор" in words)
    typed = {name: words for name, words in form.items() if name not in {"stay", "go"}} | {summary: "Борбор иштейт."}
    answer = client.post(address, data=typed | {name.replace("_", " "): words for name, words in sent.items()})
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("sent", "led"),
    [
        ({"go": f"{AT}?q=state:open&source=en"}, f"{AT}?q=state%3Aopen&source=en"),
        ({"go": f"/desk/{FOLDER}/ky/#actions"}, f"/desk/{FOLDER}/ky/#actions"),
        ({"go": f"/desk/{FOLDER}/"}, f"/desk/{FOLDER}/"),
        ({"go": "", "go_q": " a&b <c> ", "go_source": "en", "go_beside": ""}, f"{AT}?q=a%26b+%3Cc%3E"),
        ({"go": "", "go_q": "", "go_source": "ru", "go_beside": "en"}, f"{AT}?source=ru&beside=en"),
        ({"stay": "1", "go_q": "state:open"}, f"{AT}?q=state%3Aopen"),
        ({"stay": "1", "go_q": ""}, f"{AT}?saved=1"),
    ],
)
def test_what_leads_on_saves_what_was_typed_and_leads_to_the_address_that_it_is(
    desk: TestDesk, sent: dict[str, str], led: str
) -> None:
    kanat = desk.signed_in("kanat")
    assert pressed(kanat, AT, **sent) == (303, led)
    assert "Борбор иштейт." in shown(kanat, "q=state:done")


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        f"//evil.example{AT}?q=x",
        "javascript:alert(1)",
        "/desk/people/",
        "http://[",
        "\\evil",
        f"{AT}/../..",
    ],
)
def test_nothing_leads_from_the_editor_to_a_page_that_is_not_of_its_text(desk: TestDesk, address: str) -> None:
    status, led = pressed(desk.signed_in("kanat"), AT, go=address)
    assert (status, led.partition("?")[0]) == (303, AT)


def test_who_only_looks_around_saves_nothing_and_words_that_are_refused_stay_in_their_field(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    form = Page(kanat.get(AT)).form("Save").fields
    before = desk.place.stand("ky")
    assert kanat.post(AT, data={**form, "go": f"{AT}?q=state:open"}).status_code == 303
    assert desk.place.stand("ky") == before
    summary = next(name for name, words in form.items() if "Борбор" in words)
    refused = kanat.post(AT, data={**form, summary: "Борбор\x07", "go": f"{AT}?q=state:open"})
    assert (refused.status_code, "Борбор\x07" in refused.text or "Борбор&#7;" in refused.text) == (422, True)


def test_enter_in_a_reason_or_a_term_does_it_and_the_text_is_saved(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    key = shown(kanat, "q=check:stop").partition('data-key="')[2].partition('"')[0]
    fields = sheet(kanat, f"at={key}")
    reason = next(name for name in fields if name.startswith("reason stop "))
    said = fields | {"stay": "1", reason: "A headline", "term": "centre", "term_translation": "борбор"}
    saved = Page(kanat.post(AT, data=said, follow_redirects=True))
    assert "The warning is dismissed, with your reason." in saved.words
    assert "“centre” is in the glossary." in saved.words
    assert "A headline" in saved.html, "the segment stays in front"
    assert "Борбор ачылат" not in shown(kanat, "q=check:stop")


@pytest.mark.parametrize("button", [{"stay": "1"}, {}, {"front": "title"}])
def test_a_comment_and_half_a_term_that_were_not_sent_come_back_and_nobody_is_sent_them(
    desk: TestDesk, button: dict[str, str]
) -> None:
    kanat = desk.signed_in("kanat")
    typed = {"say": "Really, @aigul?", "term": "centre", "s0.0": "Ачылуу"}
    page = Page(kanat.post(AT, data=sheet(kanat, "at=title") | typed | button, follow_redirects=True))
    assert "Your comment is not sent yet." in page.words
    assert "Your term is not in the glossary yet." in page.words
    back = form_in(page.html)
    assert (back["say"], back["term"], back["s0.0"]) == ("Really, @aigul?", "centre", "Ачылуу")
    assert "Really" not in desk.signed_in("aigul").get("/desk/notices/").text
    sent = Page(kanat.post(f"{AT}/talk", data=dict(back.items()) | {"to": "here", "term": ""}, follow_redirects=True))
    assert "It was sent to: Aigul Author." in sent.words
    assert form_in(sent.html)["say"] == ""


def test_the_name_of_a_segment_saves_what_was_typed_and_puts_that_segment_in_front(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    key = shown(kanat, "q=source:invited").partition('data-key="')[2].partition('"')[0]
    fields = sheet(kanat, "")
    assert f'name="front" value="{key}"' in shown(kanat, "")
    idle = kanat.post(AT, data=fields | {"front": key})
    assert (idle.status_code, idle.location) == (303, f"{AT}?at={key}#at-{places(kanat)[key]}")
    assert head(desk) == 1, "nothing was typed, and nothing is saved"
    kanat.post(AT, data=fields | {"front": key, "s0.0": "Ачылуу"})
    assert "Ачылуу" in shown(kanat, f"at={key}")
    assert head(desk) == 2


def test_who_writes_in_a_text_that_is_in_review_is_told_before_and_after(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    assert "This text is in review." not in shown(kanat, "")
    kanat.post(f"/desk/{FOLDER}/ky/act", data={"action": "submit", "revision": str(head(desk))})
    assert "This text is in review. Saving a change takes it back" in Page(kanat.get(AT)).words
    idle = Page(kanat.post(AT, data=sheet(kanat, "") | {"stay": "1"}, follow_redirects=True))
    assert "it is a draft again: hand it in" not in idle.words
    page = Page(kanat.post(AT, data=sheet(kanat, "") | {"s0.0": "Ачылуу", "stay": "1"}, follow_redirects=True))
    assert "The text was in review. By this save it is a draft again: hand it in when you are done." in page.words
    assert "This text is in review." not in page.words
    kanat.post(f"/desk/{FOLDER}/ky/act", data={"action": "submit", "revision": str(head(desk))})
    words = {"key": "title", "serial": 1, "typed": {"forms": ["Ачылыш аземи"]}}
    said = {"tab": "t", "revision": head(desk), "source": "en", "segments": [words]}
    assert [kanat.post(f"{AT}/fold", json=said).json["took_back"] for _ in range(2)] == [True, False]  # type: ignore[index]  # it is JSON


def test_who_saves_without_scripts_what_a_window_typed_after_a_save_meets_nobody_in_their_own_words(
    desk: TestDesk,
) -> None:
    kanat, base = desk.signed_in("kanat"), head(desk)
    for serial, words in enumerate(("Ачылыш бүгүн", "Ачылыш бүгүн саат бирде"), 1):
        said = {"tab": "t", "revision": base, "source": "en", "segments": [
            {"key": "title", "serial": serial, "typed": {"forms": [words]}}
        ]}  # fmt: skip
        kanat.post(f"{AT}/{'fold' if serial == 1 else 'typed'}", json=said)
    typed = sheet(kanat, "")
    assert typed["s0.0"] == "Ачылыш бүгүн саат бирде"
    kanat.post(AT, data=typed | {"s0.0": "Ачылыш бүгүн саат экиде"})
    assert "title: Ачылыш бүгүн саат экиде" in (desk.place.stand("ky")[1] or "")
    assert desk.place.suggestions() == []


def test_what_somebody_typed_before_the_source_changed_is_held_against_the_source_that_the_page_shows(
    desk: TestDesk,
) -> None:
    kanat, typed = desk.signed_in("kanat"), {"forms": ["7 залдын ачылышы"]}
    said = {"tab": "t", "revision": 1, "source": "en", "source_revision": 1}
    kanat.post(f"{AT}/typed", json={**said, "segments": [{"key": "title", "serial": 1, "typed": typed}]})
    desk.place.item(en=EN.replace("Opening", "Opening 7 halls"))
    desk.place.sync()
    shows = re.search(r'id="source-0"[^>]*data-source="(en)" data-source-revision="(\d+)"', shown(kanat, ""))
    assert shows is not None
    asked = {"at": "title", "base": "1", "source": shows[1], "source_revision": shows[2]}
    assert "7 is not in the source" not in kanat.get(f"{AT}/aside", query_string=asked).text
    assert "7 is not in the source" in kanat.get(f"{AT}/aside", query_string={**asked, "source_revision": 1}).text


def test_a_segment_that_nobody_touched_since_its_source_changed_is_held_against_the_source_that_stands_beside_it(
    desk: TestDesk,
) -> None:
    said = "7 stands here, and 5 in the source"
    for number, told in (("7", False), ("5", True)):
        desk.place.item(en=EN.replace("All are", f"All {number} are"), ky=KY.replace("Баары", "7 киши"))
        desk.place.sync()
        key = shown(desk.signed_in("kanat"), "q=target:киши").partition('data-key="')[2].partition('"')[0]
        assert (said in shown(desk.signed_in("kanat"), f"at={key}")) is told


def fields(page: str, **more: str) -> dict[str, str]:
    """Return what a form sends whose buttons nobody pressed but as it is said."""
    return {name: value for name, value in form_in(page).items() if name not in {"go", "stay", "front"}} | more


def refused(kanat: FlaskClient) -> str:
    """Press “Comment” with nothing said: the page comes back, and says why."""
    answer = kanat.post(f"{AT}/talk", data=sheet(kanat, "at=title") | {"say": "", "to": "here"})
    assert answer.status_code == 409
    return answer.text


def moved(kanat: FlaskClient) -> str:
    """Move a block with half a comment below it: the page comes back with the comment."""
    for key in places(kanat):
        page = kanat.get(f"{AT}?at={key}").text
        if found := re.search(r'formaction="([^"]*/rearrange[^"]*)" name="deed" value="(down [^"]*)"', page):
            deed = {"say": "Half a comment", "deed": found[2]}
            return kanat.post(html.unescape(found[1]), data=fields(page) | deed).text
    raise AssertionError("nothing can be moved")


@pytest.mark.parametrize("page", [refused, moved])
@pytest.mark.parametrize("button", [{}, {"stay": "1"}, {"go": f"/desk/{FOLDER}/ky/"}])
def test_a_page_that_answers_something_else_saves_and_leads_on_as_any_other(
    desk: TestDesk, page: Callable[[FlaskClient], str], button: dict[str, str]
) -> None:
    kanat = desk.signed_in("kanat")
    there = page(kanat)
    (action,) = re.findall(r'<form method="post" action="([^"]+)" class="sheet-form"', there)
    assert action == AT
    answer = kanat.post(action, data=fields(there, say="") | {"s0.0": "Жаңы сөз"} | button)
    assert (answer.status_code, "title: Жаңы сөз" in (desk.place.stand("ky")[1] or "")) == (303, True)


def test_a_comment_that_was_refused_is_not_sent_by_who_saves_then(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    refused(kanat)
    left = kanat.post(AT, data=sheet(kanat, "at=title") | {"say": "@aigul, on second thought"})
    assert "Your comment is not sent yet." in left.text
    assert "on second thought" not in desk.signed_in("aigul").get("/desk/notices/").text


@pytest.mark.parametrize("typed", ["Башка сөз", ""])
def test_who_changes_or_confirms_words_that_a_window_kept_on_an_older_source_has_translated_the_one_that_is_shown(
    desk: TestDesk, typed: str
) -> None:
    kanat = desk.signed_in("kanat")
    window = {"tab": "t", "revision": 1, "source": "en", "source_revision": 1}
    kept = {"key": "title", "serial": 1, "typed": {"forms": ["7 залдын ачылышы"]}}
    kanat.post(f"{AT}/typed", json={**window, "segments": [kept]})
    desk.place.item(en=EN.replace("Opening", "Opening 7 halls"))
    desk.place.sync()
    place = places(kanat)["title"]
    said = {f"s{place}.0": typed} if typed else {f"c{place}": "1"}
    kanat.post(AT, data=sheet(kanat, "") | said | {"stay": "1"})
    title = segment_of(shown(kanat, ""), "title")
    assert (typed or "7 залдын ачылышы") in title
    assert "the source was changed" not in title


def segment_of(page: str, key: str) -> str:
    return page.partition(f'data-key="{key}"')[2].partition("</fieldset>")[0]


def test_what_was_asked_for_above_the_sheet_comes_back_with_words_that_were_refused(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    asked = {"go": "", "go q": "source:centre"}
    back = kanat.post(AT, data=sheet(kanat, "") | {"s0.0": "Борбор\x07"} | asked)
    assert back.status_code == 422
    assert form_in(back.text)["go q"] == "source:centre"


def test_who_stays_where_a_filter_has_a_space_before_it_stays_there(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    page = kanat.get(f"{AT}?q=%20state:done&at=title").text
    answer = kanat.post(f"{AT}?q=%20state:done&at=title", data=fields(page, stay="1"))
    assert "at=title" in answer.headers["Location"]
