"""Machines are asked in their own protocols; whatever they say instead of an answer is told in words, without keys."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from app.config import MachineService
from app.domain.segments import Tag
from app.worker.interpreter import MACHINES
from app.worker.machine import MachineError
from app.worker.machine_line import LARGEST
from tests.machines import KEY, FakeMachine, machine, silence

EN, KY, PT = Tag("en"), Tag("ky"), Tag("pt-BR")


@pytest.fixture(params=["libretranslate", "deepl"])
def fake(request: pytest.FixtureRequest) -> Iterator[FakeMachine]:
    with machine(request.param) as fake:
        yield fake


def translated(service: MachineService, texts: Sequence[str] = ("One", "Two"), target: Tag = KY) -> list[str]:
    return MACHINES[service.protocol](service).translate(texts, EN, target)


def refusal(service: MachineService) -> MachineError:
    with pytest.raises(MachineError) as caught:
        translated(service)
    assert KEY not in repr(caught.value) + str(caught.value.__cause__)
    return caught.value


def test_texts_come_back_in_their_order_whatever_letters_and_signs_they_hold(fake: FakeMachine) -> None:
    fake.words = lambda text: text[::-1]
    texts = ["<b>A & B</b>", "Кыргызча “сөз” 🐎", 'a "quoted"\nline']
    assert translated(fake.service(), texts) == [text[::-1] for text in texts]
    assert fake.texts() == texts


def test_libretranslate_is_asked_as_it_wants_to_be_and_given_a_key_only_if_there_is_one() -> None:
    with machine() as fake:
        translated(fake.service())
        translated(fake.service(key=""))
        said = {"q": ["One", "Two"], "source": "en", "target": "ky", "format": "text"}
        assert fake.asked == [{**said, "api_key": KEY}, said]
        assert fake.paths == ["/translate"] * 2


def test_deepl_is_asked_as_it_wants_to_be_and_its_key_stands_in_a_header_alone() -> None:
    with machine("deepl") as fake:
        translated(fake.service(), target=PT)
        assert fake.asked == [{"text": ["One", "Two"], "source_lang": "EN", "target_lang": "PT-BR"}]
        assert (fake.paths, fake.keys) == (["/v2/translate"], [f"DeepL-Auth-Key {KEY}"])


def test_a_pair_that_it_does_not_speak_is_not_even_asked_for(fake: FakeMachine) -> None:
    known = MACHINES[fake.protocol](fake.service())
    known.languages()
    assert known.translate(["One"], EN, KY) == ["Мына One"]
    with pytest.raises(MachineError, match="does not translate from en into tk") as caught:
        known.translate(["One"], EN, Tag("tk"))
    assert (caught.value.for_good, len(fake.asked)) == (True, 1)


def test_a_server_that_does_not_say_which_pairs_it_knows_is_taken_to_know_all_of_its_languages() -> None:
    with machine() as fake:
        fake.instead = (200, b'[{"code": "en", "name": "English"}, {"code": "ky"}]')
        assert MACHINES["libretranslate"](fake.service()).languages() == {"en": ("en", "ky"), "ky": ("en", "ky")}


@pytest.mark.parametrize("protocol", MACHINES)
def test_who_never_answers_is_given_up(protocol: str) -> None:
    with silence(protocol) as service:
        error = refusal(service)
    assert (str(error), error.for_good) == ("the machine does not answer", False)


def test_nobody_there_is_no_answer_either(fake: FakeMachine) -> None:
    error = refusal(fake.service(port=1))
    assert (str(error), error.for_good) == ("the machine does not answer", False)


@pytest.mark.parametrize(
    ("status", "words", "for_good"),
    [
        (301, "answered with error 301", True),
        (400, "refuses this text, or its language", True),
        (401, "does not accept our key", True),
        (403, "does not accept our key", True),
        (404, "answered with error 404", True),
        (413, "too long", True),
        (429, "asked too often", False),
        (456, "used up", True),
        (500, "answered with error 500", False),
        (503, "answered with error 503", False),
    ],
)
def test_errors_are_told_in_words_and_those_that_may_pass_are_tried_again(
    fake: FakeMachine, status: int, words: str, for_good: bool
) -> None:
    fake.instead, fake.headers = (status, b'{"error": "' + KEY.encode() + b'"}'), {"Retry-After": "90"}
    error = refusal(fake.service())
    assert words in str(error)
    assert error.for_good is for_good
    assert error.wait == (timedelta(seconds=90) if status in {429, 500, 503} else error.wait)


def test_a_redirect_is_not_followed(fake: FakeMachine) -> None:
    with machine() as elsewhere:
        fake.instead, fake.headers = (302, b""), {"Location": elsewhere.service().address + "/translate"}
        assert refusal(fake.service()).for_good
        assert elsewhere.paths == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"\xff\xfe", b"null", b"[]", b"{}", b"[" * 100_000,
        b'{"translatedText": "One"}', b'{"translatedText": ["a", 2]}', b'{"translatedText": ["a"]}',
        b'{"translations": {"text": "a"}}', b'{"translations": [{"text": "a"}, {"words": "b"}]}',
        b'{"translations": [{"text": "a"}, {"text": "b"}, {"text": "c"}]}',
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_or_number_is_none(fake: FakeMachine, body: bytes) -> None:
    fake.instead = (200, body)
    error = refusal(fake.service())
    assert (str(error), error.for_good) == ("the machine's answer cannot be understood", False)


def test_an_answer_without_end_is_not_read(fake: FakeMachine) -> None:
    fake.instead = (200, b" " * (LARGEST + 1))
    assert str(refusal(fake.service())) == "the machine's answer is too large"


def test_an_answer_that_is_cut_off_is_none(fake: FakeMachine) -> None:
    fake.instead, fake.headers = (200, b'{"translatedText": ["a'), {"Content-Length": "100"}
    assert "the machine" in str(refusal(fake.service(timeout=0.2)))
