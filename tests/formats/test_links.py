"""A link leads where its letters say, or nowhere; and a reader who may be misled by its words is told where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.links import Lead, lead, told
from app.formats.signs import first_sign, plainly
from app.formats.unshown import may_hide


@pytest.mark.parametrize(
    ("address", "href", "hosts"),
    [
        ("https://bank.kz", "https://bank.kz", ("bank.kz",)),
        ("HTTPS://Bank.KZ:443/A?b#c", "HTTPS://bank.kz:443/A?b#c", ("bank.kz",)),
        ("https://bank.kz./a", "https://bank.kz/a", ("bank.kz",)),
        ("https://МинЗдрав.рф/a", "https://xn--80aeelexi0a.xn--p1ai/a", ("xn--80aeelexi0a.xn--p1ai",)),
        ("https://xn--j0aj5diiw9a0a.xn--p1ai", "https://xn--80aeelexi0a.xn--p1ai", ("xn--80aeelexi0a.xn--p1ai",)),
        ("https://ｂank。kz", "https://bank.kz", ("bank.kz",)),
        ("https://straße.example", "https://xn--strae-oqa.example", ("xn--strae-oqa.example",)),
        ("https://a_b.livejournal.com", "https://a_b.livejournal.com", ("a_b.livejournal.com",)),
        ("http://[::0001]:80/", "http://[::1]:80/", ("[::1]",)),
        ("mailto:a@bank.kz,b@МинЗдрав.рф?cc=c@d", "mailto:a@bank.kz,b@xn--80aeelexi0a.xn--p1ai?cc=c@d",
         ("bank.kz", "xn--80aeelexi0a.xn--p1ai")),
        ("mailto:?subject=a", "mailto:?subject=a", ()),
        ("tel:+77272", "tel:+77272", ()),
        ("/en/news/x", "/en/news/x", ()),
        ("#a", "#a", ()),
    ],
)  # fmt: skip
def test_a_link_leads_to_a_host_in_the_letters_of_the_dns(address: str, href: str, hosts: tuple[str, ...]) -> None:
    assert lead(address) == Lead(href, hosts)


@pytest.mark.parametrize(
    "address",
    [
        "https://bank.kz@evil.example", "https://bank.kz:443@evil.example/", "https://@evil.example", "https://a:b@c",
        "https://%65vil.example", "https:///evil.example", "https://", "https://.", "https://a..b",
        "https:/evil.example", "https:evil.example", "https:\\\\evil.example", "https://a\\.evil.example", "https://bank.kz:x",
        "https://[::1",
        "https://[1]", "https://[::1]x", "https://evil|.example", "https://a\u2028b", "https://ba\u00adnk.kz\u0338@x",
        "https://" + "a" * 64 + ".kz", "https://" + "a." * 130 + "kz", "https://xn--\u0430.kz\u3000", "mailto:a@b@%00",
        "//evil.example", "/\\evil.example", "javascript:alert(1)", "data:text/html,x", " https://a.kz", "x", "",
    ],
)  # fmt: skip
def test_a_link_of_which_one_cannot_say_where_it_leads_leads_nowhere(address: str) -> None:
    assert lead(address) is None


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("bank.kz", "https://evil.example"), ("https://bank.kz/login", "https://bank.kz.evil.example"),
        ("BANK.KZ", "https://bank.example"), ("our site www.bank.kz, open", "https://evil.example"),
        ("bank。kz", "https://evil.example"), ("bank․kz", "https://evil.example"), ("ba\u200bnk.kz", "https://evil.example"),
        ("b\u0336ank.kz", "https://evil.example"), ("bаnk.kz", "https://bank.kz"), ("bank.kz", "https://bаnk.kz"),
        ("раураl.сом", "https://evil.example"), ("минздрав.рф", "https://minzdrav.example"), ("bank.kz", "https://bank.kz.evil"),
        ("https://bank.kz@evil.example", "https://evil.example"), ("a@bank.kz", "mailto:a@evil.example"),
        ("a@bank.kz", "mailto:a@bank.kz,b@evil.example"), ("xn--bnk-6cd.kz", "https://bank.kz"),
        ("Kaspi.Bank", "https://evil.example"), ("Egov.Online", "https://evil.example"),
        ("bank.kz", "https://[::1]/"), ("bank.kz", "http://2130706433/"), ("(bank.kz)", "https://evil.example/bank.kz"),
    ],
)  # fmt: skip
def test_words_that_name_another_host_are_not_believed(words: str, address: str) -> None:
    link = lead(address)
    assert link is not None
    assert told(link, words) == ", ".join(link.hosts) != ""


@pytest.mark.parametrize(
    "address",
    [
        "https://аррӏе.com", "https://раураӏ.com", "https://bаnk.kz", "https://www.bаnk.kz", "https://gооgle.рф", "https://bıg.kz",
        "https://ɡoogle.com", "https://türkmen.tm", "https://οοο.gr", "https://あ.jp", "https://xn--a-bcd.kz", "https://б\u0301.рф",
        "https://а1-2.com",
    ],
)  # fmt: skip
def test_a_host_whose_letters_can_be_taken_for_others_is_shown_in_those_of_the_dns(address: str) -> None:
    link = lead(address)
    assert link is not None
    assert told(link, "our site").startswith(("xn--", "www.xn--"))


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("bank.kz", "https://bank.kz/a"), ("www.bank.kz/a", "https://bank.kz"), ("Bank.kz", "https://www.bank.kz"),
        ("https://bank.kz/?u=https://x.kz&v=y.kz", "https://bank.kz/?u=https://x.kz&v=y.kz"), ("our bank", "https://bank.kz"),
        ("report.pdf", "https://bank.kz"), ("Sh.Mirziyoyev", "https://president.uz"), ("г.Алматы, т.е. 2.5", "https://a.kz"),
        ("Mr.Smith", "https://a.kz"), ("v1.2.3", "https://a.kz"), ("1.2.3.4", "https://a.kz"),
        ("минздрав.рф", "https://МИНЗДРАВ.рф"), ("қаз", "https://қазақстан.kz"), ("x", "https://ооо.рф"),
        ("x", "https://مثال.ایران"),
        ("press@bank.kz", "mailto:press@bank.kz?subject=x.kz"), ("bank.kz", "/en/"), ("bank.kz", "#bank.kz"),
        ("http://[::1]/", "http://[::1]/"), ("новости/bank.kz", "https://x.kz"),
    ],
)  # fmt: skip
def test_an_honest_link_is_left_as_it_is(words: str, address: str) -> None:
    link = lead(address)
    assert link is not None
    assert told(link, words) == ""


@given(st.text(), st.text())
def test_whatever_is_written_a_link_leads_to_ascii_and_again_to_the_same_place(rest: str, words: str) -> None:
    link = lead(f"https://{rest}")
    if link is not None:
        (host,) = link.hosts
        assert host.isascii()
        assert link.href.startswith(f"https://{host}")
        assert lead(link.href) == link
        assert told(link, words) in {"", host}


@pytest.mark.parametrize(
    "unit", ["a.", "a-", "aaaa", "a\u0300", "xn--", "\u0430.", "://", ".", "@", "[a.a", "](", "a.a](", "[\n."]
)
def test_words_that_are_made_to_be_looked_at_again_and_again_are_looked_at_once(unit: str) -> None:
    """In the square of their number these would take hours."""
    words = unit * (400_000 // len(unit))
    link = lead("https://bank.kz")
    assert link is not None
    assert told(link, words) in {"", "bank.kz"}
    assert lead(f"https://{words}") is None
    assert may_hide(words.encode()) in {True, False}


def test_signs_that_turn_or_hide_letters_go_and_what_persian_and_flags_need_stays() -> None:
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    kept = f"a\u200e\u200f\u061c\u200c\u200d\u00ad{scotland}"
    assert (plainly(kept), first_sign(kept)) == (kept, "")
    for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\ufeff\ufffa\U000e0041":
        assert plainly(f"{scotland}a{sign}b") == f"{scotland}ab"
        assert first_sign(f"{scotland}a{sign}b") == f"U+{ord(sign):04X}"
