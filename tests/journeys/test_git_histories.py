"""Whatever a desk and a translator with a clone do in whatever order, no word of either is lost."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.translations import Action
from tests.clones import ARTICLE, CATALOGUE, Clone, Site, assert_a_line, assert_in_step
from tests.journeys.histories import histories
from tests.trees import EDITOR

PARAGRAPHS = (0, 1, 2)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["desk", "desk", "hers", "hers", "message", "tree", "push", "exchange", "publish", "amend"]),
        st.sampled_from(PARAGRAPHS),
    ),
    min_size=4, max_size=14,
)  # fmt: skip


@contextmanager
def newsroom(begun: Path) -> Iterator[tuple[Site, Clone, Path]]:
    with TemporaryDirectory() as folder:
        shutil.copytree(begun, folder, dirs_exist_ok=True)
        root, remote = Path(folder) / "site", Path(folder) / "remote.git"
        site = Site(root, f"sqlite:///{root / 'test.db'}", fresh=False)
        try:
            yield site, Clone.of(remote, Path(folder) / "hers", "Gulnora Rahimova"), remote
        finally:
            site.database.dispose()


def rewritten(text: str, line: int, word: str) -> str:
    """A text with a paragraph written anew, wherever it stands by now."""
    lines = text.splitlines()
    places = [number for number in range(lines.index("---", 1) + 1, len(lines)) if lines[number].strip()]
    lines[places[line % len(places)]] = f"{word} нав аст."
    return "\n".join(lines) + "\n"


def put(clone: Clone, line: int, word: str) -> None:
    clone.write(ARTICLE, rewritten(clone.read(ARTICLE), line, word))


def push(clone: Clone, message: str) -> None:
    """As somebody does who knows git: her part wins where it calls it a conflict."""
    if clone.git("status", "--porcelain"):
        clone.commit(message)
    clone.git("pull", "--quiet", "--rebase", "-X", "theirs", "origin", "main")
    clone.git("push", "--quiet", "origin", "main")


def act(site: Site, hers: Clone, what: str, line: int, word: str) -> None:
    match what:
        case "desk":
            text = site.stand("tg")[1] or ""
            site.at_desk("tg", text, rewritten(text, line, word), by="aziza")
        case "hers":
            put(hers, line, word)
        case "message":
            hers.edit(CATALOGUE, 'msgid "Home"\nmsgstr "', f'msgid "Home"\nmsgstr "{word} ')
        case "tree":
            put(Clone(site.root, "Ivan Petrov"), line, word)
        case "push":
            push(hers, word)
        case "amend":
            hers.git("commit", "--quiet", "--all", "--amend", "--no-edit")
            hers.git("push", "--quiet", "--force", "origin", "main")
        case "publish" if site.stand("tg")[0] == "draft":
            site.decide("tg", Action.SUBMIT, Action.APPROVE, Action.PUBLISH, by=EDITOR.name)
        case "exchange":
            site.exchange()


WRITES = ("desk", "hers", "message", "tree")


@pytest.mark.soak
@histories(short=4, long=150)
@given(steps=STEPS)
def test_no_word_of_either_is_lost(begun: Path, steps: list[tuple[str, int]]) -> None:
    with newsroom(begun) as (site, hers, remote):
        for number, (what, line) in enumerate(steps):
            act(site, hers, what, line, f"калима{number}ё")
        push(hers, "The last")
        for _ in range(2):
            site.exchange()
        known = "".join(site.revisions())
        for number, (what, _) in enumerate(steps):
            overwritten = what in {"hers", "tree"} and _again(steps[number + 1 :], what)
            assert what not in WRITES or overwritten or f"калима{number}ё" in known
        last = max((number for number, (what, _) in enumerate(steps) if what in WRITES), default=0)
        if steps[last][0] == "hers":
            seen = "".join((*(text or "" for text in site.stand("tg")), *site.suggestions()))
            assert f"калима{last}ё" in seen, "nobody has written over it since"
        assert_a_line(remote)
        assert_in_step(site, remote)


def _again(later: list[tuple[str, int]], what: str) -> bool:
    """Tell whether somebody went on before the site looked: it sees files as they are then, and not each save."""
    there = what == "tree"
    for other, _ in later:
        if other == what:
            return True
        there |= other in {"push", "amend"}
        if there and other == "exchange":
            return False
    return False
