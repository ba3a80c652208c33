"""Several texts at once as files: those that a filter leaves go out in one package, and come home each to its text."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from app.domain.people import Actor, Channel
from app.domain.segments import Tag
from app.domain.translations import Role
from app.formats import docx, files
from app.formats.bitext import Returned
from app.formats.xml import read_xml
from app.services import assignments, uploads
from app.services.texts import require_document
from tests.databases import on_both
from tests.desk import TestDesk
from tests.formats.hostile_files import WORD_PACKAGES
from tests.trees import FACTS, FOLDER, ITEM, Place, article
from tests.web.desk.pages import Page
from tests.web.desk.test_files_out_and_back import EN, KY, RUSSIAN, office  # noqa: F401  # the same office

CARIM = Actor(name="carim", channel=Channel.DESK, roles=frozenset({Role.COORDINATOR}))
OTHER, AT = "news/2026-02-02-other", "/desk/texts/files"


@pytest.fixture(autouse=True)
def another(desk: TestDesk) -> None:
    place: Place = desk.place
    place.write(f"content/{OTHER}/item.toml", FACTS)
    place.write(f"content/{OTHER}/en.md", article("Closing", "The centre closes.", slug="closing"))
    place.write(f"content/{OTHER}/ky.md", article("Жабылыш", "Борбор жабылат.", slug="zhabylysh", status="draft"))
    place.sync()


def package(client: FlaskClient, **asked: str) -> dict[str, bytes]:
    answer = client.post(f"{AT}/download", data=asked)
    assert (answer.status_code, answer.content_type) == (200, "application/zip"), answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, raw in files.items():
            opened.writestr(name, raw)
    return made.getvalue()


def back(client: FlaskClient, raw: bytes, name: str = "mine.zip", at: str = AT) -> TestResponse:
    answer = client.post(at, data={"file": (io.BytesIO(raw), name)}, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # where the client of the tests keeps what is long
    return answer


def test_what_a_filter_leaves_goes_out_in_one_form_and_comes_home_text_by_text(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    files = package(kanat, language="ky", kind="news", form="xliff12")
    assert sorted(files) == [f"{FOLDER}/ky.xlf", f"{OTHER}/ky.xlf"]
    files = {name: raw.replace("Борбор".encode(), "Биздин борбор".encode()) for name, raw in files.items()}
    shown = back(kanat, zipped(files))
    numbers = re.findall(r'name="upload" value="(\d+)" checked', shown.text)
    assert (shown.status_code, len(numbers)) == (200, 2), shown.text
    done = Page(kanat.post(f"{AT}/take", data={"upload": numbers, "wish": "draft"}))
    assert done.html.count("revision") == 2
    texts = "".join(desk.place.revisions())
    assert "Биздин борбор жабылат." in texts
    assert "Биздин борбор иштейт." in texts


@on_both
def test_texts_that_are_due_within_a_week_are_found_by_filter_and_go_out(desk: TestDesk) -> None:
    carim = desk.signed_in("carim")
    with desk.place.database.write() as session:
        document = require_document(session, ITEM)
        soon = datetime.now(UTC) + timedelta(days=3)
        assignments.assign(session, document, Tag("ky"), CARIM, person="kanat", due=soon)
    assert list(package(carim, due="week", form="docx")) == [f"{FOLDER}/ky.docx"]
    assert package(carim, due="late", form="docx") == {}
    assert "The filters leave 1 text." in carim.get(f"{AT}?due=week").text
    assert f'href="/desk/{FOLDER}/ky/"' in carim.get("/desk/board?due=week").text


def test_a_text_that_has_no_such_form_goes_out_as_it_is_kept(desk: TestDesk) -> None:
    files = package(desk.signed_in("kanat"), form="docx")
    assert {name.rpartition(".")[2] for name in files if "/en." in name} == {"md"}
    assert {name.rpartition(".")[2] for name in files if name.startswith("catalogue/")} == {"po"}


def test_what_is_of_no_text_is_told_file_by_file_and_the_others_are_taken(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    files = package(kanat, language="ky", kind="news", form="po")
    files |= {"notes.txt": b"call me", "empty": b"", "broken.xlf": b"<xliff", "unnamed.po": RUSSIAN.encode()}
    shown = back(kanat, zipped(files))
    assert shown.status_code == 200
    assert shown.text.count("not taken") == 4, shown.text
    assert len(re.findall(r'name="upload" value="(\d+)"', shown.text)) == 2


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x.po"])
def test_a_package_that_names_a_place_outside_itself_is_refused(desk: TestDesk, name: str) -> None:
    refused = back(desk.signed_in("kanat"), zipped({name: b"x"}))
    assert (refused.status_code, "it names a place outside itself" in refused.text.lower()) == (422, True)


def test_a_package_of_zeros_that_would_fill_the_memory_is_refused(desk: TestDesk) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for number in range(8):
            opened.writestr(f"{number}.po", b"\0" * 10_000_000)
    refused = back(desk.signed_in("kanat"), made.getvalue())
    assert (refused.status_code, "60 MB unpacked" in refused.text) == (422, True)


def test_of_word_files_that_would_fill_the_memory_few_are_opened_and_the_others_of_their_package_come_home(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kanat, read, as_it_is = desk.signed_in("kanat"), list[str](), docx.read

    def counting(raw: bytes, *, path: str) -> Returned:
        read.append(path)
        return as_it_is(raw, path=path)

    monkeypatch.setattr(docx, "read", counting)
    ours = package(kanat, language="ky", kind="news", form="docx")
    with zipfile.ZipFile(io.BytesIO(WORD_PACKAGES["thirty Word files of spaces"]())) as bombs:
        sent = {name: bombs.read(name) for name in bombs.namelist()} | ours
    shown = back(kanat, zipped(sent))
    assert (shown.status_code, shown.text.count("not taken")) == (200, 30), shown.text
    assert shown.text.count("60 MB unpacked: send it by itself") == 29
    assert sorted(read) == sorted(["0.docx", *ours])
    assert len(re.findall(r'name="upload" value="(\d+)"', shown.text)) == 2


def together(files: dict[str, bytes], more: int) -> bytes:
    """One XLIFF 1.2 file of the texts of several, and of so many that there are none of."""
    texts = [raw.decode().partition("<file")[2].rpartition("</file>")[0] for raw in files.values()]
    texts += [texts[0].replace(OTHER, f"news/none-{number}") for number in range(more)]
    begun = next(iter(files.values())).decode().partition("<file")[0]
    return f"{begun}{''.join(f'<file{text}</file>' for text in texts)}</xliff>".encode()


def test_a_file_of_many_texts_is_kept_in_parts_and_never_read_whole_for_one_of_them(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kanat, read = desk.signed_in("kanat"), list[int]()

    def counting(raw: bytes, *, path: str) -> etree._Element:
        read.append(len(raw))
        return read_xml(raw, path=path)

    raw = together(package(kanat, language="ky", kind="news", form="xliff12"), 20)
    monkeypatch.setattr(files, "read_xml", counting)
    shown = back(kanat, raw.replace("Борбор".encode(), "Биздин борбор".encode()), "mine.xlf")
    numbers = re.findall(r'name="upload" value="(\d+)" checked', shown.text)
    assert (len(numbers), shown.text.count("not taken")) == (2, 20), shown.text
    assert sum(read) < 3 * len(raw)
    read.clear()
    done = kanat.post(f"{AT}/take", data={"upload": numbers, "wish": "draft"})
    assert done.text.count("revision") == 2
    assert sum(read) < len(raw), "of what is taken no other part is read"
    assert "Биздин борбор жабылат." in "".join(desk.place.revisions())


@on_both
def test_who_has_too_much_that_waits_is_told_so_and_loses_nothing(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kanat = desk.signed_in("kanat")
    sent = package(kanat, language="ky", kind="news", form="po")
    monkeypatch.setattr(uploads, "MOST_BYTES", len(sent[f"{FOLDER}/ky.po"]) + 10)
    one = f"/desk/{FOLDER}/ky/files"
    assert back(kanat, sent[f"{FOLDER}/ky.po"], "mine.po", at=one).status_code == 303
    refused = back(kanat, sent[f"{OTHER}/ky.po"], "other.po", at=f"/desk/{OTHER}/ky/files")
    assert (refused.status_code, f"mine.po, of {FOLDER} in" in refused.text) == (409, True), refused.text
    assert back(kanat, zipped({"other.po": sent[f"{OTHER}/ky.po"]})).status_code == 409
    assert "mine.po" in kanat.get(one).text


def test_nobody_takes_in_what_others_sent_or_what_is_not_theirs_to_write(desk: TestDesk) -> None:
    kanat, rustam, aigul = (desk.signed_in(name) for name in ("kanat", "rustam", "aigul"))
    shown = back(kanat, zipped(package(kanat, language="ky", kind="news", form="po")))
    numbers = re.findall(r'name="upload" value="(\d+)"', shown.text)
    assert rustam.post(f"{AT}/take", data={"upload": numbers, "wish": "draft"}).status_code == 404
    before = desk.place.revisions()
    raw = zipped({"ky.po": package(aigul, language="ky", kind="news", form="po")[f"{FOLDER}/ky.po"]})
    numbers = re.findall(r'name="upload" value="(\d+)"', back(aigul, raw).text)
    assert "not taken" in aigul.post(f"{AT}/take", data={"upload": numbers, "wish": "draft"}).text
    assert desk.place.revisions() == before


def test_files_of_one_name_and_text_are_all_kept_and_their_words_all_stand_in_it(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    raw = package(kanat, language="ky", kind="news", form="po")[f"{FOLDER}/ky.po"]
    parts = {"anna": ("Борбор иштейт", "Борбор дайыма иштейт"), "berik": ("Баары чакырылган", "Баарыңар келгиле")}
    files = {f"{who}/ky.po": raw.replace(old.encode(), new.encode()) for who, (old, new) in parts.items()}
    numbers = re.findall(r'name="upload" value="(\d+)"', back(kanat, zipped(files)).text)
    assert len(set(numbers)) == 2
    done = kanat.post(f"{AT}/take", data={"upload": numbers, "wish": "translated"})
    assert done.status_code == 200
    assert all(new in (desk.place.stand("ky")[1] or "") for _, new in parts.values())
    assert desk.place.stand("ky")[0] in {"draft", "in review"}
