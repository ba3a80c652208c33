"""Up to which publication a catalogue was made; all are made anew, since older builds kept no last good words."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import make_anew_where

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # 0 is no publication's: what is there is not taken for a beginning
    op.add_column("published_catalogue", sa.Column("publication", sa.Integer(), nullable=False, server_default="0"))
    make_anew_where("published_catalogue")


def downgrade() -> None:
    op.drop_column("published_catalogue", "publication")
