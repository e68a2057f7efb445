"""The relations that compiled rules read and make.

Compiled queries use neither bound parameters nor braces, so that they can stand anywhere. Codes come from the
forms, never from pages.
"""

from collections.abc import Iterable, Sequence

from expectations.model import Batch, Reason, Verdict
from warehouse.forms import Edition, TableCode
from warehouse.forms.statistics import AMOUNT_COLUMN, AMOUNTS, FIGURE_COLUMN
from warehouse.sql import literal

PLACE = ("report_id", "edition", "table_code", "row_code", "column_code", "statement_ordinal")
"""What tells one place of a rule from the others."""

_CODES = ("edition", "table_code", "row_code", "column_code")

NUMBER = "number"
"""The state of a cell that has a figure."""

BLANK = ("blank", "dash")
"""The states that count as blank."""

UNREADABLE = "unreadable"
"""The state of a cell that holds something that is not a figure."""

_AMOUNTS = ", ".join(f"'{code}'" for code in AMOUNTS)


def cells_of(cells: str = "core.cell", lines: str = "core.statistics_line") -> str:
    """Return the cells of report versions, those of the appendix of 2014 to 2018 as cells of its one column."""
    return f"""(
        FROM {cells} AS cell
        UNION ALL BY NAME
        SELECT report_id, '{TableCode.STATISTICS}' AS table_code, '{Edition.E2014}' AS edition, code AS row_code,
            CASE WHEN code IN ({_AMOUNTS}) THEN '{AMOUNT_COLUMN}' ELSE '{FIGURE_COLUMN}' END AS column_code,
            value, state, unit, raw, place_table, place_row, place_cell
        FROM {lines} AS line WHERE code IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY report_id, code ORDER BY ordinal) = 1
    )"""


def of_reports(table: str, reports: str) -> str:
    """Return the rows of a table that are of some reports, ``reports`` with their identities and numbers.

    By their numbers, where they have one, only the blocks that hold them are read.
    """
    return f"""(
        SELECT * FROM {table} AS part WHERE report_no IN (SELECT report_no FROM {reports} AS wanted)
        UNION ALL
        SELECT * FROM {table} AS part
        WHERE report_no IS NULL AND report_id IN (SELECT report_id FROM {reports} AS wanted)
    )"""


DOUBTED = "(SELECT DISTINCT report_id, table_code FROM core.report_table WHERE is_doubtful)"
"""The tables of reports whose two readings disagree."""

CELLS = cells_of()
"""The cells of every report version."""

LINEAGE = """(
    SELECT report_id, organ_id, year, coalesce(succession.successor_organ_id, organ_id) AS next_organ_id,
        count(*) OVER (PARTITION BY year, coalesce(succession.successor_organ_id, organ_id)) AS merged
    FROM core.report AS report LEFT JOIN (
        SELECT predecessor_organ_id, since_year, min(successor_organ_id) AS successor_organ_id
        FROM core.succession GROUP BY predecessor_organ_id, since_year
    ) AS succession ON predecessor_organ_id = organ_id AND since_year = year + 1
    WHERE is_current
)"""
"""Current report versions with the organ whose report of the next year goes on from them (the organ itself, unless it
was renamed or merged by then), and how many such reports that one goes on from."""


def current(cells: str) -> str:
    """Return those of some cells that are of current report versions, with organ, year and the organ that goes on."""
    return f"""(
        SELECT cell.*, report.organ_id, report.year, report.next_organ_id, report.merged
        FROM {cells} AS cell JOIN {LINEAGE} AS report ON report.report_id = cell.report_id
    )"""


CURRENT_CELLS = current(CELLS)
"""The cells of current report versions, with organ, year and the organ that goes on from them."""

CURRENT_REPORTS = f"""(
    SELECT report.*, organ.kind, organ.level, organ.parent_organ_id, coalesce(previous.reports, 0) AS predecessors,
        predecessors >= coalesce(declared.organs, 1) AS has_previous
    FROM core.report AS report
    LEFT JOIN (SELECT DISTINCT ON (organ_id) * FROM core.organ) AS organ ON organ.organ_id = report.organ_id
    LEFT JOIN (SELECT next_organ_id, year, count(*) AS reports FROM {LINEAGE} AS lineage GROUP BY ALL) AS previous
        ON previous.next_organ_id = report.organ_id AND previous.year = report.year - 1
    LEFT JOIN (
        SELECT successor_organ_id, since_year, count(DISTINCT predecessor_organ_id) AS organs
        FROM core.succession GROUP BY ALL
    ) AS declared ON declared.successor_organ_id = report.organ_id AND declared.since_year = report.year
    WHERE report.is_current
)"""
"""Current report versions with their organ, and whether those of the year before that they go on from are loaded."""


def batch_of(cells: str) -> Batch:
    """Return the batch of a relation of current cells."""
    stemming = f"""(
        SELECT report.*, stem.edition FROM {CURRENT_REPORTS} AS report
        JOIN {editions_of(cells)} AS stem ON stem.report_id = report.report_id
    )"""
    return Batch(cells, CURRENT_REPORTS, stemming)


def editions_of(cells: str) -> str:
    """Return the reports that a relation of cells stems from, each with an edition of its tables."""
    return f"(SELECT report_id, max(edition) AS edition FROM {cells} AS cell GROUP BY report_id)"


def assessment(
    of: str,
    *,
    holds: str,
    severity: str,
    reason: str = "NULL",
    strict: str = "verdict",
    left: str = "NULL",
    right: str = "NULL",
    table: str = "NULL",
    row: str = "NULL",
    column: str = "NULL",
    statement: str = "NULL",
    quote: str = "NULL",
    breach: str = "NULL",
) -> str:
    """Write what assessing a rule selects, one row a place; every argument is SQL.

    ``of`` is the relation that has report, year and edition; ``holds`` the condition that must be true; ``reason`` why
    a place cannot be assessed, if it is not NULL; ``strict`` the verdict if blank meant zero; ``left`` and ``right``
    what was compared, in ``table``, ``row`` and ``column``, or in the ``statement`` with the ``quote``; ``breach``
    the position of the violated limit.
    """
    failing = f"WHEN {holds} THEN '{Verdict.PASS}' ELSE '{Verdict.FAIL}' END"
    columns = {
        "year": (f"{of}.year", "INTEGER"),
        "table_code": (table, "VARCHAR"),
        "row_code": (row, "VARCHAR"),
        "column_code": (column, "VARCHAR"),
        "statement_ordinal": (statement, "INTEGER"),
        "quote": (quote, "VARCHAR"),
        "left_value": (left, "DECIMAL(20, 4)"),
        "right_value": (right, "DECIMAL(20, 4)"),
        "severity": (severity, "VARCHAR"),
        "breach": (breach, "INTEGER"),
        "reason": (reason, "VARCHAR"),
        "verdict": (f"CASE WHEN ({reason}) IS NOT NULL THEN '{Verdict.NOT_ASSESSABLE}' {failing}", "VARCHAR"),
        "strict_verdict": (strict, "VARCHAR"),
    }
    typed = ", ".join(f"CAST({value} AS {data_type}) AS {name}" for name, (value, data_type) in columns.items())
    return f"{of}.report_id AS report_id, {of}.edition AS edition, {typed}"


THE_CELL = {
    "of": "cell",
    "table": "cell.table_code",
    "row": "cell.row_code",
    "column": "cell.column_code",
    "left": "cell.value",
}
"""What :func:`assessment` is told where the figure of a ``cell`` is assessed."""

THE_STATEMENT = {
    "of": "report",
    "statement": "statement.ordinal",
    "quote": "statement.quote",
    "left": "statement.value",
}
"""What :func:`assessment` is told where the figure of a ``statement`` of the ``report`` is assessed."""


def unread(batch: Batch, *cells: str) -> str:
    """Write the reason for :func:`assessment` where one of some cells was not read, NULL where all were."""
    states = ", ".join(f"{cell}.state" for cell in cells)
    return f"CASE WHEN {batch.coded(UNREADABLE)} IN ({states}) THEN '{Reason.UNREADABLE}' END"


def somewhere(holds: str, batch: Batch, *cells: str) -> tuple[str, str]:
    """Write the reason for :func:`assessment`, and which reports it is of: those in which something ``holds``.

    A report in which nothing does is left aside. As long as one of its figures was not read, nobody can say that, and
    nothing is said of those that were.
    """
    not_read = f"({unread(batch, *cells)}) IS NOT NULL"
    found, lacks = (f"bool_or({each}) OVER (PARTITION BY cell.report_id)" for each in (holds, not_read))
    reason = f"CASE WHEN {not_read} OR ({lacks} AND {found} IS NOT TRUE) THEN '{Reason.UNREADABLE}' END"
    return reason, f"{found} OR {lacks}"


def judged(assessments: str, doubted: str) -> str:
    """Compile assessments that take nothing from a ``doubted`` table: a relation of reports and tables."""
    return f"""
        SELECT assessed.* REPLACE (
            CASE WHEN doubt.report_id IS NULL THEN reason ELSE '{Reason.READINGS_DISAGREE}' END AS reason,
            CASE WHEN doubt.report_id IS NULL THEN verdict ELSE '{Verdict.NOT_ASSESSABLE}' END AS verdict,
            CASE WHEN doubt.report_id IS NULL THEN strict_verdict ELSE '{Verdict.NOT_ASSESSABLE}' END AS strict_verdict
        )
        FROM ({assessments}) AS assessed LEFT JOIN {doubted} AS doubt
            ON doubt.report_id = assessed.report_id AND doubt.table_code = assessed.table_code
    """


def table_of(columns: Sequence[str], rows: Iterable[Iterable[str]], code: str = "VARCHAR") -> str:
    """Write a relation of some rows, every value as SQL; its codes are of a type, NULL where it does not know one."""
    listed = ", ".join(f"({', '.join(row)})" for row in rows)
    named = ", ".join(columns)
    typed = ", ".join(f"TRY_CAST({column} AS {code}) AS {column}" for column in columns if column in _CODES)
    return f"(SELECT * REPLACE ({typed}) FROM (VALUES {listed}) AS listed({named}))"


def codes(values: Iterable[str]) -> str:
    """Write codes as an SQL list."""
    return "(" + ", ".join(literal(value) for value in values) + ")"


def contribution(side: str, weight: str, year: str, row: str, column: str) -> str:
    """Write the struct of one contributing ``cell``; a cell that the page lacks has the state ``absent``."""
    return (
        f"struct_pack(side := {side}, weight := {weight}, year := {year}, row_code := {row}, "
        f"column_code := {column}, value := cell.value, state := coalesce(cell.state, 'absent'))"
    )


def same_place(left: str, right: str) -> str:
    """Write the condition that two assessments are of the same place."""
    return " AND ".join(f"{left}.{part} IS NOT DISTINCT FROM {right}.{part}" for part in PLACE)


def evidence(cells: str, relations: str) -> str:
    """Compile the list ``cells`` of every ``place``: both as SQL, ``relations`` naming the relation ``place`` first."""
    return f"SELECT {', '.join(f'place.{part}' for part in PLACE)}, {cells} AS cells FROM {relations} GROUP BY ALL"


def in_both_years(places: str, batch: Batch, column: str) -> str:
    """Compile the evidence beside the year before: the cells of each place and ``column``, this year's first."""
    struct = contribution("pair.side", "1", "place.year - pair.years_back", "place.row_code", "cell.column_code")
    return evidence(
        f"list({struct} ORDER BY pair.years_back)",
        f"""{places} AS place JOIN {batch.reports} AS report ON report.report_id = place.report_id
            CROSS JOIN (VALUES ('left', 0), ('right', 1)) AS pair(side, years_back)
            JOIN {batch.cells} AS cell ON cell.year = place.year - pair.years_back
                AND report.organ_id = CASE pair.side WHEN 'left' THEN cell.organ_id ELSE cell.next_organ_id END
                AND cell.table_code = place.table_code AND cell.row_code = place.row_code
                AND cell.column_code = {column}""",
    )


def one_cell(places: str, cells: str) -> str:
    """Compile the evidence of a check of single cells: the one cell of each place."""
    struct = contribution("'left'", "1", "place.year", "cell.row_code", "cell.column_code")
    return evidence(
        f"list({struct})",
        f"""{places} AS place JOIN {cells} AS cell ON cell.report_id = place.report_id
            AND cell.table_code = place.table_code AND cell.row_code = place.row_code
            AND cell.column_code = place.column_code""",
    )
