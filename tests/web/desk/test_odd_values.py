"""What no page of ours sends is refused; nothing that somebody makes up is an error of ours."""

import re

from werkzeug.routing import Rule

from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import FOLDER, article

HUGE = str(10**30)
BEYOND = str(2**31)
NUMBERS = ("revision", "before", "number", "newer", "older", "base", "from", "days", "text_base", "facts_base", "hour")
WORDS = ("email", "name", "note", "text", "language", "title", "next", "query", "grant", "code", "choice", "after")


def addresses(rule: Rule, value: str, number: str) -> str:
    path = re.sub(r"<int[^>]*>", number, rule.rule)
    path = path.replace("<path:name>", FOLDER).replace("<tag:locale>", "en")
    return "/desk" + re.sub(r"<[^>]*>", value, path)


@on_both
def test_no_made_up_value_at_any_address_is_an_error_of_ours(desk: TestDesk) -> None:
    people = (desk.client(), desk.signed_in("adil"), desk.signed_in("elena"))
    sent = [dict.fromkeys(NUMBERS, number) for number in (HUGE, BEYOND, "-" + BEYOND)]
    sent.append(dict.fromkeys(WORDS, "a\0b"))
    for rule in desk.app.url_map.iter_rules():
        for client in people:
            for data in sent:
                for address in {addresses(rule, "x", BEYOND), addresses(rule, "a%00b", HUGE)}:
                    method = "POST" if "POST" in (rule.methods or ()) else "GET"
                    found = client.open(address, query_string=data, data=data, method=method)
                    assert found.status_code < 500, (address, data)
        if rule.endpoint == "security.logout":
            people = (desk.client(), desk.signed_in("adil"), desk.signed_in("elena"))


@on_both
def test_no_made_up_number_at_a_text_that_is_there_is_an_error_of_ours(desk: TestDesk) -> None:
    desk.place.item(en=article("Opening", "The centre opens.", slug="opening"), ru=article("Открытие", "Открыт."))
    desk.place.sync()
    client = desk.signed_in("carim")
    for number in (HUGE, "9" * 5000, BEYOND, "-1", "0", "٣", "x"):
        for page in ("", "preview", "history", "edit", "translate", "correct"):
            for locale in ("en", "ru"):
                asked = dict.fromkeys(NUMBERS, number)
                found = client.get(f"/desk/{FOLDER}/{locale}/{page}", query_string=asked)
                assert found.status_code < 500, (locale, page, number)
        chosen = client.post("/desk/account/mail/choose", data={"choice": "digest", "hour": number})
        assert chosen.status_code < 500, number


def test_a_form_with_a_nul_is_given_back_without_it(desk: TestDesk) -> None:
    refused = desk.signed_in("adil").post("/desk/people/invite", data={"full_name": "Ol\0ga", "note": "typed"})
    assert refused.status_code == 400
    assert 'name="full_name" value="Olga"' in refused.text
    assert 'name="note" value="typed"' in refused.text


def test_a_stranger_with_a_nul_is_refused(desk: TestDesk) -> None:
    assert desk.client().get("/desk/?week=%00").status_code == 400


def test_who_signs_in_with_a_nul_is_told_so_by_the_same_page(desk: TestDesk) -> None:
    sent = {"email": "a\0b", "password": "x"}
    page = desk.client().post("/desk/sign-in", data=sent, follow_redirects=True)
    assert page.request.path.endswith("/sign-in")
    assert "The sign-in failed: the name, the e-mail address or the password is wrong." in page.text


def test_a_number_that_no_row_has_is_as_none(desk: TestDesk) -> None:
    client = desk.signed_in("adil")
    for number in (BEYOND, HUGE):
        assert client.get(f"/desk/notices/?before={number}").status_code == 200
        assert client.post(f"/desk/account/sessions/{number}/end").status_code == 404
