"""Reasons of refusals as they are kept for people, so that each reads them in their own language."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from app.domain.said import Said, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    msgid: str
    values: dict[str, "str | int | tuple[str, ...] | _Kept"]


_REASONS = msgspec.json.Decoder(tuple[str | _Kept, ...])


def kept(reasons: Iterable[str], *, longest: int) -> str:
    """Return reasons as one text of so many letters at the most: those that find no room are left out."""
    found = [_kept(reason) for reason in reasons]
    while len(text := msgspec.json.encode(found).decode()) > longest:
        found.pop()
    return text


def reasons_in(text: str) -> tuple[str, ...]:
    """Return what was kept, each as it was said: a `Said` again where it was one."""
    return tuple(_reason(one) for one in _REASONS.decode(text)) if text else ()


def _kept(reason: str) -> str | _Kept:
    if not isinstance(reason, Said):
        return str(reason)
    return _Kept(msgid=reason.msgid, values={name: _value(value) for name, value in reason.values.items()})


def _value(value: Value) -> str | int | tuple[str, ...] | _Kept:
    if isinstance(value, str):
        return _kept(value)
    return value if isinstance(value, int) else tuple(map(str, value))


def _reason(one: str | _Kept) -> str:
    if isinstance(one, str):
        return one
    return Said(one.msgid, {n: _reason(v) if isinstance(v, _Kept) else v for n, v in one.values.items()})
