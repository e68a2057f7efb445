"""A report's page as it stood: text in its place, every figure marked and leading on, never markup of theirs."""

import hashlib
from pathlib import Path

import duckdb
import lxml.html
import pytest

from explorer.site import Offers
from samples.dresses import DRESSES, render
from samples.inconsistencies import published_reports
from tasks.archive.store import Archive
from tasks.extract.extraction import extract
from tests.explorer.conftest import client_of

ORGAN = "云泽市人民政府"


@pytest.fixture(scope="module")
def archived(sample_snapshot, tmp_path_factory):
    """The sample snapshot with one report read from a page in an archive, and a client that has both."""
    home = tmp_path_factory.mktemp("archived")
    report = next(each for each in published_reports([2024]) if each.organ.name == ORGAN)
    body = render(report, DRESSES[min(DRESSES)]).replace(b"</body>", "<p>末段&lt;script&gt;</p></body>".encode())
    sha256 = Archive(str(home / "archive")).put(body)
    read = extract(body, item="page")
    path = home / "gouji.duckdb"
    path.write_bytes(Path(sample_snapshot).read_bytes())
    with duckdb.connect(str(path)) as connection:
        (identity, number) = connection.execute(
            "UPDATE core.report SET page_sha256 = ?, document_sha256 = NULL WHERE organ_name = ? AND year = 2024 "
            "RETURNING report_id, report_no",
            [sha256, ORGAN],
        ).fetchone()
        for cell in read.cells:
            connection.execute(
                "UPDATE core.cell SET raw = ?, place_table = ?, place_row = ?, place_cell = ? WHERE report_no = ? "
                "AND table_code = ? AND row_code = ? AND column_code = ?",
                [
                    cell.raw,
                    cell.place.table,
                    cell.place.row,
                    cell.place.cell,
                    number,
                    cell.table,
                    cell.row,
                    cell.column,
                ],
            )
        connection.execute(
            "UPDATE raw.page SET sha256 = ? WHERE page_id = (SELECT max(page_id) FROM raw.page)", [sha256]
        )
    with client_of(path, Offers(archive=str(home / "archive"))) as client:
        yield client, identity, read


def test_every_figure_stands_in_its_place_and_leads_to_its_page(archived):
    client, identity, read = archived
    answer = client.get(f"/reports/{identity}/source")
    assert answer.status_code == 200, answer.text
    shown = lxml.html.fromstring(answer.text)
    for cell in read.cells:
        place = f"p-{cell.place.table}.{cell.place.row}.{cell.place.cell}"
        (link,) = shown.xpath(f"//td[@id='{place}']/a")
        assert link.get("href") == f"/reports/{identity}/cells/{cell.table}/{cell.row}/{cell.column}"
        if cell.raw.strip():
            assert " ".join(link.text_content().split()) == " ".join(cell.raw.split())
    assert shown.xpath("//td[@class='likely']")
    assert "末段<script>" in shown.text_content()
    assert "&lt;script&gt;" in answer.text


def columns_of(table):
    """Tell for every cell of a table at which column it stands, as a browser lays it out."""
    taken, found = set(), {}
    for line, row in enumerate(table.xpath(".//tr")):
        column = 0
        for cell in row.xpath("./td"):
            while (line, column) in taken:
                column += 1
            width, height = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            taken |= {(line + down, column + on) for down in range(height) for on in range(width)}
            found[cell] = column
    return found


def test_a_table_is_shown_with_its_merged_cells_so_that_figures_stand_below_their_headings(archived):
    client, identity, read = archived
    shown = lxml.html.fromstring(client.get(f"/reports/{identity}/source").text)
    number = next(cell.place.table for cell in read.cells if cell.table == "applications")
    (table,) = shown.xpath(f"//table[.//td[starts-with(@id, 'p-{number}.')]]")
    columns = columns_of(table)
    headings = {"".join(cell.text_content().split()): column for cell, column in columns.items()}
    wanted = {"natural_person": "自然人", "commercial_enterprise": "商业企业", "total": "总计"}
    for cell in read.cells:
        if cell.table == "applications" and cell.column in wanted:
            (place,) = table.xpath(f".//td[@id='p-{cell.place.table}.{cell.place.row}.{cell.place.cell}']")
            assert columns[place] == headings[wanted[cell.column]]


def test_a_figure_and_a_sheet_lead_to_it(archived):
    client, identity, _ = archived
    figure = lxml.html.fromstring(client.get(f"/reports/{identity}/cells/applications/concluded_total/total").text)
    (link,) = figure.xpath("//a[contains(@href, '/source#p-')]/@href")
    source = lxml.html.fromstring(client.get(link).text)
    assert source.xpath(f"//td[@id='{link.partition('#')[2]}']")
    assert f"/reports/{identity}/source" in client.get(f"/reports/{identity}").text


def test_what_is_not_kept_is_told_so(archived, ask):
    client, identity, _ = archived
    (other,) = ask("SELECT report_id FROM main.report WHERE report_id <> ? ORDER BY report_id LIMIT 1", [identity])
    answer = client.get(f"/en/reports/{other['report_id']}/source")
    assert answer.status_code == 404
    assert "not kept here" in answer.text
    assert hashlib.sha256(b"").hexdigest() not in answer.text
