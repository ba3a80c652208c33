"""Path data made short: the same outline in relative steps, to a tenth of a unit."""

import re

_STEP = re.compile(r"([MLCQZ])([^MLCQZ]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")

Tenths = tuple[int, int]


def shortened(outline: str) -> str:
    """Return an outline of absolute M, L, C, Q and Z in relative commands; one with arcs is returned as it is."""
    if set(outline) & set("AHVahv"):
        return outline
    text, last, here, start = "", "", (0, 0), (0, 0)
    for command, rest in _STEP.findall(outline):
        if command == "Z":
            text, last, here = text + "z", "z", start
            continue
        points = _points(rest)
        size = {"C": 3, "Q": 2}.get(command, 1)
        for first in range(0, len(points), size):
            name = command.lower() if command != "M" or first == 0 else "l"
            step, last = _step(name, last, here, points[first : first + size])
            text, here = text + step, points[first + size - 1]
            start = here if name == "m" else start
    return text


def _points(text: str) -> list[Tenths]:
    values = [round(float(value) * 10) for value in _NUMBER.findall(text)]
    return list(zip(values[::2], values[1::2], strict=True))


def _step(name: str, last: str, here: Tenths, points: list[Tenths]) -> tuple[str, str]:
    """Return one step's text and the command that the next may leave out if it is the same."""
    deltas = [delta for x, y in points for delta in (x - here[0], y - here[1])]
    if name == "l" and 0 in deltas:
        return ("h" + _joined(deltas[:1]), "h") if deltas[1] == 0 else ("v" + _joined(deltas[1:]), "v")
    numbers = _joined(deltas)
    if name != last and not (name == "l" and last == "m"):
        return name + numbers, name
    return (numbers if numbers.startswith("-") else f" {numbers}"), name


def _joined(tenths: list[int]) -> str:
    numbers = [_decimal(value) for value in tenths]
    return numbers[0] + "".join(number if number.startswith("-") else f" {number}" for number in numbers[1:])


def _decimal(tenths: int) -> str:
    sign, whole, part = "-" if tenths < 0 else "", abs(tenths) // 10, abs(tenths) % 10
    return f"{sign}{whole or (0 if not part else '')}{f'.{part}' if part else ''}"
