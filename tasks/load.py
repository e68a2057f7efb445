"""What was fetched and read, as rows of a staged batch; and staged batches into the warehouse."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tasks.metrics import Measured
from tasks.organs import Organ, organ_of
from tasks.records import Attachment, Cell, CellState, Exchange, Page, Problem, Report, Stage
from tasks.sources import Source
from warehouse.load import LoadCounts, load_batch
from warehouse.location import Store
from warehouse.staging import ITEM, write_batch
from warehouse.store import writer

Row = dict[str, Any]

_SMALLEST_STEP = Decimal("0.0001")
_LIMIT = Decimal(10) ** 16


@dataclass
class Batch:
    """Rows on their way into one staged batch, collected stage by stage."""

    source: Source
    run_id: str
    at: datetime
    extractor_version: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    _reports: set[str] = field(default_factory=set)

    def add_item(self, stage: Stage, item: str) -> None:
        """Name an item that a stage dealt with, so that its earlier problems count as resolved unless they recur."""
        self._add(ITEM, stage=stage.value, item=item)

    def add_problems(self, problems: Iterable[Problem], year: int | None = None) -> None:
        """Record problems; one item has one problem of a code, whatever the run."""
        for problem in problems:
            self._add(
                "problem",
                problem_id=_digest(self.source.name, problem.stage, problem.item, problem.code),
                source_id=self.source.name,
                year=year,
                stage=problem.stage.value,
                item=problem.item,
                code=problem.code,
                detail=problem.detail,
                attempts=problem.attempts,
                first_seen_at=self.at,
                last_seen_at=self.at,
                run_id=self.run_id,
            )

    def add_expected(self, year: int) -> None:
        """Record which organs the source declares to owe it a report for a year."""
        for expected in self.source.expected_for(year):
            organ = organ_of(expected.organ, self.source.region)
            self._add(
                "expected_report",
                source_id=self.source.name,
                organ_id=organ.organ_id,
                organ_name=organ.name,
                year=year,
                category=expected.category,
            )

    def add_metric(self, measured: Measured, batch: str, year: int | None = None) -> None:
        """Record what a stage did to the batch so far."""
        self._add("stage_metric", **metric_row(measured, self.run_id, batch, self.source.name, year))

    def add_page(self, page: Page) -> None:
        """Record the answer that brought a report's page, whichever run asked for it."""
        self._add(
            "page",
            page_id=_page_id(page),
            source_id=self.source.name,
            purpose="report",
            method="GET",
            url=page.link.url,
            final_url=page.final_url,
            host=urlsplit(page.final_url).netloc,
            status=page.status,
            content_type=page.content_type,
            encoding=page.encoding,
            encoding_source=page.encoding_source,
            headers=_as_json(page.headers),
            bytes=page.bytes,
            sha256=page.sha256,
            link_title=page.link.title,
            listed_on=page.link.listed_on,
            category=page.link.category,
            fetched_at=page.fetched_at,
            waited_ms=page.waited_ms,
            duration_ms=page.duration_ms,
            attempt=page.attempts,
            run_id=self.run_id,
        )

    def add_exchanges(self, exchanges: Iterable[Exchange]) -> None:
        """Record requests, but for those that brought a report's page: :meth:`add_page` records these."""
        for exchange in exchanges:
            if exchange.purpose == "report" and exchange.status == HTTPStatus.OK and exchange.problem is None:
                continue
            self._add(
                "page",
                page_id=_digest(exchange.method, exchange.url, exchange.started_at.isoformat()),
                source_id=self.source.name,
                purpose=exchange.purpose,
                method=exchange.method,
                url=exchange.url,
                final_url=exchange.final_url,
                host=exchange.host,
                status=exchange.status,
                problem=exchange.problem,
                content_type=exchange.headers.get("content-type"),
                encoding=exchange.encoding,
                encoding_source=exchange.encoding_source,
                headers=_as_json(exchange.headers),
                bytes=exchange.bytes,
                sha256=exchange.sha256,
                fetched_at=exchange.started_at,
                waited_ms=exchange.waited_ms,
                duration_ms=exchange.duration_ms,
                attempt=exchange.attempt,
                run_id=self.run_id,
            )

    def add_report(self, page: Page, report: Report, attachment: Attachment | None = None) -> None:
        """Record the report version read in a page, with its organ, cells and statements.

        ``attachment`` is the document that held the report, if the page itself did not. A report without an organ, a
        year or a single cell is not recorded; its problems say why.
        """
        if report.organ is None or report.year is None or not report.cells:
            return
        cells, problems = _representable(report.cells, page.link.url)
        self.add_problems(problems, report.year)
        organ = organ_of(report.organ, self.source.region)
        content = content_sha256(cells, report)
        report_id = _digest(organ.organ_id, str(report.year), content)
        if report_id in self._reports:
            return
        self._reports.add(report_id)
        self._add_organ(organ)
        document = attachment or page
        self._add(
            "report",
            **self._report_row(page, report, organ, report_id, content),
            document_url=attachment.url if attachment else page.final_url,
            document_sha256=document.sha256,
        )
        for name, rows in report_rows(report_id, report, cells).items():
            self.rows.setdefault(name, []).extend(rows)

    def write(self, directory: Path) -> Path:
        """Stage the batch; return its folder."""
        self._add(
            "source",
            source_id=self.source.name,
            title=self.source.title,
            publisher=self.source.publisher,
            region_code=self.source.region,
            home_url=self.source.home,
            loaded_at=self.at,
        )
        return write_batch(directory, self.rows)

    def _report_row(self, page: Page, report: Report, organ: Organ, report_id: str, content: str) -> Row:
        period_from, period_to = report.period or (None, None)
        return {
            "report_id": report_id,
            "organ_id": organ.organ_id,
            "organ_name": report.organ,
            "year": report.year,
            "title": report.title,
            "published_on": report.published_on,
            "publisher": report.publisher,
            "period_from": period_from,
            "period_to": period_to,
            "document_number": report.document_number,
            "contact": report.contact,
            "origins": _as_json(report.origins),
            "source_id": self.source.name,
            "page_id": _page_id(page),
            "url": page.link.url,
            "page_sha256": page.sha256,
            "content_sha256": content,
            "cells_expected": sum(table.expected for table in report.completeness.values()),
            "cells_read": sum(table.read for table in report.completeness.values()),
            "is_current": False,
            "first_seen_at": page.fetched_at,
            "last_seen_at": page.checked_at or page.fetched_at,
            "extractor_version": self.extractor_version,
            "run_id": self.run_id,
        }

    def _add_organ(self, organ: Organ) -> None:
        self._add(
            "organ",
            organ_id=organ.organ_id,
            name=organ.name,
            kind=organ.kind,
            region_code=organ.region_code,
        )

    def _add(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append(row)


def load(
    directories: Sequence[Path],
    store: Store,
    *,
    wait_seconds: float = 0.0,
    on_wait: Callable[[str], None] | None = None,
) -> LoadCounts:
    """Load staged batches into the warehouse, each in a transaction of its own."""
    counts = LoadCounts()
    with writer(store, wait_seconds=wait_seconds, on_wait=on_wait) as connection:
        for directory in directories:
            counts += load_batch(connection, directory)
    return counts


def metric_row(
    measured: Measured, run_id: str, batch: str, source_id: str | None = None, year: int | None = None
) -> Row:
    """Return what a stage did as a row of ``audit.stage_metric``."""
    return {
        "run_id": run_id,
        "source_id": source_id,
        "year": year,
        "batch": batch,
        **asdict(measured),
        "stage": measured.stage.value,
        "finished_at": datetime.now(UTC),
    }


def content_sha256(cells: Sequence[Cell], report: Report) -> str:
    """Digest what a report version says: its figures and claims, not how the page wrote or dressed them."""
    figures = sorted(
        (cell.table, cell.edition, cell.row, cell.column, cell.state, _canonical(cell.value)) for cell in cells
    )
    claims = sorted((statement.measure, _canonical(statement.value)) for statement in report.statements)
    return hashlib.sha256(repr((figures, claims)).encode()).hexdigest()


def _canonical(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def report_rows(report_id: str, report: Report, cells: Sequence[Cell]) -> dict[str, list[Row]]:
    """Return the parts of a report version as rows: its tables, its cells and its statements."""
    return {
        "report_table": [
            {
                "report_id": report_id,
                "table_code": table.value,
                "edition": report.tables[table].value,
                "cells_expected": completeness.expected,
                "cells_read": completeness.read,
                "cells_blank": completeness.blank,
                "cells_unreadable": completeness.unreadable,
                "is_doubtful": table in report.doubtful,
            }
            for table, completeness in report.completeness.items()
        ],
        "cell": [_cell_row(report_id, cell) for cell in cells],
        "statement": [
            {
                "report_id": report_id,
                "ordinal": ordinal,
                "measure": statement.measure,
                "value": statement.value,
                "quote": statement.quote,
                "parts": list(statement.parts),
                "paragraph": statement.paragraph,
            }
            for ordinal, statement in enumerate(report.statements)
        ],
    }


def _cell_row(report_id: str, cell: Cell) -> Row:
    return {
        "report_id": report_id,
        "table_code": cell.table.value,
        "edition": cell.edition.value,
        "row_code": cell.row,
        "column_code": cell.column,
        "value": cell.value,
        "state": cell.state.value,
        "unit": cell.unit,
        "raw": cell.raw,
        "place_table": cell.place.table,
        "place_row": cell.place.row,
        "place_cell": cell.place.cell,
    }


def _representable(cells: Sequence[Cell], item: str) -> tuple[list[Cell], list[Problem]]:
    """Keep every figure exact: one that the warehouse's decimals cannot hold is unreadable, and a problem."""
    kept: list[Cell] = []
    problems: list[Problem] = []
    for cell in cells:
        if cell.value is None or (abs(cell.value) < _LIMIT and cell.value % _SMALLEST_STEP == 0):
            kept.append(cell)
            continue
        kept.append(replace(cell, value=None, state=CellState.UNREADABLE))
        problems.append(
            Problem(
                Stage.EXTRACT,
                item,
                "figure_out_of_range",
                f"{cell.table} {cell.row} {cell.column}: {cell.raw!r} has more digits than the warehouse keeps",
            )
        )
    return kept, problems


def _as_json(headers: Mapping[str, str]) -> str:
    return json.dumps(headers, ensure_ascii=False, sort_keys=True)


def _page_id(page: Page) -> str:
    return _digest(page.link.url, page.sha256, page.fetched_at.isoformat())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
