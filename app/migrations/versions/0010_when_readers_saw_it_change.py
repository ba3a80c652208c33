"""When readers last saw a text change, and share pictures: pages and photos are made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("published_page", sa.Column("changed", sa.DateTime(timezone=True), nullable=True))
    # what seems to have changed is looked at again by the next synchronisation, which cuts what a photo lacks
    op.execute("UPDATE media SET seen = ''")
    # the note that the synchroniser looks for (`services.site.pages_lag`) and does before anything else
    op.execute(
        "INSERT INTO outbox (kind, subject, payload, due_at, attempts)"
        " SELECT 'rebuild', 'site', '{}', '9000-01-01 00:00:00', 0"
        " WHERE EXISTS (SELECT 1 FROM published_page)"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'rebuild')"
    )


def downgrade() -> None:
    op.drop_column("published_page", "changed")
