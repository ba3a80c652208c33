"""What every test's database and application would do anew, done once for all tests of a process.

A process of the site has one engine and one application, and compiles each statement and each rule once. Here every
test has its own of both, which are alike.
"""

from collections.abc import Callable
from functools import partial

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from app.storage import database

STATEMENTS: LRUCache[object, object] = LRUCache(2_000)


class RuleOfATest(Rule):
    """A rule that learns how to build its addresses when the first is asked for: most rules of a test's are never."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        learn = partial(super()._compile_builder, append_unknown)
        learnt: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, *given: object, **values: object) -> tuple[str, str]:
            if not learnt:
                learnt.append(learn())
            return learnt[0](rule, *given, **values)

        return build


def _alike(one: object, other: object) -> bool:
    return type(one) is type(other)


def _hashed(self: object) -> int:
    return hash(type(self))


def share() -> None:
    """Let engines of a dialect share what they compiled, and applications compile what they use."""
    for dialect in (PGDialect_psycopg, SQLiteDialect_pysqlite):
        dialect.__eq__ = _alike  # type: ignore[method-assign]  # they key what is compiled
        dialect.__hash__ = _hashed  # type: ignore[method-assign]  # as above
    database.create_engine = partial(create_engine, execution_options={"compiled_cache": STATEMENTS})  # type: ignore[attr-defined]  # the name it imported
    Flask.url_rule_class = RuleOfATest
