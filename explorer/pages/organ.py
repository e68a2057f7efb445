"""One organ: all its years side by side, its chain of carried-over requests, its place among its peers."""

from explorer.asking import Question
from explorer.charts import band, outcomes
from explorer.charts.drawing import draw
from explorer.pages.page import Context, MovedError, Page, found
from explorer.rendering import segment
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease

_ORGAN = "SELECT * FROM mart.organ WHERE organ_id = $organ"
_EXPECTED = """
    SELECT organ_id, any_value(organ) AS name, any_value(level) AS level, any_value(kind) AS kind,
        any_value(region_code) AS region_code, NULL AS parent_organ_id, NULL AS parent, [] AS aliases
    FROM mart.coverage WHERE organ_id = $organ GROUP BY organ_id
"""
"""An organ that should publish and never did: only its source speaks of it."""
REPORTS = "SELECT * EXCLUDE (report_no) FROM mart.report WHERE organ_id = $organ ORDER BY year"
_FINDINGS = """
    SELECT year, severity, count(*) AS findings FROM mart.finding
    WHERE organ_id = $organ AND NOT is_waived GROUP BY year, severity
"""
_CORRECTIONS = "SELECT * FROM mart.correction WHERE organ_id = $organ ORDER BY first_seen_after_at DESC LIMIT 20"
_COVERAGE = """
    SELECT year, any_value(status) AS status, any_value(due_on) AS due_on, any_value(evidence) AS evidence
    FROM mart.coverage WHERE organ_id = $organ GROUP BY year ORDER BY year
"""
BAND = """
    SELECT year, ranked, p10, median, p90 FROM mart.peer
    WHERE region_code = $region AND level = $level AND kind = $kind AND measure = $measure ORDER BY year
"""
_CHILDREN = """
    SELECT organ_id, name, reports, inconsistent FROM mart.organ WHERE parent_organ_id = $organ
    ORDER BY organ_id LIMIT 60
"""

KEY_FIGURES = (
    ("received_new", "carried_in", "concluded", "carried_out"),
    ("granted", "partially_granted", "denied", "unavailable", "not_processed", "other"),
    ("review_decided", "litigation_decided", "pending"),
    ("licensing", "penalties", "coercion"),
)
"""The figures that stand side by side, group by group."""

_ONE_CELL = {
    "received_new": "received_new",
    "carried_in": "carried_in",
    "concluded": "concluded_total",
    "carried_out": "carried_out",
    "granted": "granted",
    "partially_granted": "partially_granted",
}
"""Figures that are one cell of the table of applications, and its row."""
PLACES = {
    **{
        name: f"#t-{table}"
        for table, names in (
            ("applications", (*KEY_FIGURES[0], *KEY_FIGURES[1])),
            ("disputes", KEY_FIGURES[2]),
            ("proactive", KEY_FIGURES[3]),
        )
        for name in names
    },
    **{name: f"/cells/applications/{row}/total" for name, row in _ONE_CELL.items()},
}
"""Where in a report a figure is found: its own page, or the table of which several cells are added up."""

RATES = ("granted_rate", "partially_granted_rate", "denied_rate", "unavailable_rate")


def scope_of(organ: Row) -> str:
    """Return the region that an organ's peers are looked for in: its prefecture, for a prefecture its province."""
    code = organ["region_code"] or "000000"
    return code[:2] + "0000" if organ["kind"] == "government" and organ["level"] == "city" else code[:4] + "00"


def view(asked: Question, lease: Lease) -> Context:
    """Gather an organ's years."""
    identity = asked.parts["organ"]
    organ = found(lease.row(_ORGAN, organ=identity) or lease.row(_EXPECTED, organ=identity), identity)
    reports = lease.rows(REPORTS, organ=identity)
    coverage = lease.rows(_COVERAGE, organ=identity)
    counted = {(row["year"], row["severity"]): row["findings"] for row in lease.rows(_FINDINGS, organ=identity)}
    by_year: dict[int, Row | None] = {row["year"]: None for row in coverage} | {row["year"]: row for row in reports}
    years = sorted(by_year)
    return {
        "organ": organ,
        "years": years,
        "by_year": by_year,
        "coverage": {row["year"]: row for row in coverage},
        "counted": counted,
        "key_figures": KEY_FIGURES,
        "places": PLACES,
        "chain": _chain(years, by_year),
        "outcomes": draw(outcomes.spec(reports, asked.lang)) if any(row["concluded"] for row in reports) else "",
        "bands": [each for rate in RATES if (each := _band(lease, organ, reports, rate))],
        "corrections": lease.rows(_CORRECTIONS, organ=identity),
        "children": lease.rows(_CHILDREN, organ=identity),
        "reports": reports,
    }


def _chain(years: list[int], by_year: dict[int, Row | None]) -> list[dict[str, object]]:
    """Hold what each year carried out against what the next carried in; a year without report breaks the chain."""
    links = []
    for year in years[1:]:
        before, after = by_year.get(year - 1), by_year[year]
        out = before["carried_out"] if before else None
        into = after["carried_in"] if after else None
        if out is not None or into is not None:
            links.append({"from": year - 1, "to": year, "out": out, "into": into})
    return links


def _band(lease: Lease, organ: Row, reports: list[Row], rate: str) -> dict[str, object] | None:
    """Draw an organ's own rate in the band of its peers', where it has one in some year."""
    if not any(row[rate] is not None for row in reports):
        return None
    peers = lease.rows(BAND, region=scope_of(organ), level=organ["level"], kind=organ["kind"], measure=rate)
    ranked = [row["ranked"] for row in peers if row["ranked"] >= band.FEWEST_PEERS]
    return {
        "measure": rate,
        "svg": draw(band.spec(reports, peers, rate)),
        "fewest": min(ranked, default=0),
        "most": max(ranked, default=0),
    }


def _data(context: Context) -> dict[str, object]:
    return {**context["organ"], "reports": context["reports"], "corrections": context["corrections"]}


def _by_year(asked: Question, lease: Lease) -> Context:
    """Lead to the report of a year."""
    row = lease.row(
        "SELECT report_id FROM mart.report WHERE organ_id = $organ AND year = $year",
        organ=asked.parts["organ"],
        year=int(asked.parts["year"]),
    )
    raise MovedError(asked.address(f"/reports/{segment(found(row, asked.path)['report_id'])}"))


PAGE = Page("/organs/{organ:path}", "organ.html", view, data=_data)
BY_YEAR = Page("/organs/{organ:path}/{year:int}", "organ.html", _by_year)
