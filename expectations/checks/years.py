"""A report's single figures beside those of the year before."""

from collections.abc import Iterable
from dataclasses import dataclass

from expectations.model import Batch, Severity
from expectations.relations import contribution, no_evidence
from warehouse.forms import Edition, TableCode
from warehouse.sql import literal

Place = tuple[TableCode, str, str]
"""Table, row and column code."""


@dataclass(frozen=True)
class Jump:
    """A figure must not be more than ``factor`` times, nor less than a ``factor``-th, of last year's.

    Only where one of the two reaches ``floor``, both stand in the same edition of the table, and the organ was not
    merged in between.
    """

    places: tuple[Place, ...]
    factor: int
    floor: int
    editions: tuple[Edition, ...] = tuple(Edition)
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every pair of figures, one of which reaches the floor."""
        return f"""
            SELECT cell.report_id, cell.year, cell.edition, cell.table_code, cell.row_code, cell.column_code,
                NULL::INTEGER AS statement_ordinal, NULL::VARCHAR AS quote,
                cell.value AS left_value, earlier.value AS right_value, '{severity}' AS severity,
                NULL::INTEGER AS breach, NULL::VARCHAR AS reason,
                CASE WHEN cell.value > {self.factor} * earlier.value OR cell.value * {self.factor} < earlier.value
                    THEN 'fail' ELSE 'pass' END AS verdict,
                verdict AS strict_verdict
            FROM {batch.cells} AS cell JOIN {_wanted(self.places)} AS wanted ON cell.table_code = wanted.table_code
                AND cell.row_code = wanted.row_code AND cell.column_code = wanted.column_code
            JOIN {batch.cells} AS earlier ON earlier.next_organ_id = cell.organ_id AND earlier.year = cell.year - 1
                AND earlier.merged = 1
                AND earlier.table_code = cell.table_code AND earlier.edition = cell.edition
                AND earlier.row_code = cell.row_code AND earlier.column_code = cell.column_code
            WHERE cell.state = 'number' AND earlier.state = 'number'
                AND greatest(cell.value, earlier.value) >= {self.floor}
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list of both figures, this year's first."""
        struct = contribution("pair.side", "1", "place.year - pair.years_back", "place.row_code", "place.column_code")
        return f"""
            SELECT place.report_id, place.edition, place.table_code, place.row_code, place.column_code,
                place.statement_ordinal, list({struct} ORDER BY pair.years_back) AS cells
            FROM {places} AS place JOIN {batch.reports} AS report ON report.report_id = place.report_id
            CROSS JOIN (VALUES ('left', 0), ('right', 1)) AS pair(side, years_back)
            JOIN {batch.cells} AS cell ON cell.year = place.year - pair.years_back
                AND report.organ_id = CASE pair.side WHEN 'left' THEN cell.organ_id ELSE cell.next_organ_id END
                AND cell.table_code = place.table_code AND cell.row_code = place.row_code
                AND cell.column_code = place.column_code
            GROUP BY ALL
        """


@dataclass(frozen=True)
class Repetition:
    """Not every figure of a report may be last year's, unless all of them are zero."""

    editions: tuple[Edition, ...] = tuple(Edition)
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every report whose organ has one of the year before in the same editions.

        ``left_value`` counts the figures, ``right_value`` those that are last year's.
        """
        return f"""
            WITH compared AS (
                SELECT cell.report_id, cell.year, cell.edition, cell.value, earlier.value AS before,
                    earlier.report_id IS NOT NULL AS is_paired, report.has_previous
                FROM {batch.cells} AS cell JOIN {batch.reports} AS report ON report.report_id = cell.report_id
                LEFT JOIN {batch.cells} AS earlier ON earlier.next_organ_id = cell.organ_id
                    AND earlier.year = cell.year - 1 AND earlier.merged = 1
                    AND earlier.table_code = cell.table_code AND earlier.edition = cell.edition
                    AND earlier.row_code = cell.row_code AND earlier.column_code = cell.column_code
            ), counted AS (
                SELECT report_id, year, min(edition) AS edition, count(value) AS figures,
                    count(value) FILTER (value = before) AS repeated, bool_or(value <> 0 AND is_paired) AS is_not_zero,
                    bool_and(is_paired) AS is_paired, any_value(has_previous) AS has_previous
                FROM compared GROUP BY report_id, year
            )
            SELECT report_id, year, edition, NULL::VARCHAR AS table_code, NULL::VARCHAR AS row_code,
                NULL::VARCHAR AS column_code, NULL::INTEGER AS statement_ordinal, NULL::VARCHAR AS quote,
                figures::DECIMAL(20, 4) AS left_value, repeated::DECIMAL(20, 4) AS right_value,
                '{severity}' AS severity, NULL::INTEGER AS breach,
                CASE WHEN NOT has_previous THEN 'previous_year_missing' END AS reason,
                CASE WHEN NOT has_previous THEN 'not_assessable' WHEN figures = repeated AND is_not_zero THEN 'fail'
                    ELSE 'pass' END AS verdict,
                verdict AS strict_verdict
            FROM counted WHERE is_paired OR NOT has_previous
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile an empty list: every cell is concerned."""
        return no_evidence(places, batch.cells)


def _wanted(places: Iterable[Place]) -> str:
    rows = ", ".join(f"({literal(table)}, {literal(row)}, {literal(column)})" for table, row, column in places)
    return f"(SELECT * FROM (VALUES {rows}) AS wanted(table_code, row_code, column_code))"
