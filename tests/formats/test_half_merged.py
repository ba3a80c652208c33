"""A merge that was left half done is found, and words that only look a little like one are left in peace."""

from hypothesis import given
from hypothesis import strategies as st

from app.formats.half_merged import half_merged

CONFLICT = "Before\n<<<<<<< HEAD\nOurs\n=======\nTheirs\n>>>>>>> theirs\nAfter\n"


def test_the_line_is_told_at_which_it_begins() -> None:
    assert half_merged(CONFLICT) == 2
    assert half_merged(CONFLICT.replace("\n", "\r\n")) == 2
    assert half_merged("<<<<<<< never ended\n" + CONFLICT) == 3, "the one that is whole"
    assert half_merged(CONFLICT.replace("=======", "||||||| base\nBase\n=======")) == 2, "diff3 shows the base too"


def test_headings_quotations_and_marks_in_a_line_are_words() -> None:
    for text in (
        "Heading\n=======\n", ">>>>>>> a deep quotation\n", "a <<<<<<< b\n=======\n>>>>>>> c\n",
        "<<<<<<< HEAD\n=======\n", ">>>>>>> c\n=======\n<<<<<<< a\n", "<<<<<<<HEAD\n=======\n>>>>>>> c\n",
    ):  # fmt: skip
        assert half_merged(text) is None, text


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_stands_in_and_around_it(before: str, ours: str, theirs: str, after: str) -> None:
    text = f"{before}\n<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> theirs\n{after}"
    line = half_merged(text)
    assert line is not None
    assert text.split("\n")[line - 1].startswith("<<<<<<< ")
