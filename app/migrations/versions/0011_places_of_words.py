"""Where each word of a searchable text begins, so that a quotation costs no reading of it; every page is made anew."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import make_anew_where

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _exchange("folds", "places")


def downgrade() -> None:
    _exchange("places", "folds")


def _exchange(old: str, new: str) -> None:
    op.add_column("published_text", sa.Column(new, sa.Text(), nullable=False, server_default=""))
    op.drop_column("published_text", old)
    make_anew_where("published_page")
