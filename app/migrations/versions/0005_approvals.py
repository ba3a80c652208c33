"""Approvals are kept: four eyes look at what changed since the last one."""

import sqlalchemy as sa
from alembic import op

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
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_translation_id"), ["translation_id"], unique=False)
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
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER approval_is_immutable BEFORE UPDATE OR DELETE ON approval "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    else:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER approval_is_immutable_{change.lower()} BEFORE {change} ON approval "
                "BEGIN SELECT RAISE(ABORT, 'an approval is never changed or deleted'); END"
            )


def downgrade() -> None:
    op.drop_table("approval")
