"""Findings of checks are dismissed with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dismissal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("translation_id", sa.Integer, sa.ForeignKey("translation.id"), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("check_name", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("stands", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_dismissal_subject", "dismissal", ["translation_id", "subject"])


def downgrade() -> None:
    op.drop_table("dismissal")
