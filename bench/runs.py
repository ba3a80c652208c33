"""Timing as ratios: each measure and its baseline in turn, several times, and the median of the pairs."""

import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One row of the report: what was measured, against what, how they compare, and the figures of both."""

    what: str
    against: str
    ratio: float
    detail: str = ""

    def __str__(self) -> str:
        return f"| {self.what} | {self.against} | {self.ratio:.2f} | {self.detail} |"


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes on the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def paired(one: Callable[[], float], other: Callable[[], float], *, pairs: int) -> tuple[float, float, float]:
    """Run both in turn; return the median of their ratios and of each."""
    figures = [(one(), other()) for _ in range(pairs)]
    ratios = [first / second for first, second in figures]
    firsts, seconds_ = zip(*figures, strict=True)
    return statistics.median(ratios), statistics.median(firsts), statistics.median(seconds_)


def environment(root: Path, data: Path) -> dict[str, str]:
    """Return what a `tilmash` command needs to work on a tree below `root`."""
    return {
        **os.environ,
        "TILMASH_DATA": str(data),
        "TILMASH_CONTENT": str(root / "content"),
        "TILMASH_TRANSLATIONS": str(root / "translations"),
        "DATABASE_URL": "",
    }


def tilmash(*words: str, env: Mapping[str, str]) -> None:
    """Run a command to its end; it has to succeed."""
    subprocess.run([sys.executable, "-m", "app", *words], env=env, check=True, capture_output=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command cost: seconds of processor time, which a busy machine hardly changes, and the peak in bytes."""

    processor: float
    memory: int


def cost(*words: str, env: Mapping[str, str]) -> Cost:
    """Run a command to its end, which has to be a success, and return what it cost."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *words], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"tilmash {' '.join(words)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(processor=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss * unit)


def processor_seconds(work: Callable[[], object]) -> float:
    """Return how much processor time something takes in this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def ended_within(limit: float, work: Callable[[], object]) -> float | None:
    """Return how long something takes in a process of its own; None where it was stopped after `limit` seconds."""
    process = multiprocessing.get_context("fork").Process(target=work)
    begun = time.perf_counter()
    process.start()
    process.join(limit)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    if process.exitcode:
        raise RuntimeError(f"ended with {process.exitcode}")
    return time.perf_counter() - begun
