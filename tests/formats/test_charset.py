import pytest

from app.domain.errors import BadText
from app.formats.charset import declared_charset, decode, encode

CATALOGUE = """\
msgid ""
msgstr ""
"Language: xx\\n"
"Content-Type: text/plain; charset={}\\n"

msgid "a"
msgstr "{}"
"""


def catalogue(charset: str, words: str = "Новости") -> str:
    return CATALOGUE.format(charset, words)


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("UTF-8", "Новости"),
        ("utf-8", "Новости"),
        ("CP1251", "Новости"),
        ("windows-1251", "Новости"),
        ("KOI8-R", "Новости"),
        ("KOI8-T", "Хабарҳо"),
        ("ISO-8859-1", "Actualités"),
        ("ISO-8859-9", "Şey"),
        ("EUC-JP", "ニュース"),
    ],
)
def test_a_true_header_is_believed_and_the_bytes_come_back(charset: str, words: str) -> None:
    text = catalogue(charset, words)
    raw = text.encode(charset)
    assert decode(raw, path="x.po") == text
    assert encode(text, path="x.po") == raw


@pytest.mark.parametrize("charset", ["CHARSET", "ASCII", "US-ASCII"])
def test_a_header_that_leaves_the_charset_open_means_utf_8(charset: str) -> None:
    assert decode(catalogue(charset).encode(), path="x.po") == catalogue(charset)


def test_a_byte_order_mark_and_line_ends_are_kept() -> None:
    text = "\ufeff" + catalogue("UTF-8").replace("\n", "\r\n")
    assert decode(text.encode(), path="x.po") == text
    assert encode(text, path="x.po") == text.encode()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (catalogue("UTF-8").encode("cp1251"), "x.po:7: a byte that is not utf-8"),
        (catalogue("KOI8-R").encode(), "x.po:4: the header says koi8-r, and the text is in UTF-8"),
        (catalogue("ISO-8859-5", "“Новости”").encode("cp1251"), "x.po:7: a byte that is no letter in iso-8859-5"),
        (catalogue("EUC-JP").encode("koi8-r")[:-4] + b'\xff"\n', "x.po:7: a byte that is not euc-jp"),
        (catalogue("KLINGON").encode(), "x.po:4: the charset 'klingon' is not one that gettext knows"),
        (catalogue("rot13").encode(), "x.po:4: the charset 'rot13' is not one that gettext knows"),
        (catalogue("idna").encode(), "x.po:4: the charset 'idna' is not one that gettext knows"),
        (catalogue("UTF-16").encode(), "x.po:4: the charset 'utf-16' is not one that gettext knows"),
        (catalogue("UTF-8").encode("utf-16"), "x.po:1: a NUL byte"),
        (b"\0" + catalogue("UTF-8").encode(), "x.po:1: a NUL byte"),
        (catalogue("UTF-8", "\ufdd0").encode(), "x.po:7: the noncharacter U+FDD0"),
        (b" " * (10 * 1024 * 1024 + 1), "x.po:0: larger than 10 MB"),
    ],
)
def test_bytes_that_are_not_what_the_header_says_are_refused_with_the_line(raw: bytes, problem: str) -> None:
    with pytest.raises(BadText) as refusal:
        decode(raw, path="x.po")
    assert str(refusal.value).startswith(problem)


@pytest.mark.parametrize("field", ["Content-Type: \\n", "Content-Type: charset\\n", "X: \\n"])
@pytest.mark.parametrize("first", ["Content-Type: text/plain; charset=KOI8-R\\n", "Language: xx\\n"])
def test_a_header_of_thousands_of_fields_in_one_line_is_read_once(first: str, field: str) -> None:
    """Tried again from each of its fields, the line would take the square of their number: a quarter of a minute."""
    raw = f'msgid ""\nmsgstr "{first}{field * (64_000 // len(field))}"\n'.encode()
    for _ in range(50):
        assert encode(decode(raw, path="x.po"), path="x.po") == raw
    assert declared_charset(raw.decode()) == ("koi8-r" if "KOI8-R" in first else "utf-8")


@pytest.mark.parametrize(
    ("line", "charset"),
    [
        (r"Language: xx\nContent-Type: text/plain; charset=KOI8-R\nX: y\n", "koi8-r"),
        (r"Content-Type: text/plain; charset=KOI8-R\nContent-Type: text/plain; charset=CP1251\n", "koi8-r"),
        (r"X: the \"best\"\nContent-Type: text/plain; charset=KOI8-R\n", "koi8-r"),
        (r"X: a\\nContent-Type: text/plain; charset=KOI8-R\n", "utf-8"),
        (r"X: Content-Type: text/plain; charset=KOI8-R\n", "utf-8"),
        (r"Content-Type: text/plain\nX: charset=KOI8-R\n", "utf-8"),
    ],
)
def test_the_first_content_type_of_a_header_says_the_charset(line: str, charset: str) -> None:
    assert declared_charset(f'msgid ""\nmsgstr "{line}"\n') == charset


def test_a_letter_that_the_file_s_charset_lacks_goes_out_in_utf_8_which_the_header_then_names() -> None:
    raw = encode(catalogue("CP1251", "Хабар ғана"), path="x.po")
    assert decode(raw, path="x.po") == catalogue("UTF-8", "Хабар ғана")


def test_a_nul_byte_costs_the_line_it_stands_in_and_is_written_back() -> None:
    raw = catalogue("CP1251", "Нов\0ости").encode("cp1251")
    text = decode(raw, path="x.po")
    assert "\0" not in text
    assert encode(text, path="x.po") == raw
