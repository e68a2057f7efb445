"""A report's figures as a whole beside those of the year before."""

from dataclasses import dataclass

from expectations.checks.report import ReportCheck
from expectations.examples import broken
from expectations.model import Assessment, Batch, Reason, Rule, Severity
from expectations.relations import UNREADABLE, assessment
from expectations.wording import REASONS
from warehouse.sql import literal
from warehouse.text import Text


@dataclass(frozen=True)
class Repetition(ReportCheck):
    """Not every figure of a report may be last year's, unless all of them are zero.

    Not assessable where those that were read are, and one was not, in either year.
    """

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every report whose organ has one of the year before in the same editions.

        ``left_value`` counts the figures, ``right_value`` those that are last year's.
        """
        unreadable = batch.coded(UNREADABLE)
        selected = assessment(
            "judged",
            left="figures",
            right="repeated",
            severity=literal(severity),
            reason=f"""CASE WHEN NOT has_previous THEN '{Reason.PREVIOUS_YEAR_MISSING}'
                WHEN is_repeated AND is_unreadable THEN '{Reason.UNREADABLE}'
                WHEN is_repeated AND cells <> cells_before THEN '{Reason.TABLE_INCOMPLETE}' END""",
            holds="is_repeated IS NOT TRUE",
        )
        return f"""
            WITH compared AS (
                SELECT cell.report_id, cell.edition, cell.value, earlier.value AS before,
                    cell.state = {unreadable} OR earlier.state = {unreadable} AS is_unreadable,
                    earlier.report_id IS NOT NULL AS is_paired
                FROM {batch.cells} AS cell LEFT JOIN {batch.cells} AS earlier ON earlier.next_organ_id = cell.organ_id
                    AND earlier.year = cell.year - 1 AND earlier.merged = 1
                    AND earlier.table_code = cell.table_code AND earlier.edition = cell.edition
                    AND earlier.row_code = cell.row_code AND earlier.column_code = cell.column_code
            ), counted AS (
                SELECT report_id, min(edition) AS edition, count(*) AS cells, count(value) AS figures,
                    coalesce(bool_or(is_unreadable), false) AS is_unreadable,
                    count(value) FILTER (value = before) AS repeated, bool_or(value <> 0 AND is_paired) AS is_not_zero,
                    bool_and(is_paired) AS is_paired
                FROM compared GROUP BY report_id
            ), judged AS (
                SELECT counted.*, report.organ_id, report.year, report.has_previous,
                    figures = repeated AND is_not_zero AS is_repeated
                FROM counted JOIN {batch.reports} AS report ON report.report_id = counted.report_id
            )
            SELECT {selected} FROM judged LEFT JOIN (
                SELECT next_organ_id, year + 1 AS next_year, count(*) AS cells_before
                FROM {batch.cells} AS cell WHERE next_organ_id IN (SELECT organ_id FROM judged WHERE is_repeated)
                GROUP BY ALL
            ) AS earlier ON next_organ_id = organ_id AND next_year = judged.year
            WHERE is_paired OR NOT has_previous
        """

    def sentence(self, assessment: Assessment) -> Text:
        """Say how many figures there are."""
        count, _ = assessment.sides
        if assessment.reason is not None:
            why = REASONS[assessment.reason]
            return Text(
                f"读到的 {count} 个数字均与上年相同，但{why.chinese}，不作判断。",
                f"All {count} figures that were read are those of the previous year, but {why.english}: "
                "not assessable.",
            )
        return Text(f"全部 {count} 个数字与上年相同。", f"All {count} figures are those of the previous year.")

    def example(self, rule: Rule) -> Assessment:
        """Make up a report of two hundred figures."""
        return broken(rule, 200, 200)
