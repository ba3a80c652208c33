"""The view counter."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "view_seen",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("visitor", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", "visitor", name=op.f("pk_view_seen")),
    )
    op.create_table(
        "view_count",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.CheckConstraint("views > 0", name=op.f("ck_view_count_some")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_view_count_document_id")),
        sa.PrimaryKeyConstraint("document_id", "locale", name=op.f("pk_view_count")),
    )


def downgrade() -> None:
    op.drop_table("view_count")
    op.drop_table("view_seen")
