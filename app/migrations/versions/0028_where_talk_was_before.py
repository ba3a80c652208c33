"""Comments and dismissals remember the segments that they were at before theirs was joined to another."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_TABLES = ("comment", "dismissal")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("was_at", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "was_at")
