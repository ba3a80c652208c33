"""An approval of a source text keeps the facts that stood then; notes may be of two more actions."""

from alembic import op

from app.migrations.steps import choose_among

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BEFORE = ("start", "edit", "submit", "return", "approve", "reopen", "publish", "schedule", "withdraw", "correct")
ALL = (*BEFORE, "take-back", "unschedule")


def upgrade() -> None:
    op.execute(
        "ALTER TABLE approval ADD COLUMN facts_id INTEGER CONSTRAINT fk_approval_facts_id REFERENCES revision (id)"
    )
    choose_among("note", "action", "action", *ALL)


def downgrade() -> None:
    op.execute("DELETE FROM note WHERE action IN ('take-back', 'unschedule')")
    choose_among("note", "action", "action", *BEFORE)
    op.drop_column("approval", "facts_id")
