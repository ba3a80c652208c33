"""Teams, rules, leave and calendars, as people press them."""

import re
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import pytest

from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import article

KY = "/desk/news/2026-01-01-item/ky/"
PERSON = {"first": "2098-03-03", "last": "2098-03-04", "substitute": "rustam"}


@pytest.fixture(autouse=True)
def item(desk: TestDesk) -> None:
    desk.place.item(en=article("Opening", "The centre opens.", slug="opening"))
    desk.place.sync()


def assign(desk: TestDesk, person: str) -> None:
    said = {"person": person, "due": "2098-03-06T18:00", "priority": "1"}
    assert desk.signed_in("carim").post(f"{KY}assign", data=said).status_code == 303


@on_both
def test_who_coordinates_makes_teams_and_rules_and_puts_them_in_order(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    team = {"title": "Kyrgyz desk", "locale": "ky", "member": ["kanat", "rustam"], "do": "put"}
    assert carim.post("/desk/teams/team", data=team).status_code == 303
    rule = {"locale": "ky", "kind": "news", "person": "team:Kyrgyz desk", "days": "3", "priority": "1", "country": "KG"}
    assert carim.post("/desk/teams/rule", data=rule).status_code == 303
    assert carim.post("/desk/teams/rule", data={"person": "rustam"}).status_code == 303

    def order() -> list[str]:
        return re.findall(r"<strong><bdi>(.*?)</bdi>", carim.get("/desk/teams").text)

    assert order() == ["Kyrgyz desk", "Rustam Reviewer"]
    page = carim.get("/desk/teams").text
    assert "within 3 working days" in page
    assert "holidays: Kyrgyzstan" in page
    assert carim.post("/desk/teams/rules/2", data={"do": "up"}).status_code == 303
    assert order() == ["Rustam Reviewer", "Kyrgyz desk"]
    changed = rule | {"days": "5", "do": "change"}
    assert carim.post("/desk/teams/rules/1", data=changed).status_code == 303
    assert "within 5 working days" in carim.get("/desk/teams").text
    refused = carim.post("/desk/teams/rules/1", data=changed | {"days": "251"})
    assert (refused.status_code, 'value="251"' in refused.text) == (409, True)
    assert carim.post("/desk/teams/rules/2", data={"do": "remove"}).status_code == 303
    assert order() == ["Kyrgyz desk"]
    refused = carim.post("/desk/teams/team", data={"title": "Kyrgyz desk", "do": "remove"})
    assert refused.status_code == 409
    assert "give them to others first" in refused.text


def test_what_is_refused_is_said_above_the_form_with_what_was_typed(desk: TestDesk) -> None:
    answer = desk.signed_in("carim").post("/desk/teams/rule", data={"person": "kanat", "days": "251", "locale": "ky"})
    assert answer.status_code == 409
    assert "A rule gives 250 working days at most" in answer.text
    assert 'value="251"' in answer.text
    for country in ("ZZ", "<b>"):
        rule = {"person": "kanat", "locale": "ky", "country": country}
        answer = desk.signed_in("carim").post("/desk/teams/rule", data=rule)
        assert (answer.status_code, "is no country" in answer.text) == (409, True)
        assert f'value="{escape(country)}" selected' in answer.text
    for last in ("9999-12-31", "3000-01-01"):
        answer = desk.signed_in("kanat").post("/desk/away/announce", data=PERSON | {"first": last, "last": last})
        assert (answer.status_code, "2999 at most" in answer.text) == (409, True)
    answer = desk.signed_in("kanat").post("/desk/away/announce", data=PERSON | {"substitute": "elena"})
    assert answer.status_code == 409
    assert "Elena Editor may not write in this language" in answer.text
    assert 'value="2098-03-03"' in answer.text


def test_my_work_says_how_urgent_and_late_a_text_is_and_takes_a_reason_for_giving_it_back(desk: TestDesk) -> None:
    assign(desk, "kanat")
    kanat, carim = desk.signed_in("kanat"), desk.signed_in("carim")
    page = kanat.get("/desk/").text
    assert "urgent" in page
    assert "/ky/decline" in page
    answer = kanat.post(f"{KY}decline", data={"reason": "I am ill", "back": "work"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/")
    assert "/ky/decline" not in kanat.get("/desk/").text
    told = carim.get("/desk/notices/").text
    assert "Kanat Kyrgyz declined “Opening” (Kyrgyz)" in told
    assert "I am ill" in told
    for page in (carim.get("/desk/news/2026-01-01-item/").text, carim.get("/desk/journal").text):
        assert "Kanat Kyrgyz declined to write this text." in page
        assert "I am ill" in page


@on_both
def test_a_teams_text_is_taken_with_one_press(desk: TestDesk) -> None:
    team = {"title": "Kyrgyz desk", "locale": "ky", "member": ["kanat"], "do": "put"}
    desk.signed_in("carim").post("/desk/teams/team", data=team)
    assign(desk, "team:Kyrgyz desk")
    assert "Kyrgyz desk is asked for this text by" in desk.signed_in("rustam").get(KY).text
    kanat = desk.signed_in("kanat")
    assert "/ky/take" in kanat.get("/desk/").text
    assert kanat.post(f"{KY}take", data={"back": "work"}).status_code == 303
    assert "/ky/decline" in kanat.get("/desk/").text
    kanat.post(f"{KY}decline", data={"reason": "I am ill", "back": "work"})
    journal = desk.signed_in("carim").get("/desk/journal").text
    assert "Kanat Kyrgyz gave this text back to the team “Kyrgyz desk”." in journal
    assert "Carim Coordinator said who is of the team “Kyrgyz desk”." in journal
    assert 'href="/desk/teams"' in journal.partition("<main")[2]


@on_both
def test_the_journal_names_a_team_as_long_as_there_is_one_and_never_another_by_its_number(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    for title in ("First desk", "Second desk"):
        carim.post("/desk/teams/team", data={"title": title, "locale": "ky", "member": ["kanat"], "do": "put"})
        if title == "First desk":
            carim.post("/desk/teams/team", data={"title": title, "do": "remove"})
    journal = carim.get("/desk/journal").text
    assert journal.count("said who is of the team “Second desk”.") == 1
    assert "First desk" not in journal
    assert "Carim Coordinator said who is of a team." in journal
    assert "Carim Coordinator took a team away." in journal


@on_both
def test_who_will_be_away_reads_so_on_their_own_page_until_they_call_it_off(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    assert kanat.post("/desk/away/announce", data=PERSON).status_code == 303
    assert "You will be away" in kanat.get("/desk/").text
    assert kanat.post("/desk/away/1/end").status_code == 303
    assert "You will be away" not in kanat.get("/desk/").text


@on_both
def test_who_asks_somebody_who_is_away_is_told_that_another_is_asked(desk: TestDesk) -> None:
    today = {"first": str(datetime.now(ZoneInfo("Asia/Almaty")).date())}
    away = PERSON | today | {"last": today["first"]}
    assert desk.signed_in("kanat").post("/desk/away/announce", data=away).status_code == 303
    carim = desk.signed_in("carim")
    carim.post(f"{KY}assign", data={"person": "kanat"})
    page = carim.get(KY).text
    assert "Who was to be asked is away" in page
    assert "Rustam Reviewer is asked for this text." in page


@on_both
def test_a_calendar_is_read_without_a_session_and_named_so_that_it_is_sent_once(desk: TestDesk) -> None:
    assign(desk, "kanat")
    kanat = desk.signed_in("kanat")
    assert kanat.post("/desk/account/calendar/new").status_code == 303
    address = re.search(r"/desk/calendar/\S+\.ics", kanat.get("/desk/account/calendar").text)
    assert address is not None
    assert "/desk/calendar/" not in kanat.get("/desk/account/calendar").text, "shown once"
    program = desk.client()
    answer = program.get(address[0])
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "SUMMARY:Opening (кыргызча)" in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers
    assert program.get(address[0], headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert kanat.post("/desk/account/calendar/revoke").status_code == 303
    assert program.get(address[0]).status_code == 404


def test_a_calendar_of_everybody_is_for_who_coordinates(desk: TestDesk) -> None:
    assign(desk, "kanat")
    carim, kanat = desk.signed_in("carim"), desk.signed_in("kanat")
    assert kanat.post("/desk/account/calendar/new", data={"of": "everybody"}).status_code == 403
    assert carim.post("/desk/account/calendar/new", data={"of": "everybody"}).status_code == 303
    address = re.search(r"/desk/calendar/\S+\.ics", carim.get("/desk/account/calendar").text)
    assert address is not None
    found = desk.client().get(address[0]).text
    assert "SUMMARY:Opening (Kyrgyz) · Kanat Kyrgyz" in found
    assert "NAME:Centre: due for everybody" in found, "programs show it beside one's own"
    assert carim.post("/desk/account/calendar/revoke", data={"of": "everybody"}).status_code == 303
    assert desk.client().get(address[0]).status_code == 404


def test_what_is_behind_leads_to_what_changed(desk: TestDesk) -> None:
    desk.place.item(en=article("Opening", "The centre opens.", slug="opening"))
    desk.place.write(
        "content/news/2026-01-01-item/ky.md", article("Ачылыш", "Борбор ачылат.", slug="achylysh", status="published")
    )
    desk.place.sync()
    assign(desk, "kanat")
    desk.place.item(en=article("Opening", "The centre opens on Monday.", slug="opening"))
    desk.place.sync()
    page = desk.signed_in("kanat").get("/desk/").text
    assert f"{KY}translate?q=state%3Achanged" in page
    assert "See what changed" in page
