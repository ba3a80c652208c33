"""The desk is told of messages that a page could not be made with."""

import sqlalchemy as sa
from alembic import op

from app.storage.base import Moment

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unfilled",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("at", Moment(), nullable=False),
    )
    op.create_index("ix_unfilled_at", "unfilled", ["at"])


def downgrade() -> None:
    op.drop_table("unfilled")
