"""`Plural-Forms` of a catalogue, read and evaluated without trusting it.

The expression is C with one variable (GNU gettext manual, *Additional functions for plural forms*): `?:`, `||`, `&&`,
comparisons, `+ - * / %`, `!`, brackets, decimal numbers and `n`. It becomes nested functions, never Python source. Its
length and depth are limited, and it is tried out on a thousand numbers before anybody relies on it.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_Rule = Callable[[int], int]

MOST_FORMS = 6
"""Arabic has six; no language known to CLDR has more."""

_LONGEST = 500
_MOST_TOKENS = 200
_DEEPEST = 20
_WORD = (1 << 64) - 1  # gettext counts in unsigned long, and so does everyone who compiled such a rule in C
_OFTEN = 5  # from how many numbers on `msgfmt` wants to see the number in a form
_TRIED = (*range(1001), 10_000, 999_999, 1_000_000, 1_000_001, 2**31 - 1)

_HEADER = re.compile(r"\s*nplurals\s*=\s*(?P<count>[0-9]++)\s*;\s*plural\s*=\s*(?P<rule>[^;\n]*+)(?:;\s*)?")
_TOKEN = re.compile(r"\s*(?:[0-9]{1,10}+(?![0-9])|n(?!\w)|\|\||&&|[=!<>]=|[-+*/%<>!?:()])")

_LEVELS: tuple[dict[str, Callable[[int, int], int]], ...] = (
    {"==": lambda a, b: a == b, "!=": lambda a, b: a != b},
    {"<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b},
    {"+": lambda a, b: (a + b) & _WORD, "-": lambda a, b: (a - b) & _WORD},
    {"*": lambda a, b: (a * b) & _WORD, "/": lambda a, b: a // b, "%": lambda a, b: a % b},
)


@dataclass(frozen=True, slots=True)
class PluralRule:
    """How a language counts: how many forms it has, and which one goes with a number.

    `rare` are the forms that fewer than five of the numbers 0 to 1000 take: *one day*, *two days*.
    """

    count: int
    written: str
    rule: _Rule
    rare: frozenset[int] = frozenset()

    def form(self, number: int) -> int:
        """Return the index of the form for a number of 0 or more; 0 where the rule has no usable answer."""
        try:
            index = self.rule(number)
        except ZeroDivisionError:
            return 0
        return index if 0 <= index < self.count else 0


def tokens_of(expression: str) -> list[str]:
    """Return the words of an expression; ValueError where something else stands in it, or it is too long."""
    if len(expression) > _LONGEST:
        raise ValueError(f"the plural expression is longer than {_LONGEST} characters")
    found, position, text = [], 0, expression.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"{text[position:].strip()[:12]!r} does not belong in a plural expression")
        found.append(match[0].strip())
        position = match.end()
    if len(found) > _MOST_TOKENS:
        raise ValueError(f"the plural expression has more than {_MOST_TOKENS} parts")
    return found


class _Parser:
    """Recursive descent over C's levels of precedence; each level below `conditional` binds tighter."""

    def __init__(self, expression: str) -> None:
        self.tokens = [*tokens_of(expression), ""]
        self.at = 0
        self.depth = 0

    def take(self, *wanted: str) -> str:
        token = self.tokens[self.at]
        if token and token in wanted:
            self.at += 1
            return token
        return ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise ValueError(f"the plural expression lacks {wanted!r} before {self.tokens[self.at] or 'its end'!r}")

    def whole(self) -> _Rule:
        rule = self.conditional()
        if self.tokens[self.at]:
            raise ValueError(f"{self.tokens[self.at]!r} does not belong in this place of the plural expression")
        return rule

    def deeper(self, part: Callable[[], _Rule]) -> _Rule:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError(f"the plural expression is nested deeper than {_DEEPEST} levels")
        rule = part()
        self.depth -= 1
        return rule

    def conditional(self) -> _Rule:
        test = self.either()
        if not self.take("?"):
            return test
        yes = self.deeper(self.conditional)
        self.need(":")
        no = self.deeper(self.conditional)
        return lambda n: yes(n) if test(n) else no(n)

    def either(self) -> _Rule:
        left = self.both()
        if not self.take("||"):
            return left
        right = self.deeper(self.either)
        return lambda n: int(bool(left(n) or right(n)))

    def both(self) -> _Rule:
        left = self.binary(0)
        if not self.take("&&"):
            return left
        right = self.deeper(self.both)
        return lambda n: int(bool(left(n) and right(n)))

    def binary(self, level: int) -> _Rule:
        if level == len(_LEVELS):
            return self.single()
        left = self.binary(level + 1)
        while sign := self.take(*_LEVELS[level]):
            left = _applied(_LEVELS[level][sign], left, self.binary(level + 1))
        return left

    def single(self) -> _Rule:
        if self.take("!"):
            negated = self.deeper(self.single)
            return lambda n: int(not negated(n))
        if self.take("("):
            inner = self.deeper(self.conditional)
            self.need(")")
            return inner
        if self.take("n"):
            return lambda n: n
        token = self.tokens[self.at]
        if not token.isdecimal():
            raise ValueError(f"the plural expression lacks a number or n before {token or 'its end'!r}")
        self.at += 1
        number = int(token)
        return lambda _: number


def _applied(operation: Callable[[int, int], int], left: _Rule, right: _Rule) -> _Rule:
    return lambda n: int(operation(left(n), right(n)))


@lru_cache(maxsize=64)
def plural_rule(written: str) -> PluralRule:
    """Read `nplurals=2; plural=(n != 1);` and try it out; ValueError says why it cannot be used."""
    match = _HEADER.fullmatch(written)
    if match is None:
        raise ValueError("Plural-Forms is `nplurals=<number>; plural=<expression>;`")
    digits = match["count"]
    count = int(digits) if digits.isdecimal() and len(digits) < 4 else 0
    if not 1 <= count <= MOST_FORMS:
        raise ValueError(f"nplurals is a number from 1 to {MOST_FORMS}, and not {digits[:12]}")
    rule = _Parser(match["rule"]).whole()
    taken = Counter(_tried(rule, number, count) for number in _TRIED)
    return PluralRule(count, written, rule, frozenset(form for form in range(count) if taken[form] < _OFTEN))


def _tried(rule: _Rule, number: int, count: int) -> int:
    try:
        index = rule(number)
    except ZeroDivisionError:
        raise ValueError(f"the plural expression divides by zero for n = {number}") from None
    if not 0 <= index < count:
        raise ValueError(f"the plural expression gives form {index} for n = {number}, and nplurals is {count}")
    return index


GERMANIC = plural_rule("nplurals=2; plural=(n != 1);")
"""What gettext takes where a catalogue says nothing."""
