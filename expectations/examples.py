"""Made-up figures, by which the pages of the rules show what a finding says."""

from decimal import Decimal

from expectations.model import Assessment, Contribution, Rule, Verdict
from warehouse.forms import TableCode

YEAR = 2023
"""The report year of every example."""


def broken(
    rule: Rule,
    left: int | None = None,
    right: int | None = None,
    *,
    table: TableCode | None = None,
    row: str | None = None,
    column: str | None = None,
    quote: str | None = None,
    breach: int | None = None,
    cells: tuple[Contribution, ...] = (),
) -> Assessment:
    """Make up an assessment that fails."""
    return Assessment(
        rule=rule,
        report_id="",
        year=YEAR,
        table=table,
        edition=rule.editions[-1],
        verdict=Verdict.FAIL,
        reason=None,
        row=row,
        column=column,
        quote=quote,
        breach=breach,
        left=None if left is None else Decimal(left),
        right=None if right is None else Decimal(right),
        strict_verdict=Verdict.FAIL,
        cells=cells,
    )
