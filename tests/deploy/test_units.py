"""The delivered units and settings, as far as they can be tried without a machine of their own."""

import re
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from app.config import Settings
from app.storage.database import Database
from bench.behind import DEPLOY, HOST
from tests.databases import postgresql_or_skip
from tests.deploy.deployed import ROOT, program

UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
DOCUMENTED = (ROOT / "docs/deploying.md").read_text(encoding="utf-8")


def test_systemd_finds_nothing_to_say_about_the_units(tmp_path: Path) -> None:
    verify = program("systemd-analyze", needed_for="systemd")
    started = tmp_path / "program"
    started.write_text("#!/bin/sh\n")
    started.chmod(0o755)
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(re.sub(r"/srv/tilmash/\.venv/bin/\w+", str(started), text), encoding="utf-8")
    units = [str(tmp_path / name.replace("@.", "@8001.")) for name in UNITS]
    done = subprocess.run([verify, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.fixture
def settings() -> Settings:
    lines = (DEPLOY / "tilmash.env").read_text(encoding="utf-8").splitlines()
    written = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return Settings.from_environment(written)


def test_the_example_of_settings_can_be_read(settings: Settings) -> None:
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.hosts == (HOST,)


@pytest.mark.postgresql
def test_the_database_of_the_example_is_reached_through_its_socket(settings: Settings) -> None:
    """Nothing is changed but where this machine's PostgreSQL has its socket, and what is its to be asked for."""
    tests = make_url(postgresql_or_skip())
    engine = create_engine(tests)
    with engine.connect() as connection:
        folder = connection.scalar(text("SHOW unix_socket_directories"))
    engine.dispose()
    assert "/var/run/postgresql" in settings.database_url
    address = make_url(settings.database_url.replace("/var/run/postgresql", str(folder).partition(",")[0]))
    address = address.set(username=tests.username, password=tests.password, port=tests.port, database=tests.database)
    database = Database(address.render_as_string(hide_password=False))
    with database.read() as session:
        assert session.scalar(text("SELECT inet_server_addr()")) is None, "no network lies between"
    database.dispose()


@pytest.mark.parametrize("name", [*UNITS, "tilmash.conf", "tilmash.env"])
def test_the_page_on_deploying_tells_of_each_file(name: str) -> None:
    assert name.replace("@.", "@8001.") in DOCUMENTED or name in DOCUMENTED
