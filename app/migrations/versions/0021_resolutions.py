"""Comments are settled, or opened again."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment_resolution",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("comment_id", sa.Integer, sa.ForeignKey("comment.id"), nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_comment_resolution_comment_id", "comment_resolution", ["comment_id"])


def downgrade() -> None:
    op.drop_table("comment_resolution")
