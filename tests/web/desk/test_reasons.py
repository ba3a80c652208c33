"""What people are told when something is refused: sentences of their own language, whichever floor said them."""

import ast
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from app.domain.errors import NotAllowed
from app.domain.said import Said, saying
from app.formats.po_check import check

ROOT = Path(__file__).parents[3]
LANGUAGES = ("en", "kk", "ky", "ru", "tg", "tk", "uz")
REFUSALS = {"NotAllowed", "Forbidden", "NotFound"}


def modules() -> dict[str, ast.Module]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text("utf-8")
        )
        for path in ROOT.glob("app/**/*.py")
    }


def behind_the_desk() -> dict[str, ast.Module]:
    """Every module that the desk imports, however far down."""
    every, seen, waiting = modules(), set[str](), ["app.web.desk.app"]
    while waiting:
        name = waiting.pop()
        if name in every and name not in seen:
            seen.add(name)
            waiting += imported(every[name])
    return {name: every[name] for name in sorted(seen)}


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def calls(module: ast.Module, names: Iterable[str]) -> Iterator[ast.Call]:
    wanted = set(names)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in wanted:
            yield node


def messages() -> set[str]:
    """The message of every `saying("…")` of the application."""
    return {str(ast.literal_eval(call.args[0])) for module in modules().values() for call in calls(module, {"saying"})}


def test_nothing_that_the_desk_refuses_is_said_in_english_alone() -> None:
    english = [
        f"{name}:{call.lineno}"
        for name, module in behind_the_desk().items()
        for call in calls(module, REFUSALS)
        if isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
    ]
    assert english == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_reason_has_a_whole_sentence_in_each_language(tag: str) -> None:
    text = (ROOT / f"translations/{tag}/LC_MESSAGES/messages.po").read_text("utf-8")
    known = {entry.msgid: entry for entry in check(text, path=tag).usable}
    assert [one for one in messages() if one not in known or not any(known[one].msgstrs) or known[one].fuzzy] == []
    assert [one for one in messages() if tag != "en" and known[one].msgstrs[0] == one] == []


def test_a_reason_is_english_text_for_who_asks_no_further_and_crosses_processes_whole() -> None:
    reason = saying("revision %(number)s is not the newest any more", number=3)
    assert str(NotAllowed(reason)) == "revision 3 is not the newest any more" == reason
    assert type(str(NotAllowed(reason))) is str
    again = pickle.loads(pickle.dumps(reason))  # noqa: S301  # our own bytes
    assert isinstance(again, Said)
    assert (again, again.msgid, dict(again.values)) == (reason, reason.msgid, {"number": 3})


def test_a_value_cannot_begin_a_line_of_its_own() -> None:
    assert saying("there is no account %(name)s", name="a\nb") == "there is no account a\\nb"
