"""Who looks after a site sees in the log what was tried and refused, and no word of what was sent."""

import pytest

from tests.desk import TestDesk

WORDS = "a text of somebody"
AT = "/desk/news/2026-01-01-item/en/"


def test_what_was_refused_is_told_with_whose_account_and_which_route_and_nothing_that_was_sent(
    desk: TestDesk, caplog: pytest.LogCaptureFixture
) -> None:
    sent = {"days": "7", "words": WORDS}
    assert desk.client().post(f"{AT}previews", data=sent).status_code == 401
    assert desk.signed_in("adil").post(f"{AT}previews", data=sent).status_code == 403
    assert desk.client().get(f"/desk/sign-in?next={WORDS}%00").status_code == 400
    desk.app.config["WTF_CSRF_ENABLED"] = True
    assert desk.signed_in("carim").post(f"{AT}previews", data=sent).status_code == 400
    said = [one.getMessage() for one in caplog.records if one.name.endswith("refused_requests")]
    assert [line.partition(":")[2] for line in said] == [
        " POST reviewing.give_out", " POST reviewing.give_out", " GET security.login", " POST reviewing.give_out"
    ]  # fmt: skip
    assert [line.split(" ")[0] for line in said] == ["401", "403", "400", "400"]
    assert "for a stranger" in said[0]
    assert "for account " in said[1]
    assert not [line for line in said if WORDS in line or "adil" in line]


def test_what_was_answered_is_not_told(desk: TestDesk, caplog: pytest.LogCaptureFixture) -> None:
    assert desk.signed_in("carim").get("/desk/").status_code == 200
    assert desk.client().get("/desk/nothing-here").status_code == 404
    assert not [one for one in caplog.records if one.name.endswith("refused_requests")]
