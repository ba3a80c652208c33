"""Where each word of a searchable text begins, so that a quotation costs no reading of it; every page is made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _exchange("folds", "places")


def downgrade() -> None:
    _exchange("places", "folds")


def _exchange(old: str, new: str) -> None:
    op.add_column("published_text", sa.Column(new, sa.Text(), nullable=False, server_default=""))
    op.drop_column("published_text", old)
    # the note that the synchroniser looks for (`services.site.pages_lag`) and does before anything else
    op.execute(
        "INSERT INTO outbox (kind, subject, payload, due_at, attempts)"
        " SELECT 'rebuild', 'site', '{}', '9000-01-01 00:00:00', 0"
        " WHERE EXISTS (SELECT 1 FROM published_page)"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'rebuild')"
    )
