"""Figures of the prose beside what the report says elsewhere than in its tables."""

from dataclasses import dataclass

from expectations.checks.report import ReportCheck
from expectations.examples import broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.relations import THE_STATEMENT, assessment, codes
from warehouse.sql import literal
from warehouse.text import Text


@dataclass(frozen=True)
class StatementEquals(ReportCheck):
    """A figure in the prose must be what ``right`` says: SQL on ``statement`` and ``report``.

    ``broken`` says what is wrong, with ``{left}`` and ``{right}`` to be filled in.
    """

    measures: tuple[str, ...]
    right: str
    broken: Text
    said: str
    """What the prose says in the example."""

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every such statement."""
        selected = assessment(
            **THE_STATEMENT,
            right=self.right,
            severity=literal(severity),
            holds=f"statement.value = {self.right}",
        )
        return f"""
            SELECT {selected}
            FROM {batch.statements} AS statement
            JOIN {batch.reports_with_cells} AS report ON report.report_id = statement.report_id
            WHERE statement.measure IN {codes(self.measures)} AND report.year > 0 AND {self.right} IS NOT NULL
        """

    def sentence(self, assessment: Assessment) -> Text:
        """Quote the prose and say what it disagrees with."""
        left, right = assessment.sides
        wrong, quote = self.broken.format(left=left, right=right), assessment.quote
        return Text(f"文中称「{quote}」，{wrong.chinese}。", f"The prose says “{quote}”: {wrong.english}.")

    def example(self, rule: Rule) -> Assessment:
        """Make up a figure that is another one."""
        return broken(rule, 12, 11, quote=self.said)
