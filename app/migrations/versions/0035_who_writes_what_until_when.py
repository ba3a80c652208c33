"""Texts are given to people by rules, teams share them, substitutes stand in, and calendars read what is due."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice, choose_among
from app.storage.base import Moment

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

BEFORE = ("returned", "assigned", "mentioned", "behind", "approved", "published", "refused")
NEW = ("declined", "reassigned", "unassigned", "stands in", "due soon", "overdue", "escalated")
TABLES = ("calendar_feed", "handed_over", "absence", "assignment_rule", "team_member", "team")


def upgrade() -> None:
    choose_among("notice", "kind", "noticekind", *BEFORE, *NEW)
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "team_member",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_team_member_account_id")),
        sa.PrimaryKeyConstraint("team_id", "account_id", name=op.f("pk_team_member")),
    )
    op.create_table(
        "assignment_rule",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("kind", choice("kind", "news", "page", "catalogue")),
        sa.Column("tag", sa.String(200), nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("team", sa.String(60), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer()),
        sa.Column("country", sa.String(2), nullable=False),
        sa.UniqueConstraint("position", name=op.f("uq_assignment_rule_position")),
        sa.CheckConstraint("(person = '') <> (team = '')", name=op.f("ck_assignment_rule_a_person_or_a_team")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("substitute", sa.String(120), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("begun_at", Moment()),
        sa.Column("ended_at", Moment()),
    )
    op.create_index(op.f("ix_absence_person"), "absence", ["person"])
    op.create_table(
        "handed_over",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("absence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_handed_over_assignment_id")),
        sa.ForeignKeyConstraint(["absence_id"], ["absence.id"], name=op.f("fk_handed_over_absence_id")),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_handed_over")),
    )
    op.create_index(op.f("ix_handed_over_absence_id"), "handed_over", ["absence_id"])
    op.create_table(
        "calendar_feed",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    listed = ", ".join(f"'{kind}'" for kind in NEW)
    op.execute(f"DELETE FROM notice WHERE kind IN ({listed})")  # noqa: S608  # our own words
    choose_among("notice", "kind", "noticekind", *BEFORE)
