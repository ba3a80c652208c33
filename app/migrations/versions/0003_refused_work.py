"""Work that was refused stays, with its reason; a scheduled revision remembers what was live when it was scheduled."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("refusal", sa.Text(), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))
    connection = op.get_bind()
    live = dict(connection.execute(sa.text("SELECT id, live_id FROM translation")).all())
    for number, payload in connection.execute(sa.text("SELECT id, payload FROM outbox WHERE kind = 'publish'")).all():
        embargo = json.loads(payload)
        embargo["live"] = live.get(embargo["translation"])
        connection.execute(
            sa.text("UPDATE outbox SET payload = :payload WHERE id = :id"),
            {"payload": json.dumps(embargo), "id": number},
        )


def downgrade() -> None:
    op.drop_column("outbox", "refused_at")
    op.drop_column("outbox", "refusal")
