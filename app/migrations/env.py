"""Alembic's entry: migrates the connection that `app.storage.schema` hands over."""

from alembic import context

from app.storage.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
