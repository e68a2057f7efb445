"""A warehouse of sample reports without portal, HTTP or Prefect: staged, loaded, audited and published.

Every moment in it is fixed, so that the same code always makes the same warehouse. Two reports were silently corrected,
one page could not be reached, and one organ never published.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from expectations import validate
from samples.city import CITY, organs
from samples.inconsistencies import published_reports
from samples.reports import YEARS, SampleReport
from samples.site import build_columns
from tasks.extract.report import Cell, CellState, Completeness, Place, Report, Statement
from tasks.load.batch import Batch
from tasks.pages import Exchange, Link, Obtained, Page
from tasks.problems import Problem, Stage
from tasks.sources.declaration import DeclaredOrgan, ExpectedOrgan, Source
from tasks.sources.files import load_source
from warehouse.forms import FORMS, Measure, TableCode
from warehouse.loading.load import load_batch
from warehouse.loading.runs import RunCounts, finish_run, start_run
from warehouse.snapshots.publish import Origin, Snapshot, publish
from warehouse.store import Connection, writer

Shown = tuple[Link, SampleReport]
"""A report and the link under which it is shown."""

SOURCE_FILE = Path(__file__).parent / "sources" / "sample.yaml"
FIRST_RUN = datetime(2025, 9, 1, 1, 0, tzinfo=UTC)
SECOND_RUN = FIRST_RUN + timedelta(days=30)

MISPRINTED = {
    (f"{CITY}水利局", 2022): ((TableCode.APPLICATIONS, "received_new", "total"), Decimal(10)),
    (f"{CITY}教育局", 2023): ((TableCode.PROACTIVE, "licensing", "decisions"), Decimal(-3)),
}
"""Figures that two reports first published wrong, by so much, and corrected between the two runs."""
_EXTRACTOR = "1"

NEVER_PUBLISHED = f"{CITY}档案馆"
UNREACHABLE = f"{CITY}气象局"


def build(home: Path, years: Sequence[int] = YEARS) -> Snapshot:
    """Make the warehouse of the sample reports in a folder, as two runs a month apart, and publish it."""
    working = home / "warehouse.duckdb"
    source = sample_source()
    shown = tuple(listed(source, published_reports(years)))
    misprinted = tuple(
        (link, _misprinted(report)) for link, report in shown if (report.organ.name, report.year) in MISPRINTED
    )
    with writer(working) as connection:
        _run(connection, "run-1", FIRST_RUN, source, misprinted, home, years)
        _run(connection, "run-2", SECOND_RUN, source, shown, home, years)
        return publish(
            connection, working, home / "published" / "gouji.duckdb", origin=Origin("run-2", "0.1.0", "sample")
        )


def sample_source() -> Source:
    """The sample portal as a source that also declares what the city's organs are, and two that have no report."""
    declared = [
        DeclaredOrgan(organ=organ.name, kind=organ.kind, level=organ.level, parent=organ.parent) for organ in organs()
    ]
    missing = [ExpectedOrgan(organ=name, since=2023, until=2023) for name in (NEVER_PUBLISHED, UNREACHABLE)]
    return load_source(SOURCE_FILE).model_copy(update={"organs": tuple(declared), "expected": tuple(missing)})


def listed(source: Source, reports: Iterable[SampleReport]) -> Iterator[Shown]:
    """Yield reports with the links under which the sample portal lists them."""
    for column in build_columns(reports):
        for entry in column.entries:
            if entry.report is not None:
                url = f"{(source.home or '').rstrip('/')}{entry.path}"
                yield (
                    Link(source.name, url, entry.title, column.year, entry.listed_on, column.category),
                    entry.report,
                )


def stage(source: Source, shown: Iterable[Shown], run_id: str, at: datetime, directory: Path) -> Path:
    """Stage reports as one batch, as if they had been fetched at a moment; return the batch's folder."""
    batch = Batch(source, run_id, at, _EXTRACTOR)
    batch.add_organs()
    for link, report in shown:
        page = _page(link, report, at)
        batch.add_links([link])
        batch.add_page(page)
        batch.add_report(page, as_read(report))
    return batch.write(directory)


def as_read(sample: SampleReport) -> Report:
    """A sample report as the extractor reads it where every figure is printed plainly."""
    return Report(
        organ=sample.organ.name,
        year=sample.year,
        title=sample.title,
        published_on=sample.published_on,
        publisher=sample.publisher,
        tables=dict(sample.editions),
        cells=tuple(_cells(sample)),
        statements=tuple(
            Statement(claim.measure, Decimal(claim.value), claim.sentence, tuple(Decimal(part) for part in claim.parts))
            for claim in sample.prose.claims
        ),
        completeness={
            table: Completeness(len(FORMS[table, edition].cells), len(FORMS[table, edition].cells), 0, 0)
            for table, edition in sample.editions.items()
        },
    )


def _cells(sample: SampleReport) -> Iterator[Cell]:
    for number, (table, edition) in enumerate(sample.editions.items()):
        form = FORMS[table, edition]
        rows, columns = list(form.rows), list(form.columns)
        for (row, column), address in form.cells.items():
            value = sample.figures[table, row, column]
            is_money = address.column.measure is Measure.MONEY
            yield Cell(
                table,
                edition,
                row,
                column,
                value,
                CellState.NUMBER,
                f"{value}元" if is_money else str(value),
                Place(number, rows.index(row) + 1, columns.index(column) + 1),
                "yuan" if is_money else None,
            )


def _page(link: Link, report: SampleReport, at: datetime) -> Page:
    body = repr(sorted(report.figures.items())).encode()
    exchange = Exchange(
        source=link.source,
        purpose="report",
        method="GET",
        url=link.url,
        final_url=link.url,
        attempts=1,
        fetched_at=at,
        duration_ms=20,
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        encoding="utf-8",
        encoding_source="bytes",
        bytes=len(body),
        sha256=sha256(link.url.encode() + body).hexdigest(),
    )
    return Page(link, exchange, (), Obtained.FETCHED, at)


def _misprinted(report: SampleReport) -> SampleReport:
    key, error = MISPRINTED[report.organ.name, report.year]
    return replace(report, figures={**report.figures, key: report.figures[key] + error})


def _run(
    connection: Connection,
    run_id: str,
    at: datetime,
    source: Source,
    shown: Sequence[Shown],
    home: Path,
    years: Sequence[int],
) -> None:
    parameters = {"years": f"{min(years)}-{max(years)}"}
    start_run(connection, run_id=run_id, flow="backfill", parameters=parameters, version="0.1.0", at=at)
    loaded = load_batch(connection, stage(source, shown, run_id, at, home / "staging" / run_id))
    load_batch(connection, _obstacles(source, run_id, at, home / "staging" / f"{run_id}-obstacles", years))
    validate(connection, run_id=run_id, validated_at=at + timedelta(minutes=3))
    connection.execute("DELETE FROM audit.pending")
    counts = RunCounts(links=len(shown), pages_fetched=len(shown), reports_new=loaded.reports_new)
    finish_run(connection, run_id=run_id, state="completed", counts=counts, at=at + timedelta(minutes=5))


def _obstacles(source: Source, run_id: str, at: datetime, directory: Path, years: Sequence[int]) -> Path:
    """What the source owes, and a page that did not answer."""
    batch = Batch(source, run_id, at, _EXTRACTOR)
    for year in years:
        batch.add_expected(year)
    url = f"{(source.home or '').rstrip('/')}/art/2024/1/20/art_1992233_1.html"
    link = Link(source.name, url, f"{UNREACHABLE}2023年政府信息公开工作年度报告", 2023, date(2024, 1, 20))
    batch.add_links([link])
    detail = f"{url}: no answer after 3 tries; run it again"
    batch.add_problems([Problem(Stage.FETCH, url, "unreachable", detail, attempts=3)], 2023)
    return batch.write(directory)
