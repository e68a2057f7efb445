"""What should exist and what became of it."""

import duckdb
import lxml.etree
import lxml.html

from tests.explorer.conftest import client_of
from warehouse import mart


def test_coverage_says_how_many_were_expected_and_why_of_others_nothing_is_known(own_snapshot, ask):
    old, new, *_ = (row["organ_id"] for row in ask("SELECT organ_id FROM mart.organ ORDER BY organ_id"))
    with duckdb.connect(str(own_snapshot)) as connection:
        connection.execute("INSERT INTO core.succession VALUES ('sample', ?, ?, 2024)", [old, new])
        connection.execute("DELETE FROM mart.coverage WHERE organ_id = ? AND year = 2024", [old])
        connection.execute("DELETE FROM mart.coverage WHERE organ_id = ? AND year < 2024", [new])
        (query,) = (query for name, query in mart.queries() if name == "unknown_year")
        connection.execute(f"CREATE OR REPLACE TABLE mart.unknown_year AS {query}")
    with client_of(own_snapshot) as client:
        shown, english = (
            lxml.html.fromstring(client.get(f"{prefix}/coverage?year=2024&region=云泽市").text)
            for prefix in ("", "/en")
        )
    told = shown.xpath("string(//main)")
    (expected,) = ask("SELECT count(*) AS n FROM mart.coverage WHERE year = 2024 AND region_code = '990100'")
    assert f"2024 年应有 {expected['n'] - 1} 份报告" in told
    assert "1 个已由他机关接续" in told
    assert f"{old.partition('-')[2]}改组而来" in told
    assert "2 个此前已不再见到" in told
    assert "succeeded by others" in english.xpath("string(//main)")
    (line,) = shown.xpath("//tfoot/tr[th='应有']")
    assert line.xpath("string(td[contains(@class, 'asked')])") == str(expected["n"] - 1)


def test_what_is_missing_and_what_is_late_are_seen_in_one_view(client, ask):
    rows = client.get("/coverage.json?status=wanting").json()
    counted = ask("SELECT count(*) AS n FROM mart.coverage WHERE status IN ('missing', 'late')")
    assert len(rows) == counted[0]["n"]
    assert {row["status"] for row in rows} == {"missing", "late"}


def test_what_is_missing_in_the_country_is_missing_in_its_regions(ask):
    assert ask("SELECT count(*) AS n FROM mart.coverage WHERE region_code IS NULL")[0]["n"] == 0
