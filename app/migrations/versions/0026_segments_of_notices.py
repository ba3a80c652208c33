"""A notice leads to the segment that it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notice", sa.Column("key", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("notice", "key")
