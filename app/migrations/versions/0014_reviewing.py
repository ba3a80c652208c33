"""Comments, assignments, standing orders to publish, and links that show a draft."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_comment_revision_id")),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_comment_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_translation_id"), "comment", ["translation_id"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_assignment_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_text", "assignment", ["document_id", "locale"])
    op.create_index(op.f("ix_assignment_person"), "assignment", ["person"])
    op.create_table(
        "release_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("policy", choice("policy", "each", "together", "group first"), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_release_order_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_order")),
    )
    op.create_index(op.f("ix_release_order_document_id"), "release_order", ["document_id"])
    in_force = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_release_order_in_force", "release_order", ["document_id"], unique=True, sqlite_where=in_force,
        postgresql_where=in_force,
    )  # fmt: skip
    op.create_table(
        "preview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_preview_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview")),
        sa.UniqueConstraint("digest", name=op.f("uq_preview_digest")),
    )
    op.create_index(op.f("ix_preview_translation_id"), "preview", ["translation_id"])


def downgrade() -> None:
    for table in ("preview", "release_order", "assignment", "comment"):
        op.drop_table(table)
