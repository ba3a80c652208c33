"""What is left of a rendered body without its markup."""

from app.formats.plain_text import plain_text
from app.formats.render import render


def test_blocks_are_lines_and_words_inside_a_block_stay_together() -> None:
    body = (
        "## Head\n\nA **bold**ness and [a link](https://example.org/).\nStill.\n\n- one\n- two\n\n|a|b|\n|-|-|\n|c|d|\n"
    )
    assert plain_text(render(body)).split("\n") == [
        "Head", "A boldness and a link. Still.", "one", "two", "a", "b", "c", "d",
    ]  # fmt: skip


def test_characters_are_as_they_are_read_and_what_was_typed_as_html_is_words() -> None:
    assert plain_text(render("1 < 2 & 3 &copy; `<b>` <script>alert(1)</script>")) == (
        "1 < 2 & 3 © <b> <script>alert(1)</script>"
    )


def test_what_a_photo_shows_is_no_word_of_the_text() -> None:
    assert plain_text('<p>Before <img src="/media/x.webp" alt="alt words" title="t"> after</p>') == "Before after"


def test_nothing_is_nothing() -> None:
    assert plain_text("") == ""
