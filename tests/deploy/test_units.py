"""The delivered units and settings, as far as they can be tried without a machine of their own."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.config import Settings
from bench.behind import DEPLOY, HOST
from tests.databases import required
from tests.deploy.deployed import ROOT

UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
DOCUMENTED = (ROOT / "docs/deploying.md").read_text(encoding="utf-8")


def test_systemd_finds_nothing_to_say_about_the_units(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        if required("systemd"):
            pytest.fail("TILMASH_REQUIRE names systemd, and there is no systemd-analyze")
        pytest.skip("no systemd-analyze")
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(re.sub(r"/srv/tilmash/\.venv/bin/\w+", str(program), text), encoding="utf-8")
    units = [str(tmp_path / name.replace("@.", "@8001.")) for name in UNITS]
    done = subprocess.run([verify, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_example_of_settings_can_be_read() -> None:
    lines = (DEPLOY / "tilmash.env").read_text(encoding="utf-8").splitlines()
    written = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    settings = Settings.from_environment(written)
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.hosts == (HOST,)


@pytest.mark.parametrize("name", [*UNITS, "tilmash.conf", "tilmash.env"])
def test_the_page_on_deploying_tells_of_each_file(name: str) -> None:
    assert name.replace("@.", "@8001.") in DOCUMENTED or name in DOCUMENTED
