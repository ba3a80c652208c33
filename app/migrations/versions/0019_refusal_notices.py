"""People are told, too, that what was to go live by itself could not."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = ("returned", "assigned", "mentioned", "behind", "approved", "published")
COPY = (
    'INSERT INTO notice SELECT id, account_id, kind, document, locale, title, "by", text, roles, at, read_at, mail_at'
    " FROM notice_before"
)


def upgrade() -> None:
    _kinds(*BEFORE, "refused")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'refused'")
    _kinds(*BEFORE)


def _kinds(*kinds: str) -> None:
    """Let notices be of these kinds; SQLite changes no constraint of a table, so that it gets another table."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_notice_noticekind", "notice")
        op.create_check_constraint(op.f("ck_notice_noticekind"), "notice", sa.column("kind").in_(kinds))
        return
    op.drop_index("ix_notice_account_id", "notice")
    op.drop_index("ix_notice_mail_at", "notice")
    op.rename_table("notice", "notice_before")
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("noticekind", *kinds), nullable=False),
        sa.Column("document", sa.String(130), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("roles", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("mail_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.execute(COPY)
    op.drop_table("notice_before")
    op.create_index("ix_notice_account_id", "notice", ["account_id", "read_at"])
    op.create_index("ix_notice_mail_at", "notice", ["mail_at"])
