"""What portals publish is not to be trusted: markup, addresses, marks that turn the writing, texts without end."""

import csv
import io
from pathlib import Path
from urllib.parse import quote

import duckdb
import lxml.html
import pytest

from tests.explorer.conftest import client_of
from warehouse.mart import build

NAME = "<script>alert(1)</script>\"'&/局"
TURNED = "云泽\u202e市\u200b局\x07"
ENDLESS = "长" * 1_000_000
ADDRESS = "javascript:alert(document.domain)"
EVIL = f"9901-{NAME}"


@pytest.fixture(scope="module")
def hostile(sample_snapshot, tmp_path_factory):
    """The sample snapshot, a report of it as an enemy would have written it, and its mart made anew."""
    path = tmp_path_factory.mktemp("hostile") / "gouji.duckdb"
    path.write_bytes(Path(sample_snapshot).read_bytes())
    with duckdb.connect(str(path)) as connection:
        (identity, organ) = connection.execute(
            "SELECT report_id, organ_id FROM main.finding WHERE rule_id = 'A1' ORDER BY report_id LIMIT 1"
        ).fetchone()
        for table, column in (
            *((f"core.{name}", "organ_id") for name in ("organ", "organ_alias", "report", "expected_report")),
            ("core.organ", "parent_organ_id"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [EVIL, organ])
        connection.execute("UPDATE core.organ SET name = ?, level = NULL, kind = NULL WHERE organ_id = ?", [NAME, EVIL])
        connection.execute(
            "UPDATE core.report SET url = ?, title = ?, publisher = ?, published_on = NULL WHERE report_id = ?",
            [ADDRESS, ENDLESS, TURNED, identity],
        )
        connection.execute(
            "UPDATE core.cell SET raw = ?, value = NULL, state = 'unreadable' "
            "WHERE report_id = ? AND row_code = 'granted'",
            [TURNED + NAME, identity],
        )
        connection.execute("UPDATE core.statement SET quote = ? WHERE report_id = ?", [NAME + ENDLESS, identity])
        connection.execute(
            "UPDATE audit.finding SET sentence_zh = ?, waiver = ? WHERE report_id = ?", [NAME, "=1+1", identity]
        )
    remade(path)
    with client_of(path) as client:
        yield client, identity


def remade(path):
    """Make the mart anew from the tables as they are now, with the views as the code has them."""
    from warehouse.migrations import migrate

    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM audit.migration WHERE name LIKE 'views-%'")
        migrate(connection)
        build(connection)


@pytest.fixture(scope="module")
def pages(hostile):
    client, identity = hostile
    return {
        path: client.get(path)
        for path in (
            "/",
            f"/reports/{identity}",
            f"/en/reports/{identity}",
            f"/reports/{identity}.json",
            f"/reports/{identity}/cells/applications/granted/total",
            f"/organs/{quote(EVIL, safe='')}",
            "/organs?q=" + quote("script"),
            "/findings?rule=A1",
            "/findings.csv?rule=A1",
            "/coverage",
            "/regions",
            "/peers",
        )
    }


def test_every_page_is_answered(pages):
    assert {path: answer.status_code for path, answer in pages.items() if answer.status_code != 200} == {}


def test_no_markup_of_theirs_becomes_ours(pages):
    for path, answer in pages.items():
        if "html" in answer.headers["content-type"]:
            page = lxml.html.fromstring(answer.text)
            assert not page.xpath("//script[not(@src)]"), path
            assert not page.xpath("//*[@onerror or @onload or @onclick]"), path
            assert not [link for link in page.xpath("//@href | //@src | //@action") if link.strip().startswith("java")]
            assert "\u202e" not in answer.text, path
            assert "\x07" not in answer.text, path
            assert len(answer.text) < 400_000, path


def test_their_names_are_shown_as_they_are(pages, hostile):
    _, identity = hostile
    assert NAME in lxml.html.fromstring(pages[f"/reports/{identity}"].text).xpath("string(//h1)")


def test_a_formula_does_not_add_up_what_was_not_read(hostile):
    client, identity = hostile
    page = client.get(f"/reports/{identity}/cells/applications/concluded_total/total")
    (outcomes,) = lxml.html.fromstring(page.text).xpath(
        "//li[.//a[.='A2' or starts-with(., 'A2 ')]]//p[@class='equation']"
    )
    assert "（无法辨认）" in outcomes.text_content()
    assert outcomes.xpath("string(.//span[@class='sum'][1])") == "= —"


def test_a_spreadsheet_computes_nothing_of_theirs(pages):
    text = pages["/findings.csv?rule=A1"].content.decode("utf-8-sig")
    assert "'=1+1" in [row["waiver"] for row in csv.DictReader(io.StringIO(text))]
