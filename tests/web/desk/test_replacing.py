"""Finding and replacing in all of a text without scripts: every place is shown, and what is ticked changes."""

import re

from app.domain.documents import DocumentName
from tests.desk import TestDesk
from tests.trees import FOLDER, Place, article
from tests.web.desk.pages import Page

EN = article("Opening", "The centre opens.", "The centre works.", slug="opening")
KY = article("Ачылыш", "Борбор ачылат.", "Борбор иштейт.", slug="achylysh", status="draft")
AT, SITE = f"/desk/{FOLDER}/ky/translate", DocumentName.parse("catalogue/site")
ASKED = {"search": "борбор", "instead": "Кызмат"}


def office(place: Place) -> None:
    place.item(en=EN, ky=KY)
    many = "".join(f'\nmsgid "Centre {number}"\nmsgstr "Центр {number}"\n' for number in range(120))
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    place.write("translations/site.pot", head + re.sub('msgstr ".*"', 'msgstr ""', many))
    place.write("translations/ru/LC_MESSAGES/site.po", head + many)
    place.sync()


def body(desk: TestDesk) -> str:
    return (desk.place.stand("ky")[1] or "").partition("\n---\n")[2].strip()


def test_every_place_is_shown_by_its_words_and_what_is_ticked_changes_and_stays_made_from_what_it_was(
    desk: TestDesk,
) -> None:
    desk.place.write(f"content/{FOLDER}/en.md", EN.replace("works", "works again"))
    desk.place.sync()
    kanat = desk.signed_in("kanat")
    shown = Page(kanat.get(f"{AT}/replace", query_string=ASKED))
    assert re.findall(r"<del>(.*?)</del><ins>(.*?)</ins>", shown.html) == [("Борбор", "Кызмат")] * 2
    fields = shown.form("Replace where it is ticked").fields
    assert kanat.post(f"{AT}/replace", data={**fields, "place": "1"}).status_code == 303
    assert body(desk) == "Борбор ачылат.\n\nКызмат иштейт."
    html = Page(kanat.get(f"{AT}?q=state:changed")).html
    assert "Кызмат иштейт." in html, "nobody translated it anew"


def test_what_somebody_wrote_there_meanwhile_is_kept_beside_it(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    fields = Page(kanat.get(f"{AT}/replace", query_string=ASKED)).form("Replace where it is ticked").fields
    desk.place.write(f"content/{FOLDER}/ky.md", KY.replace("иштейт", "бүгүн иштейт"))
    desk.place.sync()
    answer = kanat.post(f"{AT}/replace", data={**fields, "place": ["0", "1"]})
    assert (answer.status_code, "suggestions" in answer.location) == (303, True)
    assert body(desk) == "Кызмат ачылат.\n\nБорбор бүгүн иштейт."
    assert desk.place.suggestions() == ["Кызмат иштейт."]


def test_a_catalogue_is_searched_beyond_one_page_of_the_editor(desk: TestDesk) -> None:
    rustam, there = desk.signed_in("rustam"), "/desk/catalogue/site/ru/translate/replace"
    shown = Page(rustam.get(there, query_string={"search": r"центр (\d+)", "instead": r"\1-й центр", "rule": "on"}))
    fields = shown.form("Replace where it is ticked").fields
    places = [str(number) for number in range(120)]
    assert rustam.post(there, data={**fields, "place": places}).status_code == 303
    assert (desk.place.stand("ru", SITE)[1] or "").count("-й центр") == 120


def test_what_cannot_be_done_is_refused_with_the_reason(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    fields = Page(kanat.get(f"{AT}/replace", query_string=ASKED)).form("Replace where it is ticked").fields
    refused = kanat.post(f"{AT}/replace", data={**fields, "place": []})
    assert (refused.status_code, "Nothing is ticked" in refused.text) == (409, True)
    assert "is no regular expression" in Page(kanat.get(f"{AT}/replace?search=(&rule=on")).html
    assert "Nothing in this text would change." in Page(kanat.get(f"{AT}/replace?search=zzz")).html
    assert desk.signed_in("elena").get(f"{AT}/replace").status_code == 403
    assert desk.signed_in("elena").post(f"{AT}/replace", data={**fields, "place": "0"}).status_code == 403
