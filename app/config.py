"""Settings of one process: read once from the environment, frozen, validated, failing loudly."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are. Everything is written below `data`, but for the two folders of the tree.

    `database_url` is an SQLAlchemy address; `secret_key` is None until it is made or read in the data folder.
    """

    data: Path
    content: Path
    translations: Path
    database_url: str
    secret_key: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the `TILMASH_…` variables and `DATABASE_URL`; ValueError says what is wrong with one."""
        data = Path(environment.get("TILMASH_DATA") or "var").resolve()
        url = environment.get("DATABASE_URL") or f"sqlite:///{data / 'tilmash.db'}"
        scheme, _, rest = url.partition("://")
        if scheme in {"postgres", "postgresql"}:
            url = f"postgresql+psycopg://{rest}"
        elif scheme not in {"sqlite", "postgresql+psycopg"}:
            raise ValueError(f"DATABASE_URL begins with sqlite: or postgresql:, and not with {scheme!r}")
        return cls(
            data=data,
            content=Path(environment.get("TILMASH_CONTENT") or "content").resolve(),
            translations=Path(environment.get("TILMASH_TRANSLATIONS") or "translations").resolve(),
            database_url=url,
            secret_key=environment.get("TILMASH_SECRET_KEY") or None,
        )
