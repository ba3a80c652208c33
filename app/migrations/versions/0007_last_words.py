"""Up to which publication a catalogue was made; all are made anew, since older builds kept no last good words."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # 0 is no publication's: what is there is not taken for a beginning
    op.add_column("published_catalogue", sa.Column("publication", sa.Integer(), nullable=False, server_default="0"))
    # the note that the synchroniser looks for (`services.site.pages_lag`) and does before anything else
    op.execute(
        "INSERT INTO outbox (kind, subject, payload, due_at, attempts)"
        " SELECT 'rebuild', 'site', '{}', '9000-01-01 00:00:00', 0"
        " WHERE EXISTS (SELECT 1 FROM published_catalogue)"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'rebuild')"
    )


def downgrade() -> None:
    op.drop_column("published_catalogue", "publication")
