"""A question to an author says into which language somebody was translating."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("comment", "notice"):
        op.add_column(table, sa.Column("for_locale", sa.String(35), nullable=False, server_default=""))


def downgrade() -> None:
    for table in ("comment", "notice"):
        op.drop_column(table, "for_locale")
