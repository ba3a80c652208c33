"""GNU gettext's own programs, which say what a catalogue is. CI installs them; a laptop may do without."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.databases import required


def program_or_skip(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        if required("gettext"):
            pytest.fail(f"TILMASH_REQUIRE names gettext, and there is no {name}")
        pytest.skip("GNU gettext is not installed")
    return found


def accepts(file: Path) -> bool:
    """Tell whether `msgfmt -c` takes a file."""
    command = [program_or_skip("msgfmt"), "-c", "-o", "/dev/null", str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def unformatted(mo: Path) -> bytes:
    """Return a MO file as the PO file that `msgunfmt` makes of it."""
    command = [program_or_skip("msgunfmt"), "--no-wrap", str(mo)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def in_utf8(raw: bytes) -> str | None:
    """Return a catalogue as `msgconv` reads and writes it; None where it does not read it or has no message."""
    done = subprocess.run([program_or_skip("msgconv"), "--to-code=UTF-8"], input=raw, capture_output=True, check=False)
    return done.stdout.decode() or None if done.returncode == 0 else None
