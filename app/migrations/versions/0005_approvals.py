"""Approvals are kept: four eyes look at what changed since the last one."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import never_changed

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_approval_revision_id")),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_approval_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_translation_id"), "approval", ["translation_id"])
    # what went live was approved, as far as the four eyes of older builds could tell, and so is a head that says so
    op.execute(
        "INSERT INTO approval (translation_id, revision_id, at) "
        "SELECT translation_id, revision_id, at FROM publication ORDER BY id"
    )
    op.execute(
        "INSERT INTO approval (translation_id, revision_id, at) "
        "SELECT translation.id, head_id, CURRENT_TIMESTAMP FROM translation "
        "WHERE status = 'approved' AND NOT EXISTS (SELECT 1 FROM approval WHERE revision_id = head_id)"
    )
    never_changed("approval", "an approval")


def downgrade() -> None:
    op.drop_table("approval")
