"""The editor without scripts: filters that are addresses, talk under a segment, and what a check found."""

import html
import re

import pytest
from flask.testing import FlaskClient

from app.domain.segments import Tag
from app.services.texts import find
from tests.desk import TestDesk
from tests.trees import FOLDER, ITEM, Place, article
from tests.web.desk.pages import Page
from tests.web.forms import form_in

EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат", "Баары  чакырылат.", slug="achylysh", status="draft")
AT = f"/desk/{FOLDER}/ky/translate"


def office(place: Place) -> None:
    place.item(en=EN, ky=KY)
    place.sync()


def shown(client: FlaskClient, asked: str) -> str:
    return Page(client.get(f"{AT}?{asked}")).html


def test_a_filter_is_an_address_and_what_it_does_not_know_is_said(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    assert ("Борбор ачылат" in shown(kanat, "q=source:invited"), "Баары" in shown(kanat, "q=source:invited")) == (
        False, True,
    )  # fmt: skip
    assert "Борбор ачылат" in shown(kanat, "q=check:stop")
    assert "Баары  чакырылат." not in shown(kanat, "q=check:stop")
    assert "state: is one of" in shown(kanat, "q=state:nowhere")
    assert "Борбор ачылат" not in shown(kanat, "q=changed:>2099-01-01")


def test_a_comment_stands_under_its_segment_is_found_by_a_filter_and_is_settled(desk: TestDesk) -> None:
    kanat, aigul = desk.signed_in("kanat"), desk.signed_in("aigul")
    said = kanat.post(f"{AT}/talk", data={"at": "title", "say": "Which one?", "to": "author"})
    assert said.status_code == 303
    assert "Which one?" in shown(kanat, "at=title")
    assert "Ачылыш" in shown(kanat, "q=has:question")
    assert "Борбор ачылат" not in shown(kanat, "q=has:question")
    assert aigul.get(f"/desk/{FOLDER}/en/").text.count("Which one?") >= 1
    assert kanat.post(f"{AT}/talk", data={"at": "title", "settle": "1"}).status_code == 303
    assert ("Ачылыш" in shown(kanat, "q=has:comment"), 'data-key="title"' in shown(kanat, "q=has:question")) == (
        True, False,
    )  # fmt: skip


def test_a_question_leads_its_author_to_the_paragraph_and_from_there_to_the_translation(desk: TestDesk) -> None:
    kanat, aigul = desk.signed_in("kanat"), desk.signed_in("aigul")
    page = f"/desk/{FOLDER}"
    key = shown(kanat, "q=source:invited").partition('data-key="')[2].partition('"')[0]
    kanat.post(f"{AT}/talk", data={"at": key, "say": "Whom, @aigul?", "to": "author"})
    notices = aigul.get("/desk/notices/").text
    led = html.unescape(notices.partition(f'href="{page}/en/?')[2].partition('"')[0])
    assert led.endswith("#segment")
    there = aigul.get(f"{page}/en/?{led}").text
    assert "All are invited." in segment(there)
    assert "about “All are invited.”" in there.partition('id="talk"')[2]
    onward = html.unescape(segment(there).partition(f'href="{page}/ky/')[2].partition('"')[0])
    assert "Баары  чакырылат." in segment(kanat.get(f"{page}/ky/{onward}").text)
    assert f'href="{page}/en/translate?at=' in segment(there)
    back = html.unescape(segment(kanat.get(f"{page}/ky/{onward}").text).partition(f'href="{page}/en/')[2])
    assert back.partition('"')[0] == f"?{led}"


def test_a_question_says_wherever_it_stands_into_which_language_somebody_translated(desk: TestDesk) -> None:
    desk.place.write("translations/site.pot", (HEAD + MESSAGES.replace("#, fuzzy\n", "")).format("", ""))
    desk.place.sync()
    kanat, carim, page = desk.signed_in("kanat"), desk.signed_in("carim"), f"/desk/{FOLDER}/en/"
    asked = "asked while translating into Kyrgyz"
    kanat.post(f"{AT}/talk", data={"at": "title", "say": "Which one, @aigul?", "to": "author"})
    kanat.post("/desk/catalogue/site/ky/translate/talk", data={"at": "Open", "say": "Verb?", "to": "author"})
    for reader in (carim, desk.signed_in("aigul")):
        told = html.unescape(reader.get("/desk/notices/").text)
        assert "Kanat Kyrgyz asks about “Opening” (English) while translating into Kyrgyz" in told
    there = carim.get(f"{page}?at=title").text
    assert (asked in segment(there), asked in there.partition('id="talk"')[2]) == (True, True)
    assert asked in carim.get(f"{page}translate?at=title").text
    assert asked in carim.get(f"/desk/{FOLDER}/ru/translate?at=title").text
    assert asked in carim.get("/desk/catalogue/site/?at=Open").text
    kanat.post(f"{AT}/talk", data={"at": "title", "say": "Here, @carim.", "to": "here"})
    assert "Kanat Kyrgyz mentions you at “Ачылыш” (Kyrgyz)" in html.unescape(carim.get("/desk/notices/").text)


def test_what_was_said_of_a_segment_that_is_gone_is_still_read_and_called_so(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    desk.place.write(f"content/{FOLDER}/ky.md", f"{KY}\nКошумча.\n")
    desk.place.sync()
    key = shown(kanat, "q=target:Кошумча").partition('data-key="')[2].partition('"')[0]
    for at, words in ((key, "Whom?"), ("title", "Too short.")):
        kanat.post(f"{AT}/talk", data={"at": at, "say": words})
    gone = "about a segment that the text has no more"
    before = kanat.get(f"/desk/{FOLDER}/ky/").text.partition('id="talk"')[2]
    assert ("Whom?" in before, gone in before) == (True, False)
    desk.place.write(f"content/{FOLDER}/ky.md", KY)
    desk.place.sync()
    talk = kanat.get(f"/desk/{FOLDER}/ky/").text.partition('id="talk"')[2]
    assert talk.count(gone) == 1
    assert gone in talk.partition("Whom?")[0]


def test_an_address_that_names_no_segment_shows_the_text_as_ever(desk: TestDesk) -> None:
    answer = desk.signed_in("kanat").get(f"/desk/{FOLDER}/ky/?at=nowhere&of=")
    assert (answer.status_code, 'id="segment"' in answer.text, "Борбор ачылат" in answer.text) == (200, False, True)


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


def segment(page: str) -> str:
    """What the page of a text shows of the segment that its address names."""
    return page.partition('id="segment"')[2].partition('<div class="segment')[0]


def test_words_of_photos_stand_behind_the_text_and_before_it_in_the_file(desk: TestDesk) -> None:
    with_photo = EN.replace("status:", "captions:\n  photos/hall.webp: A hall\nstatus:")
    desk.place.item(en=with_photo, ky=KY)
    desk.place.sync()
    page = shown(desk.signed_in("kanat"), "")
    found = [page.find(f">{words}") for words in ("Opening", "The centre opens.", "All are invited.", "A hall")]
    assert -1 not in found
    assert found == sorted(found)


HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'
)
MESSAGES = 'msgid "Open"\nmsgstr "{}"\n\n#, fuzzy\nmsgid "Shut"\nmsgstr "{}"\n\n'
COUNTED = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n'


def test_a_catalogue_is_translated_with_a_second_language_beside_its_messages(desk: TestDesk) -> None:
    catalogue = HEAD + MESSAGES + COUNTED
    russian, kyrgyz = catalogue.format("Открыть", "Закрыть", "день", "дни"), catalogue.format("Ачуу", "", "", "")
    desk.place.write("translations/site.pot", catalogue.format("", "", "", "").replace("#, fuzzy\n", ""))
    desk.place.write("translations/ru/LC_MESSAGES/site.po", russian)
    desk.place.write("translations/ky/LC_MESSAGES/site.po", kyrgyz.replace("#, fuzzy\n", ""))
    desk.place.sync()
    page = desk.signed_in("kanat").get("/desk/catalogue/site/ky/translate?beside=ru").text
    second = re.findall(r'<div class="second words" lang="ru" dir="auto">(.*?)</div>', page, re.DOTALL)
    assert second == ["Открыть", "день\n—\nдни"]
    assert '<option value="ru" selected>' in page
    assert 'name="go source"' not in page.partition('class="from"')[2].partition("</form>")[0]
    assert 'name="go beside"' in page.partition('class="from"')[2].partition("</form>")[0]


def test_a_question_about_a_message_stands_where_its_notice_leads(desk: TestDesk) -> None:
    desk.place.write("translations/site.pot", (HEAD + MESSAGES.replace("#, fuzzy\n", "")).format("", ""))
    desk.place.sync()
    kanat, carim = desk.signed_in("kanat"), desk.signed_in("carim")
    kanat.post("/desk/catalogue/site/ky/translate/talk", data={"at": "Open", "say": "Verb?", "to": "author"})
    led = html.unescape(carim.get("/desk/notices/").text.partition('href="/desk/catalogue/site/?')[2].partition('"')[0])
    there = carim.get(f"/desk/catalogue/site/?{led}").text.partition('id="segment"')[2].partition("</section>")[0]
    assert ("Verb?" in there, 'href="/desk/catalogue/site/ky/translate?at=Open"' in there) == (True, True)


def test_an_empty_comment_is_refused_and_the_page_says_why(desk: TestDesk) -> None:
    answer = desk.signed_in("kanat").post(f"{AT}/talk", data={"at": "title", "say": " ", "to": "here"})
    assert (answer.status_code, "A comment has to say something." in answer.text) == (409, True)


def test_a_segment_that_nobody_touched_since_its_source_changed_is_held_against_the_source_that_stands_beside_it(
    desk: TestDesk,
) -> None:
    said = "7 stands here, and 5 in the source"
    for number, told in (("7", False), ("5", True)):
        desk.place.item(en=EN.replace("All are", f"All {number} are"), ky=KY.replace("Баары", "7 киши"))
        desk.place.sync()
        key = shown(desk.signed_in("kanat"), "q=target:киши").partition('data-key="')[2].partition('"')[0]
        assert (said in shown(desk.signed_in("kanat"), f"at={key}")) is told


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


def test_a_finding_is_dismissed_with_a_reason_and_taken_up_again(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    page = Page(kanat.get(f"{AT}?q=check:stop"))
    key = page.html.partition('data-key="')[2].partition('"')[0]
    under = shown(kanat, f"at={key}")
    finding = under.partition('name="finding" value="stop ')[2].partition('"')[0]
    said = {"at": key, "finding": f"stop {finding}", f"reason stop {finding}": "A headline"}
    assert kanat.post(f"{AT}/dismiss", data=said).status_code == 303
    assert "A headline" in shown(kanat, f"at={key}")
    assert "Борбор ачылат" not in shown(kanat, "q=check:stop")
    assert kanat.post(f"{AT}/dismiss", data={"at": key, "finding": f"stop {finding}"}).status_code == 303
    assert "Борбор ачылат" in shown(kanat, "q=check:stop")


def test_who_hands_a_text_in_is_told_how_many_warnings_are_open_and_led_to_them(desk: TestDesk) -> None:
    kanat, page = desk.signed_in("kanat"), f"/desk/{FOLDER}/ky/"
    told = kanat.get(page).text
    assert "2 warnings of the checks are open: look at them before you submit" in told
    assert f'href="{AT}?q=check:any"' in told
    for _ in range(2):
        under = Page(kanat.get(f"{AT}?q=check:any"))
        key = under.html.partition('data-key="')[2].partition('"')[0]
        finding = shown(kanat, f"at={key}").partition('name="finding" value="')[2].partition('"')[0]
        said = {"at": key, "finding": finding, f"reason {finding}": "It is right."}
        kanat.post(f"{AT}/dismiss", data=said)
    assert "warnings of the checks" not in kanat.get(page).text
    assert "warning of the checks" not in desk.signed_in("carim").get(f"/desk/{FOLDER}/en/").text


def test_what_nobody_may_write_nobody_dismisses_or_reads_there(desk: TestDesk) -> None:
    elena = desk.signed_in("elena")
    assert elena.get(f"{AT}/aside?at=title").status_code == 403
    assert elena.post(f"{AT}/dismiss", data={"at": "title", "finding": "stop " + "0" * 64}).status_code == 403


def test_a_second_language_stands_beside_the_source_where_it_is_known_what_belongs_to_it(desk: TestDesk) -> None:
    desk.place.item(en=EN, ky=KY, ru=article("Открытие", "Центр открывается.", "Все приглашены.", slug="otkrytie"))
    desk.place.sync()
    kanat = desk.signed_in("kanat")
    assert "Центр открывается." not in shown(kanat, "")
    assert "Центр открывается." in shown(kanat, "beside=ru")
    page = shown(kanat, "source=ru&beside=en")
    assert ("Центр открывается" in page, "The centre opens." in page) == (True, True)
    assert Page(kanat.get(f"{AT}?beside=!&source=!!")).status == 200


def sheet(client: FlaskClient, asked: str) -> dict[str, str]:
    """The fields of the editor's form as a browser without scripts sends them."""
    fields = dict(form_in(shown(client, asked)).items(multi=False))
    return {name: value for name, value in fields.items() if name != "q"}


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


def test_a_comment_that_is_refused_stands_in_its_field(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    long = "x" * 10_001
    page = Page(kanat.post(f"{AT}/talk", data=sheet(kanat, "at=title") | {"say": long, "to": "here"}))
    assert (page.status, form_in(page.html)["say"] == long) == (422, True)


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


def head(desk: TestDesk) -> int:
    """The number of the newest revision."""
    with desk.place.database.read() as session:
        text = find(session, ITEM, Tag("ky")).head
        return text.number if text is not None else 0


def places(client: FlaskClient) -> dict[str, str]:
    return dict(re.findall(r'data-key="([^"]*)" data-place="([^"]*)"', shown(client, "")))


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


def test_a_question_on_a_text_that_nobody_wrote_at_the_desk_reaches_the_coordinators(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    said = {"at": "title", "say": "Which opening?", "to": "author"}
    page = Page(kanat.post(f"{AT}/talk", data=said, follow_redirects=True))
    assert "Your comment is kept. It was sent to: Carim Coordinator." in page.words
    assert "Which opening?" in desk.signed_in("carim").get("/desk/notices/").text


def test_a_comment_stands_at_its_segment_where_its_notice_leads(desk: TestDesk) -> None:
    kanat, aigul = desk.signed_in("kanat"), desk.signed_in("aigul")
    kanat.post(f"{AT}/talk", data={"at": "title", "say": "Which one, @aigul?", "to": "here"})
    led = html.unescape(aigul.get("/desk/notices/").text.partition(f'href="/desk/{FOLDER}/ky/?')[2].partition('"')[0])
    assert "Which one, @aigul?" in segment(aigul.get(f"/desk/{FOLDER}/ky/?{led}").text)


def test_two_versions_say_whose_words_stand_where(desk: TestDesk) -> None:
    kanat, rustam = desk.signed_in("kanat"), desk.signed_in("rustam")
    fields = sheet(kanat, "")
    rustam.post(AT, data=fields | {"s0.0": "Ачылуу", "stay": "1"})
    kanat.post(AT, data=fields | {"s0.0": "Ачылыш аземи", "stay": "1"})
    mine = Page(kanat.get(f"{AT}?at=title")).words
    assert "you wrote this, and it is not in the text; there stands what Rustam Reviewer wrote" in mine
    theirs = Page(rustam.get(f"{AT}?at=title")).words
    assert "Kanat Kyrgyz wrote this, and it is not in the text; there stands what you wrote" in theirs


def test_a_check_that_there_is_none_of_is_said(desk: TestDesk) -> None:
    page = Page(desk.signed_in("kanat").get(f"{AT}?q=check:numbres"))
    assert "check: is one of" in page.words
    assert "numbers" in page.words.partition("check: is one of")[2]


def test_the_memory_is_opened_with_an_empty_field_where_nothing_is_selected(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    link = shown(kanat, "at=title").partition('" target="_blank" data-concordance')[0].rpartition('href="')[2]
    assert "words=" not in link
    assert "autofocus" in kanat.get(html.unescape(link)).text


def test_a_second_language_stays_in_view_when_another_source_is_chosen(desk: TestDesk) -> None:
    ru = article("Открытие", "Центр открывается.", "Все приглашены.", slug="otkrytie")
    uz = article("Ochilish", "Markaz ochiladi.", "Hamma taklif qilinadi.", slug="ochilish")
    desk.place.item(en=EN, ky=KY, ru=ru, uz=uz)
    desk.place.sync()
    page = shown(desk.signed_in("kanat"), "source=ru&beside=uz")
    assert ("Центр открывается." in page, "Markaz ochiladi." in page) == (True, True)
    assert "data-count" in page
    assert "<ins>" not in page
    assert 'data-holds="state:changed' not in page


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
