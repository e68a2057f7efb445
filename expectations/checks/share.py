"""Shares in the prose beside the figures that they are shares of."""

from dataclasses import dataclass

from expectations.checks.report import ReportCheck
from expectations.examples import broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.relations import THE_STATEMENT, assessment
from warehouse.sql import literal
from warehouse.text import Text


@dataclass(frozen=True)
class ShareOfParts(ReportCheck):
    """A percentage in the prose must be that of its part and whole, rounded or cut off to the digits it has."""

    measure: str

    @property
    def measures(self) -> tuple[str, ...]:
        """The measure alone."""
        return (self.measure,)

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every share; ``right_value`` is what it comes to, with two decimals."""
        selected = assessment(
            **THE_STATEMENT,
            right="round(share, 2)",
            severity=literal(severity),
            holds="abs(share - statement.value) < CASE WHEN statement.value = round(statement.value, 0) THEN 1 "
            "WHEN statement.value = round(statement.value, 1) THEN 0.1 ELSE 0.01 END",
        )
        return f"""
            SELECT {selected}
            FROM (
                SELECT *, 100 * parts[1]::DOUBLE / parts[2]::DOUBLE AS share FROM {batch.statements} AS statement
                WHERE measure = {literal(self.measure)}
            ) AS statement
            JOIN {batch.reports_with_cells} AS report ON report.report_id = statement.report_id
        """

    def sentence(self, assessment: Assessment) -> Text:
        """Quote the prose and say what the share comes to."""
        stated, share = assessment.sides
        return Text(
            f"文中称「{assessment.quote}」，所称 {stated}% 按所列数字应为 {share}%。",
            f"The prose says “{assessment.quote}”: its figures make {share} per cent, not {stated}.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up a share with two digits transposed."""
        return broken(rule, 54, 45, quote="收到申请20件，其中予以公开9件，占54%")
