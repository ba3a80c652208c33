"""What docs/digest.md says can be computed from a file alone is what the formats compute."""

import hashlib
import re
from pathlib import Path

import pytest

from app.formats.facts import FACTS
from app.formats.markdown import MARKDOWN
from app.formats.text import TextFormat

VECTORS = re.findall(
    r"^```(markdown|toml)\n(.*?)^```\n\n`([0-9a-f]{64})`$",
    Path("docs/digest.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)
FORMATS: dict[str, TextFormat] = {"markdown": MARKDOWN, "toml": FACTS}


def test_there_are_at_least_three_texts_of_each_kind_to_compare_with() -> None:
    assert [kind for kind, _, _ in VECTORS] == ["markdown"] * 4 + ["toml"] * 3


@pytest.mark.parametrize(("kind", "text", "digest"), VECTORS)
def test_the_digests_in_the_documentation_are_right(kind: str, text: str, digest: str) -> None:
    assert FORMATS[kind].digest(text) == digest


@pytest.mark.parametrize(
    ("number", "canonical"),
    [
        (0, '{"alt":{},"body":"","captions":{},"credits":{},"slug":"","summary":"","title":"News"}'),
        (
            1,
            (
                '{"alt":{},"body":"Стороны *договорились*:\\n\\n— об обмене;\\n— о встречах.","captions":{},'
                '"credits":{},"slug":"memorandum","summary":"Two lines of one sentence.",'
                '"title":"Меморандум: подписан"}'
            ),
        ),
        (
            2,
            (
                '{"alt":{"photos/signing.jpg":"Two men at a table"},"body":"<!-- untranslated -->",'
                '"captions":{"photos/hall.jpg":"","photos/signing.jpg":"They sign"},'
                '"credits":{"photos/signing.jpg":"CARICC press service"},"slug":"","summary":"","title":"Gallery"}'
            ),
        ),
        (
            3,
            (
                '{"alt":{},"body":"","captions":{},"credits":{},'
                '"files":{"files/bulletin.ru.pdf":"Analytical bulletin"},"slug":"","summary":"","title":"Bulletin"}'
            ),
        ),
        (4, '{"source":"en"}'),
        (
            5,
            (
                '{"date":"2026-03-18T14:25:00Z","files":[],"photos":["photos/signing.jpg","photos/hall.jpg"],'
                '"source":"en","tags":["cooperation"]}'
            ),
        ),
        (
            6,
            (
                '{"date":"2026-03-18T14:25:00Z","publish-at":"2026-03-19T08:00:00.500000Z","source":"ru",'
                '"tags":["сотрудничество"]}'
            ),
        ),
    ],
)
def test_the_digest_is_the_sha256_of_plain_json(number: int, canonical: str) -> None:
    assert hashlib.sha256(canonical.encode()).hexdigest() == VECTORS[number][2]
