"""The relations that compiled rules read and make.

Compiled queries use neither bound parameters nor braces, so that they can stand anywhere. Codes come from the
forms, never from pages.
"""

from collections.abc import Iterable

from expectations.model import Reason, Verdict

ASSESSMENT = (
    "report_id, year, edition, table_code, row_code, column_code, statement_ordinal, quote, "
    "left_value, right_value, severity, breach, reason, verdict, strict_verdict"
)
"""What assessing a rule selects: one row a place. ``breach`` is the position of the violated limit, if any."""

BLANK = "('blank', 'dash')"
"""The states that count as blank."""

CURRENT_CELLS = """(
    SELECT cell.*, report.organ_id, report.year
    FROM core.cell AS cell JOIN core.report AS report ON report.report_id = cell.report_id
    WHERE report.is_current
)"""
"""The cells of current report versions, with organ and year."""

CURRENT_REPORTS = """(
    SELECT report.*, organ.kind, organ.level, organ.parent_organ_id,
        coalesce(lag(report.year) OVER (PARTITION BY report.organ_id ORDER BY report.year) = report.year - 1, false)
            AS has_previous
    FROM core.report AS report
    LEFT JOIN (SELECT DISTINCT ON (organ_id) * FROM core.organ) AS organ ON organ.organ_id = report.organ_id
    WHERE report.is_current
)"""
"""Current report versions with their organ, and whether that of the year before is loaded."""


def current_cells(years: Iterable[int] | None) -> str:
    """Return the relation of current cells, of all years or some."""
    if years is None:
        return CURRENT_CELLS
    listed = ", ".join(str(int(year)) for year in sorted(years)) or "NULL"
    return f"(SELECT * FROM {CURRENT_CELLS} WHERE year IN ({listed}))"


def reports_of(cells: str) -> str:
    """Return the current reports that a relation of cells stems from, each with an edition of its tables."""
    return f"""(
        SELECT report.*, stem.edition FROM {CURRENT_REPORTS} AS report
        JOIN (SELECT report_id, max(edition) AS edition FROM {cells} AS cell GROUP BY report_id) AS stem
            ON stem.report_id = report.report_id
    )"""


def judged(assessments: str) -> str:
    """Compile assessments that take nothing from a table whose two readings disagree."""
    return f"""
        SELECT assessed.* REPLACE (
            CASE WHEN doubt.is_doubtful THEN '{Reason.READINGS_DISAGREE}' ELSE reason END AS reason,
            CASE WHEN doubt.is_doubtful THEN '{Verdict.NOT_ASSESSABLE}' ELSE verdict END AS verdict,
            CASE WHEN doubt.is_doubtful THEN '{Verdict.NOT_ASSESSABLE}' ELSE strict_verdict END AS strict_verdict
        )
        FROM ({assessments}) AS assessed
        LEFT JOIN (SELECT DISTINCT report_id, table_code, is_doubtful FROM core.report_table WHERE is_doubtful) AS doubt
            ON doubt.report_id = assessed.report_id AND doubt.table_code = assessed.table_code
    """


def literal(text: str | None) -> str:
    """Write a code as an SQL literal."""
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


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
    places = ("edition", "table_code", "row_code", "column_code", "statement_ordinal")
    return f"{left}.report_id = {right}.report_id AND " + " AND ".join(
        f"{left}.{place} IS NOT DISTINCT FROM {right}.{place}" for place in places
    )


def no_evidence(places: str, cells: str) -> str:
    """Compile the evidence of a check that no cell contributes to: an empty list a place."""
    empty = contribution("''", "0", "place.year", "''", "''")
    return f"""
        SELECT place.report_id, place.edition, place.table_code, place.row_code, place.column_code,
            place.statement_ordinal, list({empty}) FILTER (false) AS cells
        FROM {places} AS place LEFT JOIN {cells} AS cell ON false
        GROUP BY ALL
    """
