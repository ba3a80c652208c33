import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadText
from app.domain.segments import Tag
from app.domain.site import Site
from app.domain.translations import Role
from app.domain.web_address import web_address
from app.formats.site_toml import read_site

EN, RU = Tag("en"), Tag("ru")

SITE = """name = "CARICC"
seat = { city = "Almaty", zone = "Asia/Almaty" }
countries = ["AZ", "KG"]
default = "en"
[locales]
en = ["ru"]
ru = []
uz-Cyrl = ["ru", "en"]
[tree]
roles = ["author"]
four-eyes = true
"""


def test_the_settings_of_a_site_are_read_in_the_order_of_the_switch() -> None:
    read = read_site(SITE, path="site.toml")
    assert read.warnings == ()
    assert read.site == Site(
        name="CARICC",
        city="Almaty",
        zone=ZoneInfo("Asia/Almaty"),
        countries=("AZ", "KG"),
        default=Tag("en"),
        locales={EN: (RU,), RU: (), Tag("uz-Cyrl"): (RU, EN)},
        tree_roles=frozenset({Role.AUTHOR}),
        tree_four_eyes=True,
    )
    assert list(read.site.locales) == ["en", "ru", "uz-Cyrl"]


def test_the_settings_that_come_with_the_product_can_be_read() -> None:
    text = Path("content/site.toml").read_text(encoding="utf-8")
    assert read_site(text, path="content/site.toml").warnings == ()


def test_a_misspelt_key_of_the_settings_is_told_with_the_one_that_was_meant() -> None:
    read = read_site("adress = 1\n" + SITE + "Role = []\n", path="site.toml")
    assert [warning.reason for warning in read.warnings] == [
        "has the unknown key 'adress', which is kept as it is; did you mean `address`?",
        "has the unknown key 'tree.Role', which is kept as it is; did you mean `roles`?",
    ]


def test_unknown_keys_are_warned_of_with_their_lines() -> None:
    read = read_site("colour = 1\n" + SITE + "[tree.more]\n[other]\nx = 1\n", path="site.toml")
    assert [(warning.line, warning.reason) for warning in read.warnings] == [
        (1, "has the unknown key 'colour', which is kept as it is"),
        (13, "has the unknown key 'tree.more', which is kept as it is"),
        (14, "has the unknown key 'other', which is kept as it is"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "CARICC"', "", "site.toml:0: name is missing"),
        ('"Asia/Almaty"', '"Asia/Alma-Ata"', "site.toml:2: seat.zone is 'Asia/Alma-Ata', which is no zone"),
        ('"Asia/Almaty"', '"../../etc/passwd"', "site.toml:2: seat.zone is '../../etc/passwd', which is no zone"),
        ('"Asia/Almaty"', '"Asia"', "site.toml:2: seat.zone is 'Asia', which is no zone"),
        ('"AZ"', '"XX"', "site.toml:3: countries has 'XX', which is no country"),
        ("ru = []", "ru = []\nqq = []", "site.toml:8: locales.qq is a language that CLDR does not know"),
        ('"AZ"', '"az"', "site.toml:3: countries has 'az', which is not two capital letters"),
        ('default = "en"', 'default = "kk"', "site.toml:4: default is 'kk', which is not in [locales]"),
        ("ru = []", 'ru = ["kk"]', "site.toml:7: locales.ru falls back to 'kk', which is no other locale"),
        ("ru = []", 'ru = ["ru"]', "site.toml:7: locales.ru falls back to 'ru', which is no other locale"),
        ("uz-Cyrl", "uz_Cyrl", "site.toml:8: locales.uz_Cyrl has not a language tag: 'uz_Cyrl'"),
        ('["author"]', '["boss"]', "site.toml:10: tree.roles has 'boss', which is none of translator"),
        ("four-eyes = true", 'four_eyes = "no"', "site.toml:11: tree.four_eyes has to be true or false"),
        ("[locales]\nen", "[x]\nen", "locales is missing or empty"),
        ("[tree]", "[[tree]]", "tree has to be a table"),
        ("ru = []", "ru = ", "site.toml:7: not TOML"),
        ('default = "en"', 'default = "en"\naddress = "https://x.org"', "site.toml:5: address is what stands on"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_file_line_and_reason(old: str, new: str, expected: str) -> None:
    assert old in SITE
    with pytest.raises(BadText) as refusal:
        read_site(SITE.replace(old, new), path="site.toml")
    assert expected in str(refusal.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://news.example.org", "https://news.example.org"),
        ("HTTPS://News.Example.ORG:443/", "https://news.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:80", "http://localhost"),
        ("https://[2001:DB8::0:1]:8443", "https://[2001:db8::1]:8443"),
        ("https://новости.қаз", "https://xn--b1amnebsh.xn--80ao21a"),
    ],
)
def test_the_address_of_a_site_has_one_spelling(written: str, read: str) -> None:
    assert read_site(f'url = "{written}"\n{SITE}', path="site.toml").site.url == read


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("news.example.org", "does not begin with https:// or http://"),
        ("//news.example.org", "does not begin with"),
        ("ftp://news.example.org", "does not begin with"),
        ("javascript:alert(1)", "does not begin with"),
        ("https://", "has no name of a host"),
        ("https://a b", "has no name of a host"),
        ("https://a..b", "has no name of a host"),
        ("https://a_b.org", "has no name of a host"),
        (f"https://{'a' * 64}.org", "has no name of a host"),
        (f"https://{'a.' * 127}org", "has no name of a host"),
        ("https://ex%61mple.org", "has no name of a host"),
        ("https://example.org/news", "goes on after the name of the host"),
        ("https://example.org?", "goes on after"),
        ("https://example.org#top", "goes on after"),
        ("https://me:secret@example.org", "holds a name or a password"),
        ("https://example.org:0", "cannot be read as an address"),
        ("https://example.org:99999", "cannot be read as an address"),
        ("https://[::1", "cannot be read as an address"),
        ("https://[fe80::g]", ""),  # in the words of Python, or in ours where it lets it pass
        ("https://example\u202e.org", "cannot be read as an address"),
    ],
)
def test_what_is_no_address_of_a_site_is_refused_with_its_line(written: str, reason: str) -> None:
    with pytest.raises(BadText) as refusal:
        read_site(f'{SITE.partition("[locales]")[0]}url = "{written}"\n[locales]\nen = []', path="site.toml")
    (problem,) = refusal.value.problems
    assert (problem.line, problem.reason.startswith("url is ")) == (5, True)
    assert f", which {reason}" in problem.reason


@given(st.text(max_size=40) | st.from_regex(r"https?://[\x21-\x7e]{0,30}", fullmatch=True))
def test_an_address_of_a_site_is_only_a_scheme_a_host_and_a_port(written: str) -> None:
    try:
        address = web_address(written)
    except ValueError:
        return
    assert re.fullmatch(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", address)
    assert web_address(address) == address


@given(st.integers(0, len(SITE)), st.integers(0, 20), st.text(max_size=5))
def test_no_damage_at_all_breaks_the_reader_of_settings(at: int, length: int, typed: str) -> None:
    text = SITE[:at] + typed + SITE[at + length :]
    try:
        read = read_site(text, path="site.toml")
    except BadText:
        return
    assert read.site.default in read.site.locales


def test_a_site_says_how_many_working_days_there_are_and_when_people_are_reminded() -> None:
    read = read_site(
        SITE + "[desk]\ndue-days = 3\nremind-before = 0\nremind-after = 2\nescalate-after = 60\n", path="x"
    )
    site = read.site
    assert read.warnings == ()
    assert (site.due_days, site.remind_before, site.remind_after, site.escalate_after) == (3, 0, 2, 60)
    usual = read_site(SITE, path="x").site
    assert (usual.due_days, usual.remind_before, usual.remind_after, usual.escalate_after) == (2, 1, 1, 3)


@pytest.mark.parametrize("name", ["due-days", "remind-before", "remind-after", "escalate-after"])
@pytest.mark.parametrize("value", ["-1", "61", "1.5", "true", '"two"'])
def test_a_number_of_working_days_that_cannot_be_is_refused_with_its_line(name: str, value: str) -> None:
    with pytest.raises(BadText, match=rf"^x:13: desk.{name} has to be a whole number from 0 to 60$"):
        read_site(f"{SITE}[desk]\n{name} = {value}\n", path="x")
