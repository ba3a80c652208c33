"""Figures are read from a summary of the journal, and views are counted by the day."""

import sqlalchemy as sa
from alembic import op

from app.storage.base import Moment

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure_sum",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("measure", sa.String(20), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("locale", sa.String(35), primary_key=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure_lead",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("locale", sa.String(35), primary_key=True),
        sa.Column("minutes", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure_document",
        sa.Column("document_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_figure_document_document_id"), ondelete="CASCADE"
        ),
    )
    op.create_table(
        "figure_mark",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", Moment()),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_figure_mark_one")),
    )
    op.create_table(
        "view_day",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("locale", sa.String(35), primary_key=True),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.CheckConstraint("views > 0", name=op.f("ck_view_day_some")),
    )


def downgrade() -> None:
    for table in ("view_day", "figure_mark", "figure_document", "figure_lead", "figure_sum"):
        op.drop_table(table)
