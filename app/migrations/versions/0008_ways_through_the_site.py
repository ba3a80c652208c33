"""Months, tags and former slugs of what is published; every page is made anew, since older builds noted none."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice, make_anew_where

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("published_page", sa.Column("month", sa.String(length=7), nullable=True))
    op.create_index("ix_published_page_month", "published_page", ["locale", "month", "position"])
    op.create_table(
        "published_tag",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("msgid", sa.Text(), nullable=False),
        sa.Column("position", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "locale", "slug", name=op.f("pk_published_tag")),
    )
    op.create_index("ix_published_tag_list", "published_tag", ["slug", "locale", "position"])
    op.create_index("ix_published_tag_locale", "published_tag", ["locale", "slug"])
    op.create_table(
        "published_slug",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("kind", choice("kind", "news", "page", "catalogue"), nullable=False),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "locale", "slug", name=op.f("pk_published_slug")),
    )
    op.create_index("ix_published_slug_slug", "published_slug", ["slug", "kind"])
    make_anew_where("published_page")


def downgrade() -> None:
    op.drop_table("published_slug")
    op.drop_table("published_tag")
    op.drop_index("ix_published_page_month", "published_page")
    op.drop_column("published_page", "month")
