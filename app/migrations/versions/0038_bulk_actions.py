"""What was done to a selection of texts is remembered, and can be undone; readers can be given back what they had."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice, choose_among
from app.storage.base import Moment

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

NOTICES = (
    "returned", "assigned", "mentioned", "behind", "approved", "published", "refused", "declined", "reassigned",
    "unassigned", "stands in", "due soon", "overdue", "escalated",
)  # fmt: skip
ACTIONS = (
    "start", "edit", "submit", "take-back", "return", "approve", "reopen", "publish", "schedule", "unschedule",
    "withdraw", "correct",
)  # fmt: skip
NEW = ("reminded", "put back")


def upgrade() -> None:
    choose_among("notice", "kind", "noticekind", *NOTICES, *NEW)
    choose_among("note", "action", "action", *ACTIONS, "put-back")
    op.create_table(
        "bulk_action",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "kind", choice("bulkkind", "assign", "due", "remind", "publish", "translate", "export"), nullable=False
        ),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", Moment(), nullable=False),
    )
    op.create_table(
        "bulk_item",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.Column("after", sa.Integer()),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("undone_at", Moment()),
        sa.Column("undone_by", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["bulk_action.id"], name=op.f("fk_bulk_item_action_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_bulk_item_document_id")),
    )
    op.create_index(op.f("ix_bulk_item_action_id"), "bulk_item", ["action_id"])


def downgrade() -> None:
    op.drop_table("bulk_item")
    op.drop_table("bulk_action")
    listed = ", ".join(f"'{kind}'" for kind in NEW)
    op.execute(f"DELETE FROM notice WHERE kind IN ({listed})")  # noqa: S608  # our own words
    op.execute("DELETE FROM note WHERE action = 'put-back'")
    choose_among("note", "action", "action", *ACTIONS)
    choose_among("notice", "kind", "noticekind", *NOTICES)
