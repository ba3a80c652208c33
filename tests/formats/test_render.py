import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import EnvType

from app.domain.pages import Picture
from app.formats import render as module
from app.formats.own_media import OwnMedia
from app.formats.render import ALL_MARKS, LIMIT, MARKS, Bind, render
from tests.formats.markdown_texts import BLOCKS

ALLOWED = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "a", "blockquote", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "img", "bdi",
}  # fmt: skip
ATTRIBUTES = {
    ("bdi", "class"),
    ("bdi", "dir"),
    ("a", "href"),
    ("a", "title"),
    ("a", "rel"),
    ("ul", "class"),
    ("ol", "start"),
} | {("img", name) for name in ("src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding")}
NAME = "ab/ab" + "0" * 62
PHOTO, MEMO = f"/media/{NAME}-640.webp", f"/media/{NAME}.pdf"
HALL = Picture(sources=((f"{NAME}-320.webp", 320), (f"{NAME}-640.webp", 640)), width=640, height=480, alt="A hall")
OWN = OwnMedia(
    pictures=dict.fromkeys(("photos/hall.jpg", "photos/зал 1.jpg"), HALL),
    files={"files/memo.ru.pdf": f"{NAME}.pdf"},
)
IMAGE = (
    f'<img src="/media/{NAME}-320.webp" srcset="/media/{NAME}-320.webp 320w, {PHOTO} 640w"'
    ' sizes="(min-width: 48rem) 44rem, 100vw" width="640" height="480" alt="%s" loading="lazy" decoding="async">'
)


def assert_harmless(html: str) -> None:
    """What a browser's parser makes of it holds nothing but the allowlist, and no address that runs."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in list(tree.iter())[1:]:
        assert element.tag in ALLOWED
        if element.tag == "bdi":
            assert element.attrib == {"class": "host", "dir": "ltr"}
            assert re.fullmatch(r"\([a-z0-9:.\[\], _-]+\)", element.text or "")
        for name, value in element.attrib.items():
            assert (element.tag, name) in ATTRIBUTES
            if name == "href":
                assert value.lower().startswith(("http://", "https://", "mailto:", "tel:", "/", "#"))
                assert not value.startswith(("//", "/\\"))
                assert value.lower().startswith("http") == (element.get("rel") == "noopener")
            if name in ("src", "srcset"):
                assert all(one.strip().startswith(f"/media/{NAME}-") for one in value.split(","))


HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt\n>alert(1)</script >",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](/y)',
    '[x](/y "a\\" onmouseover=alert(1) \\"")',
    "[x]\n\n[x]: javascript:alert(1)",
    "[x]\n\n[x]: <javascript:alert(1)> 'y'",
    '<a href="javascript:alert(1)">x</a>',
    '```js" onload="alert(1)\n```',
    "<!-- --!><script>alert(1)</script> -->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<style>@import 'x'</style>",
    "<iframe srcdoc=x>",
    "<math><mi xlink:href=x>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<plaintext>",
    "<base href=//evil>",
    "<form action=//evil><input>",
    "|<script>|\n|-|\n|<img src=x onerror=y>|",
    "— <b onclick=x>y</b>",
    "<?php x ?>",
    "<![CDATA[<script>]]>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\0<script>",
    "<a\0href=javascript:x>",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_nothing_that_a_text_holds_can_run_on_a_page(body: str) -> None:
    assert_harmless(render(body))
    assert_harmless(render(body.replace("/y", "photos/hall.jpg"), OWN))


@given(
    st.lists(st.one_of(st.sampled_from(HOSTILE), BLOCKS, st.text(alphabet="<>\"'&;:/!-[]()`*\n aonx=#\\", max_size=30)))
)
def test_no_mixture_of_hostile_pieces_can_run_on_a_page(pieces: list[str]) -> None:
    assert_harmless(render("".join(pieces)))
    assert_harmless(render("\n\n".join(pieces), OWN))


@given(st.text())
def test_any_text_is_rendered(body: str) -> None:
    assert_harmless(render(body))


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("A *b* **c**  \nd", "<p>A <em>b</em> <strong>c</strong><br>\nd</p>\n"),
        ("# A\n\n### B\n\n# C", "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"),
        ("## A", "<h2>A</h2>\n"),
        ("[a](https://b.example \"t\")", '<p><a href="https://b.example" title="t" rel="noopener">a</a></p>\n'),
        ("[a](/en/news/)", '<p><a href="/en/news/">a</a></p>\n'),
        ("[a](tel:+77272)", '<p><a href="tel:+77272">a</a></p>\n'),
        ("<press@b.example>", '<p><a href="mailto:press@b.example">press@b.example</a></p>\n'),
        ("[*a*](files/x.pdf)", "<p><em>a</em></p>\n"),
        ("![A *photo*](photos/x.jpg)", "<p>A <em>photo</em></p>\n"),
        ("a <b>c</b> <!-- said -->", "<p>a &lt;b&gt;c&lt;/b&gt; </p>\n"),
        ("<!-- untranslated -->", ""),
        ("a\n\n<!-- two\n\nparagraphs -->\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("<div>\nx", "<pre><code>&lt;div&gt;\nx</code></pre>\n"),
        ("2. a\n3. b", '<ol start="2">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("| a |\n|:-:|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n"),
    ],
)  # fmt: skip
def test_a_body_becomes_plain_html(body: str, html: str) -> None:
    assert render(body).strip() == html.strip()


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("![The *hall*](photos/hall.jpg)", f"<p>{IMAGE % 'The hall'}</p>"),
        ("![](photos/hall.jpg)", f"<p>{IMAGE % 'A hall'}</p>"),
        ('a ![b](./photos/hall.jpg "title") c', f"<p>a {IMAGE % 'b'} c</p>"),
        ("![б](<photos/зал 1.jpg>)", f"<p>{IMAGE % 'б'}</p>"),
        ("![b][x]\n\n[x]: photos/hall.jpg", f"<p>{IMAGE % 'b'}</p>"),
        ("[![b](photos/hall.jpg)](photos/hall.jpg)", f'<p><a href="{PHOTO}">{IMAGE % "b"}</a></p>'),
        ("[the memo](files/memo.ru.pdf)", f'<p><a href="{MEMO}">the memo</a></p>'),
        ("![the memo](files/memo.ru.pdf)", "<p>the memo</p>"),
        ("[a](files/memo.pdf) [b](photos/x.jpg) [c](../files/memo.ru.pdf)", "<p>a b c</p>"),
        ("![a](https://b.example/photos/hall.jpg)", "<p>a</p>"),
        ('a <img src="photos/hall.jpg">', '<p>a &lt;img src="photos/hall.jpg"&gt;</p>'),
    ],
)
def test_a_body_shows_the_photos_and_files_that_its_item_names_and_no_others(body: str, html: str) -> None:
    assert render(body, OWN).strip() == html


HOST = ' <bdi class="host" dir="ltr">(%s)</bdi>'


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (
            "[**bank**.kz](https://evil.example 'b')",
            '<a href="https://evil.example" title="b" rel="noopener"><strong>bank</strong>.kz</a>'
            + HOST % "evil.example",
        ),
        (
            "[a][x]\n\n[x]: <https://evil.example> 'bank.kz'",
            '<a href="https://evil.example" title="bank.kz" rel="noopener">a</a>' + HOST % "evil.example",
        ),
        (
            "<https://bаnk.kz/я>.",
            '<a href="https://xn--bnk-6cd.kz/%D1%8F" rel="noopener">https://bаnk.kz/я</a>'
            + HOST % "xn--bnk-6cd.kz"
            + ".",
        ),
        (
            "![a [bank.kz](https://evil.example)](photos/hall.jpg)",
            IMAGE % "a bank.kz",
        ),
        ("<https://минздрав.рф>", '<a href="https://xn--80aeelexi0a.xn--p1ai" rel="noopener">https://минздрав.рф</a>'),
        ("[bank.kz](https://bank.kz@evil.example)", "bank.kz"),
        ("[bank.kz](/en/) `(bank.kz)`", '<a href="/en/">bank.kz</a> <code>(bank.kz)</code>'),
        ('[bank.kz](https://evil.example) <bdi class="host">(bank.kz)</bdi>',
         '<a href="https://evil.example" rel="noopener">bank.kz</a>' + HOST % "evil.example"
         + ' &lt;bdi class="host"&gt;(bank.kz)&lt;/bdi&gt;'),
    ],
)  # fmt: skip
def test_beside_a_link_that_says_something_else_than_where_it_leads_stands_its_host(body: str, html: str) -> None:
    assert render(body, OWN).strip() == f"<p>{html}</p>"


TURNED = "\u202e\u2066\u202a\u2069"


@pytest.mark.parametrize("written", [TURNED, "&#x202E;", "&#8238;"])
@pytest.mark.parametrize(
    "body",
    [
        "a%sb",
        "`a%sb`",
        "    a%sb",
        "```\na%sb\n```",
        "# a%sb",
        "[a%sb](/y 'c%sd')",
        "![a%sb](/x)",
        "<a%sb>",
        "| a%sb |\n|-|",
    ],
)
def test_no_sign_that_turns_or_hides_letters_reaches_a_reader(body: str, written: str) -> None:
    assert not set(TURNED) & set(render(body.replace("%s", written)))
    assert not set(TURNED) & set(render(body.replace("%s", written) + "x" * LIMIT))


def test_a_photos_words_and_marks_of_persian_are_left_as_they_are() -> None:
    persian = "می\u200cخواهم \u200f(CARICC)\u200e"
    assert persian in render(persian)
    assert persian in render(f"![{persian}](photos/hall.jpg)", OWN)


DASHES = '<ul class="dashes">\n<li>a;</li>\n<li>b.</li>\n</ul>'


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("— a;\n— b.", DASHES),
        ("– a;\n–  b.\n", DASHES),
        ("It provides for:\n— a;\n— b.", f"<p>It provides for:</p>\n{DASHES}"),
        ("It provides for:\n\n  — a;\n  — b.\n\nEnd", f"<p>It provides for:</p>\n{DASHES}\n<p>End</p>"),
        ("— a;\n\n— b.", DASHES.replace("<li>", "<li>\n<p>").replace("</li>", "</p>\n</li>")),
        ("— a\n  wrapped;\n— b.", DASHES.replace("a;", "a\nwrapped;")),
        ("— a;\n— b.\n# H", f"{DASHES}\n<h2>H</h2>"),
        ("> — a;\n> — b.", f"<blockquote>\n{DASHES}\n</blockquote>"),
        ("Астана\n— столица Казахстана", "<p>Астана\n— столица Казахстана</p>"),
        ("—a", "<p>—a</p>"),
        ("— ", "<p>—</p>"),
        ("    — a", "<pre><code>— a\n</code></pre>"),
        ("- x\n  — a;\n  — b.", f"<ul>\n<li>x\n{DASHES}\n</li>\n</ul>"),
    ],
)
def test_lines_that_begin_with_a_dash_are_a_list_and_a_dash_in_a_sentence_is_none(body: str, html: str) -> None:
    assert render(body).strip() == html


def test_a_block_that_cannot_be_rendered_costs_itself_and_not_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = module._html

    def breaks(body: str, env: EnvType, media: OwnMedia, bind: Bind = str) -> str:
        if "evil" in body:
            raise RecursionError
        return whole(body, env, media, bind)

    monkeypatch.setattr(module, "_html", breaks)
    html = render("A [link][x]\n\nevil *<b>*\n\nEnd\n\n[x]: /y\n")
    assert html == '<p>A <a href="/y">link</a></p>\n<p>evil *&lt;b&gt;*</p>\n<p>End</p>\n'


def test_a_body_beyond_every_measure_is_shown_as_it_was_typed() -> None:
    assert render("<b>" * LIMIT).startswith("<p>&lt;b&gt;&lt;b&gt;")
    assert "<em>" not in render("*a* " * MARKS)
    assert "<em>" in render("*a* " * (MARKS // 3))


def test_a_body_with_a_thousand_links_is_shown_whole_and_one_beyond_all_marks_keeps_its_letters() -> None:
    assert render("See [the **report**](https://a.kz/b), p. 1\n\n" * 1_000).count("</a>, p. 1</p>") == 1_000
    many = render("*a* [b](/c)\n\n" * ALL_MARKS + "Plain to the end")
    assert many.count("<em>a</em> <a") == ALL_MARKS // 4
    assert many.count("<p>*a* [b](/c)</p>") == ALL_MARKS - ALL_MARKS // 4
    assert many.endswith("<p>Plain to the end</p>\n")


def test_blocks_that_are_rendered_one_by_one_have_no_more_marks_than_a_whole_body(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = module._html

    def breaks(body: str, env: EnvType, media: OwnMedia, bind: Bind = str) -> str:
        if "evil" in body:
            raise RecursionError
        return whole(body, env, media, bind)

    monkeypatch.setattr(module, "_html", breaks)
    monkeypatch.setattr(module, "ALL_MARKS", 20)
    assert render("*a*\n\n" * 20 + "evil").count("<em>") == 10


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "*",
        "*a **b ",
        "![",
        "[](",
        "`",
        "<",
        "<a ",
        "&",
        "> ",
        "- ",
        "[a]: /b\n",
        "— a\n",
        "- a\n",
        "| a ",
        "[a\n",
        "\\[",
    ],
)
def test_a_text_made_to_exhaust_the_parser_is_harmless_too(unit: str) -> None:
    assert_harmless(render(unit * (50_000 // len(unit))))


@pytest.mark.parametrize("comment", ["<!-- ", "<!-- \n", "<!-- a\n\n", "a\n<!-- b\n"])
def test_comments_that_nothing_ends_are_shown_as_letters_however_many_they_are(comment: str) -> None:
    """Read again from each of them, these would take the square of their number: minutes, and the site would stand."""
    shown = render(comment * (LIMIT // len(comment)))
    assert shown.count("&lt;!--") == LIMIT // len(comment)


def test_nesting_has_an_end() -> None:
    assert render("> " * 5000 + "a").count("<blockquote>") < 50
    assert render("".join("  " * depth + "- a\n" for depth in range(300))).count("<ul>") < 50


def test_ten_thousand_references_are_rendered() -> None:
    body = "".join(f"[{n}]: /{n}\n" for n in range(10_000)) + "\n" + "\n\n".join(f"[{n}]" for n in range(10_000))
    assert render(body).count("<a href=") == 10_000


def test_running_text_is_bound_across_its_marks_and_line_ends_and_code_and_addresses_are_not() -> None:
    body = "a\nb *a* `a b` [a b](/a 'a b') <https://x.example/a>\n\n    a b\n\n| a b |\n| --- |\n\n## a b"
    html = render(body, bind=lambda text: re.sub("a[ \n]", "a+", text))
    assert html == (
        '<p>a+b <em>a</em> <code>a b</code> <a href="/a" title="a b">a+b</a> '
        '<a href="https://x.example/a" rel="noopener">https://x.example/a</a></p>\n'
        "<pre><code>a b\n</code></pre>\n<table>\n<thead>\n<tr>\n<th>a+b</th>\n</tr>\n</thead>\n</table>\n<h2>a+b</h2>\n"
    )
