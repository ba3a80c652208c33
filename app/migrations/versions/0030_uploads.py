"""Files that people sent to the desk are kept until they said what is to become of them."""

import sqlalchemy as sa
from alembic import op

from app.storage.base import Moment

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("document", sa.String(130), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("filename", sa.String(200), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("done_at", Moment()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_upload_account", "upload", ["account_id", "at"])


def downgrade() -> None:
    op.drop_table("upload")
