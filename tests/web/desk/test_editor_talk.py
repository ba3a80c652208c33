"""Talk under a segment: comments, questions to the author, where their notices lead."""

import html

from tests.desk import TestDesk
from tests.trees import FOLDER
from tests.web.desk.at_the_editor import AT, HEAD, KY, MESSAGES, an_article, segment, sheet, shown
from tests.web.desk.pages import Page
from tests.web.forms import form_in

office = an_article


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


def test_a_comment_that_is_refused_stands_in_its_field(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    long = "x" * 10_001
    page = Page(kanat.post(f"{AT}/talk", data=sheet(kanat, "at=title") | {"say": long, "to": "here"}))
    assert (page.status, form_in(page.html)["say"] == long) == (422, True)


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
