"""An approval of a source text keeps the facts that stood then; notes may be of two more actions."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice

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
    _actions_of_notes(*ALL)


def downgrade() -> None:
    op.execute("DELETE FROM note WHERE action IN ('take-back', 'unschedule')")
    _actions_of_notes(*BEFORE)
    op.drop_column("approval", "facts_id")


def _actions_of_notes(*actions: str) -> None:
    """Let notes be of these actions; SQLite changes no constraint of a table, so that it gets another table."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_note_action", "note")
        op.create_check_constraint(op.f("ck_note_action"), "note", sa.column("action").in_(actions))
        return
    op.drop_index(op.f("ix_note_translation_id"), "note")
    op.rename_table("note", "note_before")
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("action", choice("action", *actions), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_note_revision_id")),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_note_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.execute("INSERT INTO note SELECT id, translation_id, revision_id, action, author, text, at FROM note_before")
    op.drop_table("note_before")
    op.create_index(op.f("ix_note_translation_id"), "note", ["translation_id"])
