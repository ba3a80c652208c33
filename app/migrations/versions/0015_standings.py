"""The desk has a projection of where each text stands."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice, make_anew_where

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standing",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("kind", choice("kind", "news", "page", "catalogue"), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("is_source", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("status", choice("status", "missing", "draft", "in review", "approved"), nullable=False),
        sa.Column("head", sa.Integer()),
        sa.Column("live", sa.Integer()),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("behind", sa.String(35), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("needs_work", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_standing_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "locale", name=op.f("pk_standing")),
    )
    op.create_index("ix_standing_place", "standing", ["place", "document_id"])
    op.create_index("ix_standing_locale", "standing", ["locale", "status"])
    make_anew_where("document")


def downgrade() -> None:
    op.drop_table("standing")
