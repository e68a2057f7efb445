"""What people see of findings, waivers and silent corrections."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from expectations import validate
from expectations.findings.waivers import apply_waivers, load_waivers
from tests.expectations.books import DISPUTES, NOW, consistent, load, show
from warehouse import store
from warehouse.snapshots.publish import publish

TOTAL = (DISPUTES, "review", "total")
WAIVERS = """
- {rule: B1, organ: 某某局, year: 2019, table: disputes, row: review, left: LEFT, right: 99, reason: 已说明, by: 王某}
- {rule: A1, organ: 某某局, year: 2019, table: applications, column: other, left: 1, right: 2, reason: 已说明, by: 王某}
- {rule: A1, organ: 某某局, year: 2018, reason: 已说明, by: 王某, until: 2020-01-01}
"""


@pytest.fixture(scope="module")
def snapshot_home(tmp_path_factory):
    """One report that was corrected: the earlier version broke B1 in one row, the current one in another, waived."""
    home = tmp_path_factory.mktemp("findings")
    right = consistent()
    left = sum(right.cells[DISPUTES, "review", column] for column in ("upheld", "corrected", "other_result", "pending"))
    (home / "waivers.yaml").write_text(WAIVERS.replace("LEFT", str(left)), encoding="utf-8")
    with store.writer(home / "warehouse.duckdb") as connection:
        load([right.changed("a", {(DISPUTES, "litigation_direct", "total"): 77})], connection)
        validate(connection, run_id="first", validated_at=NOW)
        connection.execute("UPDATE core.report SET is_current = false")
        load([right.changed("b", {TOTAL: 99})], connection)
        show(connection, "a", "b")
        validate(connection, run_id="second", validated_at=NOW + timedelta(days=1))
        apply_waivers(connection, load_waivers(home / "waivers.yaml"), date(2026, 11, 25))
        publish(connection, home / "warehouse.duckdb", home / "published" / "gouji.duckdb")
    return home


@pytest.fixture
def shown(gouji, snapshot_home, monkeypatch):
    monkeypatch.setenv("GOUJI_HOME", str(snapshot_home))
    return gouji


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ((), 1),
        (("--year", "2019", "--organ", "某局", "--rule", "B1", "--severity", "critical", "--waived"), 1),
        (("--not-waived",), 0),
        (("--year", "2020"), 0),
        (("--rule", "A1"), 0),
        (("--severity", "info"), 0),
    ],
)
def test_findings_are_filtered(shown, filters, count):
    assert len(json.loads(shown("findings", *filters, "--json").stdout)) == count


def test_a_finding_says_all_that_is_known(shown):
    (found,) = json.loads(shown("findings", "--json").stdout)
    assert len(found["cells"]) == 5
    assert found["fingerprint"]
    assert found["group"]
    assert found["first_found_at"] <= found["last_found_at"]
    assert found["waiver"] == "已说明（王某）"


@pytest.mark.parametrize("suffix", ["md", "html", "csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sheets_to_send(shown, tmp_path, suffix, lang):
    path = tmp_path / f"某某局.{suffix}"
    assert shown("findings", "--output", path, "--lang", lang).exit_code == 0
    text = path.read_text(encoding="utf-8-sig")
    assert "某某局" in text
    assert "99" in text
    if suffix == "csv":
        (row,) = csv.DictReader(io.StringIO(text))
        assert (row["rule"], row["right"]) == ("B1", "99")
    if suffix == "html":
        assert text.startswith("<!doctype html>")
        assert 'td class="critical"' in text


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_a_sheet_leads_to_the_explorer_where_the_world_finds_it(shown, tmp_path, monkeypatch, suffix):
    monkeypatch.setenv("GOUJI_EXPLORER_ADDRESS", "https://gouji.example.org")
    path = tmp_path / f"sheet.{suffix}"
    assert shown("findings", "--output", path).exit_code == 0
    (found,) = json.loads(shown("findings", "--json").stdout)
    assert f"https://gouji.example.org/findings/{found['fingerprint']}" in path.read_text(encoding="utf-8")


def test_a_sheet_of_another_kind_is_wrong_usage(shown, tmp_path):
    assert shown("findings", "--output", tmp_path / "sheet.docx").exit_code == 2


def test_idle_waivers_are_told(shown):
    assert [one["state"] for one in json.loads(shown("findings", "--waivers", "--json").stdout)] == [
        "expired",
        "unused",
        "applied",
    ]
    idle = json.loads(shown("findings", "--idle-waivers", "--json").stdout)
    assert [(one["rule"], one["year"]) for one in idle] == [("A1", 2018), ("A1", 2019)]
    assert "expired" in shown("findings", "--waivers").stdout


def test_silent_corrections_are_told(shown):
    (found,) = json.loads(shown("revisions", "--json").stdout)
    assert len(found["changed"]) == 2
    assert [one["row"] for one in found["cured"]] == ["litigation_direct"]
    assert [one["row"] for one in found["caused"]] == ["review"]
    assert "77" in shown("revisions", "--year", "2019").stdout
    assert "Figures of the page changed" in shown("revisions", "--lang", "en").stdout
    assert shown("revisions", "--organ", "别的局").stderr == "no revisions\n"
