"""A region and what is below it: its reports by level and kind, its trend; levels and kinds are never added up."""

from explorer.asking import REGION, YEAR, Question
from explorer.charts import quality
from explorer.charts.drawing import draw
from explorer.pages.home import QUALITY
from explorer.pages.page import Context, Listing, MovedError, NotThereError, Page
from explorer.places import COUNTRY
from warehouse.snapshots.pool import Lease
from warehouse.text import Text

_ALL = """
    SELECT region_code, level, kind, year, reports, clean, questionable, inconsistent, incomplete, blank, late, unread,
        received_new, concluded, granted, denied, carried_out
    FROM mart.region
    WHERE ($year IS NULL OR year = $year) AND ($region = '000000' OR starts_with(region_code, rtrim($region, '0')))
    ORDER BY region_code, level, kind, year
"""
_HERE = """
    SELECT * FROM mart.region
    WHERE region_code = $region AND year = coalesce($year, (SELECT max(year) FROM mart.region))
    ORDER BY list_position(['government', 'department', 'township', 'subdistrict'], kind),
        list_position(['country', 'province', 'city', 'county', 'township'], level)
"""
_BELOW = """
    SELECT region_code, sum(reports)::BIGINT AS reports, sum(clean)::BIGINT AS clean,
        sum(questionable)::BIGINT AS questionable, sum(inconsistent)::BIGINT AS inconsistent,
        sum(incomplete)::BIGINT AS incomplete
    FROM mart.region
    WHERE year = coalesce($year, (SELECT max(year) FROM mart.region)) AND region_code <> $region
        AND starts_with(region_code, $prefix) AND ends_with(region_code, $suffix)
    GROUP BY region_code ORDER BY region_code
"""
_YEARS = "SELECT DISTINCT year FROM mart.region ORDER BY year"
_GOVERNMENTS = """
    SELECT organ_id, name, level FROM mart.organ WHERE region_code = $region AND kind = 'government'
    ORDER BY list_position(['country', 'province', 'city', 'county', 'township'], level), organ_id LIMIT 20
"""


def _digits(code: str) -> int:
    """Return how many digits of a code say something: 0 for the country, 2, 4 or 6."""
    return next(digits for digits in (0, 2, 4, 6) if code.endswith("0" * (6 - digits)))


def _view(code: str, asked: Question, lease: Lease) -> Context:
    digits = _digits(code)
    year = asked.values.get("year")
    here = lease.rows(_HERE, region=code, year=year)
    below = digits + 2
    children = (
        lease.rows(_BELOW, region=code, year=year, prefix=code[:digits], suffix="0" * (6 - below)) if below <= 6 else []
    )
    quality_years = lease.rows(QUALITY, region=None if code == COUNTRY else code)
    if not quality_years and code != COUNTRY:
        raise NotThereError(Text(f"区划 {code} 没有报告", f"no report of region {code}"))
    return {
        "code": code,
        "above": [COUNTRY] * (digits > 0) + [code[:each].ljust(6, "0") for each in (2, 4) if each < digits],
        "here": here,
        "rows": children,
        "years": [row["year"] for row in lease.rows(_YEARS)],
        "year": year or max((row["year"] for row in here), default=None),
        "governments": lease.rows(_GOVERNMENTS, region=code),
        "quality_years": quality_years,
        "chart": draw(quality.spec(quality_years, asked.lang)) if quality_years else "",
    }


def country(asked: Question, lease: Lease) -> Context:
    """Gather the whole country, or lead to the region that is looked for."""
    if "region" in asked.values:
        raise MovedError(asked.address(f"/regions/{asked.values['region']}"))
    return _view(COUNTRY, asked, lease)


def view(asked: Question, lease: Lease) -> Context:
    """Gather one region."""
    code = asked.parts["region"]
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise NotThereError(Text("区划代码是六位数字，如 330300", "a region is six digits, such as 330300"))
    return _view(code, asked, lease)


def listing(asked: Question) -> Listing:
    """Return a region and all below it by level, kind and year, of one year if that is asked for."""
    code = asked.parts.get("region", COUNTRY)
    return Listing(_ALL, "mart.region", {"year": asked.values.get("year"), "region": code})


COUNTRY_PAGE = Page("/regions", "regions.html", country, {"year": YEAR, "region": REGION}, listing)
PAGE = Page("/regions/{region}", "regions.html", view, {"year": YEAR}, listing)
