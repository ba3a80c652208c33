import pytest

from app.web.codings import Coding
from app.web.shelf import UNTIL, Page, Shelf

TAG = 'W/"abc"'
NOW = (UNTIL, "@2")
BODY = b"<p>the same words again and again</p>" * 50


def page(body: bytes = BODY, *more: tuple[str, str]) -> Page:
    headers = [("Content-Type", "text/html; charset=utf-8"), ("ETag", TAG), ("Content-Length", str(len(body)))]
    return Page([*headers, *more], body)


def found(shelf: Shelf, *names: str) -> list[str]:
    return [name for name in names if shelf.take(name) is not None]


def test_pages_not_asked_for_longest_make_room() -> None:
    shelf = Shelf(2, 1 << 20)
    shelf.put("a", page())
    shelf.put("b", page())
    assert shelf.take("a") is not None
    shelf.put("c", page())
    assert found(shelf, "a", "b", "c") == ["a", "c"]


def test_many_bytes_make_room_as_many_pages_do() -> None:
    one = page(b"x" * 50_000)
    shelf = Shelf(1000, 20 * one.weight)
    for number in range(25):
        shelf.put(number, page(b"x" * 50_000))
    assert [shelf.take(number) is not None for number in range(25)] == [False] * 5 + [True] * 20


def test_a_page_that_was_compressed_since_is_weighed_anew() -> None:
    shelf, pages = Shelf(1000, 20 * page().weight), [page() for _ in range(20)]
    for number, one in enumerate(pages):
        shelf.put(number, one)
    assert pages[0].prepare("br")
    shelf.put(0, pages[0])
    assert shelf.take(1) is None
    assert shelf.take(0) is pages[0]


def test_a_page_too_large_for_the_shelf_pushes_out_none() -> None:
    shelf = Shelf(1000, 100_000)
    shelf.put("small", page())
    shelf.put("large", page(b"x" * 20_000))
    assert found(shelf, "small", "large") == ["small"]


@pytest.mark.parametrize("held", [TAG, '"abc"', '"x", W/"y", W/"abc"', "*", ' "abc" '])
def test_who_holds_the_page_is_told_so_however_it_is_named(held: str) -> None:
    assert answered(page(), HTTP_IF_NONE_MATCH=held)[0] == "304 NOT MODIFIED"


@pytest.mark.parametrize("held", ["", 'W/"abcd"', '"W/abc"', '"ab", "c"', "W/"])
def test_who_holds_another_page_gets_this_one(held: str) -> None:
    assert answered(page(), HTTP_IF_NONE_MATCH=held)[0] == "200 OK"


def test_a_held_page_is_named_without_what_concerns_its_bytes() -> None:
    status, headers, body = answered(page(), HTTP_IF_NONE_MATCH=TAG)
    assert (status, headers, body) == ("304 NOT MODIFIED", [("ETag", TAG)], b"")


def test_head_says_of_the_bytes_what_get_would_and_sends_none() -> None:
    one = page()
    assert one.prepare("gzip")
    got, told = (answered(one, REQUEST_METHOD=method, HTTP_ACCEPT_ENCODING="gzip") for method in ("GET", "HEAD"))
    assert told == (*got[:2], b"")
    assert ("Content-Encoding", Coding.GZIP.value) in told[1]


def test_of_until_when_it_may_be_kept_a_page_says_what_is_so_now() -> None:
    """And nothing where it said nothing when it was made."""
    dated = page(BODY, (UNTIL, "@1"))
    for held in ("", TAG):
        assert [field for field in answered(dated, HTTP_IF_NONE_MATCH=held)[1] if field[0] == UNTIL] == [NOW]
        assert NOW not in answered(page(), HTTP_IF_NONE_MATCH=held)[1]


def answered(one: Page, **environ: str) -> tuple[str, list[tuple[str, str]], bytes]:
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _error: object = None, /) -> object:
        said.append((status, headers))
        return lambda _: None

    body = b"".join(one.answer({"REQUEST_METHOD": "GET", **environ}, start, NOW))  # type: ignore[arg-type]  # it is called so
    return *said[0], body
