"""Markdown files as people and programs write them, for Hypothesis."""

from hypothesis import strategies as st

WORDS = st.text(alphabet="abcабвқғӯöʻʼ —«»", min_size=1, max_size=20).map(str.strip).filter(bool)
VALUES = st.one_of(WORDS, st.text(alphabet="ab:#'\"\\-?[]{}&*!|>%@`,1 \tяʻ", min_size=1, max_size=12).map(str.strip))
PATHS = st.sampled_from(["photos/a.jpg", "photos/b.jpg", "photos/c d.jpg", "photos/ə.png", "photos/x: y.jpg"])
BLOCKS = st.one_of(
    st.sampled_from(
        [
            "Two lines of\none paragraph",
            "# Heading",
            "## Heading two",
            "Heading\n---",
            "- one\n- two\n- three",
            "* loose\n\n* list\n\n  with two paragraphs",
            "1. one\n2. two",
            "— dash\n— dash two",
            "– dash\n\n– loose",
            "Introduction:\n— a;\n— b.",
            "> quote\nlazy",
            "```\ncode\n\n# more\n```",
            "    indented\n\n    code",
            "| a | b |\n| - | - |\n| 1 | 2 |",
            "<div>\nhtml\n</div>",
            "***",
            "[ref]: /x 'title'\n[two]: /y",
            "<!-- untranslated -->",
            "- <!-- untranslated -->",
            "A [link](/x) and *stars*  ",
            "```\nunclosed",
            "- a\n  - nested\n\n    ```\n    code\n    ```",
            "\tcode by tab",
            "<!-- a\n\ncomment -->",
            "Line\u2028with\x7fodd\x85ends",
        ]
    ),
    WORDS,
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw a whole file that can be used."""
    lines = [f"title: {draw(WORDS.map(_quoted))}"]
    optional = [
        "slug: a-slug",
        "summary: >  # folded\n  two lines\n  of it",
        "summary: 'it''s' # said",
        "status: draft",
        "status: In-Review   # soon",
        "origin: machine",
        "based-on: ru@3f2a9c1b",
        "# a comment",
        "x-unknown: [1, {a: b}]",
        "captions:\n  photos/a.jpg: A\n  # between\n  photos/b.jpg: 'B' # b",
        "captions: {photos/a.jpg: A}",
        "alt:",
        "alt:\n    photos/a.jpg:\n    photos/b.jpg: |\n      two\n      lines",
        "credits:\n  'photos/a.jpg': \"C\\u0041\"",
        "",
        "note: |\n  # no comment\n\n  more",
    ]
    seen = {"title"}
    for line in draw(st.lists(st.sampled_from(optional), max_size=8)):
        key = line.partition(":")[0]
        if key not in seen or not line or line.startswith("#"):
            lines.append(line)
            seen.add(key)
    gaps = st.sampled_from(["\n", "\n\n", "\n\n", "\n \t\n\n"])
    body = draw(st.sampled_from(["", "\n", "\n\n"]))
    for block in draw(st.lists(BLOCKS, max_size=6)):
        body += block + draw(gaps)
    body = draw(st.sampled_from([body, body.rstrip("\n"), body + "\n\n"]))
    text = draw(st.sampled_from(["", "", "\n", " \n\n"])) + "---\n" + "\n".join(lines) + "\n---\n" + body
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    return draw(st.sampled_from(["", "", "\ufeff"])) + text.replace("\n", newline)


def _quoted(words: str) -> str:
    return f'"{words}"'


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a file in which somebody's cat walked over the keys."""
    text = draw(texts())
    for _ in range(draw(st.integers(0, 4))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 5))
        typed = draw(
            st.one_of(st.text(max_size=3), st.sampled_from(["\n", "\r\n", "---\n", ": ", "- ", "\t", "`", "["]))
        )
        text = text[:at] + typed + text[at + length :]
    return text
