"""A member's figures beside those of its government's report."""

from dataclasses import dataclass

from expectations.examples import broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.relations import NUMBER, THE_CELL, UNREADABLE, assessment, contribution, evidence, somewhere
from expectations.wording import place_of
from warehouse.forms import STATUTORY_EDITIONS, Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text


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
        """Compile the assessment of every figure that is not zero, not assessable where one was not read."""
        reason, is_aggregate = somewhere("cell.value <= above.value", batch, "cell", "above")
        selected = assessment(
            **THE_CELL,
            right="above.value",
            severity=literal(severity),
            reason=reason,
            holds="cell.value <= above.value",
        )
        return f"""
            SELECT {selected}
            FROM {batch.cells} AS cell JOIN {batch.reports} AS report ON report.report_id = cell.report_id
            JOIN {batch.cells} AS above ON above.organ_id = report.parent_organ_id AND above.year = cell.year
                AND above.table_code = cell.table_code AND above.edition = cell.edition
                AND above.row_code = cell.row_code AND above.column_code = cell.column_code
            WHERE cell.table_code IN {batch.among(self.tables)}
                AND (cell.value <> 0 OR cell.state = {batch.coded(UNREADABLE)})
                AND above.state IN {batch.among((NUMBER, UNREADABLE))}
            QUALIFY {is_aggregate}
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list of both figures, the member's first."""
        struct = contribution("pair.side", "1", "place.year", "place.row_code", "place.column_code")
        return evidence(
            f"list({struct} ORDER BY pair.side)",
            f"""{places} AS place JOIN {batch.reports} AS report ON report.report_id = place.report_id
            CROSS JOIN (VALUES ('left'), ('right')) AS pair(side)
            JOIN {batch.cells} AS cell ON cell.year = place.year AND cell.table_code = place.table_code
                AND cell.organ_id = CASE pair.side WHEN 'left' THEN report.organ_id ELSE report.parent_organ_id END
                AND cell.row_code = place.row_code AND cell.column_code = place.column_code""",
        )

    def sentence(self, assessment: Assessment) -> Text:
        """Say both figures."""
        place, (own, above) = place_of(assessment), assessment.sides
        return Text(
            f"{place.chinese}：本机关 {own}，大于所属政府汇总报告的 {above}，相差 {assessment.difference}。",
            f"{place.english}: {own}, more than the {above} of the government's aggregate report; "
            f"difference {assessment.difference}.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up a member that granted more than its government."""
        return broken(rule, 12, 11, table=self.tables[0], row="granted", column="total")
