"""What an audit has in sight at once: some of the reports that changed, those beside them, and all that rules look at.

It stands in tables of the session. Texts that repeat are kept there as ENUMs: rules compare and group them as numbers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from expectations.model import Batch
from expectations.relations import BLANK, DOUBTED, NUMBER, UNREADABLE, cells_of, editions_of, of_reports
from warehouse.forms import EVERY_FORM
from warehouse.store import Connection, transaction

AT_ONCE = 5_000
"""Reports that are assessed together, in one transaction: what that takes does not grow with their number."""


@contextmanager
def in_sight(connection: Connection, first: int) -> Iterator[Batch]:
    """Keep the changed reports from one on with their statements, those beside them, and the cells of all.

    They are committed before the rules read them, and which reports they are before that: a table that the same
    transaction made is scanned without statistics, and the whole validation takes twice as long. What is read of the
    reports is of one moment; those that another machine loads meanwhile are left for the next validation.
    """
    try:
        connection.execute(_CREATE_ASSESSING, {"first": first, "last": first + AT_ONCE})
        connection.execute(_CREATE_IN_SIGHT)
        with transaction(connection):
            for statement in _STATEMENTS:
                connection.execute(statement)
        yield _BATCH
    finally:
        for table in _TABLES:
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        for name in _TYPES:
            connection.execute(f"DROP TYPE IF EXISTS temp.{name}")


def narrowed(connection: Connection, batch: Batch, places: str) -> Batch:
    """Return the batch with the cells alone of the reports of some places, and of those beside them.

    They stand in a table of the session until others are asked for.
    """
    connection.execute(_CREATE_NARROWED.format(places=places))
    return replace(batch, cells="temp.narrowed_cell")


_TABLES = (
    "assessing",
    "in_sight",
    "doubted",
    "assessed_cell",
    "assessed_report",
    "assessed_statement",
    "narrowed_cell",
)
_TYPES = ("seen_report", "seen_organ", "seen_code")

_CREATE_ASSESSING = """
    CREATE OR REPLACE TEMP TABLE assessing AS
    SELECT number, report_id, basis FROM temp.changed WHERE ordinal > $first AND ordinal <= $last
"""

# Of those whose prose alone is compared no cell is read.
_CREATE_IN_SIGHT = """
    CREATE OR REPLACE TEMP TABLE in_sight AS
    SELECT standing.*, seen.for_cells
    FROM temp.standing AS standing JOIN (
        SELECT number, bool_or(for_cells) AS for_cells FROM (
            SELECT number, true AS for_cells FROM temp.assessing
            UNION ALL SELECT other, side <> 'alike' FROM temp.beside
                WHERE number IN (SELECT number FROM temp.assessing)
        ) GROUP BY number
    ) AS seen ON seen.number = standing.number
"""

_READ = "(SELECT report_id, report_no FROM temp.in_sight WHERE for_cells)"

_SEEN_CELLS = cells_of(
    of_reports("core.cell", _READ),
    f"(SELECT * FROM core.statistics_line WHERE report_id IN (SELECT report_id FROM {_READ}))",
)

_NAMED = sorted(
    {NUMBER, *BLANK, UNREADABLE}.union(
        *({str(table), str(edition), *form.rows, *form.columns} for (table, edition), form in EVERY_FORM.items())
    )
)
"""All codes that a rule can name."""

# In the order of the texts, so that the greatest is the same. Few are told apart by all five codes.
_CREATE_TYPES = f"""
    CREATE OR REPLACE TEMP TYPE seen_report AS ENUM (SELECT report_id FROM temp.in_sight ORDER BY report_id);
    CREATE OR REPLACE TEMP TYPE seen_organ AS ENUM (
        SELECT DISTINCT unnest([organ_id, next_organ_id]) AS organ_id FROM temp.in_sight ORDER BY organ_id
    );
    CREATE OR REPLACE TEMP TYPE seen_code AS ENUM (
        SELECT DISTINCT unnest([table_code, edition, row_code, column_code, state]) AS code FROM (
            SELECT DISTINCT table_code, edition, row_code, column_code, state FROM {_SEEN_CELLS} AS cell
        ) UNION SELECT unnest({_NAMED}) ORDER BY code
    )
"""

_CREATE_DOUBTED = f"""
    CREATE OR REPLACE TEMP TABLE doubted AS
    SELECT report_id::seen_report AS report_id, table_code FROM {DOUBTED} AS doubt
    WHERE report_id IN (SELECT report_id FROM temp.in_sight)
"""

# A table whose two readings disagree is as good as not read, also to the reports that are held against it.
_CREATE_CELLS = f"""
    CREATE OR REPLACE TEMP TABLE assessed_cell AS
    SELECT report.report_id, report.organ_id, report.next_organ_id, report.merged, report.year,
        cell.table_code::seen_code AS table_code, cell.edition::seen_code AS edition,
        cell.row_code::seen_code AS row_code, cell.column_code::seen_code AS column_code,
        CASE WHEN doubt.report_id IS NULL THEN cell.value END AS value,
        (CASE WHEN doubt.report_id IS NULL THEN cell.state ELSE '{UNREADABLE}' END)::seen_code AS state
    FROM {_SEEN_CELLS} AS cell JOIN (
        SELECT report_id AS identity, report_id::seen_report AS report_id, organ_id::seen_organ AS organ_id,
            next_organ_id::seen_organ AS next_organ_id, merged, year
        FROM temp.in_sight
    ) AS report ON report.identity = cell.report_id
    LEFT JOIN temp.doubted AS doubt ON doubt.report_id = report.report_id AND doubt.table_code = cell.table_code
"""

_CREATE_REPORTS = f"""
    CREATE OR REPLACE TEMP TABLE assessed_report AS
    SELECT report.* REPLACE (report.report_id::seen_report AS report_id, report.organ_id::seen_organ AS organ_id),
        seen.number, seen.kind, seen.level, seen.parent_organ_id, seen.predecessors, seen.has_previous, stem.edition
    FROM core.report AS report JOIN temp.in_sight AS seen ON seen.report_id = report.report_id
    LEFT JOIN {editions_of("temp.assessed_cell")} AS stem ON stem.report_id = report.report_id
"""

_CREATE_STATEMENTS = """
    CREATE OR REPLACE TEMP TABLE assessed_statement AS
    SELECT * REPLACE (report_id::seen_report AS report_id)
    FROM core.statement WHERE report_id IN (SELECT report_id FROM temp.assessing)
"""

_TYPE_ASSESSING = "ALTER TABLE temp.assessing ALTER report_id TYPE seen_report"

_STATEMENTS = (
    _CREATE_TYPES,
    _TYPE_ASSESSING,
    _CREATE_DOUBTED,
    _CREATE_CELLS,
    _CREATE_REPORTS,
    _CREATE_STATEMENTS,
)

_CREATE_NARROWED = """
    CREATE OR REPLACE TEMP TABLE narrowed_cell AS
    WITH wanted AS (
        SELECT number FROM temp.assessed_report WHERE report_id IN (SELECT report_id FROM {places} AS place)
    )
    FROM temp.assessed_cell WHERE report_id IN (
        SELECT report_id FROM temp.assessed_report WHERE number IN (
            FROM wanted UNION ALL
            SELECT other FROM temp.beside WHERE side <> 'alike' AND number IN (FROM wanted)
        )
    )
"""

_BATCH = Batch(
    cells="temp.assessed_cell",
    reports="(SELECT * EXCLUDE (edition) FROM temp.assessed_report)",
    reports_with_cells="(SELECT * FROM temp.assessed_report WHERE edition IS NOT NULL)",
    statements="temp.assessed_statement",
    code="seen_code",
    alike="(SELECT number, other FROM temp.beside WHERE side IN ('alike', 'same'))",
)
