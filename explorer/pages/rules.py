"""The rules: what each demands, how often it was judged and how often it is broken, year by year."""

from expectations import RULES
from explorer.asking import Question
from explorer.pages.page import Context, Listing, Page
from warehouse.snapshots.pool import Lease

_RULES = """
    WITH judged AS (
        SELECT rule_id, sum(evaluated)::BIGINT AS evaluated, sum(failed)::BIGINT AS failed,
            sum(not_assessable)::BIGINT AS not_assessable, sum(waived)::BIGINT AS waived,
            sum(reports)::BIGINT AS reports
        FROM mart.rule_year GROUP BY rule_id
    )
    SELECT rule.rule_id, rule.title_zh, rule.title_en, rule.severity, rule.scope, rule.table_code, rule.editions,
        coalesce(judged.evaluated, 0) AS evaluated, coalesce(judged.failed, 0) AS failed,
        coalesce(judged.not_assessable, 0) AS not_assessable, coalesce(judged.waived, 0) AS waived,
        coalesce(judged.reports, 0) AS reports,
        round(1000.0 * judged.failed / nullif(judged.evaluated, 0), 2) AS failed_per_thousand
    FROM audit.rule AS rule LEFT JOIN judged ON judged.rule_id = rule.rule_id
    WHERE list_contains($known, rule.rule_id)
    ORDER BY list_position($known, rule.rule_id)
"""
_YEARS = "SELECT rule_id, year, evaluated, failed FROM mart.rule_year ORDER BY rule_id, year"


def listing(asked: Question) -> Listing:
    """Return every rule of the accounting, with what it came to."""
    return Listing(_RULES, "audit.rule", {"known": list(RULES)})


def view(asked: Question, lease: Lease) -> Context:
    """Gather the rules with their years."""
    rates: dict[str, dict[int, float | None]] = {}
    years: set[int] = set()
    for row in lease.rows(_YEARS):
        years.add(row["year"])
        rates.setdefault(row["rule_id"], {})[row["year"]] = (
            row["failed"] / row["evaluated"] if row["evaluated"] else None
        )
    rules = listing(asked)
    return {"rows": lease.rows(rules.sql, **rules.parameters), "rates": rates, "years": sorted(years)}


PAGE = Page("/rules", "rules.html", view, {}, listing)
