from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from bench.behind import NGINX, delivered, nginx
from tests import databases
from tests.databases import required
from tests.deploy.deployed import Web, ask, begun, wait_for
from tests.processes import WITH_US, free_port
from tests.trees import Place


@dataclass
class Deployment:
    """Two web processes behind nginx, over one database."""

    place: Place
    webs: list[Web]
    port: int


@pytest.fixture(scope="session")
def needs_nginx() -> None:
    if NGINX is None:
        if required("nginx"):
            pytest.fail("TILMASH_REQUIRE names nginx, and there is none")
        pytest.skip("no nginx")


@pytest.fixture(scope="module")
def deployment(
    needs_nginx: None, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    root = tmp_path_factory.mktemp("deployment")
    with ExitStack() as stack:
        place = Place(root, stack.enter_context(databases.postgresql_database(postgresql_template)))
        stack.callback(place.database.dispose)
        begun(place)
        ports = [stack.enter_context(free_port()) for _ in range(3)]
        webs = []
        for port in ports[1:]:
            webs.append(Web(place, port))
            stack.callback(webs[-1].stop)
        site = delivered(root / "nginx", port=ports[0], workers=ports[1:])
        stack.enter_context(nginx(root / "nginx", site, before=WITH_US))
        wait_for(ports[0], lambda: ask(ports[0], "/healthz").status == 200, root / "nginx/error.log")
        yield Deployment(place=place, webs=webs, port=ports[0])
