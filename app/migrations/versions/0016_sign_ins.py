"""People sign in: sessions, one-time links, passkeys, recovery codes, and how often somebody tried."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _of_an_account(table: str, *columns: sa.Column[object], unique: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}")),
    )


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    _of_an_account(
        "sitting",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("agent", sa.String(200), nullable=False),
        unique=("digest",),
    )
    op.create_index(op.f("ix_sitting_account_id"), "sitting", ["account_id"])
    _of_an_account(
        "one_time_link",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        unique=("digest",),
    )
    op.create_index(op.f("ix_one_time_link_account_id"), "one_time_link", ["account_id"])
    _of_an_account(
        "passkey",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.String(200), nullable=False),
        sa.Column("device_type", sa.String(20), nullable=False),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("used_at", moment, nullable=False),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
        unique=("account_id", "name"),
    )
    _of_an_account("recovery_code", sa.Column("digest", sa.String(64), nullable=False), unique=("account_id", "digest"))
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    op.add_column("account", sa.Column("tf_last_counter", sa.Integer()))
    op.add_column("account", sa.Column("oidc_subject", sa.String(64)))
    op.create_index(op.f("ix_account_oidc_subject"), "account", ["oidc_subject"], unique=True)
    op.drop_column("account", "mf_recovery_codes")


def downgrade() -> None:
    op.add_column("account", sa.Column("mf_recovery_codes", sa.Text()))
    op.drop_index(op.f("ix_account_oidc_subject"), "account")
    op.drop_column("account", "oidc_subject")
    op.drop_column("account", "tf_last_counter")
    for table in ("throttle", "recovery_code", "passkey", "one_time_link", "sitting"):
        op.drop_table(table)
