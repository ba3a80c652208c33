"""An author writes at the desk, by forms alone: what is typed is saved, or comes back."""

import io
import json
import random
import re
import subprocess
from errno import ENOSPC
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.domain.documents import DocumentName
from app.domain.segments import NO_LANGUAGE, Tag
from app.domain.translations import Action
from app.formats.facts import read_facts
from app.formats.words import Words, words_in
from app.queries.embargoes import scheduled
from app.services.texts import find
from app.storage.media import MediaStore
from app.storage.texts import DbRevision
from tests import databases
from tests.databases import on_both
from tests.desk import TestDesk
from tests.journeys.test_valid_html import checker_or_skip
from tests.storage.photographs import encoded, halves
from tests.trees import ITEM, article, decide
from tests.web.forms import Form, form_in

RU = Tag("ru")
NAME = "2026-03-18-vstrecha"
EDIT = f"/desk/news/{NAME}/ru/edit"
DOCUMENT = DocumentName.parse(f"news/{NAME}")


def begun(desk: TestDesk, title: str = "Встреча") -> FlaskClient:
    """The browser of the author, who has begun an item."""
    client = desk.signed_in("aigul")
    answer = client.post("/desk/new", data={"title": title, "locale": "ru", "kind": "news", "date": "2026-03-18T19:25"})
    assert answer.status_code == 303
    assert answer.location == EDIT
    return client


def opened(client: FlaskClient, address: str = EDIT) -> Form:
    """The form as a browser would send it."""
    page = client.get(address)
    assert page.status_code == 200
    return form_in(page.text)


def sent(client: FlaskClient, form: Form, *, do: str = "save", **typed: str) -> TestResponse:
    fields = MultiDict(form)
    fields.update({"do": do})
    for name, value in typed.items():
        fields[name] = value
    return client.post(EDIT, data=fields, content_type="multipart/form-data")


def saved(desk: TestDesk, locale: Tag = RU) -> Words:
    with desk.place.database.read() as session:
        return words_in(session.get_one(DbRevision, find(session, DOCUMENT, locale).head_id).text)


def test_a_new_item_has_its_slug_from_the_title_in_its_language(desk: TestDesk) -> None:
    begun(desk)
    assert saved(desk) == Words(title="Встреча", slug="vstrecha")


def test_a_new_item_without_a_title_or_with_a_date_that_is_none_comes_back_as_it_was_typed(desk: TestDesk) -> None:
    client = desk.signed_in("aigul")
    answer = client.post("/desk/new", data={"title": " ", "locale": "ky", "kind": "page", "date": "tomorrow"})
    assert answer.status_code == 422
    form = form_in(answer.text)
    assert (form["locale"], form["kind"], form["date"]) == ("ky", "page", "tomorrow")


def test_all_that_is_typed_is_saved_and_a_form_that_nobody_touched_changes_nothing(desk: TestDesk) -> None:
    client = begun(desk)
    typed = {"title": "Новая", "slug": "novaya", "summary": "Кратко", "body": "Раз.\r\n\r\nДва.", "more_tags": "a, b"}
    assert sent(client, opened(client), **typed, publish_at="2099-01-01T08:00").status_code == 303
    assert saved(desk) == Words(title="Новая", slug="novaya", summary="Кратко", body="Раз.\n\nДва.")
    with desk.place.database.read() as session:
        text = session.get_one(DbRevision, find(session, DOCUMENT, NO_LANGUAGE).head_id).text
    assert read_facts(text, path="").tags == ("a", "b")
    assert "publish-at = 2099-01-01T08:00:00+05:00" in text
    before = desk.place.revisions()
    assert sent(client, opened(client)).status_code == 303
    assert desk.place.revisions() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": ""}, "title"), ({"date": "soon"}, "date"), ({"publish_at": "2026-13-01"}, "publish_at")],
)
def test_a_form_that_is_refused_comes_back_with_all_that_was_typed(
    desk: TestDesk, wrong: dict[str, str], field: str
) -> None:
    client = begun(desk)
    typed = {"title": "Новая", "summary": "Кратко", "body": "Раз.\r\n\r\nДва <b>.", "more_tags": "a, b"} | wrong
    answer = sent(client, opened(client), **typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert {name: value for name, value in form_in(answer.text).items() if name in typed} == {
        name: value.replace("\r\n", "\n") for name, value in typed.items()
    }
    assert saved(desk).title == "Встреча"


def test_a_slug_of_another_item_is_refused_and_the_form_comes_back(desk: TestDesk) -> None:
    client = begun(desk)
    desk.place.item(en=article("An item", "Words.", slug="dushanbe"))
    desk.place.sync()
    answer = sent(client, opened(client), slug="dushanbe", body="Текст")
    assert (answer.status_code, form_in(answer.text)["body"]) == (422, "Текст")
    assert "&#39;dushanbe-2&#39; is free" in answer.text


def test_a_slug_that_can_be_no_address_is_refused_and_the_form_comes_back(desk: TestDesk) -> None:
    client = begun(desk)
    answer = sent(client, opened(client), slug="Not an address", body="Текст")
    assert (answer.status_code, form_in(answer.text)["slug"]) == (422, "Not an address")
    assert sent(client, form_in(answer.text), slug="душанбе-2026").status_code == 303


def test_the_slug_is_made_from_the_title_on_demand(desk: TestDesk) -> None:
    client = begun(desk)
    answer = sent(client, opened(client), do="slug", title="Қош келдіңіз", body="Текст")
    assert (form_in(answer.text)["slug"], form_in(answer.text)["body"]) == ("qosh-keldiniz", "Текст")


def with_photos(client: FlaskClient, form: Form, do: str, *photos: tuple[str, bytes]) -> TestResponse:
    fields = MultiDict[str, object](form)
    fields["do"] = do
    fields.setlist("new_photos", [(io.BytesIO(raw), name) for name, raw in photos])
    return client.post(EDIT, data=fields, content_type="multipart/form-data")


def test_photos_come_in_with_the_form_are_put_in_order_and_taken_out(desk: TestDesk) -> None:
    client = begun(desk)
    photos = [("Зал.jpg", encoded(halves())), ("two.png", encoded(halves(900, 600), "PNG"))]
    answer = with_photos(client, opened(client), "add", *photos)
    assert form_in(answer.text).getlist("photo") == ["photos/zal.webp", "photos/two.webp"]
    answer = sent(client, form_in(answer.text), do="up:1")
    assert form_in(answer.text).getlist("photo") == ["photos/two.webp", "photos/zal.webp"]
    form = form_in(sent(client, form_in(answer.text), do="remove:0").text)
    assert form.getlist("photo") == ["photos/zal.webp"]
    assert sent(client, form, **{"alt:photos/zal.webp": "Зал", "captions:photos/zal.webp": "В зале"}).status_code == 303
    assert (saved(desk).alt, saved(desk).captions) == ({"photos/zal.webp": "Зал"}, {"photos/zal.webp": "В зале"})


def test_a_file_that_is_no_photo_does_not_cost_the_others_nor_the_text(desk: TestDesk) -> None:
    client = begun(desk)
    form = opened(client)
    form["body"] = "Текст"
    answer = with_photos(client, form, "save", ("good.jpg", encoded(halves())), ("bad.jpg", b"no photo"))
    assert answer.status_code == 422
    assert "bad.jpg: Is not a photo" in answer.text
    assert (form_in(answer.text)["body"], form_in(answer.text)["photo"]) == ("Текст", "photos/good.webp")


def test_a_photo_of_a_draft_is_shown_to_people_at_the_desk_and_to_nobody_else(desk: TestDesk) -> None:
    client = begun(desk)
    answer = with_photos(client, opened(client), "save", ("good.jpg", encoded(halves())))
    assert answer.status_code == 303
    shown = re.search(r'src="(/desk/media/[^"]+)"', client.get(EDIT).text)
    assert shown is not None
    with client.get(shown[1]) as photo:
        assert (photo.mimetype, photo.headers["Cache-Control"]) == ("image/webp", "no-store")
    assert desk.client().get(shown[1]).status_code == 303
    assert desk.signed_in("adil").get(shown[1]).status_code == 403
    assert desk.client().get(shown[1].removeprefix("/desk")).status_code == 404


def test_a_full_disk_costs_nothing_that_was_typed(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = begun(desk)

    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    form = opened(client)
    form["body"] = "Текст"
    monkeypatch.setattr(MediaStore, "put", full)
    answer = with_photos(client, form, "save", ("good.jpg", encoded(halves())))
    assert (answer.status_code, form_in(answer.text)["body"]) == (507, "Текст")


def test_a_database_that_cannot_grow_costs_nothing_that_was_typed_and_tells_no_log_of_it(
    tmp_path: Path, sqlite_template: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = TestDesk(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    client = begun(desk)
    form = opened(client)

    most = 1  # less than there are: no page more

    @event.listens_for(desk.place.database.engine, "begin")
    def no_more_pages(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")

    answer = sent(client, form, body="Текст " * 20_000)
    assert answer.status_code == 507
    assert form_in(answer.text)["body"] == ("Текст " * 20_000)
    assert "full" in caplog.text
    assert "Текст" not in caplog.text
    most = 2**30
    assert sent(client, form_in(answer.text)).status_code == 303
    desk.place.database.dispose()


def test_a_database_that_does_not_answer_costs_nothing_that_was_typed(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = begun(desk)

    def away(*_: object, **_more: object) -> None:
        raise OperationalError("INSERT", {}, ConnectionError("server closed the connection unexpectedly"))

    monkeypatch.setattr("app.services.revisions.save", away)
    answer = sent(client, opened(client), body="Текст")
    assert (answer.status_code, form_in(answer.text)["body"]) == (503, "Текст")


def test_who_was_signed_out_meanwhile_gets_back_what_was_typed_and_can_send_it_again(desk: TestDesk) -> None:
    client = begun(desk)
    form = opened(client)
    form["body"] = "Текст, который писали час"
    answer = desk.client().post(EDIT, data=form, content_type="multipart/form-data")
    assert answer.status_code == 401
    again = form_in(answer.text)
    assert again["body"] == "Текст, который писали час"
    assert client.post(EDIT, data=again).status_code == 303
    assert saved(desk).body == "Текст, который писали час"


def test_what_another_saved_meanwhile_is_merged_and_both_are_told(desk: TestDesk) -> None:
    client = begun(desk)
    assert sent(client, opened(client), body="Один абзац.\n\nДругой абзац.").status_code == 303
    mine, theirs = opened(client), opened(client)
    assert sent(client, theirs, body="Один абзац.\n\nДругой абзац, дополненный.").status_code == 303
    assert sent(client, mine, body="Один абзац, мой.\n\nДругой абзац.").status_code == 303
    told = client.get(EDIT).text
    assert "You had saved this text meanwhile yourself" in told
    assert "Both changes are in it now" in told
    assert saved(desk).body == "Один абзац, мой.\n\nДругой абзац, дополненный."


@pytest.mark.parametrize(
    ("other", "who"),
    [("aigul", "You had saved this text meanwhile yourself"), ("carim", "Carim Coordinator had saved this text")],
)
def test_words_that_did_not_go_into_the_text_are_not_said_to_be_saved_in_it(
    desk: TestDesk, other: str, who: str
) -> None:
    client = begun(desk)
    assert sent(client, opened(client), body="Один абзац.").status_code == 303
    mine, theirs = opened(client), opened(client)
    assert sent(desk.signed_in(other), theirs, body="Один чужой абзац.").status_code == 303
    client.get(EDIT)
    assert sent(client, mine, body="Один мой абзац.").status_code == 303
    told = client.get(EDIT).text
    assert saved(desk).body == "Один чужой абзац."
    assert "In 1 place your words did not go into the text" in told
    assert who in told
    assert "Saved as revision" not in told
    assert "two people at once" not in told


def test_a_saved_draft_says_beside_save_how_to_hand_it_in_and_leads_to_the_actions(desk: TestDesk) -> None:
    client = begun(desk)
    assert sent(client, opened(client), body="Абзац.").status_code == 303
    assert f'href="/desk/news/{NAME}/ru/#actions" data-next' in client.get(EDIT).text
    assert 'id="actions"' in client.get(f"/desk/news/{NAME}/ru/").text
    assert "data-next" not in sent(client, opened(client), title="").text, "there is something to save first"
    with desk.place.database.write() as session:
        decide(session, find(session, DOCUMENT, RU), Action.SUBMIT)
    assert "data-next" not in client.get(EDIT).text, "it waits for review already"


def test_all_that_is_wrong_in_a_form_is_said_at_once(desk: TestDesk) -> None:
    client = begun(desk)
    for wrong in ({"publish_at": "2020-01-01T10:00"}, {"date": "soon"}):
        answer = sent(client, opened(client), slug="Not An Address", **wrong)
        assert answer.status_code in {409, 422}
        assert f'href="#{next(iter(wrong))}"' in answer.text
        assert "Not An Address" in answer.text.partition("<form")[2].partition('class="columns"')[0]
    assert saved(desk).slug == "vstrecha"


@on_both
def test_a_declined_variant_is_marked_in_the_history_and_is_not_what_is_compared(desk: TestDesk) -> None:
    client = begun(desk)
    assert sent(client, opened(client), body="Один абзац.").status_code == 303
    mine, theirs = opened(client), opened(client)
    assert sent(client, theirs, body="Один чужой абзац.").status_code == 303
    assert sent(client, mine, body="Один мой абзац.").status_code == 303
    page = client.get(f"/desk/news/{NAME}/ru/history").text
    assert page.count("A variant that did not go into the text as it is") == 1
    assert "Один <ins>чужой </ins>абзац." in page


def test_a_change_of_what_readers_have_is_shown_word_by_word_and_said_to_be_minor_or_not(desk: TestDesk) -> None:
    client = begun(desk)
    assert sent(client, opened(client), body="Первый абзац.").status_code == 303
    with desk.place.database.write() as session:
        decide(session, find(session, DOCUMENT, RU), Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    form = opened(client)
    assert form["change"] == "material"
    answer = sent(client, form, do="look", body="Второй абзац.", change="minor")
    assert "<del>Первый</del><ins>Второй</ins> абзац." in answer.text
    assert sent(client, form_in(answer.text)).status_code == 303
    assert saved(desk).minor
    assert opened(client)["change"] == "minor"


def test_the_time_that_an_author_wishes_for_is_offered_to_who_schedules(desk: TestDesk) -> None:
    client = begun(desk)
    assert sent(client, opened(client), body="Текст", publish_at="2099-01-01T08:00").status_code == 303
    with desk.place.database.write() as session:
        decide(session, find(session, DOCUMENT, RU), Action.SUBMIT, Action.APPROVE)
    carim = desk.signed_in("carim")
    page = carim.get(f"/desk/news/{NAME}/ru/")
    assert form_in(page.text)["due"] == "2099-01-01T08:00"
    order = {"action": "schedule", "revision": "2", "due": "2099-01-01T08:00"}
    assert carim.post(f"/desk/news/{NAME}/ru/act", data=order).status_code == 303
    assert "Revision 2 goes live at this time" in carim.get(EDIT).text
    assert sent(carim, opened(carim), publish_at="2099-02-01T08:00").status_code == 303
    with desk.place.database.read() as session:
        assert [str(one.due.date()) for one in scheduled(session, DOCUMENT)] == ["2099-02-01"]
    refused = sent(client, opened(client), publish_at="2026-01-01T08:00")
    assert refused.status_code == 403


@pytest.mark.parametrize("name", ["kanat", "adil"])
def test_who_may_not_write_gets_no_form_and_saves_nothing(desk: TestDesk, name: str) -> None:
    form = opened(begun(desk))
    stranger = desk.signed_in(name)
    assert stranger.get(EDIT).status_code == 403
    assert stranger.post(EDIT, data=form).status_code == 403
    assert stranger.get("/desk/new").status_code == 403
    history = EDIT.replace("/edit", "/history")
    assert stranger.post(history, data={"revision": "1", "base": "1"}).status_code == 403


def test_a_translation_is_edited_where_translations_are(desk: TestDesk) -> None:
    desk.place.item(en=article("An item", "Words."), ru=article("Запись", "Слова."))
    desk.place.sync()
    assert desk.signed_in("carim").get(f"/desk/{ITEM}/ru/edit").location == f"/desk/{ITEM}/ru/translate"


@pytest.mark.parametrize(
    "path", ["news/nothing/ru/edit", "news/nothing/ru/history", "x/y/ru/preview", "news/a..b/ru/edit"]
)
def test_an_address_of_nothing_is_not_found(desk: TestDesk, path: str) -> None:
    assert desk.signed_in("carim").get(f"/desk/{path}").status_code == 404


def test_the_preview_is_the_readers_page_of_the_draft_in_its_own_language(desk: TestDesk) -> None:
    client = begun(desk)
    assert sent(client, opened(client), body="Первый абзац.").status_code == 303
    page = client.get(f"/desk/news/{NAME}/ru/preview")
    assert '<html lang="ru"' in page.text
    assert "<p>Первый абзац.</p>" in page.text
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "script-src 'none'" in page.headers["Content-Security-Policy"]
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert "Встреча" in client.get(f"/desk/news/{NAME}/ru/preview?revision=1").text
    assert "Первый" not in client.get(f"/desk/news/{NAME}/ru/preview?revision=1").text


def test_the_preview_of_a_form_shows_what_is_not_saved(desk: TestDesk) -> None:
    client = begun(desk)
    form = opened(client)
    form["body"] = "Ещё **не** сохранено."
    page = client.post(f"/desk/news/{NAME}/ru/preview", data=form)
    assert "<p>Ещё <strong>не</strong> сохранено.</p>" in page.text
    assert saved(desk).body == ""


def test_a_photo_in_a_preview_is_the_drafts_own(desk: TestDesk) -> None:
    client = begun(desk)
    assert with_photos(client, opened(client), "save", ("good.jpg", encoded(halves()))).status_code == 303
    page = client.get(f"/desk/news/{NAME}/ru/preview").text
    assert re.search(r'src="/desk/media/[0-9a-f]{2}/', page)
    assert not re.search(r'[" ]/media/', page)


def test_the_history_shows_what_changed_between_any_two_revisions_and_restores_one_as_a_new(desk: TestDesk) -> None:
    client = begun(desk)
    for body in ("Первый абзац.", "Второй абзац.", "Третий абзац."):
        assert sent(client, opened(client), body=body).status_code == 303
    history = f"/desk/news/{NAME}/ru/history"
    assert "<del>Второй</del><ins>Третий</ins> абзац." in client.get(history).text
    assert "<del>Первый</del><ins>Третий</ins> абзац." in client.get(f"{history}?older=2&newer=4").text
    assert "Aigul Author" in client.get(history).text
    assert client.post(history, data={"revision": "2", "base": "4"}).status_code == 303
    assert saved(desk).body == "Первый абзац."
    assert len(client.get(history).text.split('name="newer"')) == 6
    assert client.get(f"/desk/news/{NAME}/zxx/history").status_code == 200


def test_a_photo_as_a_camera_makes_it_is_let_in_and_a_stranger_sends_no_more_than_a_text(desk: TestDesk) -> None:
    client = begun(desk)
    noise = Image.frombytes("RGB", (2000, 1800), random.Random(1).randbytes(2000 * 1800 * 3))  # noqa: S311  # a photo
    large = encoded(noise, quality=97)
    assert len(large) > 4_000_000
    head = b'--x\r\nContent-Disposition: form-data; name="new_photos"; filename="camera.jpg"\r\n\r\n'
    body, kind = head + large + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"
    address = EDIT.replace("/ru/edit", "/photos")
    answer = client.post(address, data=body, content_type=kind)
    assert answer.json is not None
    assert [one["path"] for one in answer.json["photos"]] == ["photos/camera.webp"]
    desk.app.config["WTF_CSRF_ENABLED"] = True  # it reads the form before anything else does
    assert desk.client().post(address, data=body, content_type=kind).status_code == 413


@pytest.mark.vnu
def test_pages_of_writing_are_valid_html(tmp_path: Path, sqlite_template: str) -> None:
    checker = checker_or_skip()
    desk = TestDesk(tmp_path, databases.sqlite_copy(sqlite_template, tmp_path / "test.db"))
    client = begun(desk)
    assert sent(client, opened(client), body="Текст").status_code == 303
    assert with_photos(client, opened(client), "save", ("good.jpg", encoded(halves()))).status_code == 303
    with desk.place.database.write() as session:
        decide(session, find(session, DOCUMENT, RU), Action.SUBMIT, Action.APPROVE, Action.PUBLISH)
    (answers := tmp_path / "answers").mkdir()
    for name in ("edit", "history", "preview"):
        (answers / f"{name}.html").write_bytes(client.get(EDIT.replace("edit", name)).data)
    (answers / "new.html").write_bytes(client.get("/desk/new").data)
    (answers / "refused.html").write_bytes(sent(client, opened(client), title="", body="Текст").data)
    done = subprocess.run(
        ["java", "-jar", checker, "--format", "json", "--exit-zero-always", *sorted(answers.iterdir())],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert [(one["url"], one["message"]) for one in json.loads(done.stderr)["messages"]] == []
    desk.place.database.dispose()


def test_the_hint_at_the_time_promises_nothing_that_nobody_does(desk: TestDesk) -> None:
    client = begun(desk)
    assert sent(client, opened(client), body="Текст").status_code == 303
    with desk.place.database.write() as session:
        decide(session, find(session, DOCUMENT, RU), Action.SUBMIT, Action.APPROVE)
    assert desk.client().get("/ru/news/vstrecha").status_code == 404, "approved, without a time, is not published"
    page = client.get(EDIT).text
    assert "as soon as it is approved" not in page
    assert "This alone publishes nothing" in page
