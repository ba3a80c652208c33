"""Whatever is sent in place of what a page of the editor sends is refused with reasons, and is no error of ours."""

import json
from collections.abc import Iterator, Mapping
from typing import Final

import pytest
from flask.testing import FlaskClient

from tests.desk import TestDesk
from tests.trees import FOLDER, Place, article

AT = f"/desk/{FOLDER}/ky/translate"
EN = article("Opening", "The centre opens.", slug="opening")
LONG, LONE = "ы" * 10_000, "\\ud800"
SERIAL = 1764385200123


def office(place: Place) -> None:
    place.item(en=EN, ky=EN.replace("opening", "achylysh").replace("published", "draft"))
    place.sync()


def segment(**more: object) -> dict[str, object]:
    return {"key": "title", "serial": SERIAL, "typed": {"forms": ["Ачылыш"]}, **more}


def body(*segments: object, **more: object) -> str:
    return json.dumps({"account": "kanat", "tab": "one", "revision": 1, "segments": segments, **more})


BODIES: Final[Mapping[str, str]] = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "null": "null",
    "deep": "[" * 100_000 + "]" * 100_000,
    "deep in a field": '{"segments": ' + '{"a":' * 50_000 + "1" + "}" * 50_001,
    "a NUL in a key": body(segment(key="a\0b")),
    "a NUL in a tab": body(segment(), tab="a\0b"),
    "a NUL in words": body(segment(typed={"forms": ["a\0b"]})),
    "a NUL in an account": body(segment(), account="kanat\0"),
    "a NUL in a source": body(segment(), source="e\0n"),
    "a lone surrogate in a key": body(segment(key="KEY")).replace("KEY", LONE),
    "a lone surrogate in words": body(segment(typed={"forms": ["WORDS"]})).replace("WORDS", LONE),
    "a lone surrogate in a tab": body(segment(), tab="TAB").replace("TAB", LONE),
    "a long key": body(segment(key=LONG)),
    "a longer key": body(segment(key=LONG * 3)),
    "a long tab": body(segment(), tab=LONG),
    "a long source": body(segment(), source="e" * 35),
    "no language": body(segment(), source="../../x", source_revision=1),
    "no key": body(segment(key="")),
    "a negative serial": body(segment(serial=-1)),
    "a huge serial": body(segment(serial=10**30)),
    "a number that is none": body(segment()).replace(str(SERIAL), "NaN"),
    "a fraction": body(segment(serial=1.5)),
    "a negative base": body(segment(), revision=-1),
    "a base beyond any row": body(segment(), revision=2**31),
    "a base that there is not": body(segment(), revision=2**31 - 1, source_revision=2**31 - 1, source="en"),
    "no forms": body(segment(typed={"forms": []})),
    "a thousand forms": body(segment(typed={"forms": ["x"] * 1000})),
    "a whole book": body(segment(typed={"forms": ["ы" * 200_001]})),
    "an origin that there is not": body(segment(typed={"forms": ["x"], "origin": "robot"})),
    "the number of pages of before": body(segment(seen=5)),
    "more windows than anybody has": body(segment(seen={f"t{number}": 1 for number in range(1000)})),
    "a window without a name": body(segment(seen={"": 1})),
    "a NUL in another window": body(segment(seen={"a\0b": 1})),
    "a window of a negative number": body(segment(seen={"other": -1})),
    "words of tomorrow in another window": body(segment(seen={"other": 2**53})),
    "ten thousand segments": body(*(segment(key=f"p{number}", serial=number) for number in range(10_000))),
}

WAYS = ("typed", "fold", "drop")
KEYS = (LONG * 3, "a\0b", "", "\U0010ffff", "' OR 1=1 --")


def reasons(client: FlaskClient, way: str, said: str) -> tuple[int, bool]:
    answer = client.post(f"{AT}/{way}", data=said, content_type="application/json")
    return answer.status_code, answer.status_code < 300 or bool(answer.get_json()["reasons"])


@pytest.mark.parametrize("way", WAYS)
def test_no_body_is_an_error_of_ours_and_what_is_refused_has_reasons(desk: TestDesk, way: str) -> None:
    kanat = desk.signed_in("kanat")
    for what, said in BODIES.items():
        status, told = reasons(kanat, way, said)
        assert (200 <= status < 500, told) == (True, True), (what, status)
    assert reasons(kanat, "fold", "")[0] < 500, "what was kept is folded, or refused with a reason"
    assert kanat.get(AT).status_code == 200


def test_a_segment_that_is_too_large_keeps_no_other_from_being_kept(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    said = body(segment(typed={"forms": ["ы" * 200_001]}), segment(key="title", serial=SERIAL + 1))
    answer = kanat.post(f"{AT}/typed", data=said, content_type="application/json")
    assert (answer.status_code, answer.get_json()["kept"]) == (413, [SERIAL + 1])


def test_what_is_too_large_or_no_json_is_refused_before_it_is_read(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    assert reasons(kanat, "typed", body(segment(typed={"forms": ["x" * 4_500_000]}))) == (413, True)
    for content_type in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "x/\udc80y"):
        answer = kanat.post(f"{AT}/typed", data=b"\xff\xfe{", content_type=content_type)
        assert answer.status_code in {200, 400}, content_type
    for field in ("said", "csrf_token"):
        assert kanat.post(f"{AT}/typed", data={field: "{"}).status_code in {200, 400}


def test_no_made_up_address_or_query_of_these_is_an_error_of_ours(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    for way in ("present", "aside", "token", ""):
        for key in KEYS:
            for number in ("-1", "9" * 400):
                asked = {"at": key, "tab": key, "revision": number, "base": number, "source": key[:40], "q": key[:200]}
                answer = kanat.get(f"{AT}/{way}".rstrip("/"), query_string=asked)
                assert answer.status_code < 500, (way, key[:20], number)
        assert kanat.get(f"{AT}/{way}?at=%ED%A0%80&tab=%ED%A0%80&q=%ED%A0%80").status_code < 500, way
    for locale in ("xx", "zxx", "ky-Latn-KG-x-a", "k" * 400, "%F0%9F%98%80", "a%00b", "."):
        for way in WAYS:
            answer = kanat.post(AT.replace("/ky/", f"/{locale}/") + f"/{way}", data=body(segment()))
            assert 400 <= answer.status_code < 500, (locale, way)


def forms() -> Iterator[dict[str, str]]:
    for key in KEYS:
        yield {"at": key, "say": "Which one?", "to": "author"}
        yield {"at": key, "finding": f"stop {'a' * 64}", f"reason {'a' * 64}": "It is a title."}
    for number in ("-1", str(2**31), "9" * 400):
        yield {"at": "title", "settle": number}
        yield {"at": "title", "finding": f"stop {number * 64}"[:69], f"reason {number * 64}"[:71]: LONG}


def test_nothing_that_is_said_under_a_segment_is_an_error_of_ours(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    for said in forms():
        answer = kanat.post(f"{AT}/{'dismiss' if 'finding' in said else 'talk'}", data=said)
        assert answer.status_code < 500, {name: value[:20] for name, value in said.items()}


def test_talk_and_dismissals_are_about_a_segment_that_the_text_has(desk: TestDesk) -> None:
    kanat = desk.signed_in("kanat")
    for key in ("no such segment", "", "title\u200b"):
        assert kanat.post(f"{AT}/talk", data={"at": key, "say": "Words", "to": "here"}).status_code == 404, key
        said = {"at": key, "finding": f"stop {'a' * 64}", f"reason {'a' * 64}": "why"}
        assert kanat.post(f"{AT}/dismiss", data=said).status_code == 404, key
