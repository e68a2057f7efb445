"""A member's figures beside those of its government's report, and the report beside the sum of all members."""

from dataclasses import dataclass

from expectations.model import Batch, Severity
from expectations.relations import BLANK, codes, contribution, one_cell
from warehouse.forms import STATUTORY_EDITIONS, TOTAL_COLUMN, Edition, TableCode


@dataclass(frozen=True)
class AtMostGovernment:
    """A member's figure must not exceed the same figure of its government, whose report includes its members'.

    Only where both are stated, in the same year and edition. A government that states less than one member in
    every figure reports on its own office alone, and is left aside.
    """

    tables: tuple[TableCode, ...]
    editions: tuple[Edition, ...] = STATUTORY_EDITIONS
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every figure that is not zero."""
        return f"""
            SELECT cell.report_id, cell.year, cell.edition, cell.table_code, cell.row_code, cell.column_code,
                NULL::INTEGER AS statement_ordinal, NULL::VARCHAR AS quote,
                cell.value AS left_value, above.value AS right_value, '{severity}' AS severity,
                NULL::INTEGER AS breach, NULL::VARCHAR AS reason,
                CASE WHEN cell.value <= above.value THEN 'pass' ELSE 'fail' END AS verdict, verdict AS strict_verdict
            FROM {batch.cells} AS cell JOIN {batch.reports} AS report ON report.report_id = cell.report_id
            JOIN {batch.cells} AS above ON above.organ_id = report.parent_organ_id AND above.year = cell.year
                AND above.table_code = cell.table_code AND above.edition = cell.edition
                AND above.row_code = cell.row_code AND above.column_code = cell.column_code
            WHERE cell.table_code IN {codes(self.tables)} AND cell.value <> 0 AND above.state = 'number'
            QUALIFY bool_or(cell.value <= above.value) OVER (PARTITION BY cell.report_id)
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list of both figures, the member's first."""
        struct = contribution("pair.side", "1", "place.year", "place.row_code", "place.column_code")
        return f"""
            SELECT place.report_id, place.edition, place.table_code, place.row_code, place.column_code,
                place.statement_ordinal, list({struct} ORDER BY pair.side) AS cells
            FROM {places} AS place JOIN {batch.reports} AS report ON report.report_id = place.report_id
            CROSS JOIN (VALUES ('left'), ('right')) AS pair(side)
            JOIN {batch.cells} AS cell ON cell.year = place.year AND cell.table_code = place.table_code
                AND cell.organ_id = CASE pair.side WHEN 'left' THEN report.organ_id ELSE report.parent_organ_id END
                AND cell.row_code = place.row_code AND cell.column_code = place.column_code
            GROUP BY ALL
        """


@dataclass(frozen=True)
class SumOfMembers:
    """A government's figure must be the sum of the same figures of all its members.

    Only where the report of every declared member is loaded and has the figure. Blank figures of members are zero,
    but in the column of totals they are not stated where their row has figures. A government that states less than
    its members in every figure reports on its own office alone, and is left aside.
    """

    tables: tuple[TableCode, ...]
    editions: tuple[Edition, ...] = STATUTORY_EDITIONS
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every figure that is not zero on both sides."""
        return f"""
            WITH member AS (
                SELECT parent_organ_id AS government_id, organ_id FROM core.organ WHERE parent_organ_id IS NOT NULL
            ), figure AS (
                SELECT member.government_id, member.organ_id, cell.year, cell.table_code, cell.row_code,
                    cell.column_code, cell.state, coalesce(cell.value, 0) AS value,
                    bool_or(cell.value <> 0) OVER (PARTITION BY cell.report_id, cell.table_code, cell.row_code)
                        AS is_row_filled
                FROM member JOIN {batch.cells} AS cell ON cell.organ_id = member.organ_id
                WHERE cell.table_code IN {codes(self.tables)}
            ), summed AS (
                SELECT government_id, year, table_code, row_code, column_code, sum(value) AS value,
                    count(DISTINCT organ_id) AS members,
                    bool_and(state = 'number' OR state IN {BLANK}
                        AND (column_code <> '{TOTAL_COLUMN}' OR is_row_filled IS NOT TRUE)) AS is_stated
                FROM figure GROUP BY ALL
            )
            SELECT cell.report_id, cell.year, cell.edition, cell.table_code, cell.row_code, cell.column_code,
                NULL::INTEGER AS statement_ordinal, NULL::VARCHAR AS quote,
                cell.value AS left_value, summed.value::DECIMAL(20, 4) AS right_value, '{severity}' AS severity,
                NULL::INTEGER AS breach, NULL::VARCHAR AS reason,
                CASE WHEN cell.value = summed.value THEN 'pass' ELSE 'fail' END AS verdict, verdict AS strict_verdict
            FROM summed
            JOIN (SELECT government_id, count(DISTINCT organ_id) AS members FROM member GROUP BY ALL) AS declared
                ON declared.government_id = summed.government_id AND declared.members = summed.members
            JOIN {batch.cells} AS cell ON cell.organ_id = summed.government_id AND cell.year = summed.year
                AND cell.table_code = summed.table_code AND cell.row_code = summed.row_code
                AND cell.column_code = summed.column_code
            WHERE summed.is_stated AND cell.state = 'number' AND (cell.value <> 0 OR summed.value <> 0)
            QUALIFY bool_or(cell.value >= summed.value) OVER (PARTITION BY cell.report_id)
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list that holds the government's figure; its members' stand in reports of their own."""
        return one_cell(places, batch.cells)
