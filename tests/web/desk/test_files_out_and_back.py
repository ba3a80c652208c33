"""Files of a text at the desk: out in several forms, back with a summary first, and nothing stored before that."""

import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.documents import DocumentName
from tests.desk import TestDesk
from tests.trees import FOLDER, Place, article
from tests.web.desk.pages import Page

EN = article("Opening", "The **centre** opens.", "The centre works.", "All are invited.", slug="opening")
KY = article("Ачылыш", "**Борбор** ачылат.", "Борбор иштейт.", "Баары чакырылган.", slug="achylysh", status="draft")
AT, RU = f"/desk/{FOLDER}/ky/files", "/desk/catalogue/site/ru/files"
SITE = DocumentName.parse("catalogue/site")
HEAD = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) '
    '? 1 : 2);\\n"\n'
)
RUSSIAN = f"""{HEAD}
msgid "Centre"
msgstr "Центр"

#, python-format
msgid "%(num)s office"
msgid_plural "%(num)s offices"
msgstr[0] "%(num)s отдел"
msgstr[1] "%(num)s отдела"
msgstr[2] "%(num)s отделов"
"""


def office(place: Place) -> None:
    place.item(en=EN, ky=KY)
    place.write(
        "translations/site.pot", HEAD + re.sub(r'(msgstr(?:\[\d\])?) ".*"', r'\1 ""', RUSSIAN.removeprefix(HEAD))
    )
    place.write("translations/ru/LC_MESSAGES/site.po", RUSSIAN)
    place.sync()
    assert place.problems() == []


def out(client: FlaskClient, form: str, at: str = AT) -> bytes:
    answer = client.post(f"{at}/download", data={"form": form})
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


def back(client: FlaskClient, raw: bytes, name: str = "mine", at: str = AT) -> TestResponse:
    return client.post(at, data={"file": (io.BytesIO(raw), name)}, content_type="multipart/form-data")


def body(desk: TestDesk) -> str:
    return (desk.place.stand("ky")[1] or "").partition("\n---\n")[2].strip()


def counts(page: Page) -> list[int]:
    return [int(number) for number in re.findall(r"<strong>(\d+)</strong>", page.html.partition('class="counts"')[2])]


@pytest.mark.parametrize("form", ["po", "xliff12", "xliff20", "docx", "md"])
def test_a_text_goes_out_in_each_form_and_comes_back_saying_nothing_new(desk: TestDesk, form: str) -> None:
    kanat = desk.signed_in("kanat")
    answer = kanat.post(f"{AT}/download", data={"form": form})
    assert re.search(r'attachment; filename="?.*\.ky\.1\.\w+"?$', answer.headers["Content-Disposition"])
    before = desk.place.revisions()
    led = back(kanat, answer.data)
    assert led.status_code == 303, led.text
    shown = Page(kanat.get(led.location))
    assert counts(shown)[:3] == [0, 0, 0]
    assert "there is nothing to do" in shown.html
    assert desk.place.revisions() == before


def test_a_summary_comes_first_and_then_what_changed_there_is_taken_and_what_changed_here_kept(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    raw = out(kanat, "po").decode()
    desk.place.write(f"content/{FOLDER}/ky.md", KY.replace("чакырылган", "келсин").replace("иштейт", "бүгүн иштейт"))
    desk.place.sync()
    before = body(desk)
    raw = raw.replace("ачылат", "эртең ачылат").replace("Баары чакырылган", "Баарыңызды күтөбүз")
    led = back(kanat, raw.encode(), "work.po")
    shown = Page(kanat.get(led.location))
    assert counts(shown)[:3] == [1, 1, 0]
    assert body(desk) == before, "nothing is stored before somebody says so"
    assert "<ins>эртең </ins>" in shown.html
    done = kanat.post(led.location, data={"wish": "draft"})
    assert (done.status_code, done.location.endswith("#suggestions")) == (303, True)
    assert body(desk) == "**Борбор** эртең ачылат.\n\nБорбор бүгүн иштейт.\n\nБаары келсин."
    assert desk.place.suggestions() == ["Баарыңызды күтөбүз."]
    assert "This file was taken in on" in Page(kanat.get(led.location)).html


def test_a_file_of_another_text_or_language_leads_there_and_nothing_is_stored(desk: TestDesk) -> None:
    kanat, rustam = desk.signed_in("kanat"), desk.signed_in("rustam")
    refused = back(rustam, out(kanat, "xliff12"), "mine.xlf", f"/desk/{FOLDER}/ru/files")
    assert refused.status_code == 422
    assert f'href="/desk/{FOLDER}/ky/files"' in refused.text
    foreign = RUSSIAN.replace("Language: ru", "Language: kk").encode()
    refused = back(rustam, foreign, "site.po", RU)
    assert (refused.status_code, "his file is in another language" in refused.text) == (422, True)


def test_a_file_that_does_not_say_what_it_was_made_from_is_said_to_be_less_sure(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    led = back(rustam, RUSSIAN.replace("Центр", "Наш центр").encode(), "site.po", RU)
    shown = Page(rustam.get(led.location))
    assert "does not say from which revision it was made" in shown.html
    assert counts(shown)[:3] == [1, 0, 0]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0\0\0", b"PK\x03\x04rest", b"<xliff version='1.2'><file>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><xliff/>",
     b'msgid ""\nmsgstr "unterminated\n', b"---\ntitle: [\n---\n", b"plain words"],
)  # fmt: skip
def test_a_file_that_is_broken_is_refused_with_the_reason_and_not_kept(desk: TestDesk, raw: bytes) -> None:
    kanat = desk.signed_in("kanat")
    before = desk.place.revisions()
    refused = back(kanat, raw, "mine.po")
    assert refused.status_code == 422, refused.text
    assert "The file was not taken, and nothing was changed." in refused.text
    assert "Brought and not decided" not in kanat.get(AT).text
    assert desk.place.revisions() == before


def test_who_may_not_write_may_suggest_and_who_may_not_comment_may_only_take_away(desk: TestDesk) -> None:
    kanat, elena = desk.signed_in("kanat"), desk.signed_in("elena")
    raw = out(elena, "xliff20").replace("Борбор иштейт".encode(), "Борбор ишин баштады".encode())
    led = back(elena, raw, "mine.xlf")
    shown = Page(elena.get(led.location)).html
    assert "Take it as a draft" not in shown
    assert elena.post(led.location, data={"wish": "draft"}).status_code == 403
    before = body(desk)
    assert elena.post(led.location, data={"wish": "suggestion"}).status_code == 303
    assert (body(desk), desk.place.suggestions()) == (before, ["Борбор ишин баштады."])
    assert kanat.get(led.location).status_code == 404, "nobody sees what others sent"
    assert desk.client().get(AT).status_code in {302, 303}


def test_a_file_is_kept_until_somebody_decides_and_can_be_forgotten(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    led = back(kanat, out(kanat, "docx"), "уйдөн.docx")
    assert "уйдөн.docx" in kanat.get(AT).text
    assert kanat.post(led.location, data={"wish": "forget"}).location.endswith("/ky/files")
    assert "уйдөн.docx" not in kanat.get(AT).text
    assert kanat.get(led.location).status_code == 404


def test_what_somebody_typed_goes_out_with_the_file(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    with zipfile.ZipFile(io.BytesIO(out(kanat, "docx"))) as package:
        assert "Борбор иштейт." in package.read("word/document.xml").decode()


def test_what_a_tool_has_left_empty_is_no_word_taken_away(desk: TestDesk) -> None:
    rustam, kanat = desk.signed_in("rustam"), desk.signed_in("kanat")
    empty = re.sub(r'(msgstr(?:\[\d\])?) ".*"', r'\1 ""', RUSSIAN.removeprefix(HEAD))
    assert counts(Page(rustam.get(back(rustam, (HEAD + empty).encode(), "new.po", RU).location)))[:3] == [0, 0, 0]
    raw = out(kanat, "xliff12").decode()
    raw = re.sub(r'<target state="[a-z-]+">.*?</target>', '<target state="needs-translation"/>', raw)
    assert counts(Page(kanat.get(back(kanat, raw.encode(), "mine.xlf").location)))[:3] == [0, 0, 0]


@pytest.mark.parametrize(
    ("form", "old", "new"), [("xliff12", 'language="ky"', 'language="kk"'), ("po", "Language: ky", "Language: kk")]
)
def test_a_file_that_somebody_made_one_of_another_language_is_refused(
    desk: TestDesk, form: str, old: str, new: str
) -> None:
    kanat = desk.signed_in("kanat")
    refused = back(kanat, out(kanat, form).decode().replace(old, new).encode())
    assert (refused.status_code, "his file is in another language" in refused.text) == (422, True)


def test_what_cannot_be_part_of_an_article_is_kept_whole_with_its_marks(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    raw = out(kanat, "xliff12").decode()
    raw = raw.replace(">Борбор</g> ачылат.", '>Борбор</g> ачылат.<x id="77"/> Баары!')
    led = back(kanat, raw.encode(), "mine.xlf")
    assert kanat.post(led.location, data={"wish": "draft"}).status_code == 303
    assert desk.place.suggestions() == ["**Борбор** ачылат. Баары!"]
    twice = out(kanat, "po").decode()
    again = twice[twice.index('msgctxt "summary"') :].partition("\n\n")[0] if 'msgctxt "summary"' in twice else ""
    again = again or twice[twice.rindex("#. ") :]
    led = back(kanat, f"{twice}\n{again.replace('чакырылган', 'келсин')}".encode(), "twice.po")
    assert counts(Page(kanat.get(led.location)))[:3] == [0, 0, 1]
    assert kanat.post(led.location, data={"wish": "draft"}).status_code == 303
    assert "Баары келсин." in desk.place.suggestions()


def test_one_of_several_segments_that_a_tool_made_of_a_unit_loses_no_words_of_the_others(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    raw = out(kanat, "xliff20").decode()
    one = re.search(r"<segment [^>]*>\s*<source>The centre works\.</source>\s*<target>.*?</target>\s*</segment>", raw)
    assert one is not None
    two = (
        '<segment state="translated"><source>The centre </source><target>Борбор </target></segment>'
        "<segment><source>works.</source></segment>"
    )
    led = back(kanat, raw.replace(one[0], two).encode(), "mine.xlf")
    shown = Page(kanat.get(led.location))
    assert counts(shown)[:3] == [0, 0, 1]
    assert "not all of its parts are translated: the translation stays" in shown.html
    assert kanat.post(led.location, data={"wish": "draft"}).status_code == 303
    assert "Борбор иштейт." in body(desk)


@pytest.mark.parametrize("form", ["xliff12", "xliff20"])
def test_no_form_of_a_message_gives_way_to_a_copy_of_its_source(desk: TestDesk, form: str) -> None:
    rustam = desk.signed_in("rustam")
    raw = out(rustam, form, RU).decode().replace("отделов", "offices")
    assert counts(Page(rustam.get(back(rustam, raw.encode(), "site.xlf", RU).location)))[:3] == [0, 0, 1]


def test_comments_of_a_file_are_shown_beside_their_segments_first_and_kept_with_them_then(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    raw = out(kanat, "po").decode()
    entry = next(one for one in raw.split("\n\n") if "The centre works." in one)
    raw, before = raw.replace(entry, f"# Which <centre>?\n{entry}"), desk.place.revisions()
    led = back(kanat, raw.encode(), "work.po")
    shown = Page(kanat.get(led.location)).html
    assert "The file says what the text says, and brings comments." in shown
    assert "Which &lt;centre&gt;?" in shown.partition('id="comments"')[2].partition("Борбор иштейт.")[2]
    assert "Which" not in kanat.get(f"/desk/{FOLDER}/ky/").text, "nothing is stored before somebody says so"
    (wish,) = re.findall(r'name="wish" value="(\w+)" class="first">Keep the comments<', shown)
    page = kanat.get(kanat.post(led.location, data={"wish": wish}).location).text
    assert "1 comment of the file is kept with its segment." in page
    assert "Which &lt;centre&gt;?" in page
    assert desk.place.revisions() == before
    again = kanat.get(back(kanat, raw.encode(), "work.po").location).text
    assert ("there is nothing to do" in again, 'id="comments"' in again) == (True, False)


def test_a_comment_on_what_the_text_does_not_have_is_shown_with_its_reason_and_told_when_the_file_is_taken(
    desk: TestDesk,
) -> None:
    kanat = desk.signed_in("kanat")
    raw = out(kanat, "po") + b'\n# Lost?\nmsgid "Other"\nmsgstr ""\n'
    led = back(kanat, raw, "work.po")
    said = kanat.get(led.location).text.partition('id="comments"')[2]
    assert "Lost?" in said.partition("omment on a segment that the text does not have")[2]
    page = kanat.get(kanat.post(led.location, data={"wish": "draft"}).location).text
    assert "1 comment of the file could not be kept: the page of the file says why." in page
    assert "Lost?" in kanat.get(led.location).text


def test_a_paragraph_that_was_deleted_there_and_changed_here_stays_and_is_said_to_collide(desk: TestDesk) -> None:
    kanat, carim = desk.signed_in("kanat"), desk.signed_in("carim")
    raw = out(kanat, "md").decode()
    led = back(carim, raw.replace("Борбор иштейт.", "Борбор дайыма иштейт.").encode()).location
    carim.post(led, data={"wish": "draft"})
    led = back(kanat, raw.replace("Борбор иштейт.\n\n", "").encode()).location
    shown = Page(kanat.get(led))
    assert counts(shown)[:2] == [0, 1]
    kanat.post(led, data={"wish": "draft"})
    assert "Борбор дайыма иштейт." in body(desk)


def test_of_a_file_of_two_texts_that_is_given_for_one_the_other_is_told(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    raw = out(kanat, "xliff12").decode()
    (file,) = re.findall(r"<file.*</file>", raw, re.DOTALL)
    both = raw.replace(file, file.replace("Борбор иштейт", "Борбор эртең иштейт") + file.replace(FOLDER, "news/other"))
    shown = Page(kanat.get(back(kanat, both.encode(), "two.xlf").location))
    assert counts(shown)[0] == 1
    assert "news/other" in shown.html
