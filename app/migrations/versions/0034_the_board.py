"""The board tells of each text who has it until when, what is open in it, and what of it is done."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice, make_anew_where
from app.storage.base import Moment

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assignment", sa.Column("team", sa.String(60), nullable=False, server_default=""))
    op.add_column("assignment", sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("assignment", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.drop_table("standing")  # a projection: made anew, with what it did not tell before
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
        sa.Column("since", Moment()),
        sa.Column("behind", sa.String(35), nullable=False),
        sa.Column("through", sa.String(35), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("needs_work", sa.Integer(), nullable=False),
        sa.Column("suggestions", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("failing", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("team", sa.String(60), nullable=False),
        sa.Column("due", Moment()),
        sa.Column("owed", Moment()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("scheduled", Moment()),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_standing_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "locale", name=op.f("pk_standing")),
    )
    op.create_index("ix_standing_place", "standing", ["place", "document_id"])
    op.create_index("ix_standing_status", "standing", ["status", "locale", "place"])
    op.create_index("ix_standing_person", "standing", ["person", sa.text("place DESC"), "document_id"])
    op.create_index("ix_standing_due", "standing", ["due", "locale"])
    op.create_index("ix_standing_since", "standing", ["locale", "since"])
    op.create_index("ix_standing_newest", "standing", ["locale", "place"])
    for name, columns, some in (
        ("owed", ["locale", "owed"], "owed IS NOT NULL"),
        ("to_publish", ["status", "place"], "status = 'approved' AND (live IS NULL OR live <> head)"),
        ("scheduled", ["scheduled"], "scheduled IS NOT NULL"),
        ("behind", ["locale", "place"], "behind <> ''"),
        ("failing", ["locale", "place"], "failing > 0"),
        ("comments", ["locale", "place"], "comments > 0"),
        ("suggestions", ["locale", "place"], "suggestions > 0"),
    ):
        where = sa.text(some)
        op.create_index(f"ix_standing_{name}", "standing", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "board_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.String(2000), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_board_view_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_view")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_board_view_account_id_name")),
    )
    op.create_index(op.f("ix_board_view_shared"), "board_view", ["shared"])
    make_anew_where("document")


def downgrade() -> None:
    raise NotImplementedError("what the standings told before is made by the build that told it")
