"""Figures claimed in the prose beside those of the tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from expectations.model import Batch, Reason, Severity
from expectations.relations import BLANK, codes, contribution, no_evidence
from warehouse.forms import STATUTORY_EDITIONS, TOTAL_COLUMN, Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text


@dataclass(frozen=True)
class Reading:
    """One thing that a claim of a ``measure`` may mean: the sum of some rows of the table, in some of its columns.

    ``columns`` are added up; ``subtracted`` columns are taken off again. ``name`` says what the prose claims, where the
    code of the form does not; ``of`` what the table's figure is, where a measure has several readings. Measures are
    those of the extractor's statements.
    """

    measure: str
    rows: tuple[str, ...]
    columns: tuple[str, ...] = (TOTAL_COLUMN,)
    subtracted: tuple[str, ...] = ()
    name: Text | None = None
    of: Text | None = None

    def value(self, cells: Iterable[Mapping[str, Any]]) -> Decimal | None:
        """Add up the cells of the reading; ``None`` if one has no figure."""
        weights = dict.fromkeys(self.columns, 1) | dict.fromkeys(self.subtracted, -1)
        own = [cell for cell in cells if cell["row_code"] in self.rows and cell["column_code"] in weights]
        if not own or any(cell["value"] is None for cell in own):
            return None
        return sum((weights[cell["column_code"]] * cell["value"] for cell in own), Decimal(0))


@dataclass(frozen=True)
class Claim:
    """A figure in the prose must be one of the readings of its measure; the nearest one is named if none is.

    Where the table leaves its total column blank, its parts are added up instead. A reading without any figure holds
    for a claim of zero, and for no other; a claim without another reading is not assessable. A government may state
    what its own office handled alone: a claim of it that is less than every reading is not assessable.
    """

    table: TableCode
    readings: tuple[Reading, ...]
    editions: tuple[Edition, ...] = STATUTORY_EDITIONS

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every statement of the measures."""
        measures = sorted({each.measure for each in self.readings})
        return f"""
            WITH figure AS ({self._figures(batch)}), reading AS (
                SELECT figure.report_id, reading.measure, reading.position, max(figure.edition) AS edition,
                    sum(reading.weight * figure.value) AS value, bool_or(figure.is_stated) AS is_stated
                FROM figure JOIN {self._readings()} AS reading
                    ON figure.row_code = reading.row_code AND figure.column_code = reading.column_code
                GROUP BY figure.report_id, reading.measure, reading.position
            ), matched AS (
                SELECT statement.report_id, report.year, report.kind,
                    coalesce(max(reading.edition), report.edition) AS edition,
                    statement.ordinal, statement.measure, statement.value AS stated,
                    arg_min(reading.value, 1000 * abs(reading.value - statement.value) + reading.position)
                        FILTER (reading.is_stated OR reading.value = statement.value) AS value
                FROM (SELECT * EXCLUDE (quote) FROM core.statement WHERE measure IN {codes(measures)}) AS statement
                JOIN {batch.reports_with_cells} AS report ON report.report_id = statement.report_id
                LEFT JOIN reading ON reading.report_id = statement.report_id AND reading.measure = statement.measure
                GROUP BY statement.report_id, report.year, report.kind, report.edition, statement.ordinal,
                    statement.measure, stated
            )
            SELECT matched.report_id, year, edition, {literal(self.table)} AS table_code,
                matched.measure AS row_code, NULL::VARCHAR AS column_code, matched.ordinal AS statement_ordinal, quote,
                stated AS left_value, matched.value::DECIMAL(20, 4) AS right_value, '{severity}' AS severity,
                NULL::INTEGER AS breach,
                CASE WHEN matched.value IS NULL THEN '{Reason.TABLE_INCOMPLETE}'
                    WHEN kind = 'government' AND stated < matched.value THEN '{Reason.OWN_OFFICE}' END AS reason,
                CASE WHEN reason IS NOT NULL THEN 'not_assessable' WHEN stated = matched.value THEN 'pass'
                    ELSE 'fail' END AS verdict,
                verdict AS strict_verdict
            FROM matched JOIN core.statement AS statement
                ON statement.report_id = matched.report_id AND statement.ordinal = matched.ordinal
            WHERE matched.edition IN {codes(self.editions)}
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list of the cells of every reading, each once."""
        struct = contribution("'right'", "1", "place.year", "cell.row_code", "cell.column_code")
        return f"""
            SELECT place.report_id, place.edition, place.table_code, place.row_code, place.column_code,
                place.statement_ordinal,
                coalesce(list_sort(list(DISTINCT {struct}) FILTER (cell.row_code IS NOT NULL)), []) AS cells
            FROM {places} AS place
            LEFT JOIN {self._readings()} AS reading ON reading.measure = place.row_code
            LEFT JOIN {batch.cells} AS cell ON cell.report_id = place.report_id AND cell.table_code = place.table_code
                AND cell.row_code = reading.row_code AND cell.column_code = reading.column_code
            GROUP BY ALL
        """

    def _figures(self, batch: Batch) -> str:
        """Compile the table's figures: blanks as zero but not stated, a total left blank added up from its parts."""
        columns = {column for reading in self.readings for column in (*reading.columns, *reading.subtracted)}
        wanted = f"table_code = {literal(self.table)} AND row_code IN {codes(self._rows())}"
        is_total = f"column_code = '{TOTAL_COLUMN}'"
        return f"""
            SELECT report_id, edition, row_code, column_code, coalesce(value, 0) AS value, state = 'number' AS is_stated
            FROM {batch.cells} AS cell
            WHERE {wanted} AND column_code IN {codes(sorted(columns))}
                AND (state = 'number' OR state IN {BLANK} AND NOT {is_total})
            UNION ALL
            SELECT part.report_id, part.edition, part.row_code, '{TOTAL_COLUMN}', coalesce(sum(part.value), 0),
                count(part.value) > 0
            FROM (SELECT * FROM {batch.cells} AS cell WHERE {wanted} AND {is_total} AND state IN {BLANK}) AS total
            JOIN (SELECT * FROM {batch.cells} AS cell WHERE {wanted} AND NOT {is_total}) AS part
                ON part.report_id = total.report_id AND part.row_code = total.row_code
            GROUP BY part.report_id, part.edition, part.row_code
        """

    def _rows(self) -> list[str]:
        return sorted({row for reading in self.readings for row in reading.rows})

    def _readings(self) -> str:
        rows = [
            f"({literal(reading.measure)}, {position}, {literal(row)}, {literal(column)}, {weight})"
            for position, reading in enumerate(self.readings)
            for row in reading.rows
            for columns, weight in ((reading.columns, 1), (reading.subtracted, -1))
            for column in columns
        ]
        return (
            f"(SELECT * FROM (VALUES {', '.join(rows)}) AS reading(measure, position, row_code, column_code, weight))"
        )


@dataclass(frozen=True)
class StatementEquals:
    """A figure in the prose must be what ``right`` says: SQL on ``statement`` and ``report``.

    ``broken`` says what is wrong, with ``{left}`` and ``{right}`` to be filled in.
    """

    measures: tuple[str, ...]
    right: str
    broken: Text
    editions: tuple[Edition, ...] = tuple(Edition)
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every such statement."""
        return f"""
            SELECT statement.report_id, report.year, report.edition, NULL::VARCHAR AS table_code,
                NULL::VARCHAR AS row_code, NULL::VARCHAR AS column_code, statement.ordinal AS statement_ordinal,
                statement.quote, statement.value AS left_value, ({self.right})::DECIMAL(20, 4) AS right_value,
                '{severity}' AS severity, NULL::INTEGER AS breach, NULL::VARCHAR AS reason,
                CASE WHEN left_value = right_value THEN 'pass' ELSE 'fail' END AS verdict, verdict AS strict_verdict
            FROM core.statement AS statement
            JOIN {batch.reports_with_cells} AS report ON report.report_id = statement.report_id
            WHERE statement.measure IN {codes(self.measures)} AND report.year > 0 AND right_value IS NOT NULL
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile an empty list: no cell is concerned."""
        return no_evidence(places, batch.cells)
