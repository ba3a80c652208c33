"""Several texts at once, without a script: chosen, looked at, done, and undone."""

import io
import re
import zipfile
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.assigning import Absence
from app.domain.people import Channel
from app.domain.segments import Tag
from app.services import absences, assignments, people
from app.services.texts import require_document
from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import FOLDER, ITEM, article
from tests.web.desk.pages import Page

EN = article("Opening", "The centre opens.", slug="opening", status="approved")
RU = article("Открытие", "Центр открывается.", slug="otkrytie", status="approved")
KY = article("Ачылыш", "Борбор ачылды.", slug="achylysh", status="draft")
ALMATY = ZoneInfo("Asia/Almaty")
AT = "/desk/board/bulk"
TEXTS = [f"{FOLDER}@en", f"{FOLDER}@ru", f"{FOLDER}@ky"]


@pytest.fixture(autouse=True)
def item(desk: TestDesk) -> None:
    desk.place.item(en=EN, ru=RU, ky=KY)
    desk.place.sync()
    assert desk.place.problems() == []


@pytest.fixture
def carim(desk: TestDesk) -> FlaskClient:
    return desk.signed_in("carim")


def looked(client: FlaskClient, **said: object) -> TestResponse:
    return client.post(AT, data={"text": TEXTS, **said})


def form_of(page: str) -> dict[str, list[str]]:
    """What the form sends that does what was shown."""
    form = page.partition(f'action="{AT}/do"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for field in re.findall(r"<input[^>]+>", form):
        name, value = re.search(r'name="([^"]+)"', field), re.search(r'value="([^"]*)"', field)
        if name and value:
            found.setdefault(name[1], []).append(value[1])
    return found


def test_what_was_chosen_on_the_board_is_chosen_here_by_address_or_form(carim: FlaskClient) -> None:
    for answer in (
        carim.get(f"{AT}?text={TEXTS[0]}&text={TEXTS[2]}&text=nonsense"),
        carim.post(AT, data={"text": TEXTS}),
    ):
        assert answer.status_code == 200
        assert f'value="{TEXTS[0]}" checked' in answer.text
        assert "Opening</bdi>" in answer.text, "as who reads calls it, and not in the language of each text"
        assert "Ачылыш" not in answer.text
    assert "press “Act on the chosen texts”" in carim.get(AT).text


@on_both
def test_three_presses_publish_what_is_approved_and_undo_one_of_them(desk: TestDesk, carim: FlaskClient) -> None:
    shown = looked(carim, action="publish").text
    assert "A text that is draft cannot be asked to publish." in shown
    assert "readers see revision 1" in shown
    done = carim.post(f"{AT}/do", data=form_of(shown))
    assert done.status_code == 303
    page = carim.get(done.location).text
    assert "readers see nothing of it" in page
    numbers = dict(zip(("en", "ru"), re.findall(r'name="item" value="(\d+)"', page), strict=True))
    undone = carim.post(f"{done.location}/undo", data={"item": numbers["ru"]}, follow_redirects=True).text
    assert "undone by Carim Coordinator" in undone
    assert [desk.place.stand(one)[2] is not None for one in ("en", "ru", "ky")] == [True, False, False]
    assert "1 undone" in carim.get(AT).text, "and it can be found again"


def test_from_each_page_of_what_is_done_at_once_one_comes_back_to_the_board_as_one_had_it(carim: FlaskClient) -> None:
    board = carim.get("/desk/board?language=ru&view=list&status=approved").text
    (query,) = re.findall(r'name="back" value="([^"]+)"', board)
    assert f'back={quote_plus(unescape(query))}"' in board, "from the three dots, too"
    led = f'href="/desk/board?{query}"'
    assert led not in carim.get(AT).text
    shown = looked(carim, action="publish", back=unescape(query)).text
    assert led in shown
    assert led in looked(carim, action="assign", back=unescape(query)).text, "and what is refused leads there, too"
    done = carim.post(f"{AT}/do", data={name: [unescape(one) for one in all_] for name, all_ in form_of(shown).items()})
    page = carim.get(done.location).text
    assert led in page
    (undo,) = re.findall(r'action="([^"]+/undo[^"]*)"', page)
    assert led in carim.post(unescape(undo), data={"all": "on"}, follow_redirects=True).text
    assert "aaaa" not in looked(carim, back="a" * 3_000).text
    assert "<script>" not in looked(carim, back='"><script>').text.partition("<main")[2]


def test_a_refused_form_gives_back_what_was_typed_and_what_was_chosen(carim: FlaskClient) -> None:
    answer = looked(carim, action="assign", person="kanat", assign_due="next week", assign_priority="1", due="x")
    assert answer.status_code == 422
    assert "“next week” is no date and time" in answer.text
    page = Page(answer)
    for kept in (
        'value="next week"',
        'value="kanat" selected',
        'value="1" selected',
        'value="x"',
        f'value="{TEXTS[2]}" checked',
    ):
        assert kept in page.html, kept
    assert looked(carim, action="assign").status_code == 422, "somebody has to be chosen"
    assert looked(carim, action="due", due="2020-01-01T10:00").status_code == 422, "a day that has passed"


@on_both
def test_texts_are_assigned_by_a_day_of_the_sites_zone(desk: TestDesk, carim: FlaskClient) -> None:
    shown = looked(carim, action="assign", person="kanat", assign_due="2099-01-02T17:00", assign_priority="1").text
    assert "Kanat Kyrgyz" in shown
    assert "Kanat Kyrgyz has no role in which to write this text" in shown
    assert form_of(shown)["text"] == [TEXTS[2]]
    carim.post(f"{AT}/do", data=form_of(shown))
    with desk.place.database.read() as session:
        given = assignments.current(session, require_document(session, ITEM), Tag("ky"))
        assert given is not None
        assert (given.person, given.due and given.due.isoformat()) == ("kanat", "2099-01-02T12:00:00+00:00")


def test_what_changed_between_the_look_and_the_press_is_not_done_and_the_page_says_so(
    desk: TestDesk, carim: FlaskClient
) -> None:
    form = form_of(looked(carim, action="publish").text)
    desk.place.write(f"content/{FOLDER}/en.md", EN.replace("opens", "is open"))
    desk.place.sync()
    answer = carim.post(f"{AT}/do", data=form)
    assert answer.status_code == 409
    assert "Nothing was done." in answer.text
    assert desk.place.stand("en")[2] is None
    assert form_of(answer.text)[f"seen {TEXTS[0]}"] == ["2"], "and shows the text as it is by now"


def test_who_ticks_nothing_is_told_so_and_has_the_texts_and_what_was_typed_still(carim: FlaskClient) -> None:
    due = "2098-03-06T18:00"
    form = form_of(looked(carim, action="assign", person="kanat", assign_due=due).text)
    del form["text"]
    answer = carim.post(f"{AT}/do", data=form)
    assert answer.status_code == 422
    assert "Nothing is ticked" in answer.text
    again = form_of(answer.text)
    assert (again["text"], again["person"], again["assign_due"]) == (form["shown"], ["kanat"], [due])


def test_who_undoes_nothing_is_told_so(carim: FlaskClient) -> None:
    done = carim.post(f"{AT}/do", data=form_of(looked(carim, action="publish").text)).location
    said = "Nothing was undone"
    assert said in carim.post(f"{done}/undo", follow_redirects=True).text
    assert said not in carim.post(f"{done}/undo", data={"all": "on"}, follow_redirects=True).text
    assert said in carim.post(f"{done}/undo", data={"all": "on"}, follow_redirects=True).text


def test_the_package_has_exactly_the_chosen_texts(carim: FlaskClient) -> None:
    shown = carim.post(AT, data={"text": TEXTS[1:], "action": "export", "form": "po"}).text
    answer = carim.post(f"{AT}/do", data=form_of(shown))
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as opened:
        assert opened.namelist() == [f"{FOLDER}/ky.po", f"{FOLDER}/ru.po"]


def test_everybody_is_offered_what_they_may_do(desk: TestDesk) -> None:
    page = desk.signed_in("kanat").get(f"{AT}?text={TEXTS[2]}").text
    assert [one for one in ("assign", "due", "remind", "publish", "export") if f'value="{one}"' in page] == ["export"]
    answer = desk.signed_in("kanat").post(AT, data={"text": TEXTS, "action": "publish"}).text
    assert "takes one of these roles" in answer
    assert form_of(answer).get("text") is None


def test_no_more_than_500_texts_are_taken_at_once_and_that_is_said(carim: FlaskClient) -> None:
    answer = carim.post(AT, data={"text": [f"news/x-{number}@en" for number in range(501)]})
    assert answer.status_code == 200
    assert "More than 500 texts were chosen" in answer.text
    assert answer.text.count('type="checkbox" name="text"') == 500


def test_who_did_not_do_it_and_does_not_coordinate_undoes_nothing(desk: TestDesk, carim: FlaskClient) -> None:
    done = carim.post(f"{AT}/do", data=form_of(looked(carim, action="publish").text)).location
    rustam = desk.signed_in("rustam")
    assert rustam.get(done).status_code == 403, "it tells who was told what"
    assert "Done lately" not in rustam.get(AT).text
    assert rustam.post(f"{done}/undo", data={"all": "on"}).status_code == 403
    assert desk.place.stand("en")[2] is not None
    assert carim.get(f"{AT}/999").status_code == 404


def test_the_key_that_sends_a_form_does_nothing_and_says_which_button_to_press(carim: FlaskClient) -> None:
    page = looked(carim, action="publish").text
    first = re.search(r'action="/desk/board/bulk">.*?<button name="(\w+)" value="(\w+)"', page, re.DOTALL)
    assert first, "browsers press the first button"
    answer = looked(carim, assign_due="2099-01-02T17:00", **{first[1]: first[2]})
    assert answer.status_code == 422
    assert "press the button of what is to be done" in answer.text.lower()
    assert "2099-01-02T17:00" in answer.text


def test_the_texts_are_listed_once_beside_what_would_become_of_them(carim: FlaskClient) -> None:
    shown = looked(carim, action="publish").text
    assert shown.count(f'value="{TEXTS[0]}" checked') == 1
    assert f'<input type="hidden" name="text" value="{TEXTS[2]}">' in shown, "and another action takes them all"


def test_what_is_so_already_is_not_said_to_be_impossible(carim: FlaskClient) -> None:
    carim.post(f"{AT}/do", data=form_of(looked(carim, action="publish").text))
    shown = Page(looked(carim, action="publish")).html
    assert "There is nothing to be done with these texts." in shown
    assert "2 texts are so already." in shown
    assert "1 text is left out" in shown


def test_who_stands_in_for_somebody_who_is_away_is_said_before_and_until_when(
    desk: TestDesk, carim: FlaskClient
) -> None:
    today = datetime.now(ALMATY).date()
    with desk.place.database.write() as session:
        wanted = Absence(person="kanat", substitute="rustam", first=today, last=today + timedelta(days=3))
        who = people.actor(session, "carim", Tag("ky"), channel=Channel.DESK)
        absences.announce(session, wanted, who)
    shown = looked(carim, action="assign", person="kanat").text
    assert "Rustam" in shown
    assert "stands in for Kanat Kyrgyz, who is away until" in shown


def test_who_gets_several_texts_at_once_has_one_notice_and_one_press_reads_it(
    desk: TestDesk, carim: FlaskClient
) -> None:
    carim.post(f"{AT}/do", data=form_of(looked(carim, action="assign", person="carim").text))
    carim.post(f"{AT}/do", data=form_of(looked(carim, action="assign", person="rustam").text))
    rustam = desk.signed_in("rustam")
    page = rustam.get("/desk/notices/").text
    numbers = re.findall(r'name="number" value="(\d+)"', page)
    assert (page.count("<details>"), len(numbers)) == (1, 2)
    rustam.post("/desk/notices/read", data={"number": numbers})
    assert 'class="unread"' not in rustam.get("/desk/notices/").text
