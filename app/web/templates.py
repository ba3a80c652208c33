"""How templates of both applications are read: strictly, and with what they share."""

from flask import Flask
from jinja2 import StrictUndefined

from app.domain.locales import with_country


def install(app: Flask) -> None:
    """Let a misspelt name in a template be an error, and its tags leave no lines of their own in the markup."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["with_country"] = with_country
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
