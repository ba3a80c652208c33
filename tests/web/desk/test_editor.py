"""The editor without scripts: filters that are addresses, what a check found, second languages."""

import html
import re

from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import FOLDER, article
from tests.web.desk.at_the_editor import AT, COUNTED, EN, HEAD, KY, MESSAGES, an_article, sheet, shown
from tests.web.desk.pages import Page

office = an_article


@on_both
def test_a_filter_is_an_address_and_what_it_does_not_know_is_said(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    assert ("Борбор ачылат" in shown(kanat, "q=source:invited"), "Баары" in shown(kanat, "q=source:invited")) == (
        False, True,
    )  # fmt: skip
    assert "Борбор ачылат" in shown(kanat, "q=check:stop")
    assert "Баары  чакырылат." not in shown(kanat, "q=check:stop")
    assert "state: is one of" in shown(kanat, "q=state:nowhere")
    assert "Борбор ачылат" not in shown(kanat, "q=changed:>2099-01-01")


def test_an_address_that_names_no_segment_shows_the_text_as_ever(desk: TestDesk) -> None:
    answer = desk.signed_in("kanat").get(f"/desk/{FOLDER}/ky/?at=nowhere&of=")
    assert (answer.status_code, 'id="segment"' in answer.text, "Борбор ачылат" in answer.text) == (200, False, True)


def test_words_of_photos_stand_behind_the_text_and_before_it_in_the_file(desk: TestDesk) -> None:
    with_photo = EN.replace("status:", "captions:\n  photos/hall.webp: A hall\nstatus:")
    desk.place.item(en=with_photo, ky=KY)
    desk.place.sync()
    page = shown(desk.signed_in("kanat"), "")
    found = [page.find(f">{words}") for words in ("Opening", "The centre opens.", "All are invited.", "A hall")]
    assert -1 not in found
    assert found == sorted(found)


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
