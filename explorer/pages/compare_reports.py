"""Two reports cell by cell: two years of one organ, two organs of one year, or two versions of one report."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from expectations.naming import column_name, row_name
from explorer.asking import TEXT, Question, choice
from explorer.pages.page import Context, Listing, Page, found
from explorer.pages.report import REPORT
from warehouse.forms import EVERY_FORM, Edition, TableCode
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease

_SIDE = """
    SELECT table_code, row_code, column_code, edition, raw, value, state FROM core.cell
    WHERE report_no = (SELECT report_no FROM core.report WHERE report_id = ${side})
"""
_CELLS = f"""
    WITH both_sides AS (
        SELECT coalesce(a.table_code, b.table_code) AS table_code, coalesce(a.row_code, b.row_code) AS row_code,
            coalesce(a.column_code, b.column_code) AS column_code, coalesce(b.edition, a.edition) AS edition,
            a.raw AS raw_a, b.raw AS raw_b, a.value AS value_a, b.value AS value_b, a.state AS state_a,
            b.state AS state_b, b.value - a.value AS difference,
            max(a.edition) OVER printed AS edition_a, max(b.edition) OVER printed AS edition_b,
            CASE WHEN edition_a = edition_b THEN NULL
                WHEN b.edition IS NULL THEN 'a' WHEN a.edition IS NULL THEN 'b' END AS only_in,
            only_in IS NULL AND (a.value, a.state) IS DISTINCT FROM (b.value, b.state) AS is_different
        FROM ({_SIDE.format(side="a")}) AS a
        FULL JOIN ({_SIDE.format(side="b")}) AS b
            ON a.table_code = b.table_code AND a.row_code = b.row_code AND a.column_code = b.column_code
        WINDOW printed AS (PARTITION BY coalesce(a.table_code, b.table_code))
    )
    SELECT both_sides.* EXCLUDE (edition), form.row_label, form.row_label_en, form.column_label, form.column_label_en
    FROM both_sides
    LEFT JOIN main.form_cell AS form
        ON form.table_code = both_sides.table_code AND form.edition = both_sides.edition
        AND form.row_code = both_sides.row_code AND form.column_code = both_sides.column_code
    WHERE $show = 'all' OR is_different OR only_in IS NOT NULL
    ORDER BY list_position(['proactive', 'applications', 'disputes'], both_sides.table_code), form.position,
        both_sides.row_code, both_sides.column_code
"""
PARAMETERS = {"a": TEXT, "b": TEXT, "show": choice("different", "all")}


def listing(asked: Question) -> Listing:
    """Return the cells of both reports that differ, or all of them, as the form orders them."""
    return Listing(
        _CELLS,
        "core.cell",
        {"a": asked.values.get("a"), "b": asked.values.get("b"), "show": asked.values.get("show", "different")},
    )


def view(asked: Question, lease: Lease) -> Context:
    """Gather both reports and their cells."""
    reports = {
        side: found(lease.row(REPORT, report=asked.values.get(side)), f"{side}={asked.values.get(side, '')}")
        for side in ("a", "b")
    }
    cells = listing(asked)
    rows = lease.rows(cells.sql, **cells.parameters)
    return {
        "reports": reports,
        "tables": _by_table(row for row in rows if row["only_in"] is None),
        "by_form": _by_table(row for row in rows if row["only_in"] is not None),
        "forms": sorted({(row["edition_a"], row["edition_b"]) for row in rows if row["only_in"] is not None}),
    }


def _by_table(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    return [(table, [_named(row) for row in each]) for table, each in groupby(rows, itemgetter("table_code"))]


def _named(row: Row) -> Row:
    """Name a cell's row with the groups that it stands in."""
    edition = row["edition_a"] if row["only_in"] == "a" or row["edition_b"] is None else row["edition_b"]
    form = EVERY_FORM[TableCode(row["table_code"]), Edition(edition)]
    return {
        **row,
        "row_name": row_name(form, row["row_code"]),
        "column_name": column_name(form, row["column_code"]),
    }


PAGE = Page("/compare/reports", "compare_reports.html", view, PARAMETERS, listing)
