"""A member's figures beside those of its government's report."""

from dataclasses import dataclass

from expectations.model import Severity
from expectations.relations import CURRENT_REPORTS, contribution, literal
from warehouse.forms import STATUTORY_EDITIONS, Edition, TableCode


@dataclass(frozen=True)
class AtMostGovernment:
    """A member's figure must not exceed the same figure of its government, whose report includes its members'.

    Only where both are stated, in the same year and edition. A government that states less than one member in
    every figure of the table reports on its own office alone, and is left aside.
    """

    table: TableCode
    editions: tuple[Edition, ...] = STATUTORY_EDITIONS

    def assess(self, severity: Severity, cells: str) -> str:
        """Compile the assessment of every figure that is not zero."""
        return f"""
            SELECT cell.report_id, cell.year, cell.edition, cell.table_code, cell.row_code, cell.column_code,
                NULL::INTEGER AS statement_ordinal, NULL::VARCHAR AS quote,
                cell.value AS left_value, above.value AS right_value, '{severity}' AS severity,
                NULL::INTEGER AS breach, NULL::VARCHAR AS reason,
                CASE WHEN cell.value <= above.value THEN 'pass' ELSE 'fail' END AS verdict, verdict AS strict_verdict
            FROM {cells} AS cell JOIN {CURRENT_REPORTS} AS report ON report.report_id = cell.report_id
            JOIN {cells} AS above ON above.organ_id = report.parent_organ_id AND above.year = cell.year
                AND above.table_code = cell.table_code AND above.edition = cell.edition
                AND above.row_code = cell.row_code AND above.column_code = cell.column_code
            WHERE cell.table_code = {literal(self.table)} AND cell.value <> 0 AND above.state = 'number'
            QUALIFY bool_or(cell.value <= above.value) OVER (PARTITION BY cell.report_id)
        """

    def evidence(self, places: str, cells: str) -> str:
        """Compile the list of both figures, the member's first."""
        struct = contribution("pair.side", "1", "place.year", "place.row_code", "place.column_code")
        return f"""
            SELECT place.report_id, place.edition, place.table_code, place.row_code, place.column_code,
                place.statement_ordinal, list({struct} ORDER BY pair.side) AS cells
            FROM {places} AS place JOIN {CURRENT_REPORTS} AS report ON report.report_id = place.report_id
            CROSS JOIN (VALUES ('left'), ('right')) AS pair(side)
            JOIN {cells} AS cell ON cell.year = place.year AND cell.table_code = place.table_code
                AND cell.organ_id = CASE pair.side WHEN 'left' THEN report.organ_id ELSE report.parent_organ_id END
                AND cell.row_code = place.row_code AND cell.column_code = place.column_code
            GROUP BY ALL
        """
