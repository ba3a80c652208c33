"""Who is refused something at a Kyrgyz desk reads why in Kyrgyz, and finds what was typed."""

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.people import Grant
from app.domain.translations import Role
from tests.databases import on_both
from tests.desk import TestDesk, hire
from tests.trees import FOLDER, Place, article
from tests.web.desk.test_signing_in import PASSWORD, choose

ROOT = Path(__file__).parents[3]
AT = f"/desk/{FOLDER}"
EN = article("Opening", "The centre opens.", "All are invited.", slug="opening")
RU = article("Открытие", "Центр открывается.", "Приглашены все.", slug="otkrytie", status="draft")
ENGLISH = re.compile(r"\b[A-Za-z]{2,} [A-Za-z]{1,} [A-Za-z]{2,}")


def office(place: Place) -> None:
    """A site with the interface's own Kyrgyz words, and somebody who coordinates and speaks Kyrgyz."""
    for part in ("messages.pot", "ky/LC_MESSAGES/messages.po"):
        there = place.path(f"translations/{part}")
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "translations" / part, there)
    place.item(en=EN, ru=RU)
    place.sync()
    assert place.problems() == []
    roles = (Role.COORDINATOR, Role.ADMINISTRATOR)
    hire(place.database, "cholpon", "Чолпон", "ky", [Grant(role=role) for role in roles])


@pytest.fixture
def cholpon(desk: TestDesk) -> FlaskClient:
    return desk.signed_in("cholpon")


def words_of(page: TestResponse) -> str:
    """What a page says, without its head, what was typed, and what is marked as of no language."""
    main = page.text[page.text.index("<main") :]
    main = re.sub(r"<(textarea|bdi|option|select|style|iframe)\b.*?</\1>", " ", main, flags=re.DOTALL)
    main = re.sub(r'<(div|p|h1|h2|span|td)[^>]* lang="(en|ru)".*?</\1>', " ", main, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def refusal(page: TestResponse, status: int) -> str:
    """What a Kyrgyz page says of a refusal: none of it is English."""
    assert page.status_code == status, words_of(page)
    assert '<html lang="ky" dir="ltr"' in page.text
    assert ENGLISH.findall(words_of(page)) == []
    found = re.search(r'<(div|p|section) class="said error".*?</\1>', page.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split()) if found else ""


def press(client: FlaskClient, action: str, **typed: str) -> TestResponse:
    return client.post(f"{AT}/ru/act", data={"action": action, "revision": "1", **typed})


def test_a_guard_says_what_it_wants(cholpon: FlaskClient) -> None:
    assert press(cholpon, "submit").status_code == 303
    assert "Түшүндүрмө керек" in refusal(press(cholpon, "return"), 409)
    assert "Окурмандар бул текстти көрбөйт." in refusal(press(cholpon, "withdraw"), 409)
    cholpon.post(f"{AT}/ru/translate", data={"base": "1", "s0.0": "Открытие центра"})
    assert "1-версиядан жаңысы бар" in refusal(press(cholpon, "submit"), 409)


@on_both
def test_the_table_says_how_a_text_stands(cholpon: FlaskClient) -> None:
    assert "Азыр: долбоор." in refusal(press(cholpon, "publish"), 409)


def test_a_missing_role_says_which_would_do(desk: TestDesk) -> None:
    page = desk.signed_in("kanat").post(f"{AT}/ru/act", data={"action": "submit", "revision": "1"})
    said = refusal(page, 403)
    assert "Текшерүүгө берүү үчүн бул ролдордун бири керек: координатор, текшерүүчү, котормочу." in said


@pytest.mark.parametrize("typed", ["rubbish", "2026-13-45T10:00", "2026-03-18T19:25+05:00", "0001-01-01T00:00"])
def test_a_time_that_cannot_be_read_is_given_back_with_the_form_that_is_expected(
    cholpon: FlaskClient, typed: str
) -> None:
    cholpon.post(f"{AT}/ru/assign", data={"person": "rustam", "due": ""})
    page = cholpon.post(f"{AT}/ru/assign", data={"person": "carim", "due": typed})
    said = refusal(page, 422)
    assert said.count("Качанга керек:") == 1
    assert typed in said
    assert f'value="{typed}"' in page.text
    assert '<option value="carim" selected>' in page.text


def test_a_time_that_has_passed_is_given_back(desk: TestDesk, cholpon: FlaskClient) -> None:
    desk.place.write(f"content/{FOLDER}/ru.md", RU.replace("status: draft", "status: approved"))
    desk.place.sync()
    page = press(cholpon, "schedule", due="2001-02-03T04:05", revision="2")
    said = refusal(page, 422)
    assert "Жарыялоо убактысы өтүп кетти: 2001-02-03 04:05; кийинчерээгин тандаңыз." in said
    assert 'value="2001-02-03T04:05"' in page.text


def test_a_date_in_the_form_of_a_source_text_is_given_back(cholpon: FlaskClient) -> None:
    page = cholpon.post(f"{AT}/en/edit", data={"title": "Opening", "date": "31.12.2026", "publish_at": "soon"})
    assert page.status_code == 422
    assert "Күнү жана убактысы: «31.12.2026»" in page.text.replace("Күн жана убакыт", "Күнү жана убактысы")
    assert "Жарыялоо убактысы: «soon»" in page.text
    assert 'value="31.12.2026"' in page.text
    begun = cholpon.post("/desk/new", data={"title": "Жаңы", "locale": "ky", "date": "tomorrow"})
    assert begun.status_code == 422
    assert "«tomorrow»" in begun.text
    assert "2026-03-18 19:25" in begun.text


def test_comments_assignments_previews_and_orders_say_why_not(cholpon: FlaskClient) -> None:
    assert "Пикир бош." in refusal(cholpon.post(f"{AT}/ru/comment", data={"comment": " "}), 409)
    long = refusal(cholpon.post(f"{AT}/ru/comment", data={"comment": "а" * 10_001}), 422)
    assert re.search(r"Пикирде эң көп 10\s000 белги болот, мында 10\s001\.", long)
    assert "ролго ээ эмес" in refusal(cholpon.post(f"{AT}/ru/assign", data={"person": "kanat"}), 409)
    assert "эң көп 60 күн" in refusal(cholpon.post(f"{AT}/ru/previews", data={"days": "900"}), 409)
    assert "тилдерди тандаңыз" in refusal(cholpon.post(f"{AT}/order", data={"policy": "together"}), 409)


def test_what_is_not_there_is_said_so(cholpon: FlaskClient) -> None:
    for address in ("/desk/news/none/", f"{AT}/zxx/", f"{AT}/ru/history?older=77", f"{AT}/ru/preview?revision=77",
                    "/desk/people/nobody/", "/desk/nothing/here/", f"{AT}/de/"):  # fmt: skip
        refusal(cholpon.get(address), 404)


def test_a_file_that_is_no_photo_is_refused_in_words_of_the_desk(cholpon: FlaskClient) -> None:
    sent = {"new_photos": (BytesIO(b"Dear all"), "letter.jpg")}
    page = cholpon.post(f"{AT}/photos", data=sent, content_type="multipart/form-data")
    assert page.status_code == 422
    assert page.get_json()["fault"].startswith("letter.jpg: Файлдын аты кандай болбосун")


def test_an_address_that_another_document_has_is_refused_with_one_that_is_free(cholpon: FlaskClient) -> None:
    begun = cholpon.post("/desk/new", data={"title": "Second", "locale": "en", "date": ""})
    page = cholpon.post(
        begun.headers["Location"], data={"title": "Second", "slug": "opening", "date": "2026-03-18T19:25"}
    )
    assert page.status_code == 422
    assert "«opening» дареги башка документке таандык; «opening-2» бош." in page.text


def test_who_administrates_alone_reads_why_they_cannot_stop(desk: TestDesk, cholpon: FlaskClient) -> None:
    desk.signed_in("adil").post("/desk/people/adil/switch", data={"active": "no"})
    page = cholpon.post("/desk/people/cholpon/switch", data={"active": "no"})
    assert "башка администратор жок" in page.text
    assert page.status_code == 409


def test_every_page_of_an_error_says_what_was_kept_and_what_to_do(desk: TestDesk, cholpon: FlaskClient) -> None:
    kanat = desk.signed_in("kanat")
    shown = {
        400: cholpon.get("/desk/?week=%00"),
        403: kanat.get("/desk/people/"),
        404: cholpon.get("/desk/nothing/here/"),
        405: cholpon.get(f"{AT}/ru/act"),
        409: cholpon.post("/desk/people/none/link"),
    }
    for code, page in shown.items():
        refusal(page, 404 if code == 409 else code)
        assert "Эч нерсе өзгөргөн жок." in words_of(page), code
        assert len(words_of(page)) > 90, words_of(page)


def test_a_catalogue_is_offered_neither_a_preview_nor_the_form_of_a_source_text(cholpon: FlaskClient) -> None:
    there = "/desk/catalogue/messages/ky"
    for page in (f"{there}/", f"{there}/history"):
        assert f"{there}/preview" not in cholpon.get(page).text, page
    for address in (f"{there}/preview", f"{there}/preview?revision=1", f"{there}/edit"):
        assert "сап-сап" in refusal(cholpon.get(address), 404), address


@pytest.mark.parametrize(
    "asked",
    ["/\\evil.example", "//evil.example/", "/evil", "https://evil.example/", "/desk/../evil", "/desk/\\evil",
     "/desk//evil", "\\\\evil.example", "/%5Cevil", "http://localhost/evil"],
)  # fmt: skip
def test_who_signs_in_is_led_to_no_odd_address(desk: TestDesk, asked: str) -> None:
    choose(desk, "kanat")
    sent = {"email": "kanat", "password": PASSWORD, "next": asked}
    answer = desk.client().post("/desk/sign-in", data=sent, query_string={"next": asked})
    assert (answer.status_code, answer.location) == (302, "/desk/")
