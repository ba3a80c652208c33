"""A machine translates: what it was given on a day, and what it translates into what."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "machine",
        sa.Column("protocol", sa.String(20), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("letters", sa.Integer, nullable=False),
        sa.Column("packed", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    op.drop_table("machine")
