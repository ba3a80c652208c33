"""Where one is signed in is said by names that one knows."""

import pytest

from app.domain.devices import device

KIT = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (KIT.format("Windows NT 10.0; Win64; x64") + "Chrome/140.0.0.0 Safari/537.36", "Chrome · Windows"),
        (KIT.format("Windows NT 10.0") + "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge · Windows"),
        (KIT.format("Windows NT 10.0") + "Chrome/138 YaBrowser/25.8 Safari/537.36", "Yandex Browser · Windows"),
        (KIT.format("Linux; Android 14; K") + "Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome · Android"),
        (KIT.format("iPhone; CPU iPhone OS 18_0 like Mac OS X") + "Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
        ("x" * 200, "x" * 40),
    ],
)
def test_a_device_is_called_as_its_owner_calls_it(user_agent: str, said: str) -> None:
    assert device(user_agent) == said
