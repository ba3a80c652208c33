"""People are told, too, that what was to go live by itself could not."""

from alembic import op

from app.migrations.steps import choose_among

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = ("returned", "assigned", "mentioned", "behind", "approved", "published")


def upgrade() -> None:
    choose_among("notice", "kind", "noticekind", *BEFORE, "refused")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'refused'")
    choose_among("notice", "kind", "noticekind", *BEFORE)
