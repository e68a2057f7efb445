"""The appendix of 2014 to 2018 on its way into the warehouse."""

from dataclasses import replace
from datetime import UTC, datetime

from samples.appendix import appendix_reports, render_appendix
from samples.city import organs
from tasks.extract.extraction import extract
from tasks.load.batch import Batch
from tasks.load.rows import completeness_of, content_sha256
from tasks.pages import Link, Page
from tasks.sources.declaration import Listing, Source
from tests.pages import archived
from warehouse.forms import APPENDIX
from warehouse.loading.load import load_batch
from warehouse.store import memory

NOW = datetime(2026, 11, 25, tzinfo=UTC)
PUBLISHED = next(appendix_reports(years=[2016], members=organs()[2:3]))
SOURCE = Source(name="sample", title="云泽市", region="990100", hosts=("portal.example",), lists=(Listing(),))


def page() -> Page:
    return archived(Link("sample", "http://portal.example/1.html", PUBLISHED.title, 2016), NOW)


def test_a_report_of_nothing_but_the_appendix_is_loaded(tmp_path):
    report = extract(render_appendix(PUBLISHED), item="x")
    batch = Batch(SOURCE, "run", NOW, "1")
    batch.add_report(page(), report)
    with memory() as connection:
        assert load_batch(connection, batch.write(tmp_path / "batch")).reports_new == 1
        stored = connection.execute("SELECT code, label, value, unit FROM core.statistics_line ORDER BY ordinal")
        assert [(code, value) for code, _, value, _ in stored.fetchall()] == [
            (line.code, line.value) for line in PUBLISHED.lines
        ]
        assert connection.execute("SELECT organ_name, year, cells_read FROM core.report").fetchall() == [
            (PUBLISHED.organ.name, 2016, len({line.code for line in PUBLISHED.lines if line.code}))
        ]
        assert connection.execute("SELECT table_code, edition, cells_expected FROM core.report_table").fetchall() == [
            (*APPENDIX, 58)
        ]


def test_another_figure_is_another_version_and_another_place_is_not():
    report = extract(render_appendix(PUBLISHED), item="x")
    first, *rest = report.statistics
    moved = first._replace(place=first.place._replace(row=99))
    changed = first._replace(value=(first.value or 0) + 1)
    assert content_sha256(replace(report, statistics=(moved, *rest))) == content_sha256(report)
    assert content_sha256(replace(report, statistics=(changed, *rest))) != content_sha256(report)
    assert completeness_of(report)[APPENDIX].complete
