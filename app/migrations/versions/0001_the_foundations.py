"""The foundations."""

import sqlalchemy as sa
from alembic import op

from app.migrations.steps import choice, never_changed

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEVER_CHANGED = ("revision", "publication", "event")


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("kind", "news", "page", "catalogue"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=35), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_document_kind_name")),
    )
    op.create_table(
        "event",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_event_previous")),
    )
    op.create_index(op.f("ix_event_subject"), "event", ["subject"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at"])
    op.create_index(op.f("ix_outbox_subject"), "outbox", ["subject"])
    op.create_table(
        "published_catalogue",
        sa.Column("domain", sa.String(length=120), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("mo", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("domain", "locale", name=op.f("pk_published_catalogue")),
    )
    op.create_table(
        "published_page",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("kind", choice("kind", "news", "page", "catalogue"), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("shown", sa.String(length=35), nullable=False),
        sa.Column("position", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("page", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("document_id", "locale", name=op.f("pk_published_page")),
        sa.UniqueConstraint("kind", "locale", "slug", name=op.f("uq_published_page_kind_locale_slug")),
    )
    op.create_index("ix_published_page_list", "published_page", ["kind", "locale", "shown", "position"])
    op.create_index("ix_published_page_slug", "published_page", ["kind", "slug"])
    op.create_table(
        "published_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_site")),
    )
    op.create_table(
        "media",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=250), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.String(length=60), nullable=False),
        sa.Column("stored", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_media_document_id")),
        sa.PrimaryKeyConstraint("document_id", "path", name=op.f("pk_media")),
    )
    op.create_table(
        "translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("status", choice("status", "missing", "draft", "in review", "approved"), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("live_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(status = 'missing') = (head_id IS NULL)", name=op.f("ck_translation_a_head_unless_missing")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_translation_document_id")),
        sa.ForeignKeyConstraint(["head_id"], ["revision.id"], name=op.f("fk_translation_head_id"), use_alter=True),
        sa.ForeignKeyConstraint(["live_id"], ["revision.id"], name=op.f("fk_translation_live_id"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint("document_id", "locale", name=op.f("uq_translation_document_id_locale")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("packed_map", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("channel", choice("channel", "desk", "tree", "upload", "api", "shell", "worker"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["revision.id"], name=op.f("fk_revision_parent_id")),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_revision_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("translation_id", "number", name=op.f("uq_revision_translation_id_number")),
    )
    op.create_index("ix_revision_digest", "revision", ["translation_id", "digest"])
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            choice(
                "action",
                "start",
                "edit",
                "submit",
                "return",
                "approve",
                "reopen",
                "publish",
                "schedule",
                "withdraw",
                "correct",
            ),
            nullable=False,
        ),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_note_revision_id")),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_note_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_translation_id"), "note", ["translation_id"])
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_publication_revision_id")),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_publication_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(op.f("ix_publication_translation_id"), "publication", ["translation_id"])
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("base_digest", sa.String(length=64), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("channel", choice("channel", "desk", "tree", "upload", "api", "shell", "worker"), nullable=False),
        sa.Column("state", choice("suggestionstate", "open", "taken", "declined"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_suggestion_revision_id")),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_suggestion_translation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index(op.f("ix_suggestion_translation_id"), "suggestion", ["translation_id"])
    op.create_table(
        "tree_file",
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("refused", sa.String(length=64), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_tree_file_revision_id")),
        sa.ForeignKeyConstraint(["translation_id"], ["translation.id"], name=op.f("fk_tree_file_translation_id")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_tree_file")),
    )
    op.create_index(op.f("ix_tree_file_translation_id"), "tree_file", ["translation_id"])
    op.execute("INSERT INTO published_site (id, version) VALUES (1, 0)")
    if op.get_bind().dialect.name == "postgresql":
        # the two tables refer to each other; SQLite takes that in CREATE TABLE, PostgreSQL afterwards
        for column in ("head_id", "live_id"):
            op.create_foreign_key(f"fk_translation_{column}", "translation", "revision", [column], ["id"])
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a % is never changed or deleted', TG_TABLE_NAME; END $$"
        )
    for table in NEVER_CHANGED:
        never_changed(table, f"a {table}")


def downgrade() -> None:
    raise NotImplementedError("the first migration has nothing to go back to; delete the database instead")
