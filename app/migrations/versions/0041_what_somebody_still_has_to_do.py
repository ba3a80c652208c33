"""What somebody still has to do is found among all that they ever had, by an index of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0038"
branch_labels = None
depends_on = None

UNFINISHED = sa.text("status IN ('missing', 'draft') OR behind <> ''")


def upgrade() -> None:
    op.create_index(
        "ix_standing_unfinished", "standing", ["person", "team"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
    )


def downgrade() -> None:
    op.drop_index("ix_standing_unfinished", "standing")
