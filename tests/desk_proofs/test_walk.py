"""Every route, every method, as everybody and as a stranger: who may not is refused, told nothing, and changes nothing.

Routes are taken from the application, so that a new one is walked too; a new part of an address fails until it is said
here what it can name.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from html5lib import parse
from werkzeug.test import TestResponse

from app.domain.permissions import Right
from app.web.desk.entrance import Entrance
from app.web.headers import SECURITY
from tests.copies import Copies
from tests.desk import STAFF, TestDesk, open_office
from tests.desk_proofs.walk import AGENT, DRAFT, FILLED, GUEST, SECRETS, STRANGER, TALK, TOLD, VICTIM, Walk

PEOPLE = [*STAFF, GUEST, STRANGER]


def of(*people: str, on_postgresql: tuple[str, ...]) -> pytest.MarkDecorator:
    """Walk as each of these people."""
    on = pytest.mark.postgresql
    return pytest.mark.parametrize(
        ("template", "name"),
        [
            *(pytest.param("sqlite", name, id=f"sqlite-{name}") for name in people),
            *(pytest.param("postgresql", name, id=f"postgresql-{name}", marks=on) for name in on_postgresql),
        ],
        indirect=["template"],
    )


everybody = of(*PEOPLE, on_postgresql=("adil", "carim", STRANGER))
"""Who may come in is no matter of the database: PostgreSQL answers those with most rights, and a stranger."""


@pytest.fixture
def walk(tmp_path: Path, template: str, copies: Copies) -> Iterator[Walk]:
    with copies.of(open_office, template, tmp_path) as place:
        walk = Walk(TestDesk(tmp_path, place.url, fresh=False))
        yield walk
        walk.desk.place.database.dispose()


SEEN = frozenset({"sitting", "presence"})
"""What a look may write: when a session was last seen."""


def strange_elements(page: Element) -> list[str]:
    """Elements that only words of somebody else's could have made, and passwords that others could read."""
    fields = {one.get("name") or "": one.get("type") for one in page.iter("input")}
    shown = [name for name, kind in fields.items() if ("password" in name or name == "again") and kind != "password"]
    return [str(one.tag) for one in page.iter("xss-tag")] + shown


def forms(page: Element, address: str) -> Iterator[tuple[str, bool]]:
    """Yield where each form that writes leads to, and whether it has one token."""
    for form in page.iter("form"):
        if form.get("method", "get").lower() == "post":
            tokens = [one for one in form.iter("input") if one.get("name") == "csrf_token" and one.get("value")]
            yield form.get("action") or address, len(tokens) == 1


@everybody
def test_whoever_looks_at_any_address_reads_what_is_theirs_to_read_and_nothing_else(walk: Walk, name: str) -> None:
    """And each form on each page has its token."""
    walk.desk.app.config["WTF_CSRF_ENABLED"] = True
    browser, read, tokens = walk.browser(name), set[str](), dict[str, set[bool]]()
    before = walk.everything(but=SEEN)
    for rule in walk.rules:
        for address in walk.addresses(rule) if "GET" in rule.methods else ():
            answer = browser.get(address, buffered=True)
            read |= {word for word in SECRETS if word in answer.get_data().decode(errors="replace")}
            assert answer.status_code < 500, address
            assert walk.leaks(name, address, answer) == set(), address
            if walk.comes_in(rule, name):
                assert answer.status_code != 401, address
                led = answer.headers.get("Location", "")
                assert rule.needs is Entrance.ANYBODY or "/desk/sign-in" not in led, address
            elif name == STRANGER and answer.mimetype == "application/json":
                assert answer.status_code == 401, address  # a script asked, which follows no way to a form
            elif name == STRANGER:
                assert (answer.status_code, "/desk/sign-in" in answer.headers["Location"]) == (303, True), address
            else:
                assert answer.status_code == 403, address
            assert answer.headers["Cache-Control"].startswith(("no-store", "private")), address
            if answer.mimetype == "text/html":
                page = parse(answer.text, namespaceHTMLElements=False)
                assert strange_elements(page) == [], address
                for leads_to, has_token in forms(page, address):
                    tokens.setdefault(leads_to, set()).add(has_token)
            assert set(SECURITY) <= set(answer.headers.keys()), address
            assert "Access-Control-Allow-Origin" not in answer.headers
            if (answer.mimetype or "").startswith("text/"):
                assert answer.headers["Content-Type"].endswith("; charset=utf-8"), address
            if (
                name != STRANGER
                and walk.comes_in(rule, name)
                and answer.mimetype == "text/html"
                and answer.status_code == 200
                and rule.needs is not Entrance.ANYBODY
                and 'class="bar"' in answer.text
            ):
                assert 'action="/desk/sign-out"' in answer.text, address
    assert walk.everything(but=SEEN) == before, "who only looks changes nothing"
    assert tokens
    assert {leads_to: {"/notices/stop/" not in leads_to} for leads_to in tokens} == tokens, "one mail programs ask"
    mine = walk.person(name)
    theirs = {
        word for word in (DRAFT, TALK, TOLD, AGENT, f"{name}@example.org") if word in SECRETS and SECRETS[word](mine)
    }
    assert theirs <= read, "so that the absence of others says something"
    assert DRAFT in read, "by the address of a preview at the least"


@everybody
def test_whoever_writes_to_any_address_that_is_not_for_them_is_refused_and_changes_nothing(
    walk: Walk, name: str
) -> None:
    browser = walk.browser(name)
    before = walk.everything()
    for rule in walk.rules:
        for address in walk.addresses(rule) if "POST" in rule.methods and not walk.comes_in(rule, name) else ():
            answer = browser.post(address, data=FILLED)
            assert answer.status_code == (401 if name == STRANGER else 403), address
            assert walk.leaks(name, address, answer) == set(), address
    assert walk.everything() == before


@of(*(name for name in PEOPLE if name not in {VICTIM, STRANGER}), on_postgresql=("adil",))
def test_what_is_ones_own_is_never_another_ones(walk: Walk, name: str) -> None:
    """Routes for whoever is signed in, with the numbers of Elena's sessions and notices."""

    def hers() -> list[str]:
        with walk.desk.place.database.read() as session:
            return walk.rows_of(session, VICTIM)

    before, browser = hers(), walk.browser(name)
    rights = STAFF[name][2] if name in STAFF else ()
    assert len(before) >= 3, "an account, a session and a notice"
    for rule in walk.rules:
        for address in walk.addresses(rule) if rule.needs is Entrance.OWN and "POST" in rule.methods else ():
            assert browser.post(address, data=FILLED).status_code < 500, address
            browser = walk.browser(name)  # who was signed out goes on
    assert hers() == before
    mine = walk.person(name)
    assert mine is not None
    assert (mine.grants, mine.email) == (frozenset(rights), f"{name}@example.org"), (
        "a field that a form lacks does nothing"
    )


def test_a_photo_of_an_item_that_is_not_published_is_shown_at_the_desk_alone(walk: Walk) -> None:
    name = walk.known["path"][0]
    shown = {
        person for person in PEOPLE if walk.browser(person).get(f"/desk/media/{name}", buffered=True).status_code == 200
    }
    assert shown == {person for person in PEOPLE if (found := walk.person(person)) and found.has(Right.READ)}
    assert {walk.browser(person).get(f"/media/{name}", buffered=True).status_code for person in PEOPLE} == {404}


@of(*PEOPLE, on_postgresql=())
def test_no_form_is_taken_without_its_token(walk: Walk, name: str) -> None:
    """Every route that takes one, whether a form leads there or not, at the first of its addresses: something is there.

    Flask-WTF asks for it before anybody looks what an address names.
    """
    walk.desk.app.config["WTF_CSRF_ENABLED"] = True
    browser = walk.browser(name)
    before = walk.everything()
    for rule in walk.rules:
        address = next(walk.addresses(rule))
        if "POST" not in rule.methods or "/notices/stop/" in address:
            continue
        for data in (FILLED, FILLED | {"csrf_token": "guess"}):
            assert is_refused(address, browser.post(address, data=data), name), address
    assert walk.everything() == before


def is_refused(address: str, answer: TestResponse, name: str) -> bool:
    """Tell whether a form was not taken; who is not signed in is asked to be, and at the door to try once more."""
    if address == "/desk/sign-in":
        return (answer.status_code, answer.location) == (303, "/desk/sign-in")
    return answer.status_code == (401 if name == STRANGER else 400)


def test_the_one_address_that_asks_for_no_token_is_signed_itself(walk: Walk) -> None:
    """RFC 8058: a mail program has no session."""
    walk.desk.app.config["WTF_CSRF_ENABLED"] = True
    taken = {
        rule.endpoint
        for rule in walk.rules if "POST" in rule.methods
        for address in walk.addresses(rule)
        if not is_refused(address, walk.desk.client().post(address), STRANGER)
    }  # fmt: skip
    assert taken == {"notices.stop"}


def test_a_token_of_one_persons_session_is_none_in_anothers(walk: Walk) -> None:
    walk.desk.app.config["WTF_CSRF_ENABLED"] = True
    page = walk.browser("carim").get("/desk/account/mail").text
    token = next(
        one.get("value")
        for one in parse(page, namespaceHTMLElements=False).iter("input") if one.get("name") == "csrf_token"
    )  # fmt: skip
    other = walk.browser("kanat")
    other.get("/desk/account/mail")
    data = {"csrf_token": token, "choice": "none", "hour": "1"}
    assert other.post("/desk/account/mail/choose", data=data).status_code == 400
