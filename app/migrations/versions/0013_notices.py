"""People are told what happened to texts they have to do with, and choose what of it comes by mail."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = ("returned", "assigned", "mentioned", "behind", "approved", "published")
CHOICES = ("at once", "digest", "none")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("noticekind", *KINDS), nullable=False),
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
    op.create_index("ix_notice_account_id", "notice", ["account_id", "read_at"])
    op.create_index("ix_notice_mail_at", "notice", ["mail_at"])
    op.create_table(
        "mail_habit",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("choice", choice("mailchoice", *CHOICES), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_mail_habit_an_hour_of_the_day")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mail_habit_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_mail_habit")),
    )


def downgrade() -> None:
    op.drop_table("mail_habit")
    op.drop_table("notice")
