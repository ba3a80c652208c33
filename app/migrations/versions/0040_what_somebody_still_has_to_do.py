"""What somebody still has to do is found among all that they ever had, by an index of its own.

PostgreSQL is told besides that a language and how its texts stand go together: of a language that lacks half of all it
would expect a seventh of that, and sort what it could read in order. A text is found by its source's title too.
"""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import make_anew_where

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

UNFINISHED = sa.text("status IN ('missing', 'draft') OR behind <> ''")


def upgrade() -> None:
    op.create_index(
        "ix_standing_unfinished", "standing", ["person", "team"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE STATISTICS standing_status_locale (mcv) ON status, locale FROM standing")
    make_anew_where("document")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP STATISTICS standing_status_locale")
    op.drop_index("ix_standing_unfinished", "standing")
