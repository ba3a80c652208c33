"""A Python that has loaded `tilmash` and gives each command a process of its own, as if it had just been started.

Loading is nearly all of the time that a short command takes. That it loads, and without a warning, is shown where
commands are started as people start them, in test_surfaces.py.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from app.cli import main

ROOT = Path(__file__).parents[2]
OUT, ERR = "out", "err"


class Loaded:
    """Starts commands from any folder; what they say goes through files in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
        self.process = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.journeys.loaded"],
            cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(
        self, *arguments: str, cwd: Path, environment: dict[str, str], patience: int
    ) -> subprocess.CompletedProcess[str]:
        """Give what subprocess.run does; a command that takes more seconds than that is ended with SIGALRM."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = json.dumps([arguments, str(cwd), environment, patience])
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        status = int(self.process.stdout.readline())
        out, err = ((self.folder / name).read_text() for name in (OUT, ERR))
        return subprocess.CompletedProcess(["tilmash", *arguments], status, out, err)

    def stop(self) -> None:
        self.process.communicate(timeout=60)
        assert self.process.returncode == 0


def start_what_is_asked_for() -> None:
    """Read orders, one a line; answer with the status of each."""
    configure_mappers()
    for order in sys.stdin:
        process = os.fork()
        if process == 0:
            become(*json.loads(order))
            main()  # ends this process, as it does when it was started by its name
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)  # noqa: T201  # the answer


def become(arguments: list[str], cwd: str, environment: dict[str, str], patience: int) -> None:
    """Let this process be as one that was just started so."""
    for number, name, flags in ((0, os.devnull, os.O_RDONLY), (1, OUT, os.O_WRONLY), (2, ERR, os.O_WRONLY)):
        opened = os.open(name, flags | os.O_CREAT | os.O_TRUNC if number else flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["tilmash", *arguments]
    signal.alarm(patience)


if __name__ == "__main__":
    start_what_is_asked_for()
