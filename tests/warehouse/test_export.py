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
from warehouse.export import ExportError, export
from warehouse.export.datasets import DATASETS
from warehouse.export.files import write_sheet
from warehouse.snapshots.query import Answer, rows

YEAR = 2024


@pytest.fixture(scope="module")
def made(sample_snapshot, tmp_path_factory):
    return export(sample_snapshot, tmp_path_factory.mktemp("export") / "made", years=[YEAR])


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
        connection.execute("DELETE FROM core.report")

    def publish(path, done, total):
        if done == 1:
            newer.replace(published)

    made = export(published, tmp_path / "export", years=[YEAR], formats=["csv", "duckdb"], on_progress=publish)
    counts = "SELECT (SELECT count(*) FROM outcomes) AS outcomes, (SELECT max(finished_at) FROM audit.run) AS moment"
    assert rows(published, counts) != rows(sample_snapshot, counts)
    assert rows(made.folder / "gouji.duckdb", counts) == rows(sample_snapshot, counts)
    with (made.folder / "csv" / str(YEAR) / "outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == counted(sample_snapshot, dataset_named("outcomes"))


def test_what_cannot_be_exported_is_said_in_one_line_and_nothing_is_touched(sample_snapshot, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("")
    for folder, years, says in (
        (tmp_path / "new", [1999], "no reports for 1999"),
        (tmp_path / "letters", [], "choose"),
    ):
        with pytest.raises(ExportError, match=says) as caught:
            export(sample_snapshot, folder, years=years, formats=["csv"])
        assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.rglob("*")] == ["letters", "dear.txt"]


def test_a_failing_export_leaves_the_earlier_one(sample_snapshot, tmp_path, monkeypatch):
    folder = tmp_path / "export"
    export(sample_snapshot, folder, formats=["duckdb"])

    def fail(*arguments):
        raise QueryError("stopped")

    monkeypatch.setattr("warehouse.export.write_csv", fail)
    with pytest.raises(QueryError):
        export(sample_snapshot, folder, years=[YEAR], formats=["csv"])
    assert {path.name for path in folder.iterdir()} == {"gouji.duckdb", "datapackage.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


def test_texts_of_pages_never_become_formulas():
    table = pa.table({"organ": ["=HYPERLINK(1)", "+1", "a\x00b"], "value": [Decimal("1.0000"), Decimal("0.5"), None]})
    dataset = dataset_named("labelled_cell")
    workbook, stream = Workbook(write_only=True), io.BytesIO()
    write_sheet(Answer(table.schema, iter(table.to_batches())), workbook, dataset)
    workbook.save(stream)
    sheet = load_workbook(stream).active
    cells = [(cell.data_type, cell.value) for cell in sheet["A"][1:]]
    assert cells == [("s", "=HYPERLINK(1)"), ("s", "+1"), ("s", "ab")]
    assert [cell.value for cell in sheet["B"][1:]] == [1, 0.5, None]
