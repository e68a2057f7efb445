"""A report's figures as a whole beside those of the year before."""

from dataclasses import dataclass

from expectations.examples import broken
from expectations.model import Assessment, Batch, Reason, Rule, Severity
from expectations.relations import assessment, no_evidence
from warehouse.forms import Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text


@dataclass(frozen=True)
class Repetition:
    """Not every figure of a report may be last year's, unless all of them are zero."""

    editions: tuple[Edition, ...] = tuple(Edition)
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every report whose organ has one of the year before in the same editions.

        ``left_value`` counts the figures, ``right_value`` those that are last year's.
        """
        selected = assessment(
            "counted",
            left="figures",
            right="repeated",
            severity=literal(severity),
            reason=f"CASE WHEN NOT has_previous THEN '{Reason.PREVIOUS_YEAR_MISSING}' END",
            holds="(figures = repeated AND is_not_zero) IS NOT TRUE",
        )
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
            SELECT {selected} FROM counted WHERE is_paired OR NOT has_previous
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile an empty list: every cell is concerned."""
        return no_evidence(places, batch.cells)

    def sentence(self, assessment: Assessment) -> Text:
        """Say how many figures there are."""
        count, _ = assessment.sides
        return Text(f"全部 {count} 个数字与上年相同。", f"All {count} figures are those of the previous year.")

    def example(self, rule: Rule) -> Assessment:
        """Make up a report of two hundred figures."""
        return broken(rule, 200, 200)
