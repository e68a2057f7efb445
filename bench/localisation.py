"""How often the place of an error is named, over consistent reports that were falsified at random.

``python -m bench.localisation`` prints, for one wrong figure and for two, in how many falsified reports exactly the
wrong figures are named with their right values, in how many others are named, and in how many the place is said to be
unknown. Only what breaks an identity counts: a change that breaks none cannot be seen.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from bench.validate import cell_rows, report_row
from expectations import validate
from samples.figures import FigureKey
from samples.reports import SampleReport, sample_reports
from warehouse.forms import TableCode
from warehouse.loading.staging import insert_rows
from warehouse.store import memory

REPORTS = 400
_IDENTITIES = ("A1", "A2", "A3", "B1")
Changes = dict[FigureKey, Decimal]


def main() -> None:
    """Measure and print."""
    reports = [report for report in sample_reports(years=[2019, 2022, 2024]) if any(report.figures.values())]
    for table in (TableCode.APPLICATIONS, TableCode.DISPUTES):
        for name, falsify in _KINDS.items():
            told = _told(list(_falsified(reports, table, falsify)))
            seen = sum(told.values())
            shares = ", ".join(f"{what} {100 * told[what] / seen:.1f} %" for what in ("right", "wrong", "unknown"))
            print(f"{table}, {name}: {shares} of {seen} reports with a broken identity")


def _one(size: int) -> Callable[[list[FigureKey], SampleReport, Random], Changes]:
    def falsify(cells: list[FigureKey], report: SampleReport, random: Random) -> Changes:
        cell = random.choice(cells)
        return {cell: report.figures[cell] + size}

    return falsify


def _two(first: int, second: int) -> Callable[[list[FigureKey], SampleReport, Random], Changes]:
    def falsify(cells: list[FigureKey], report: SampleReport, random: Random) -> Changes:
        one, other = random.sample(cells, 2)
        return {one: report.figures[one] + first, other: report.figures[other] + second}

    return falsify


def _exchanged(cells: list[FigureKey], report: SampleReport, random: Random) -> Changes:
    filled = [cell for cell in cells if report.figures[cell]]
    if not filled:
        return {}
    one, other = random.choice(filled), random.choice(cells)
    return {one: report.figures[other], other: report.figures[one]}


_KINDS = {
    "one figure, 1 more": _one(1),
    "one figure, 27 more": _one(27),
    "two figures, 9 and 50 more": _two(9, 50),
    "two figures, both 9 more": _two(9, 9),
    "two figures exchanged": _exchanged,
}


def _falsified(
    reports: list[SampleReport], table: TableCode, falsify: Callable[[list[FigureKey], SampleReport, Random], Changes]
) -> Iterator[tuple[SampleReport, Changes]]:
    random = Random(5)
    for report in random.sample(reports, min(REPORTS, len(reports))):
        cells = [cell for cell in report.figures if cell[0] is table]
        changes = falsify(cells, report, random)
        if any(report.figures[cell] != value for cell, value in changes.items()):
            yield report, changes


def _told(falsified: list[tuple[SampleReport, Changes]]) -> Counter[str]:
    """Count what is said of the falsified reports: the right figures, wrong ones, or unknown."""
    now = datetime.now(UTC)
    right: dict[str, set[tuple[str, str, Decimal]]] = {}
    with memory() as connection:
        cells = []
        for report, changes in falsified:
            right[report.identity] = {
                (row, column, report.figures[table, row, column]) for table, row, column in changes
            }
            cells += list(cell_rows(report, {**report.figures, **changes}))
        insert_rows(connection, {"report": [report_row(report) for report, _ in falsified], "cell": cells})
        validate(connection, run_id="bench", validated_at=now)
        found = connection.execute(_LIKELY, [list(_IDENTITIES)]).fetchall()
    told: Counter[str] = Counter()
    for report_id, likely in found:
        named = {(each["row_code"], each["column_code"], each["value"]) for each in likely}
        told["right" if named == right[report_id] else "wrong" if named else "unknown"] += 1
    return told


_LIKELY = """
    SELECT report_id, list_distinct(flatten(list(likely))) FROM audit.finding
    WHERE verdict = 'fail' AND list_contains(?, rule_id) GROUP BY report_id
"""

if __name__ == "__main__":
    main()
