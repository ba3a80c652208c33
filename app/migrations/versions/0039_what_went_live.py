"""The summary of the figures says which texts went live on which day; it is made anew from the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure_went",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("document_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("locale", sa.String(35), primary_key=True),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_figure_went_document_id"), ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.execute("UPDATE figure_mark SET zone = ''")  # no zone's days: the worker begins anew


def downgrade() -> None:
    op.drop_table("figure_went")
    op.execute("UPDATE figure_mark SET zone = ''")
