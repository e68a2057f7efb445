"""The data behind the pages: every list as a file, and what every table and column holds."""

from explorer.asking import Question
from explorer.pages.page import Context, Listing, Page
from warehouse.snapshots.pool import Lease

SNAPSHOT = "/data/gouji.duckdb"
"""Where the whole snapshot is to be had."""

_COLUMNS = """
    SELECT schema_name AS schema, table_name AS "table", column_name AS "column", data_type AS type, comment
    FROM duckdb_columns()
    WHERE database_name = 'gouji' AND schema_name IN ('main', 'mart', 'core', 'audit', 'raw') AND NOT internal
    ORDER BY list_position(['main', 'mart', 'core', 'audit', 'raw'], schema_name), table_name, column_index
"""
_TABLES = """
    FROM (
        SELECT schema_name AS schema, table_name AS name, comment FROM duckdb_tables() WHERE database_name = 'gouji'
        UNION ALL
        SELECT schema_name, view_name, comment FROM duckdb_views() WHERE database_name = 'gouji' AND NOT internal
    )
    ORDER BY list_position(['main', 'mart', 'core', 'audit', 'raw'], schema), name
"""


def listing(asked: Question) -> Listing:
    """Return the dictionary, one row a column."""
    return Listing(_COLUMNS, "dictionary")


def view(asked: Question, lease: Lease) -> Context:
    """Gather every table with its columns."""
    columns: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in lease.rows(_COLUMNS):
        columns.setdefault((row["schema"], row["table"]), []).append(row)
    return {
        "snapshot": SNAPSHOT,
        "tables": [{**row, "columns": columns.get((row["schema"], row["name"]), [])} for row in lease.rows(_TABLES)],
    }


PAGE = Page("/data", "data.html", view, {}, listing)
