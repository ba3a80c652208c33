"""Notices tell who was away that a text is theirs again."""

from alembic import op

from app.migrations.steps import choose_among

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

BEFORE = (
    "returned", "assigned", "mentioned", "behind", "approved", "published", "refused", "declined", "reassigned",
    "unassigned", "stands in", "due soon", "overdue", "escalated", "reminded", "put back", "assigned to team", "given",
    "given to team", "comes back", "called off", "away",
)  # fmt: skip


def upgrade() -> None:
    choose_among("notice", "kind", "noticekind", *BEFORE, "yours again")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'yours again'")
    choose_among("notice", "kind", "noticekind", *BEFORE)
