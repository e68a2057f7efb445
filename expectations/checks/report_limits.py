"""What a report as a whole must not be."""

from dataclasses import dataclass

from expectations.checks.limit import Limit, severity_of_breach
from expectations.checks.report import ReportCheck
from expectations.examples import YEAR, broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.relations import assessment
from warehouse.text import Text


@dataclass(frozen=True)
class ReportLimits(ReportCheck):
    """Limits on what a report says of itself: its title, its year, its date. The first violated limit is the finding's.

    ``assessable`` is the condition under which the report says enough, ``quote`` what it says, as SQL.
    """

    limits: tuple[Limit, ...]
    assessable: str
    quote: str

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every report that says enough; others are left aside."""
        breaches = " ".join(f"WHEN {limit.violated} THEN {position}" for position, limit in enumerate(self.limits))
        selected = assessment(
            "judged",
            quote="quote",
            severity=severity_of_breach(self.limits, severity),
            breach="judged.breach",
            holds="judged.breach IS NULL",
        )
        return f"""
            SELECT {selected} FROM (
                SELECT report_id, year, edition, {self.quote} AS quote, CASE {breaches} END AS breach
                FROM {batch.reports_with_cells} AS report WHERE {self.assessable}
            ) AS judged
        """

    def sentence(self, assessment: Assessment) -> Text:
        """Say what the report says and what it must be."""
        must = self.limits[assessment.breach or 0].must
        return Text(f"{assessment.quote} {must.chinese}。", f"{assessment.quote}: {must.english}.")

    def example(self, rule: Rule) -> Assessment:
        """Make up a late report."""
        return broken(rule, quote=f"{YEAR + 1}-05-06", breach=0)
