"""When readers last saw a text change, and share pictures: pages and photos are made anew."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import make_anew_where

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("published_page", sa.Column("changed", sa.DateTime(timezone=True), nullable=True))
    # what seems to have changed is looked at again by the next synchronisation, which cuts what a photo lacks
    op.execute("UPDATE media SET seen = ''")
    make_anew_where("published_page")


def downgrade() -> None:
    op.drop_column("published_page", "changed")
