"""Exports: the same figures in every format, described as a data package, whole or not at all."""

import csv
import io
import json
import shutil
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Package
from openpyxl import Workbook, load_workbook

from warehouse.errors import QueryError
from warehouse.export.datasets import DATASETS
from warehouse.export.folder import ExportError, Selection, export
from warehouse.export.writing import WRITERS, as_csv, csv_lines, write_answer, write_sheet
from warehouse.snapshots.manifest import read_manifest
from warehouse.snapshots.query import Answer, answer, rows

YEAR = 2024


@pytest.fixture(scope="module")
def made(sample_snapshot, tmp_path_factory):
    return export(sample_snapshot, tmp_path_factory.mktemp("export") / "made", Selection([YEAR]))


@pytest.fixture(scope="module")
def described(made):
    return json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))


def dataset_named(name):
    return next(dataset for dataset in DATASETS if dataset.name == name)


def counted(snapshot, dataset):
    condition = f"WHERE year = {YEAR}" if dataset.yearly else ""
    return rows(snapshot, f"SELECT count(*) AS n FROM {dataset.relation} {condition}")[0]["n"]


@pytest.mark.parametrize("name", ["report", "outcomes", "labelled_cell", "finding", "organ", "form_cell"])
def test_every_format_holds_every_row(made, sample_snapshot, name):
    dataset = dataset_named(name)
    expected = counted(sample_snapshot, dataset)
    parquet = pq.read_table(made.folder / "parquet" / name)
    with (made.folder / "csv" / str(YEAR if dataset.yearly else "all") / f"{name}.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        lines = list(csv.reader(file))
    assert parquet.num_rows == len(lines) - 1 == expected > 0
    assert ("year" in parquet.column_names) is (dataset.yearly)
    assert len(lines[0]) == parquet.num_columns


def test_parquet_is_partitioned_sorted_and_compressed(made):
    file = pq.ParquetFile(made.folder / "parquet" / "outcomes" / f"year={YEAR}" / "outcomes.parquet")
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    organs = file.read(["organ_id"])["organ_id"].to_pylist()
    assert organs == sorted(organs)


def test_csv_is_for_excel_too(made):
    assert (made.folder / "csv" / str(YEAR) / "report.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_workbook_has_a_sheet_a_table_with_chinese_headers(made, sample_snapshot):
    workbook = load_workbook(made.folder / "xlsx" / f"gouji-{YEAR}.xlsx", read_only=True)
    assert workbook.sheetnames == [dataset.sheet for dataset in DATASETS if dataset.in_workbook]
    lines = list(workbook["申请与办理"].iter_rows(values_only=True))
    assert lines[0][2:6] == ("机关名称", "报告年度", "表式版本", "一、本年新收政府信息公开申请数量（件）")
    (total,) = rows(sample_snapshot, f"SELECT sum(received_new) AS n FROM outcomes WHERE year = {YEAR}")
    assert sum(line[5] for line in lines[1:]) == total["n"]
    workbook.close()


def test_one_file_holds_everything(made, sample_snapshot):
    everything = rows(made.folder / "gouji.duckdb", "SELECT count(*) AS n FROM core.cell")
    assert everything == rows(sample_snapshot, "SELECT count(*) AS n FROM core.cell")


def test_the_data_package_is_valid_and_its_tables_are_as_described(made, described):
    chosen = ("csv-2024-report-csv", "csv-2024-outcomes-csv", "csv-2024-finding-csv", "csv-2024-problem-csv")
    package = {**described, "resources": [one for one in described["resources"] if one["name"] in chosen]}
    report = Package.from_descriptor(package, basepath=str(made.folder)).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert len(report.tasks) == len(chosen)


def test_every_file_is_described_with_its_size_and_columns_with_their_meaning(made, described):
    files = {path.relative_to(made.folder).as_posix(): path for path in made.files}
    assert {one["path"] for one in described["resources"]} == files.keys()
    for one in described["resources"]:
        assert one["bytes"] == files[one["path"]].stat().st_size
        if one["format"] == "csv":
            assert all(field["title"] and " | " in field["description"] for field in one["schema"]["fields"])


def test_only_what_is_asked_for_is_written_and_an_earlier_export_is_replaced(sample_snapshot, tmp_path):
    told = []
    folder = tmp_path / "export"
    for _ in range(2):
        export(
            sample_snapshot,
            folder,
            formats=["duckdb"],
            on_progress=lambda path, done, total: told.append((path, done, total)),
        )
    assert {path.name for path in folder.iterdir()} == {"gouji.duckdb", "datapackage.json"}
    assert told == [("gouji.duckdb", 1, 1)] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


def test_an_export_holds_one_snapshot_whatever_is_published_meanwhile(sample_snapshot, tmp_path):
    published, newer = tmp_path / "gouji.duckdb", tmp_path / "newer.duckdb"
    for path in (published, newer):
        shutil.copyfile(sample_snapshot, path)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("DELETE FROM mart.report")

    def publish(path, done, total):
        if done == 1:
            newer.replace(published)

    made = export(published, tmp_path / "export", Selection([YEAR]), formats=["csv", "duckdb"], on_progress=publish)
    counts = "SELECT (SELECT count(*) FROM outcomes) AS outcomes, (SELECT max(finished_at) FROM audit.run) AS moment"
    assert rows(published, counts) != rows(sample_snapshot, counts)
    assert rows(made.folder / "gouji.duckdb", counts) == rows(sample_snapshot, counts)
    with (made.folder / "csv" / str(YEAR) / "outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == counted(sample_snapshot, dataset_named("outcomes"))


def test_what_cannot_be_exported_is_said_in_one_line_and_nothing_is_touched(sample_snapshot, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("")
    for folder, selection, says in (
        (tmp_path / "new", Selection([1999]), "no reports for 1999"),
        (tmp_path / "new", Selection(tables=["reports"]), "there are report, outcomes"),
        (tmp_path / "new", Selection(organ="民政局", region="33"), "no organ 民政局 in 33"),
        (tmp_path / "letters", Selection(), "choose"),
    ):
        with pytest.raises(ExportError, match=says) as caught:
            export(sample_snapshot, folder, selection, formats=["csv"])
        assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.rglob("*")] == ["letters", "dear.txt"]


def test_a_failing_export_leaves_the_earlier_one(sample_snapshot, tmp_path, monkeypatch):
    folder = tmp_path / "export"
    export(sample_snapshot, folder, formats=["duckdb"])

    def fail(*arguments):
        raise QueryError("stopped")

    monkeypatch.setattr("warehouse.export.folder.write_csv", fail)
    with pytest.raises(QueryError):
        export(sample_snapshot, folder, Selection([YEAR]), formats=["csv"])
    assert {path.name for path in folder.iterdir()} == {"gouji.duckdb", "datapackage.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


def test_some_organs_and_some_tables_are_exported_alone(sample_snapshot, tmp_path):
    chosen = Selection([YEAR], ["outcomes", "finding", "organ", "labelled_cell"], organ="公安局", region=None)
    made = export(sample_snapshot, tmp_path / "export", chosen, formats=["csv", "parquet", "xlsx"])
    assert {path.stem for path in made.files if path.suffix == ".csv"} == {*chosen.tables}
    with (made.folder / "csv" / str(YEAR) / "outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        organs = {row["organ"] for row in csv.DictReader(file)}
    expected = rows(sample_snapshot, f"SELECT organ FROM outcomes WHERE year = {YEAR} AND contains(organ, '公安局')")
    assert organs == {row["organ"] for row in expected} != set()
    assert pq.read_table(made.folder / "parquet" / "outcomes").num_rows == len(expected)
    with pytest.raises(ExportError, match="always the whole snapshot"):
        export(sample_snapshot, tmp_path / "export", chosen, formats=["duckdb"])


def test_a_query_is_written_as_the_export_writes_its_tables(made, sample_snapshot, tmp_path):
    for name in ("finding", "outcomes", "report_quality", "timeliness"):
        dataset = dataset_named(name)
        sql = f"FROM {dataset.relation} WHERE year = {YEAR} ORDER BY {dataset.order}"
        with answer(sample_snapshot, sql) as found:
            assert write_answer(found, "csv", tmp_path / "query.csv") == found.count > 0
        assert (tmp_path / "query.csv").read_bytes() == (made.folder / "csv" / str(YEAR) / f"{name}.csv").read_bytes()


VALUES = """
    SELECT 12::DECIMAL(18, 4) AS whole, 0.5::DECIMAL(18, 4) AS half, true AS yes, [1.0::DECIMAL(18, 4), 2.5] AS list,
        {'raw': '—', 'value': 12::DECIMAL(18, 4)} AS cell, TIMESTAMPTZ '2024-02-01 05:23:00+00' AS moment,
        DATE '2024-02-01' AS day, NULL AS nothing, sum(n) AS sum, 1 AS n, 2 AS n FROM range(4) AS t (n)
"""


def test_values_look_the_same_wherever_rows_are_written(sample_snapshot, tmp_path):
    with answer(sample_snapshot, VALUES) as found:
        header, line = csv.reader("".join(csv_lines(found)).splitlines())
    moment = "2024-02-01T13:23:00+08:00"
    assert header[-2:] == ["n", "n_1"]
    assert line == [
        "12",
        "0.5",
        "true",
        "[1, 2.5]",
        '{"raw": "—", "value": 12}',
        moment,
        "2024-02-01",
        "",
        "6",
        "1",
        "2",
    ]
    for suffix in WRITERS:
        with answer(sample_snapshot, VALUES) as found:
            assert write_answer(found, suffix, tmp_path / f"values.{suffix}") == 1
    (plain,) = json.loads((tmp_path / "values.json").read_text(encoding="utf-8"))
    assert (plain["whole"], plain["list"], plain["moment"], plain["n_1"]) == (12, [1, 2.5], moment, 2)
    parquet = pq.read_table(tmp_path / "values.parquet").to_pandas()
    assert {str(parquet[name].dtype) for name in ("whole", "half")} == {"float64"}
    assert (str(parquet["sum"].dtype), parquet["sum"][0]) == ("int64", 6)
    sheet = load_workbook(tmp_path / "values.xlsx").active
    assert [cell.value for cell in sheet[2]][:3] == [12, 0.5, True]
    assert "+08:00" in sheet[1][5].value


def test_counts_are_integers_in_parquet_where_all_are_whole(made, sample_snapshot):
    outcomes = pq.read_table(made.folder / "parquet" / "outcomes")
    assert {str(outcomes.schema.field(name).type) for name in ("received_new", "denied", "concluded")} == {"int64"}
    assert not [each for each in outcomes.schema if str(each.type).startswith("decimal")]


@pytest.mark.parametrize("name", [dataset.name for dataset in DATASETS])
def test_no_two_columns_of_a_sheet_have_the_same_header(sample_snapshot, name):
    dataset = dataset_named(name)
    with answer(sample_snapshot, f"FROM {dataset.relation} LIMIT 0") as found:
        headers = dataset.headers(found.schema.names)
    assert len(set(headers)) == len(headers)


def test_the_package_says_what_may_be_done_with_it_whence_it_is_and_how_to_cite_it(described, sample_snapshot):
    (entry, *_) = read_manifest(sample_snapshot.parent)
    assert described["version"] == entry.identity
    assert described["id"] == f"sha256:{entry.sha256}"
    assert [licence["name"] for licence in described["licenses"]] == ["CC-BY-4.0"]
    assert all(source["title"] for source in described["sources"])


def test_texts_of_pages_never_become_formulas_in_csv():
    said = ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "—", "a=1"]
    assert as_csv([[text] for text in said]).splitlines()[:4] == ["'=HYPERLINK(1)", "'+1", "'-1", "'@x"]
    assert as_csv([["—", "a=1", Decimal(-3), -3]]) == "—,a=1,-3,-3\n"


def test_texts_of_pages_never_become_formulas():
    table = pa.table({"organ": ["=HYPERLINK(1)", "+1", "a\x00b"], "value": [Decimal("1.0000"), Decimal("0.5"), None]})
    workbook, stream = Workbook(write_only=True), io.BytesIO()
    found = Answer(table.schema, iter(table.to_batches()), table.num_rows)
    assert write_sheet(found, workbook, "cells", ["organ", "value"])
    workbook.save(stream)
    sheet = load_workbook(stream).active
    cells = [(cell.data_type, cell.value) for cell in sheet["A"][1:]]
    assert cells == [("s", "=HYPERLINK(1)"), ("s", "+1"), ("s", "ab")]
    assert [cell.value for cell in sheet["B"][1:]] == [1, 0.5, None]
