"""The first page: how much is there, how it fares year by year, what changed lately, and where to begin."""

from explorer.asking import Question
from explorer.charts import quality
from explorer.charts.drawing import draw
from explorer.pages.page import Context, Page
from warehouse.snapshots.pool import Lease

_TOTALS = """
    SELECT count(*) AS reports, count(DISTINCT organ_id) AS organs, min(year) AS first_year, max(year) AS last_year,
        count(*) FILTER (quality = 'inconsistent') AS inconsistent, count(*) FILTER (quality = 'clean') AS clean,
        (SELECT coalesce(sum(findings), 0) FROM mart.finding_count WHERE severity = 'critical' AND NOT is_waived)
            AS critical
    FROM mart.report
"""

QUALITY = """
    SELECT coalesce(report.year, missing.year) AS year, coalesce(report.clean, 0) AS clean,
        coalesce(report.questionable, 0) AS questionable, coalesce(report.inconsistent, 0) AS inconsistent,
        coalesce(report.incomplete, 0) AS incomplete, coalesce(report.blank, 0) AS blank,
        coalesce(missing.missing, 0) AS missing
    FROM (
        SELECT year, count(*) FILTER (quality = 'clean') AS clean,
            count(*) FILTER (quality = 'questionable') AS questionable,
            count(*) FILTER (quality = 'inconsistent') AS inconsistent,
            count(*) FILTER (quality = 'incomplete') AS incomplete,
            count(*) FILTER (quality = 'blank') AS blank
        FROM mart.report
        WHERE $region IS NULL OR starts_with(region_code, rtrim($region, '0'))
        GROUP BY year
    ) AS report
    FULL JOIN (
        SELECT year, count(*) AS missing FROM mart.coverage
        WHERE status IN ('missing', 'unreadable') AND ($region IS NULL OR starts_with(region_code, rtrim($region, '0')))
        GROUP BY year
    ) AS missing ON missing.year = report.year
    ORDER BY year
"""

_CORRECTIONS = "SELECT * FROM mart.correction ORDER BY first_seen_after_at DESC LIMIT 5"

_WORST_RULES = """
    SELECT rule_id, sum(findings)::BIGINT AS findings FROM mart.finding_count
    WHERE severity = 'critical' AND NOT is_waived GROUP BY rule_id ORDER BY findings DESC, rule_id LIMIT 5
"""


def view(asked: Question, lease: Lease) -> Context:
    """Gather what the first page shows."""
    years = lease.rows(QUALITY, region=None)
    return {
        "totals": lease.row(_TOTALS),
        "years": years,
        "chart": draw(quality.spec(years, asked.lang)) if years else "",
        "corrections": lease.rows(_CORRECTIONS),
        "rules": lease.rows(_WORST_RULES),
    }


PAGE = Page("/", "home.html", view)
