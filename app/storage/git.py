"""git as a program: no shell, no prompt, none of the repository's hooks, within a time. It is not a library of ours."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from app.domain.errors import Refusal

PATIENCE: Final = 120.0
"""Seconds after which an answer is waited for no more, of the disk or of a remote."""

_QUIET: Final = {
    "core.hooksPath": os.devnull, "core.fsmonitor": "false", "core.quotePath": "false", "core.commentChar": "#",
    "commit.gpgSign": "false", "push.gpgSign": "false", "push.followTags": "false", "push.recurseSubmodules": "no",
    "fetch.recurseSubmodules": "false", "submodule.recurse": "false", "gc.auto": "0", "maintenance.auto": "false",
    "protocol.ext.allow": "never", "advice.detachedHead": "false",
}  # fmt: skip
"""What somebody's settings must not change of what we do. Who they are to a remote, and by which proxy, is theirs."""

_THEIRS: Final = frozenset({"GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_ASKPASS", "GIT_CONFIG_GLOBAL"})
_SECRET: Final = re.compile(r"//[^/@\s]*@")
_LONGEST: Final = 300  # letters of what git said


class GitError(Refusal):
    """git said no, or nothing in time; the sentence is its own, without passwords."""


class Git:
    """Runs git in one folder. Paths are those of git, relative to the repository's top."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = _environment(os.environ)

    def ask(self, *words: str, given: bytes | None = None, also: Mapping[str, str] | None = None) -> bytes:
        """Return what git prints; GitError if it ends with another status than 0."""
        status, printed, said = self.run(words, given=given, also=also)
        if status:
            raise GitError(said or f"git {words[0]} ended with status {status}")
        return printed

    def line(self, *words: str) -> str:
        """Return the line that git prints; GitError as `ask`."""
        return os.fsdecode(self.ask(*words).removesuffix(b"\n"))

    def says(self, *words: str) -> str | None:
        """Return the line that git prints, None if it ends with status 1, which is its no; GitError otherwise."""
        status, printed, said = self.run(words)
        if status > 1:
            raise GitError(said or f"git {words[0]} ended with status {status}")
        return None if status else os.fsdecode(printed.removesuffix(b"\n"))

    def run(
        self, words: Sequence[str], *, given: bytes | None = None, also: Mapping[str, str] | None = None
    ) -> tuple[int, bytes, str]:
        """Return status, what was printed and what was complained of. GitError if there is no git, or no answer.

        git is a group of processes with those it starts (ssh), so that none of them is left when it takes too long; it
        has no terminal, so that none of them waits for a password.
        """
        program = shutil.which("git", path=self.environment.get("PATH"))
        if program is None:
            raise GitError("there is no git on this machine")
        settings = (word for name, value in _QUIET.items() for word in ("-c", f"{name}={value}"))
        process = subprocess.Popen(  # noqa: S603  # no shell, and no word from outside before a `--` or a full ref
            [program, "-C", os.fspath(self.folder), *settings, *words],
            env={**self.environment, **(also or {})}, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            printed, complained = process.communicate(given or b"", timeout=PATIENCE)
        except BaseException as error:  # whatever ends the wait, git and what it started do not outlive it
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if isinstance(error, subprocess.TimeoutExpired):
                raise GitError(f"git {words[0]} did not end within {PATIENCE:.0f} seconds") from None
            raise
        return process.returncode, printed, _sentence(complained)


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which git asks nobody and speaks English."""
    kept = {name: value for name, value in ours.items() if not name.startswith("GIT_") or name in _THEIRS}
    asks_nobody = {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never"}
    return kept | asks_nobody | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def _sentence(complained: bytes) -> str:
    """Return the line that says why: the first that git calls fatal or an error, else the last."""
    lines = [line.strip() for line in complained.decode("utf-8", "replace").splitlines() if line.strip()]
    grave = [line for line in lines if line.startswith(("fatal:", "error:"))]
    said = "".join([*grave[:1], *lines[-1:]][:1])
    return _SECRET.sub("//", "".join(sign if sign.isprintable() else " " for sign in said))[:_LONGEST]


def c_quoted(path: str) -> bytes:
    """Return a path as git reads it in a stream: between quotes, each byte that could end it spelled out."""
    octal = (chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in os.fsencode(path))
    return f'"{"".join(octal)}"'.encode("ascii")


def records(printed: bytes) -> Iterable[str]:
    """Return what git printed with `-z`, one after the other."""
    return (os.fsdecode(one) for one in printed.split(b"\0")[:-1])
