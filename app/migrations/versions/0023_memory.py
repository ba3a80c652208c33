"""The translation memory; what was approved already is fed when every page is made anew."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice, make_anew_where

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# contentless: texts stand in the table, and which of a unit's words are found where nobody asks. Words are numbers
_SQLITE = (
    "CREATE VIRTUAL TABLE memory_index USING fts5 (words, content='', detail=none, columnsize=0, tokenize='ascii')"
)
# what waits to be put in order is read by each lookup: no more than a few approvals may leave
_POSTGRESQL = "CREATE INDEX memory_index ON memory_unit USING gin (trigrams) WITH (gin_pending_list_limit = 512)"


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "memory_text",
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_memory_text_translation_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_memory_text_revision_id")),
        sa.PrimaryKeyConstraint("translation_id", name=op.f("pk_memory_text")),
    )
    op.create_table(
        "memory_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
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
        sa.Column("trigrams", sa.Text() if sqlite else sa.ARRAY(sa.Integer())),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_memory_unit_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_unit")),
    )
    op.create_index(op.f("ix_memory_unit_translation_id"), "memory_unit", ["translation_id"])
    op.create_index("ix_memory_unit_exact", "memory_unit", ["source", "target", "digest"])
    op.execute(_SQLITE if sqlite else _POSTGRESQL)
    make_anew_where("approval")


def downgrade() -> None:
    op.drop_table("memory_unit")
    op.drop_table("memory_text")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE memory_index")
