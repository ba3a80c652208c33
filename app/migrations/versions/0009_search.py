"""What published texts are found by; every page is made anew, since those of older builds were not made searchable."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from app.migrations.steps import make_anew_where

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# contentless: what a row is found by stands in the table, and SQLite has no use for it a second time. Terms hold
# letters, digits and underscores alone, which the tokenizer takes as they are; where they stand nobody asks.
_SQLITE = (
    """CREATE VIRTUAL TABLE published_text_index USING fts5 (
        terms, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '_'"
    )""",
    """CREATE TRIGGER published_text_made AFTER INSERT ON published_text BEGIN
        INSERT INTO published_text_index (rowid, terms) VALUES (new.id, new.terms);
    END""",
    """CREATE TRIGGER published_text_deleted AFTER DELETE ON published_text BEGIN
        INSERT INTO published_text_index (published_text_index, rowid, terms) VALUES ('delete', old.id, old.terms);
    END""",
)
_POSTGRESQL = (
    "CREATE INDEX published_text_index ON published_text USING gin (terms)",
    # texts stand apart from rows, so that to sort what a common word finds is to read few pages
    "ALTER TABLE published_text SET (toast_tuple_target = 128)",
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "published_text",
        sa.Column("id", sa.Integer() if sqlite else sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folds", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text() if sqlite else TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_text")),
    )
    op.create_index(op.f("ix_published_text_document_id"), "published_text", ["document_id"])
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)
    make_anew_where("published_page")


def downgrade() -> None:
    op.drop_table("published_text")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE published_text_index")
