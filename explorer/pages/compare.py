"""Two organs side by side: what share of their cases ended in one way, year by year, and how sure the difference is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from explorer.asking import TEXT, Question, choice
from explorer.charts import comparison
from explorer.charts.drawing import draw
from explorer.pages.page import Context, Listing, Page
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease

MEASURES = ("denied_rate", "granted_rate", "partially_granted_rate", "unavailable_rate", "not_processed_rate")
"""The shares of concluded requests that can be compared, the one that is asked for most first."""

FEWEST_CASES = 30
"""Of fewer cases no share is worth comparing."""

_ORGANS = """
    SELECT organ_id, name, level, kind, region_code, parent_organ_id,
        organ_id = $q OR name = $q OR list_contains(aliases, $q) AS is_meant, count(*) OVER () AS total
    FROM mart.organ
    WHERE reports > 0 AND (organ_id = $q OR contains(name, $q) OR list_contains(aliases, $q))
    ORDER BY is_meant DESC, organ_id <> $q, organ_id LIMIT 12
"""
_PEERS = """
    SELECT organ_id, name FROM mart.organ
    WHERE reports > 0 AND organ_id <> $organ_id AND level IS NOT DISTINCT FROM $level
        AND kind IS NOT DISTINCT FROM $kind AND parent_organ_id IS NOT DISTINCT FROM $parent_organ_id
    ORDER BY organ_id LIMIT 60
"""
_SUGGESTED = "SELECT name FROM mart.organ WHERE reports > 0 ORDER BY kind <> 'government', organ_id LIMIT 300"
PARAMETERS = {"a": TEXT, "b": TEXT, "measure": choice(*MEASURES)}


@dataclass(frozen=True)
class Difference:
    """How much larger the first organ's share is, with the interval in which it lies at 95 % (Newcombe's)."""

    share: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether chance alone would rarely make as large a difference."""
        return self.low > 0 or self.high < 0

    def opposes(self, other: "Difference") -> bool:
        """Whether it shows the other organ's share as the larger."""
        return self.share * other.share < 0


def listing(asked: Question) -> Listing:
    """Return each year's cases of both organs, with the interval of their share at 95 % (Wilson's) and whether a
    critical finding touches the figures that are used; all years last.
    """
    cases = _measure(asked).removesuffix("_rate")
    sql = f"""
        WITH chosen AS (
            SELECT organ_id, organ, year, report_id, quality, list_contains(faulty_rates, '{cases}_rate') AS is_faulty,
                {cases}::DOUBLE AS cases, concluded::DOUBLE AS of
            FROM mart.report
            WHERE (organ_id IN ($a, $b) OR organ IN ($a, $b)) AND {cases} IS NOT NULL AND concluded > 0
        ), counted AS (
            FROM chosen
            UNION ALL
            SELECT organ_id, organ, NULL, NULL, NULL, NULL, sum(cases), sum(of) FROM chosen GROUP BY organ_id, organ
        )
        SELECT organ_id, organ, year, report_id, quality, is_faulty, cases::BIGINT AS cases, of::BIGINT AS concluded,
            cases / of AS share, main.share_interval(cases, of).low AS low, main.share_interval(cases, of).high AS high
        FROM counted ORDER BY year NULLS LAST, organ_id
    """
    return Listing(sql, "mart.report", {name: asked.values.get(name, "") for name in ("a", "b")})


def view(asked: Question, lease: Lease) -> Context:
    """Gather both organs, or those that may be meant."""
    found = {side: lease.rows(_ORGANS, q=asked.values[side]) for side in ("a", "b") if side in asked.values}
    chosen = {side: rows[0] for side, rows in found.items() if rows and (rows[0]["is_meant"] or len(rows) == 1)}
    rows: list[Row] = []
    if len(chosen) == 2 and chosen["a"]["organ_id"] != chosen["b"]["organ_id"]:
        rates = listing(asked)
        ids = {side: row["organ_id"] for side, row in chosen.items()}
        rows = lease.rows(rates.sql, **ids)
    by_place = {(row["year"], row["organ_id"]): row for row in rows}
    years = sorted({row["year"] for row in rows if row["year"] is not None})
    by_year = {
        year: difference(*(by_place.get((year, organ["organ_id"])) for _, organ in sorted(chosen.items())))
        for year in (*years, None)
        if rows
    }
    overall = by_year.pop(None, None)
    judged = {year: each for year, each in by_year.items() if each is not None}
    return {
        "chosen": chosen,
        "suggested": lease.rows(_SUGGESTED),
        "fewest": FEWEST_CASES,
        "candidates": {side: rows for side, rows in found.items() if side not in chosen},
        "peers": lease.rows(_PEERS, **chosen["a"]) if "a" in chosen and "b" not in found else [],
        "by_place": by_place,
        "years": years,
        "measure": _measure(asked),
        "measures": MEASURES,
        "spans": {
            side: _spans([year for year in years if (year, organ["organ_id"]) in by_place])
            for side, organ in chosen.items()
        },
        "difference": overall,
        "judged": judged,
        "reversed": [year for year, each in judged.items() if overall and overall.is_sure and each.opposes(overall)],
        "deviating": {year: each for year, each in judged.items() if _deviates(each, overall)},
        "chart": draw(comparison.spec([row for row in rows if row["year"]], _names(chosen))) if years else "",
    }


def _deviates(year: Difference, overall: Difference | None) -> bool:
    """Whether a year shows a difference that all years together do not show, or show the other way round."""
    return year.is_sure and (overall is None or not overall.is_sure or year.opposes(overall))


def _spans(years: Sequence[int]) -> list[str]:
    """Write sorted years as spans without a gap, such as 2019–2021 and 2023."""
    begins = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return [str(begin) if begin == end else f"{begin}–{end}" for begin, end in zip(begins, ends, strict=True)]


def _names(chosen: dict[str, Row]) -> list[str]:
    return [row["name"] for _, row in sorted(chosen.items())]


def _measure(asked: Question) -> str:
    return str(asked.values.get("measure", MEASURES[0]))


def difference(first: Row | None, second: Row | None) -> Difference | None:
    """Hold two shares with their bounds against each other; ``None`` where one is of too few cases."""
    if first is None or second is None or min(first["concluded"], second["concluded"]) < FEWEST_CASES:
        return None
    a, b = ({name: float(row[name]) for name in ("share", "low", "high")} for row in (first, second))
    share = a["share"] - b["share"]
    return Difference(
        share,
        share - sqrt((a["share"] - a["low"]) ** 2 + (b["high"] - b["share"]) ** 2),
        share + sqrt((a["high"] - a["share"]) ** 2 + (b["share"] - b["low"]) ** 2),
    )


PAGE = Page("/compare", "compare.html", view, PARAMETERS, listing)
