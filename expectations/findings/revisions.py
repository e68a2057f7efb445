"""Silent corrections: pages whose figures changed since an earlier version, and what that cured or caused."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from expectations.naming import cell_place, figure
from warehouse.forms import newest_form
from warehouse.store import Connection
from warehouse.text import Text

Pair: TypeAlias = tuple[str, str]
"""The report ids of an earlier and a later version."""


@dataclass(frozen=True)
class ChangedCell:
    """A figure before and after; ``None`` where a version has none there."""

    table: str
    row: str
    column: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class BrokenPlace:
    """A broken rule, as it is known in two versions of one report."""

    rule_id: str
    table: str | None
    row: str | None
    column: str | None


@dataclass(frozen=True)
class Revision:
    """Two versions of one organ's report that an address showed one after the other.

    ``cured`` and ``caused`` are the places that only the earlier, and only the later version breaks. ``seen_at`` is
    when the later version was seen first after the earlier one.
    """

    organ_id: str
    organ: str
    year: int
    url: str
    seen_at: datetime
    earlier_report_id: str
    later_report_id: str
    changed: tuple[ChangedCell, ...]
    cured: tuple[BrokenPlace, ...]
    caused: tuple[BrokenPlace, ...]

    def sentence(self) -> Text:
        """Say in both languages which figures changed, and what that cured or caused."""
        shown = [_change(cell) for cell in self.changed[:_SHOWN]]
        more = len(self.changed) - len(shown)
        chinese = "；".join(text.chinese for text in shown) + (f"；另有 {more} 处" if more else "")
        english = "; ".join(text.english for text in shown) + (f"; and {more} more" if more else "")
        cured, caused = (", ".join(dict.fromkeys(p.rule_id for p in places)) for places in (self.cured, self.caused))
        return Text(
            f"网页数字有改动：{chinese or '无'}。"
            + (f"由此不再违反 {cured}。" if cured else "")
            + (f"由此新违反 {caused}。" if caused else ""),
            f"Figures of the page changed: {english or 'none'}."
            + (f" That cured {cured}." if cured else "")
            + (f" That caused {caused}." if caused else ""),
        )


def revisions(connection: Connection, years: Iterable[int] | None = None) -> tuple[Revision, ...]:
    """Return every pair of versions that an address showed one after the other and that differ, by year and organ.

    A page that goes back to what it showed before gives a pair for the way there and one for the way back.
    The findings of a version are those of the time when it was current.
    """
    years = None if years is None else list(years)
    changed: defaultdict[Pair, list[ChangedCell]] = defaultdict(list)
    for earlier, later, *cell in connection.execute(_CHANGED_CELLS, {"years": years}).fetchall():
        changed[earlier, later].append(ChangedCell(*cell))
    cured, caused = (
        _places(connection, years, "earlier_report_id", "later_report_id"),
        _places(connection, years, "later_report_id", "earlier_report_id"),
    )
    pairs = connection.execute(_REVISIONS, {"years": years}).fetchall()
    return tuple(
        Revision(
            organ_id=organ_id,
            organ=organ,
            year=year,
            url=url,
            seen_at=seen_at,
            earlier_report_id=earlier,
            later_report_id=later,
            changed=tuple(changed[earlier, later]),
            cured=tuple(cured[earlier, later]),
            caused=tuple(caused[earlier, later]),
        )
        for organ_id, organ, year, url, seen_at, earlier, later in pairs
        if changed[earlier, later] or cured[earlier, later] or caused[earlier, later]
    )


def _places(
    connection: Connection, years: list[int] | None, broken_in: str, not_in: str
) -> defaultdict[Pair, list[BrokenPlace]]:
    """Return the places that one version of each pair breaks and the other does not."""
    places: defaultdict[Pair, list[BrokenPlace]] = defaultdict(list)
    query = _BROKEN_IN_ONE.format(broken_in=broken_in, not_in=not_in)
    for earlier, later, *place in connection.execute(query, {"years": years}).fetchall():
        places[earlier, later].append(BrokenPlace(*place))
    return places


_REVISIONS = """
    SELECT organ_id, organ, year, url, first_seen_after_at, earlier_report_id, later_report_id FROM main.revision
    WHERE $years IS NULL OR list_contains($years, year) ORDER BY year, organ_id, first_seen_after_at, url
"""

_SHOWN = 5


def _change(cell: ChangedCell) -> Text:
    form = newest_form(cell.table, cell.row)
    place = cell_place(form, cell.row, cell.column) if form else Text(cell.row, cell.row)
    before, after = ("—" if value is None else figure(value) for value in (cell.before, cell.after))
    return Text(f"{place.chinese} {before} → {after}", f"{place.english} {before} → {after}")


_CHANGED_CELLS = """
    SELECT DISTINCT earlier_report_id, later_report_id, table_code, row_code, column_code, value_before, value_after
    FROM main.correction WHERE $years IS NULL OR list_contains($years, year) ORDER BY ALL
"""

_BROKEN_IN_ONE = """
    WITH pair AS (
        SELECT DISTINCT earlier_report_id, later_report_id FROM main.revision
        WHERE $years IS NULL OR list_contains($years, year)
    ), version AS (
        SELECT earlier_report_id FROM pair UNION SELECT later_report_id FROM pair
    ), broken AS (
        SELECT report_id, rule_id, table_code, row_code, column_code FROM audit.finding
        WHERE verdict = 'fail' AND report_id IN (FROM version)
    ), aside AS (
        SELECT * EXCLUDE (places), unnest(places, max_depth := 2) FROM audit.not_assessable
        WHERE report_id IN (FROM version)
    ), not_held AS (
        FROM broken UNION ALL SELECT report_id, rule_id, table_code, row_code, column_code FROM aside
    )
    SELECT pair.*, broken.* EXCLUDE (report_id)
    FROM pair JOIN broken ON broken.report_id = pair.{broken_in}
    WHERE NOT EXISTS (
        FROM not_held AS other
        WHERE other.report_id = pair.{not_in} AND other.rule_id = broken.rule_id
            AND other.table_code IS NOT DISTINCT FROM broken.table_code
            AND other.row_code IS NOT DISTINCT FROM broken.row_code
            AND other.column_code IS NOT DISTINCT FROM broken.column_code
    )
    ORDER BY ALL
"""
