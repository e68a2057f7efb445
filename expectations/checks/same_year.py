"""The years that a report gives itself: in its title, in its prose and at both ends of its statistics period."""

from dataclasses import dataclass

from expectations.checks.report import ReportCheck
from expectations.examples import YEAR, broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.relations import THE_STATEMENT, assessment, codes
from warehouse.sql import literal
from warehouse.text import Text

_TITLE_ALONE = 1


@dataclass(frozen=True)
class SameYear(ReportCheck):
    """Every year that the prose gives the report must be that of its title.

    Where two of the ``measures`` agree on another year and none on that of the title, the title is said to stand alone.
    """

    measures: tuple[str, ...]

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every such statement; ``breach`` says whether the title stands alone."""
        selected = assessment(
            **THE_STATEMENT,
            right="report.year",
            severity=literal(severity),
            breach=f"CASE WHEN agreeing > 1 AND NOT years.has_title THEN {_TITLE_ALONE} END",
            holds="statement.value = report.year",
        )
        return f"""
            WITH statement AS (
                SELECT *, count(DISTINCT measure) OVER (PARTITION BY report_id, value) AS agreeing
                FROM {batch.statements} AS statement WHERE measure IN {codes(self.measures)}
            )
            SELECT {selected}
            FROM statement JOIN {batch.reports_with_cells} AS report ON report.report_id = statement.report_id
            JOIN (
                SELECT statement.report_id, bool_or(statement.value = report.year) AS has_title
                FROM statement JOIN {batch.reports_with_cells} AS report ON report.report_id = statement.report_id
                GROUP BY statement.report_id
            ) AS years ON years.report_id = statement.report_id
            WHERE report.year > 0
        """

    def sentence(self, assessment: Assessment) -> Text:
        """Quote the prose, and name the year that stands alone, if one does."""
        told, title = assessment.sides
        chinese = f"文中称「{assessment.quote}」，年份 {told} 与报告年度 {title} 不一致"
        english = f"The prose says “{assessment.quote}”: the year {told} is not the report year {title}"
        if assessment.breach == _TITLE_ALONE:
            chinese += f"；正文与统计期限均为 {told}，疑为标题年份有误"
            english += f"; prose and period agree on {told}, so that the title is likely wrong"
        return Text(f"{chinese}。", f"{english}.")

    def example(self, rule: Rule) -> Assessment:
        """Make up a period that was left over from the year before."""
        return broken(rule, YEAR - 1, YEAR, quote=f"统计期限自{YEAR - 1}年1月1日起")
