"""What published pages name of the media store; every page is made anew, since those of older builds noted none."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import make_anew_where

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_media",
        sa.Column("name", sa.String(length=90), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("saved_as", sa.String(length=250), nullable=False),
        sa.PrimaryKeyConstraint("name", "document_id", name=op.f("pk_published_media")),
    )
    op.create_index(op.f("ix_published_media_document_id"), "published_media", ["document_id"])
    make_anew_where("published_page")


def downgrade() -> None:
    op.drop_table("published_media")
