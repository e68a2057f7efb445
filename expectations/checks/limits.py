"""What a single figure, or a report as a whole, must not be."""

from dataclasses import dataclass

from expectations.model import Batch, Severity
from expectations.relations import no_evidence, one_cell
from warehouse.forms import EVERY_FORM, Edition, Measure, TableCode
from warehouse.sql import literal
from warehouse.text import Text


@dataclass(frozen=True)
class Limit:
    """What must not be: ``violated`` is an SQL condition, ``must`` the demand in words.

    The condition of a cell is on ``value``, that of a report on the columns of the batch's reports.
    """

    violated: str
    severity: Severity
    must: Text
    measures: frozenset[Measure] = frozenset()


@dataclass(frozen=True)
class CellLimits:
    """Limits on every single figure of some measures, in every table. The first violated limit is the finding's."""

    limits: tuple[Limit, ...]
    editions: tuple[Edition, ...] = tuple(Edition)
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every cell that has a figure, or something that should have been one."""
        breaches = " ".join(
            f"WHEN {limit.violated} AND measure IN ({', '.join(map(literal, sorted(limit.measures)))}) THEN {position}"
            for position, limit in enumerate(self.limits)
        )
        return f"""
            WITH judged AS (
                SELECT cell.*, CASE WHEN state = 'number' THEN CASE {breaches} END END AS breach
                FROM {batch.cells} AS cell
                JOIN {self._measures()} AS measured ON cell.column_code = measured.column_code
                    AND cell.table_code = measured.table_code AND cell.edition = measured.edition
                WHERE cell.state IN ('number', 'unreadable')
            )
            SELECT report_id, year, edition, table_code, row_code, column_code,
                NULL::INTEGER AS statement_ordinal, NULL::VARCHAR AS quote,
                value AS left_value, NULL::DECIMAL(20, 4) AS right_value,
                {_severity(self.limits, severity)} AS severity, breach,
                CASE WHEN state = 'unreadable' THEN 'unreadable' END AS reason,
                CASE WHEN state = 'unreadable' THEN 'not_assessable' WHEN breach IS NULL THEN 'pass' ELSE 'fail' END
                    AS verdict,
                verdict AS strict_verdict
            FROM judged
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list that holds the one cell."""
        return one_cell(places, batch.cells)

    def _measures(self) -> str:
        wanted = frozenset().union(*(limit.measures for limit in self.limits))
        rows = ", ".join(
            f"({literal(table)}, {literal(edition)}, {literal(column.code)}, {literal(column.measure)})"
            for (table, edition), form in EVERY_FORM.items()
            for column in form.columns.values()
            if column.measure in wanted
        )
        return f"(SELECT * FROM (VALUES {rows}) AS measured(table_code, edition, column_code, measure))"


@dataclass(frozen=True)
class ReportLimits:
    """Limits on what a report says of itself: its title, its year, its date. The first violated limit is the finding's.

    ``assessable`` is the condition under which the report says enough, ``quote`` what it says, as SQL.
    """

    limits: tuple[Limit, ...]
    assessable: str
    quote: str
    editions: tuple[Edition, ...] = tuple(Edition)
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every report that says enough; others are left aside."""
        breaches = " ".join(f"WHEN {limit.violated} THEN {position}" for position, limit in enumerate(self.limits))
        return f"""
            WITH judged AS (
                SELECT report_id, year, edition, {self.quote} AS quote, CASE {breaches} END AS breach
                FROM {batch.reports_with_cells} AS report WHERE {self.assessable}
            )
            SELECT report_id, year, edition, NULL::VARCHAR AS table_code, NULL::VARCHAR AS row_code,
                NULL::VARCHAR AS column_code, NULL::INTEGER AS statement_ordinal, quote,
                NULL::DECIMAL(20, 4) AS left_value, NULL::DECIMAL(20, 4) AS right_value,
                {_severity(self.limits, severity)} AS severity, breach,
                NULL::VARCHAR AS reason, CASE WHEN breach IS NULL THEN 'pass' ELSE 'fail' END AS verdict,
                verdict AS strict_verdict
            FROM judged
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile an empty list: no cell is concerned."""
        return no_evidence(places, batch.cells)


def _severity(limits: tuple[Limit, ...], otherwise: Severity) -> str:
    cases = " ".join(f"WHEN {position} THEN '{limit.severity}'" for position, limit in enumerate(limits))
    return f"CASE breach {cases} ELSE '{otherwise}' END"
