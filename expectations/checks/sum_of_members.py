"""A government's figures beside the sum of its members'."""

from dataclasses import dataclass

from expectations.examples import broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.relations import BLANK, NUMBER, THE_CELL, UNREADABLE, assessment, one_cell, somewhere
from expectations.wording import place_of
from warehouse.forms import STATUTORY_EDITIONS, TOTAL_COLUMN, Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text


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
        """Compile the assessment of every figure that is not zero on both sides, or was not read on one."""
        stated, unreadable = batch.among((NUMBER, UNREADABLE)), batch.coded(UNREADABLE)
        reason, is_aggregate = somewhere("cell.value >= summed.value", batch, "cell", "summed")
        selected = assessment(
            **THE_CELL,
            right="summed.value",
            severity=literal(severity),
            reason=reason,
            holds="cell.value = summed.value",
        )
        return f"""
            WITH member AS (
                SELECT parent_organ_id AS government_id, organ_id FROM core.organ WHERE parent_organ_id IS NOT NULL
            ), figure AS (
                SELECT member.government_id, member.organ_id, cell.year, cell.table_code, cell.row_code,
                    cell.column_code, cell.state, coalesce(cell.value, 0) AS value,
                    bool_or(cell.value <> 0) OVER (PARTITION BY cell.report_id, cell.table_code, cell.row_code)
                        AS is_row_filled
                FROM member JOIN {batch.cells} AS cell ON cell.organ_id = member.organ_id
                WHERE cell.table_code IN {batch.among(self.tables)}
            ), summed AS (
                SELECT government_id, year, table_code, row_code, column_code, sum(value) AS value,
                    count(DISTINCT organ_id) AS members,
                    CASE WHEN bool_or(state = {unreadable}) THEN {unreadable} END AS state,
                    bool_and(state IN {stated} OR state IN {batch.among(BLANK)}
                        AND (column_code <> {batch.coded(TOTAL_COLUMN)} OR is_row_filled IS NOT TRUE)) AS is_stated
                FROM figure GROUP BY ALL
            )
            SELECT {selected}
            FROM summed
            JOIN (SELECT government_id, count(DISTINCT organ_id) AS members FROM member GROUP BY ALL) AS declared
                ON declared.government_id = summed.government_id AND declared.members = summed.members
            JOIN {batch.cells} AS cell ON cell.organ_id = summed.government_id AND cell.year = summed.year
                AND cell.table_code = summed.table_code AND cell.row_code = summed.row_code
                AND cell.column_code = summed.column_code
            WHERE summed.is_stated AND cell.state IN {stated}
                AND (cell.value <> 0 OR summed.value <> 0 OR {unreadable} IN (cell.state, summed.state))
            QUALIFY {is_aggregate}
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list that holds the government's figure; its members' stand in reports of their own."""
        return one_cell(places, batch.cells)

    def sentence(self, assessment: Assessment) -> Text:
        """Say the figure and what the members add up to."""
        place, (own, summed) = place_of(assessment), assessment.sides
        return Text(
            f"{place.chinese}：汇总报告 {own}，而所属各机关之和为 {summed}，相差 {assessment.difference}。",
            f"{place.english}: {own} in the aggregate report, but the members add up to {summed}; "
            f"difference {assessment.difference}.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up an aggregate that is one more than its members."""
        return broken(rule, 12, 11, table=self.tables[0], row="granted", column="total")
