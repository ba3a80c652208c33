"""People have accounts, and roles are granted to them."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROLES = ("translator", "reviewer", "author", "coordinator", "administrator")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("full_name", sa.String(120), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password", sa.String(255)),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        sa.Column("fs_webauthn_user_handle", sa.String(64)),
        sa.Column("tf_primary_method", sa.String(64)),
        sa.Column("tf_totp_secret", sa.String(255)),
        sa.Column("mf_recovery_codes", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.UniqueConstraint("fs_webauthn_user_handle", name=op.f("uq_account_fs_webauthn_user_handle")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", choice("role", *ROLES), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("account_id", "role", "locale", name=op.f("uq_role_grant_account_id_role_locale")),
    )


def downgrade() -> None:
    op.drop_table("role_grant")
    op.drop_table("account")
