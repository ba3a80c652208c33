"""The board, as a page."""

import html
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from app.storage.accounts import DbAccount
from tests.databases import on_both
from tests.desk import TestDesk
from tests.people import COORDINATOR, invite
from tests.trees import article
from tests.web.desk.at_the_board import assign


@pytest.fixture
def filled(desk: TestDesk) -> TestDesk:
    desk.place.item(en=article("Opening <b>", "The centre opens.", slug="opening"))
    desk.place.sync()
    return desk


def test_the_table_shows_each_text_with_its_status_and_what_is_live_and_leads_to_it(filled: TestDesk) -> None:
    page = filled.signed_in("carim").get("/desk/board").text
    assert "Opening &lt;b&gt;" in page
    assert 'href="/desk/news/2026-01-01-item/en/"' in page
    assert 'href="/desk/news/2026-01-01-item/ky/"' in page
    assert ">published</span>" in page
    assert ">missing</span>" in page


def test_the_menu_of_a_text_leaves_out_what_would_find_nothing_to_do(filled: TestDesk) -> None:
    def left_out(locale: str) -> str:
        page = filled.signed_in("carim").get("/desk/board").text
        found = re.search(rf'data-at="/desk/news/2026-01-01-item/{locale}/" data-not="([^"]*)"', page)
        assert found is not None
        return found[1]

    assert (left_out("en"), left_out("ky")) == ("due remind publish translate", "due remind publish")
    assign(filled, "kanat", datetime(2026, 2, 3, tzinfo=UTC))
    assert left_out("ky") == "publish"


def test_sums_over_a_list_of_all_languages_say_whose_they_are(filled: TestDesk) -> None:
    page = filled.signed_in("carim").get("/desk/board?view=list").text
    summary = page[page.index('<div class="summary">') : page.index("<table")]
    assert re.findall("<h3>([^<]*)</h3>", summary) == ["English", "Russian", "Kyrgyz"]


def test_what_a_machine_made_is_called_so_in_a_word_that_everybody_sees(desk: TestDesk) -> None:
    desk.place.item(en=article("Opening", "The centre opens.", slug="opening", origin="machine"))
    desk.place.sync()
    assert '<span class="word machine">machine</span>' in desk.signed_in("carim").get("/desk/board").text


@on_both
def test_a_filter_is_an_address_and_what_means_nothing_asks_for_nothing(filled: TestDesk) -> None:
    client = filled.signed_in("carim")
    assert "Opening" in client.get("/desk/board?status=missing&language=ky&words=opening&kind=news").text
    assert "Opening" not in client.get("/desk/board?status=draft").text
    assert "Opening" in client.get("/desk/board?status=odd&language=zz&kind=none&words=+").text
    answer = client.get("/desk/board?words=&language=ky&status=&view=list")
    assert (answer.status_code, answer.location) == (302, "/desk/board?language=ky&view=list")
    assert client.get("/desk/board?words=&language=").location == "/desk/board?view=table"
    assert client.get("/desk/board?older=%F0%9F%98%80").status_code == 200
    assert client.get("/desk/board?kind=%00").status_code == 400


WHO_LOOKS = (
    "FROM account JOIN sitting",
    "WHERE role_grant.account_id IN",
    "FROM passkey",
    "FROM notice",
    "FROM published_site",
)
"""What each page of the desk asks for, to know who looks and what came for them."""


@on_both
@pytest.mark.parametrize("address", ["", "?view=list&language=ky", "?order=due", "?group=person", "?mark=behind"])
def test_a_page_of_the_board_takes_three_queries_besides_those_for_who_looks(filled: TestDesk, address: str) -> None:
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(" ".join(statement.split()))

    client, engine = filled.signed_in("carim"), filled.place.database.engine
    client.get("/desk/board")  # the first page reads the catalogues
    event.listen(engine, "before_cursor_execute", heard)
    assert client.get(f"/desk/board{address}").status_code == 200
    event.remove(engine, "before_cursor_execute", heard)
    page = [one for one in said if one.startswith(("SELECT", "WITH")) and not any(own in one for own in WHO_LOOKS)]
    assert len(page) == 3, page


@on_both
def test_the_rows_are_sent_again_only_when_something_happened(filled: TestDesk) -> None:
    client = filled.signed_in("carim")
    page = client.get("/desk/board?language=ky").text
    state = re.search(r'data-state="([^"]+)"', page)
    assert state is not None
    seen = {"If-None-Match": html.unescape(state[1])}
    assert client.get("/desk/board/rows?language=ky", headers=seen).status_code == 304
    filled.place.item(name="2026-02-02-other", en=article("Other", "Words.", slug="other"))
    filled.place.sync()
    after = client.get("/desk/board/rows?language=ky", headers=seen)
    assert (after.status_code, after.text.count("<html")) == (200, 0)
    assert "Other" in after.text
    assert client.get("/desk/board/rows", headers={"If-None-Match": after.headers["ETag"]}).status_code == 304
    assert filled.signed_in("kanat").get("/desk/board/rows", headers=seen).status_code == 200, "each sees their own"


@on_both
def test_what_is_late_in_a_language_is_two_presses_away(filled: TestDesk) -> None:
    assign(filled, "kanat", due=datetime(2026, 2, 1, tzinfo=UTC))
    client = filled.signed_in("carim")
    first = client.get("/desk/board").text
    late = [one for one in re.findall(r'class="late" href="([^"]+)"', first) if "ky" in one]
    assert len(late) == 1
    page = client.get(html.unescape(late[0])).text
    assert "Opening &lt;b&gt;" in page
    assert "Kanat" in page
    assert "01.02" in page


@on_both
@pytest.mark.parametrize("view", ["table", "list", "calendar"])
def test_each_view_keeps_the_filters_and_leads_to_the_others(filled: TestDesk, view: str) -> None:
    page = filled.signed_in("carim").get(f"/desk/board?view={view}&kind=news&language=ky").text
    for other in {"list", "calendar"} - {view}:
        leads = [html.unescape(one) for one in re.findall(r'href="(/desk/board\?[^"]+)"', page)]
        assert any(
            {"kind=news", "language=ky", f"view={other}"} <= set(one.partition("?")[2].split("&")) for one in leads
        )


@on_both
def test_a_calendar_calls_texts_as_in_the_language_of_who_looks_where_there_is_one(desk: TestDesk) -> None:
    desk.place.item(en=article("Opening", "Words.", slug="opening"), ru=article("Открытие", "Слова.", slug="otkrytie"))
    desk.place.sync()
    assign(desk, "kanat", datetime(2026, 2, 3, tzinfo=UTC))
    calendar = "/desk/board?view=calendar&month=2026-02"
    assert "Открытие" in desk.signed_in("rustam").get(calendar).text
    assert "Opening" in desk.signed_in("kanat").get(calendar).text, "there is none in Kyrgyz"


@on_both
def test_a_calendar_shows_what_is_due_on_its_day_and_a_list_what_is_more(filled: TestDesk) -> None:
    assign(filled, "kanat", due=datetime(2026, 2, 1, 3, tzinfo=UTC))
    client = filled.signed_in("carim")
    page = client.get("/desk/board?view=calendar&month=2026-02").text
    day = page[page.index('datetime="2026-02-01"') : page.index('datetime="2026-02-02"')]
    assert "Opening &lt;b&gt;" in day
    assert "Opening" not in client.get("/desk/board?view=calendar&month=2026-03").text
    assert client.get("/desk/board?view=calendar&month=9999-13").status_code == 200
    listed = client.get("/desk/board?view=list&due-from=2026-02-01&due-until=2026-02-01").text
    assert "Opening &lt;b&gt;" in listed
    assert "Opening" not in client.get("/desk/board?view=list&due-from=2026-02-02&due-until=2026-02-05").text


@on_both
def test_rows_are_divided_by_week_or_by_whose_they_are(filled: TestDesk) -> None:
    assign(filled, "kanat", due=datetime(2026, 2, 1, tzinfo=UTC))
    client = filled.signed_in("carim")
    assert "Week of 29 December 2025" in client.get("/desk/board?group=week").text
    page = client.get("/desk/board?group=person").text
    assert page.index("Nobody&#39;s, or a team&#39;s</th>") < page.index("<bdi>Kanat")


@on_both
def test_a_view_is_kept_under_a_name_shared_by_coordinators_and_opens_the_board(filled: TestDesk) -> None:
    carim, kanat = filled.signed_in("carim"), filled.signed_in("kanat")
    form = {"name": " Late  in Kyrgyz ", "query": "language=ky&due=late&columns=ky&odd=1&view=list", "shared": "on"}
    answer = carim.post("/desk/board/views", data={**form, "start": "on"})
    assert (answer.status_code, answer.location) == (303, "/desk/board?language=ky&due=late&columns=ky&view=list")
    assert carim.get("/desk/board").location == answer.location
    assert carim.get("/desk/board?view=table").status_code == 200
    seen = kanat.get("/desk/board")
    assert seen.status_code == 200, "it opens for its owner alone"
    assert "Late in Kyrgyz" in seen.text
    assert kanat.post("/desk/board/views", data=form).status_code == 403
    assert kanat.post("/desk/board/views", data={**form, "shared": ""} | {"name": ""}).status_code == 403
    number = re.search(r'name="number" value="(\d+)"', carim.get("/desk/board?view=table").text)
    assert number is not None
    assert kanat.post("/desk/board/views/forget", data={"number": number[1]}).status_code == 404
    assert carim.post("/desk/board/views/forget", data={"number": number[1]}).status_code == 303
    assert "Late in Kyrgyz" not in kanat.get("/desk/board").text


def test_who_may_assign_lets_go_of_what_others_share_and_who_left_shares_nothing(filled: TestDesk) -> None:
    shared = {"query": "language=ky", "shared": "on"}
    with filled.place.database.write() as session:
        for name in ("dinara", "erkin"):
            invite(session, name, COORDINATOR)
    filled.signed_in("dinara").post("/desk/board/views", data={**shared, "name": "Her view"})
    filled.signed_in("erkin").post("/desk/board/views", data={**shared, "name": "His view"})
    filled.signed_in("erkin").post("/desk/board/views", data={"query": "", "name": "His alone"})
    carim, kanat = filled.signed_in("carim"), filled.signed_in("kanat")
    assert 'class="forget"' not in kanat.get("/desk/board").text
    page = carim.get("/desk/board").text
    hers, his = re.findall(r'class="forget".*?value="(\d+)"><bdi>(?:Her|His) view</bdi> <bdi class="quiet">', page)
    assert "His alone" not in page
    assert carim.post("/desk/board/views/forget", data={"number": str(int(his) + 1)}).status_code == 404, "is his"
    assert carim.post("/desk/board/views/forget", data={"number": his}).status_code == 303
    assert kanat.post("/desk/board/views/forget", data={"number": hers}).status_code == 404
    assert [name in kanat.get("/desk/board").text for name in ("Her view", "His view")] == [True, False]
    with filled.place.database.write() as session:
        session.scalars(select(DbAccount).where(DbAccount.name == "dinara")).one().active = False
    assert "Her view" not in kanat.get("/desk/board").text


def test_the_plain_table_is_kept_too_and_opens_where_the_board_opens_with_another(filled: TestDesk) -> None:
    carim = filled.signed_in("carim")
    carim.post("/desk/board/views", data={"name": "Late", "query": "due=late", "start": "on"})
    carim.post("/desk/board/views", data={"name": "All", "query": ""})
    (plain,) = re.findall(r'href="([^"]+)"[^>]*>All</a>', carim.get("/desk/board?view=table").text)
    assert (plain, carim.get(plain).status_code) == ("/desk/board?view=table", 200)


def test_a_column_is_ticked_at_once_where_the_table_shows_no_text_that_the_filters_leave_out(filled: TestDesk) -> None:
    carim = filled.signed_in("carim")
    for query, there in {"": 3, "kind=news": 3, "status=missing": 0, "language=ky&status=missing": 1}.items():
        assert carim.get(f"/desk/board?{query}").text.count("Choose all below (") == there, query


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_view_without_a_fitting_name_is_refused_with_the_reason(filled: TestDesk, name: str) -> None:
    answer = filled.signed_in("carim").post("/desk/board/views", data={"name": name, "query": "language=ky"})
    assert answer.status_code == 422
    assert "60" in answer.text


@on_both
def test_sums_that_take_longer_than_the_page_have_one_of_their_own(
    filled: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.desk.board.SUMMED_AT_ONCE", 1)
    client = filled.signed_in("carim")
    page = client.get("/desk/board").text
    assert "data-counts" in page
    counted = client.get("/desk/board/sums").text
    assert re.search(r'data-sums="ky">.*?missing <b>1</b>', counted, re.DOTALL)
    assert "counted" in counted


def test_every_cell_can_be_chosen_and_acted_on(filled: TestDesk) -> None:
    page = filled.signed_in("carim").get("/desk/board").text
    assert page.count('class="pick"') == page.count('class="act"') == 3
    assert 'value="news/2026-01-01-item@ky"' in page


def test_an_administrator_sees_no_texts(filled: TestDesk) -> None:
    assert filled.signed_in("adil").get("/desk/board").status_code == 403
