"""What every route of the desk says: who may come in. A route that says nothing does not exist."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import ParamSpec

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.domain.permissions import Right

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


class Entrance(StrEnum):
    """Routes that are about no text of the site."""

    ANYBODY = "whoever asks: signing in, and what a signed address names"
    OWN = "who is signed in, whatever their roles: their own account"


Needs = Right | Entrance


@dataclass(frozen=True, slots=True)
class Rule:
    """One route: where, by which methods, and what it needs."""

    path: str
    endpoint: str
    methods: tuple[str, ...]
    needs: Needs


class Rules:
    """Adds routes to blueprints, each behind its check, and remembers them for the tests that walk through all."""

    def __init__(self, check: Callable[[Needs], None]) -> None:
        self._check = check
        self.all: list[Rule] = []

    def add(
        self, blueprint: Blueprint, path: str, view: View[P], needs: Needs, *, name: str = "", methods: str = "GET"
    ) -> None:
        """Let a blueprint answer at `path` by `view`, once the check has passed who asks. `methods` as `GET POST`."""

        @wraps(view)
        def behind_check(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            self._check(needs)
            return view(*args, **kwargs)

        endpoint = name or view.__name__
        blueprint.add_url_rule(path, endpoint, behind_check, methods=methods.split())
        self.all.append(Rule(path, f"{blueprint.name}.{endpoint}", tuple(methods.split()), needs))
