"""Many new rows at once."""

from django.db import connection

FEW = 50  # up to here one INSERT is as quick


def insert_many(rows: list) -> list:
    """Stores new rows of one model by COPY, several times as fast as bulk_create; nothing else may be wrong with them.

    Keys must be made in Python; fields fill themselves as in save(). Returns the rows.
    """
    if len(rows) <= FEW:
        return type(rows[0])._default_manager.bulk_create(rows) if rows else []
    fields = rows[0]._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(
                [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
            )
    for row in rows:
        row._state.adding = False
    return rows
