"""Consistent figures to falsify, and warehouses in memory to put them in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from random import Random

from expectations import RULES, validate
from expectations.findings.not_assessable import told
from tests.warehouse.conftest import cell_row, report_row
from warehouse.forms import (
    APPENDIX,
    APPLICANT_PARTS,
    DISPUTE_PARTS,
    EVERY_FORM,
    FORMS,
    Edition,
    TableCode,
    outcome_rows,
)
from warehouse.forms.statistics import STATISTICS, members_of
from warehouse.loading.staging import insert_rows
from warehouse.rows import rows_of
from warehouse.store import Connection, insert_values, memory

Key = tuple[TableCode, str, str]
"""Table, row and column code of a cell."""

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
APPLICATIONS, DISPUTES, PROACTIVE = TableCode.APPLICATIONS, TableCode.DISPUTES, TableCode.PROACTIVE
STATISTICS_TABLE = TableCode.STATISTICS

BLANK, DASH, UNREADABLE = "blank", "dash", "unreadable"


@dataclass(frozen=True, eq=False)
class Book:
    """One report: figures by cell, or the state of a cell without a figure; a cell left out is absent."""

    report_id: str
    cells: Mapping[Key, Decimal | int | str]
    edition: Edition = Edition.E2019
    year: int = 2019
    organ_id: str = "organ"
    is_current: bool = True

    def changed(self, report_id: str, changes: Mapping[Key, Decimal | int | str | None]) -> "Book":
        """Return a copy with some cells changed; ``None`` takes a cell away."""
        cells = {key: value for key, value in {**self.cells, **changes}.items() if value is not None}
        return replace(self, report_id=report_id, cells=cells)


def consistent(report_id: str = "report", edition: Edition = Edition.E2019, seed: int = 1) -> Book:
    """Make a report in which every identity holds, with few zeros."""
    random = Random(seed)
    if edition is Edition.E2014:
        return Book(report_id, _appendix(random), edition, year=2016)
    cells: dict[Key, int] = {
        (PROACTIVE, row, column): random.randint(1, 40) + 100 * (column in ("total_disclosed", "in_force"))
        for row, column in FORMS[PROACTIVE, edition].cells
    }
    outcomes = outcome_rows(FORMS[APPLICATIONS, edition])
    for column in APPLICANT_PARTS:
        figures = {row: random.randint(1, 30) for row in outcomes}
        carried_in, carried_out = random.randint(1, 9), random.randint(1, 9)
        concluded = sum(figures.values())
        figures |= {
            "received_new": concluded + carried_out - carried_in,
            "carried_in": carried_in,
            "concluded_total": concluded,
            "carried_out": carried_out,
        }
        cells |= {(APPLICATIONS, row, column): value for row, value in figures.items()}
    for row in FORMS[APPLICATIONS, edition].rows:
        cells[APPLICATIONS, row, "total"] = sum(cells[APPLICATIONS, row, column] for column in APPLICANT_PARTS)
    for row in FORMS[DISPUTES, edition].rows:
        parts = {(DISPUTES, row, column): random.randint(1, 9) for column in DISPUTE_PARTS}
        cells |= parts | {(DISPUTES, row, "total"): sum(parts.values())}
    return Book(report_id, cells, edition)


def _appendix(random: Random) -> dict[Key, int]:
    """Make the figures of an appendix, each line the sum of those below it where the rules say so."""
    figures = {code: random.randint(1, 30) for code, indicator in STATISTICS.items() if indicator.unit}
    for code in ("3.1", "3.2", "3.3.4", "3.3", "4", "5", "8.3"):
        figures[code] = sum(figures[member.code] for member in members_of(code))
    columns = dict(EVERY_FORM[APPENDIX].cells.keys())
    return {(STATISTICS_TABLE, code, columns[code]): value for code, value in figures.items()}


def load(books: Iterable[Book], connection: Connection | None = None) -> Connection:
    """Put reports into a warehouse, a new one in memory without views unless one is given."""
    if connection is None:
        connection = memory(views=False)
    books = tuple(books)
    reports = [
        report_row(
            book.report_id, organ_id=book.organ_id, organ_name="某某局", year=book.year, is_current=book.is_current
        )
        for book in books
    ]
    cells = [
        {
            **cell_row(book.report_id),
            "table_code": table,
            "edition": book.edition,
            "row_code": row,
            "column_code": column,
            "value": None if isinstance(value, str) else Decimal(value),
            "state": value if isinstance(value, str) else "number",
        }
        for book in books
        for (table, row, column), value in book.cells.items()
        if table is not STATISTICS_TABLE
    ]
    lines = [
        {
            **cell_row(book.report_id),
            "ordinal": ordinal,
            "code": code,
            "label": STATISTICS[code].label.chinese if code in STATISTICS else code,
            "value": None if isinstance(value, str) else Decimal(value),
            "state": value if isinstance(value, str) else "number",
        }
        for book in books
        for ordinal, ((table, code, _), value) in enumerate(book.cells.items())
        if table is STATISTICS_TABLE
    ]
    insert_rows(connection, {"report": reports, "cell": cells, "statistics_line": lines})
    return connection


@lru_cache(maxsize=1)
def checked(*books: Book, rules: tuple[str, ...] = tuple(RULES)) -> Connection:
    """Load reports into a new warehouse and validate it, by all rules or some.

    Asked again for the very same reports, the warehouse is only read.
    """
    connection = load(books)
    validate(connection, run_id="run", validated_at=NOW, rules=[RULES[rule] for rule in rules])
    return connection


def findings(connection: Connection, columns: str, condition: str = "true") -> list[tuple[object, ...]]:
    """Return findings, and what could not be assessed as it is told, as rows in the order of report, rule and place."""
    reports = connection.execute("SELECT DISTINCT report_id FROM audit.not_assessable").fetchall()
    connection.execute("CREATE OR REPLACE TEMP TABLE told AS FROM audit.finding")
    names = [name for (name, *_) in connection.execute("DESCRIBE told").fetchall()]
    rows = [row for (report_id,) in reports for row in told(partial(rows_of, connection), report_id)]
    insert_values(connection, "told", [_told_values(row, names) for row in rows])
    return connection.execute(
        f"SELECT {columns} FROM told WHERE {condition} ORDER BY report_id, rule_id, row_code, column_code"
    ).fetchall()


def _told_values(row: Mapping[str, object], names: Iterable[str]) -> tuple[object, ...]:
    return tuple({**row, "first_found_at": row["last_found_at"]}[name] for name in names)


def show(connection, *report_ids):
    """Let one address show some versions, a day each."""
    shown = [{"url": "http://portal.example/1.html", "evidence_sha256": report_id} for report_id in report_ids]
    sightings = [{**page, "seen_at": NOW + timedelta(days=day)} for day, page in enumerate(shown)]
    readings = {page["evidence_sha256"]: page for page in shown}
    insert_rows(
        connection,
        {
            "organ": [{"organ_id": consistent().organ_id, "name": "某某局"}],
            "sighting": sightings,
            "reading": [
                {**page, "report_id": report_id, "extractor_version": "1"} for report_id, page in readings.items()
            ],
        },
    )
