"""What several migrations do alike. Databases were made by it: what one of these does, it does for ever."""

import re

import sqlalchemy as sa
from alembic import op


def choice(name: str, *values: str) -> sa.Enum:
    """Return the type of a column that takes these values alone, which a check named so holds."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def choose_among(table: str, column: str, name: str, *values: str) -> None:
    """Let a column that was made by `choice` take these values from now on; what the table has must be among them.

    SQLite changes no constraint of a table, so that it gets another table, made and indexed by the words of the first.
    Nothing may refer to the table.
    """
    check = f"ck_{table}_{name}"
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.drop_constraint(check, table)
        op.create_check_constraint(op.f(check), table, sa.column(column).in_(values))
        return
    schema = "SELECT sql FROM sqlite_master WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL"
    (made,) = bind.exec_driver_sql(schema, ("table", table)).scalars()
    indexes = bind.exec_driver_sql(schema, ("index", table)).scalars().all()
    listed = ", ".join(f"'{value}'" for value in values)
    anew, found = re.subn(
        rf"(CONSTRAINT {check} CHECK) \({column} IN \([^)]*\)\)", rf"\1 ({column} IN ({listed}))", made
    )
    if found != 1:
        raise RuntimeError(f"{table} has no constraint {check}")
    op.rename_table(table, f"{table}_before")
    bind.exec_driver_sql(anew)
    bind.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM {table}_before")  # noqa: S608  # as above
    op.drop_table(f"{table}_before")
    for index in indexes:
        bind.exec_driver_sql(index)


def never_changed(table: str, named: str) -> None:
    """Let the database refuse to change or delete a row; `named` is what it calls one."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_is_immutable BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_is_immutable_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{named} is never changed or deleted'); END"
        )


def make_anew_where(table: str) -> None:
    """Leave the note that the synchroniser looks for (`services.site.pages_lag`) and does before anything else.

    What is published is made anew by it; where a table of it is empty there is nothing to make.
    """
    op.execute(
        "INSERT INTO outbox (kind, subject, payload, due_at, attempts)"  # noqa: S608  # the migrations name the table
        " SELECT 'rebuild', 'site', '{}', '9000-01-01 00:00:00', 0"
        f" WHERE EXISTS (SELECT 1 FROM {table})"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'rebuild')"
    )
