"""Assignments say from which publication they followed, notices who asks, and coordinators get a calendar of all."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choose_among
from app.storage.base import Moment

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

BEFORE = (
    "returned", "assigned", "mentioned", "behind", "approved", "published", "refused", "declined", "reassigned",
    "unassigned", "stands in", "due soon", "overdue", "escalated", "reminded", "put back",
)  # fmt: skip
NEW = ("assigned to team", "given", "given to team", "comes back", "called off", "away")


def upgrade() -> None:
    op.add_column("assignment", sa.Column("publication", sa.Integer(), nullable=False, server_default="0"))
    choose_among("notice", "kind", "noticekind", *BEFORE, *NEW)
    own = _feeds("everybody", of="1 = 1")
    _make_feeds(sa.Column("everybody", sa.Boolean(), nullable=False), rows=own)


def downgrade() -> None:
    _make_feeds(rows=_feeds(of="NOT everybody"))
    listed = ", ".join(f"'{kind}'" for kind in NEW)
    op.execute(f"DELETE FROM notice WHERE kind IN ({listed})")  # noqa: S608  # our own words
    choose_among("notice", "kind", "noticekind", *BEFORE)
    op.drop_column("assignment", "publication")


def _feeds(*flags: str, of: str) -> list[dict[str, object]]:
    """Return the addresses of one's own that there are, without the flags that are new."""
    columns = sa.select(sa.column("account_id"), sa.column("digest"), sa.column("made_at", Moment()))
    rows = op.get_bind().execute(columns.select_from(sa.table("calendar_feed")).where(sa.text(of)))
    return [{**row._asdict(), **dict.fromkeys(flags, False)} for row in rows]


def _make_feeds(*flags: sa.Column[bool], rows: list[dict[str, object]]) -> None:
    """Make the table once more, since SQLite changes no key."""
    op.drop_table("calendar_feed")
    made = op.create_table(
        "calendar_feed",
        sa.Column("account_id", sa.Integer(), nullable=False),
        *flags,
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id")),
        sa.PrimaryKeyConstraint("account_id", *(one.name for one in flags), name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
    )
    op.bulk_insert(made, rows)
