"""The weekly report goes out by mail: to whom, never twice, and each Monday to who wants it."""

import sqlalchemy as sa
from alembic import op

from app.storage.base import Moment

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_habit", sa.Column("weekly", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_publication_at", "publication", ["at"])
    op.create_table(
        "weekly_letter",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("week", sa.String(8), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", Moment(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("weekly_letter")
    op.drop_index("ix_publication_at", "publication")
    op.drop_column("mail_habit", "weekly")
