"""The memory as files at the desk: out, in with what became of it, told below a segment, and out again as one."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.segments import Tag
from app.formats import tmx
from app.formats.tmx import Memory
from app.web.desk import memory_files
from tests.databases import on_both
from tests.desk import TestDesk
from tests.trees import FOLDER, Place, article
from tests.web.desk.pages import Page

EN, KY = Tag("en"), Tag("ky")
PAGE, AT = "/desk/memory/files", f"/desk/{FOLDER}/ky/translate"
PORT = Memory(words={EN: "The port was closed.", KY: "Порт жабылды."}, source=EN, by="ann", document="port.docx")


def office(place: Place) -> None:
    place.item(en=article("Port", "The port was closed.", slug="port"))
    place.sync()


def tmx_of(*units: Memory) -> bytes:
    out = BytesIO()
    tmx.write(units, out)
    return out.getvalue()


def bring(client: FlaskClient, raw: bytes, filename: str = "old.tmx") -> TestResponse:
    return client.post("/desk/memory/bring", data={"file": (BytesIO(raw), filename)})


def test_a_reviewer_brings_a_file_sees_what_became_of_it_and_takes_it_out_again(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    told = Page(bring(rustam, tmx_of(PORT, Memory(words={EN: "Yes", Tag("fr"): "Oui"})), "me/old.tmx"))
    assert "1 new in the memory 0 known already 1 left out" in " ".join(told.words.split())
    assert "It has words in fewer than two of the site's languages. 1 · line 6" in " ".join(told.words.split())
    again = " ".join(Page(bring(rustam, tmx_of(PORT))).words.split())
    assert "0 new in the memory 1 known already 0 left out" in again
    found = Page(rustam.get("/desk/memory/?words=port&source=en&target=ky")).words
    assert "from the file old.tmx, which Rustam" in " ".join(found.split())
    assert ("port.docx" in found, "ann" in found) == (True, True)
    form = Page(rustam.get(PAGE)).form("Take it out again")
    assert rustam.post(form.action, data=form.fields | {"number": "1"}).status_code == 303
    assert "1 pair of words was taken out of the memory." in Page(rustam.get(PAGE)).words
    assert "old.tmx" not in Page(rustam.get(PAGE)).words


@on_both
def test_what_was_brought_helps_below_a_segment_and_says_where_it_came_from(desk: TestDesk) -> None:
    assert bring(desk.signed_in("rustam"), tmx_of(PORT)).status_code == 200
    kanat = desk.signed_in("kanat")
    keys = [part.partition('"')[0] for part in kanat.get(f"{AT}?q=port").text.split('data-key="')[1:]]
    shown = " ".join(Page(kanat.get(f"{AT}/aside?at={keys[-1]}")).words.split())
    assert "Порт жабылды." in shown
    assert "from the file old.tmx" in shown


def test_what_the_memory_has_goes_out_and_is_known_when_it_comes_back(desk: TestDesk) -> None:
    rustam = desk.signed_in("rustam")
    bring(rustam, tmx_of(PORT))
    answer = desk.signed_in("kanat").get("/desk/memory/file?source=ky&target=en")
    assert "filename=memory-ky-en.tmx" in answer.headers["Content-Disposition"]
    raw = answer.data
    answer.close()
    (unit,) = tmx.read(BytesIO(raw), path="")
    assert unit == PORT
    assert "1 known already" in " ".join(Page(bring(rustam, raw)).words.split())
    for odd in ("", "?source=en", "?source=en&target=zz", "?source=en&target=fr"):
        assert rustam.get(f"/desk/memory/file{odd}").status_code == 404


def test_who_reviews_nothing_is_shown_no_field_and_refused(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    assert "TMX file" not in Page(kanat.get(PAGE)).words
    assert bring(kanat, tmx_of(PORT)).status_code == 403


def test_what_is_no_tmx_is_refused_with_its_line_and_nothing_comes_in(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_files, "MOST", 2_000)
    rustam = desk.signed_in("rustam")
    for raw, said in (
        (tmx_of(PORT).replace(b"</body>", b""), "Line 7: This is no sound XML"),
        (b"<xliff/>", "Line 1: The first element is “xliff” and not “tmx”."),
        (b"", "This is no sound XML"),
        (b" " * (memory_files.MOST + 1), "Larger than "),
    ):
        answer = bring(rustam, raw)
        assert answer.status_code in {413, 422}
        assert said in " ".join(Page(answer).words.split())
    assert rustam.post("/desk/memory/bring", data={}).status_code == 422
    assert "old.tmx" not in Page(rustam.get(PAGE)).words
