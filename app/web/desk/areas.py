"""The areas of the desk, each a module with its routes; in this order they stand in the menu."""

from collections.abc import Callable, Iterator
from typing import Final

from flask import Blueprint, Flask

from app.web.desk import (
    account,
    away,
    board,
    board_export,
    bulk,
    calendars,
    checking,
    documents,
    figures,
    files,
    forgotten,
    glossary,
    journal,
    left_behind,
    links,
    machine,
    memory,
    memory_files,
    message_preview,
    notices,
    packages,
    people,
    previews,
    provider,
    rearranging,
    replacing,
    report,
    reviewing,
    sign_in,
    talking,
    teams,
    templates,
    translating,
    typing,
    whose,
    work,
    writing,
)
from app.web.desk.desk import Desk
from app.web.desk.gate import Gate
from app.web.desk.presence import Presence
from app.web.desk.signed_in import Accounts
from app.web.published import Reader

_OF_THE_DESK: Final = (
    work,
    board,
    bulk,
    board_export,
    writing,
    documents,
    reviewing,
    whose,
    translating,
    talking,
    rearranging,
    replacing,
    checking,
    files,
    packages,
    templates,
    machine,
    typing,
    memory,
    memory_files,
    left_behind,
    glossary,
    figures,
    report,
    previews,
    teams,
    away,
    calendars,
    people,
    journal,
    notices,
)
"""Those that need nothing but the desk."""


def areas(
    desk: Desk, accounts: Accounts, presence: Presence, gate: Gate, readers: Callable[[Reader], Flask]
) -> Iterator[Blueprint]:
    """Give the routes of each area."""
    yield sign_in.blueprint(desk, accounts, presence, gate)
    yield from (area.blueprint(desk) for area in _OF_THE_DESK)
    yield message_preview.blueprint(desk, readers)
    yield links.blueprint(desk, gate)
    yield forgotten.blueprint(desk, gate)
    yield provider.blueprint(desk, accounts, presence)
    yield account.blueprint(desk, presence)
