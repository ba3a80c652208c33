"""The translation memory has units of files that people brought, too."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice
from app.storage.base import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_KEPT = (
    "id, translation_id, key, form, source, target, source_text, target_text, origin, digest, before, after, trigrams"
)


def upgrade() -> None:
    op.create_table(
        "memory_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(200), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("done_at", Moment()),
        sa.Column("indexed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_import")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(imports=True)
    else:
        op.alter_column("memory_unit", "translation_id", nullable=True)
        for column in _of_imports():
            op.add_column("memory_unit", column)
        op.create_foreign_key(op.f("fk_memory_unit_import_id"), "memory_unit", "memory_import", ["import_id"], ["id"])
        op.create_check_constraint(op.f("ck_memory_unit_of_one"), "memory_unit", _OF_ONE)
    op.create_index(op.f("ix_memory_unit_import_id"), "memory_unit", ["import_id"])


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.drop_index(op.f("ix_memory_unit_import_id"), "memory_unit")
    op.execute("DELETE FROM memory_unit WHERE import_id IS NOT NULL")
    if sqlite:
        _make_anew(imports=False)
    else:
        op.drop_constraint(op.f("ck_memory_unit_of_one"), "memory_unit")
        for column in _of_imports():
            op.drop_column("memory_unit", column.name)
        op.alter_column("memory_unit", "translation_id", nullable=False)
    op.drop_table("memory_import")


_OF_ONE = "(translation_id IS NULL) <> (import_id IS NULL)"


def _of_imports() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("import_id", sa.Integer()),
        sa.Column("said_of", sa.String(200)),
        sa.Column("said_by", sa.String(120)),
        sa.Column("said_at", Moment()),
    )


def _make_anew(*, imports: bool) -> None:
    """Make the table of units once more on SQLite, which changes no column; they keep their numbers, and the index."""
    op.rename_table("memory_unit", "memory_unit_before")
    more: tuple[sa.schema.SchemaItem, ...] = ()
    if imports:
        to_file = sa.ForeignKeyConstraint(["import_id"], ["memory_import.id"], name=op.f("fk_memory_unit_import_id"))
        more = (*_of_imports(), to_file, sa.CheckConstraint(_OF_ONE, name=op.f("ck_memory_unit_of_one")))
    op.create_table(
        "memory_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=imports),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(35), nullable=False),
        sa.Column("target", sa.String(35), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.Column("target_text", sa.Text(), nullable=False),
        sa.Column("origin", choice("origin", "human", "machine", "derived"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("after", sa.String(64), nullable=False),
        sa.Column("trigrams", sa.Text()),
        *more,
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_memory_unit_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_unit")),
    )
    op.execute(f"INSERT INTO memory_unit ({_KEPT}) SELECT {_KEPT} FROM memory_unit_before")  # noqa: S608  # our own words
    op.drop_table("memory_unit_before")
    op.create_index(op.f("ix_memory_unit_translation_id"), "memory_unit", ["translation_id"])
    op.create_index("ix_memory_unit_exact", "memory_unit", ["source", "target", "digest"])
