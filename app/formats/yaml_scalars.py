"""How a value is written in YAML: plain where that says the same, else in quotes (YAML 1.2, 7.3)."""

import json
import re

import yaml
from yaml.resolver import BaseResolver, Resolver

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:[^:#]|:(?=\S)|(?<=\S)#)*")
_UNSAFE = re.compile("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_RESOLVER = Resolver()


def scalar(value: str) -> str:
    """Return a value as YAML of one line that any YAML reader takes for this str."""
    if _UNSAFE.search(value):
        return _escaped(value)
    if _PLAIN.fullmatch(value) and not value.endswith(" ") and _is_str(value):
        return value
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _is_str(value: str) -> bool:
    tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]  # PyYAML's stubs lack it
    return bool(tag == BaseResolver.DEFAULT_SCALAR_TAG)


def _escaped(value: str) -> str:
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
