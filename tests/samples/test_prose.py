"""The prose claims what the figures say, in sentences that stand in it."""

from collections import Counter
from decimal import Decimal

from samples import SampleReport, sample_reports
from warehouse.forms import APPLICANT_PARTS, FORMS, TOTAL_COLUMN, TableCode

APPLICATIONS, DISPUTES = TableCode.APPLICATIONS, TableCode.DISPUTES


def true_figures(report: SampleReport) -> dict[str, set[Decimal]]:
    """What a claim of each measure may say of a report, by the rules E1 to E9."""
    form = FORMS[APPLICATIONS, report.editions[APPLICATIONS]]

    def total(*rows: str, columns: tuple[str, ...] = (TOTAL_COLUMN,)) -> Decimal:
        return sum((report.figures[APPLICATIONS, row, column] for row in rows for column in columns), Decimal(0))

    def group(code: str) -> Decimal:
        return total(*(row.code for row in form.rows_in(code)))

    def disputes(*rows: str) -> Decimal:
        return sum((report.figures[DISPUTES, row, TOTAL_COLUMN] for row in rows), Decimal(0))

    other = group("other") if "other" in form.group_by_code else total("other_total")
    return {
        "received_new": {total("received_new"), total("received_new", "carried_in")},
        "carried_in": {total("carried_in")},
        "carried_out": {total("carried_out")},
        "concluded_total": {total("concluded_total")},
        "granted": {total("granted")},
        "partially_granted": {total("partially_granted")},
        "granted_or_partially_granted": {total("granted", "partially_granted")},
        "denied": {group("denied")},
        "unavailable": {group("unavailable")},
        "unavailable_or_not_held": {total("unavailable_not_held")},
        "not_processed": {group("not_processed")},
        "other_total": {other},
        "natural_person": {total("received_new", columns=("natural_person",))},
        "organizations": {total("received_new", columns=APPLICANT_PARTS[1:])},
        "review": {disputes("review")},
        "litigation": {disputes("litigation_direct", "litigation_after_review")},
        "listed_members": {total("received_new")},
        "report_year": {Decimal(report.year)},
        "period_year": {Decimal(report.year)},
    }


def test_claims_are_true_and_stand_in_the_prose() -> None:
    seen: Counter[str] = Counter()
    for report in sample_reports():
        text = "\n".join((*report.prose.opening, *report.prose.overview))
        truth = true_figures(report)
        for claim in report.prose.claims:
            seen[claim.measure] += 1
            assert claim.value in truth[claim.measure]
            assert claim.sentence in text
            assert not claim.parts or sum(claim.parts) == claim.value
    assert set(seen) == set(true_figures(report))
    assert min(seen.values()) > 20


def test_prose_comes_in_both_punctuations() -> None:
    endings = Counter("，" in report.prose.overview[0] for report in sample_reports(years=[2021]))
    assert endings[True] > endings[False] > 5
