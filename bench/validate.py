"""The whole catalogue against the raw SQL that an analyst would write for the same rules, over the same reports.

``python -m bench.validate`` prints the median ratio over 10,000 reports, and how the time grows from half of them.
The raw SQL only counts what is broken; the catalogue also weighs blanks, keeps every broken place with its cells and
sentences, refreshes the findings and records the outcomes. Beside it an audit where nothing changed, and one where a
single report did.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bench import QUICK
from expectations import RULES, validate
from samples.city import many_organs
from samples.figures import FigureKey
from samples.reports import SampleReport, sample_reports
from tasks.extract.prose import prose_digest
from warehouse.forms import APPLICANT_PARTS, DISPUTE_PARTS, FORMS, STATUTORY_EDITIONS, TableCode, outcome_rows
from warehouse.loading.staging import insert_rows
from warehouse.store import Connection, memory

REPORTS = 1_000 if QUICK else 10_000
YEARS = (2021, 2022)
ROUNDS = 3
BATCH = 250
LIMIT = 3.0


def main() -> None:
    """Measure and print."""
    times = {}
    for count in (REPORTS // 2, REPORTS):
        with _warehouse(count) as connection:
            raw, ours = [], []
            for _ in range(ROUNDS):
                raw.append(_timed(lambda connection=connection: _raw(connection)))
                ours.append(_timed(lambda connection=connection: _catalogue(connection)))
            nothing = _timed(lambda connection=connection: _catalogue(connection, everything=False))
            connection.execute(_CHANGE_ONE)
            one = _timed(lambda connection=connection: _catalogue(connection, everything=False))
        times[count] = statistics.median(ours)
        ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, raw, strict=True))
        print(f"validate: {len(RULES)} rules over {count} reports, median of {ROUNDS} rounds")
        print(f"  raw SQL    {statistics.median(raw):6.2f} s")
        print(f"  catalogue  {times[count]:6.2f} s")
        print(f"  ratio      {ratio:6.2f}    (at most {LIMIT})")
        print(f"  nothing changed {nothing:.2f} s, one report changed {one:.2f} s")
    growth = times[REPORTS] / times[REPORTS // 2]
    print(f"  twice the reports take {growth:.2f} times as long")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _catalogue(connection: Connection, *, everything: bool = True) -> None:
    validate(connection, run_id="bench", validated_at=datetime.now(UTC), everything=everything)


def _raw(connection: Connection) -> None:
    for rule_id in RULES:
        if rule_id in _RAW:
            connection.execute(f"SELECT count(*) FROM ({_RAW[rule_id]})").fetchall()


def _warehouse(count: int) -> Connection:
    """Make a store in memory with consistent reports of as many organs as are needed."""
    connection = memory()
    reports = sample_reports(1, YEARS, many_organs(count // len(YEARS)))
    for batch in _batches(reports):
        insert_rows(
            connection,
            {
                "organ": [_organ(report) for report in batch if report.year == YEARS[0]],
                "report": [report_row(report) for report in batch],
                "cell": [cell for report in batch for cell in cell_rows(report, report.figures)],
                "statement": [statement for report in batch for statement in _statements(report)],
            },
        )
    return connection


def _batches(reports: Iterator[SampleReport]) -> Iterator[list[SampleReport]]:
    batch = []
    for report in reports:
        batch.append(report)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _organ(report: SampleReport) -> dict[str, Any]:
    organ = report.organ
    return {"organ_id": organ.name, "name": organ.name, "kind": organ.kind, "level": organ.level}


def report_row(report: SampleReport) -> dict[str, Any]:
    """Return a report as a row of the warehouse: what the rules look at, the rest empty."""
    texts = ("page_id", "url", "page_sha256", "content_sha256", "source_id", "extractor_version", "run_id", "origins")
    now, prose = datetime.now(UTC), report.prose
    return {
        **dict.fromkeys(texts, ""),
        "report_id": report.identity,
        "organ_id": report.organ.name,
        "organ_name": report.organ.name,
        "year": report.year,
        "published_on": report.published_on,
        "cells_expected": len(report.figures),
        "cells_read": len(report.figures),
        "prose_digest": prose_digest((*prose.opening, *prose.overview, *prose.shortcomings), report.organ.name),
        "is_current": True,
        "fetched_at": now,
        "first_seen_at": now,
        "last_seen_at": now,
    }


def cell_rows(report: SampleReport, figures: Mapping[FigureKey, Decimal]) -> Iterator[dict[str, Any]]:
    """Return the cells of a report with some figures, as rows of the warehouse."""
    for (table, row, column), value in figures.items():
        yield {
            "report_id": report.identity,
            "table_code": table,
            "edition": report.editions[table],
            "row_code": row,
            "column_code": column,
            "value": value,
            "state": "number",
            "raw": "",
            "place_table": 0,
            "place_row": 0,
            "place_cell": 0,
        }


def _statements(report: SampleReport) -> Iterator[dict[str, Any]]:
    for ordinal, claim in enumerate(report.prose.claims):
        yield {
            "report_id": report.identity,
            "ordinal": ordinal,
            "measure": claim.measure,
            "value": claim.value,
            "quote": claim.sentence,
            "parts": [],
        }


_CHANGE_ONE = """
    UPDATE core.report SET published_on = published_on + 1, report_no = 1
    WHERE report_id = (SELECT min(report_id) FROM core.report)
"""


def _list(codes: Sequence[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _sum(axis: str, plus: Sequence[str], minus: Sequence[str]) -> str:
    return f"sum(CASE WHEN {axis} IN ({_list(plus)}) THEN value WHEN {axis} IN ({_list(minus)}) THEN -value ELSE 0 END)"


_CURRENT = "core.cell AS cell JOIN core.report AS report USING (report_id) WHERE report.is_current"
_OUTCOMES = tuple(
    dict.fromkeys(row for edition in STATUTORY_EDITIONS for row in outcome_rows(FORMS[TableCode.APPLICATIONS, edition]))
)


def _within(table: str, place: str, axis: str, plus: Sequence[str], minus: Sequence[str]) -> str:
    return f"""SELECT report_id, {place} FROM {_CURRENT} AND table_code = '{table}'
        GROUP BY ALL HAVING {_sum(axis, plus, minus)} <> 0"""


def _beside(table: str, codes: str, condition: str) -> str:
    """Figures of a table, in this year and the one before, one row a place."""
    return f"""
        WITH figure AS (
            SELECT cell.*, report.organ_id, report.year FROM {_CURRENT} AND table_code = '{table}' AND {codes}
        )
        SELECT now.report_id FROM figure AS now JOIN figure AS before
            ON before.organ_id = now.organ_id AND before.year = now.year - 1 AND {condition}
    """


def _pivot(*columns: str) -> str:
    picked = ", ".join(f"max(value) FILTER (column_code = '{column}') AS {column}" for column in columns)
    return f"""SELECT report_id, report.organ_id, report.year, row_code, {picked} FROM {_CURRENT}
        AND table_code = 'proactive' AND column_code IN ({_list(columns)}) GROUP BY ALL"""


def _claim(table: str, measures: Sequence[str], true: str) -> str:
    return f"""
        WITH total AS (SELECT report_id, {true} FROM {_CURRENT} AND table_code = '{table}' GROUP BY report_id)
        SELECT * FROM core.statement JOIN total USING (report_id)
        WHERE measure IN ({_list(measures)}) AND value <> one AND value <> other
    """


def _total(*rows: str, column: str = "total") -> str:
    return f"sum(value) FILTER (column_code = '{column}' AND row_code IN ({_list(rows)}))"


def _either(one: str, other: str) -> str:
    return f"{one} AS one, {other} AS other"


_STOCK = _pivot("in_force", "issued", "repealed")

_RAW = {
    "A1": _within(
        "applications", "column_code", "row_code", ("received_new", "carried_in"), ("concluded_total", "carried_out")
    ),
    "A2": _within("applications", "column_code", "row_code", _OUTCOMES, ("concluded_total",)),
    "A3": _within("applications", "row_code", "column_code", APPLICANT_PARTS, ("total",)),
    "A5": f"SELECT * FROM {_CURRENT} AND (value < 0 OR value <> trunc(value)) AND column_code NOT IN ('amount')",
    "A6": f"""SELECT report_id, row_code FROM {_CURRENT} AND table_code = 'applications' GROUP BY ALL
        HAVING (max(abs(value)) FILTER (column_code <> 'total') = 0)
            <> (max(value) FILTER (column_code = 'total') = 0)""",
    "A7": f"""WITH figure AS (SELECT cell.*, report.organ_id, report.year FROM {_CURRENT})
        SELECT now.report_id FROM figure AS now JOIN figure AS before
            ON before.organ_id = now.organ_id AND before.year = now.year - 1 AND before.table_code = now.table_code
            AND before.edition = now.edition AND before.row_code = now.row_code
            AND before.column_code = now.column_code
        GROUP BY now.report_id HAVING bool_and(now.value = before.value) AND bool_or(now.value <> 0)""",
    "B1": _within("disputes", "row_code", "column_code", DISPUTE_PARTS, ("total",)),
    "C1": _beside(
        "applications",
        "row_code IN ('carried_in', 'carried_out')",
        "now.row_code = 'carried_in' AND before.row_code = 'carried_out' AND now.column_code = before.column_code "
        "AND now.value <> before.value",
    ),
    "C2": f"""WITH stock AS ({_STOCK}) SELECT * FROM stock AS now JOIN stock AS before
        ON before.organ_id = now.organ_id AND before.year = now.year - 1 AND before.row_code = now.row_code
        WHERE now.in_force <> before.in_force + now.issued - now.repealed""",
    "C3": f"""WITH item AS ({_pivot("prior_items", "change")}) SELECT * FROM item AS now JOIN item AS before
        ON before.organ_id = now.organ_id AND before.year = now.year - 1 AND before.row_code = now.row_code
        WHERE now.prior_items <> before.prior_items + before.change""",
    "C4": f"SELECT * FROM ({_pivot('total_disclosed', 'newly_disclosed')}) WHERE total_disclosed < newly_disclosed",
    "C5": f"""WITH figure AS (SELECT cell.*, report.organ_id, report.year FROM {_CURRENT}
            AND (column_code = 'total' OR table_code = 'proactive' AND column_code <> 'amount'))
        SELECT now.report_id FROM figure AS now JOIN figure AS before
            ON before.organ_id = now.organ_id AND before.year = now.year - 1 AND before.table_code = now.table_code
            AND before.edition = now.edition AND before.row_code = now.row_code
            AND before.column_code = now.column_code
        WHERE greatest(now.value, before.value) >= 50
            AND (now.value > 5 * before.value OR now.value * 5 < before.value)""",
    "D2": f"""WITH stock AS ({_STOCK}) SELECT * FROM stock AS now JOIN stock AS before
        ON before.organ_id = now.organ_id AND before.year = now.year - 1 AND before.row_code = now.row_code
        WHERE now.repealed > before.in_force + now.issued""",
    "D4": f"""SELECT report_id FROM core.organ JOIN (SELECT report_id, report.organ_id, value FROM {_CURRENT}
            AND row_code = 'regulations' AND value > 0) USING (organ_id)
        WHERE kind IN ('township', 'subdistrict') OR kind = 'department' AND level = 'county'""",
    "D5": f"""SELECT * FROM ({_pivot("made", "newly_disclosed", "total_disclosed")})
        WHERE made > 0 AND newly_disclosed + total_disclosed = 0""",
    "D6": f"SELECT * FROM ({_pivot('projects', 'amount')}) WHERE (projects = 0) <> (amount = 0)",
    "E1": _claim(
        "applications",
        ("received_new",),
        _either(_total("received_new"), _total("received_new", "carried_in")),
    ),
    "E1b": _claim("applications", ("carried_in",), _either(_total("carried_in"), _total("carried_in"))),
    "E2": _claim("applications", ("concluded_total",), _either(_total("concluded_total"), _total("concluded_total"))),
    "E3": _claim(
        "applications",
        ("granted", "granted_or_partially_granted"),
        _either(_total("granted"), _total("granted", "partially_granted")),
    ),
    "E4": _claim(
        "applications",
        ("natural_person",),
        _either(
            _total("received_new", column="natural_person"),
            _total("received_new", "carried_in", column="natural_person"),
        ),
    ),
    "E6": _claim(
        "disputes",
        ("review",),
        _either(_total("review"), f"{_total('review')} - {_total('review', column='pending')}"),
    ),
    "E8": "SELECT * FROM core.statement WHERE measure = 'listed_members' AND list_sum(parts) <> value",
    "E9": "SELECT * FROM core.statement JOIN core.report USING (report_id) "
    "WHERE measure IN ('report_year', 'period_year') AND value <> year",
    "H3": """WITH band AS (
            SELECT report_id, year, band, prose_digest[band * 8 + 1 : band * 8 + 8] AS buckets
            FROM core.report, range(16) AS bands(band)
        )
        SELECT later.report_id FROM core.report AS later JOIN core.report AS earlier USING (organ_id)
        WHERE earlier.year = later.year - 1 AND len(list_filter(
            list_zip(later.prose_digest, earlier.prose_digest), pair -> pair[1] = pair[2])) >= 115
        UNION SELECT unnest(list(report_id)) FROM band GROUP BY year, band, buckets HAVING count(*) > 1""",
    "H2": """SELECT report_id FROM core.report JOIN core.organ USING (organ_id)
        WHERE published_on > make_date(year + 1, CASE kind WHEN 'department' THEN 1 ELSE 3 END, 31)""",
}
"""The rules as plain queries. E8 and F2 have nothing to count here: no lists in the prose, no governments."""


if __name__ == "__main__":
    main()
