"""Organs among their peers and kinds side by side."""

import re

import lxml.etree
import lxml.html


def test_peers_are_those_that_a_ranking_has_and_others_are_named(client, ask):
    for measure, year in (("denied_rate", 2024), ("granted_rate", 2021)):
        ranked = ask(
            "SELECT organ_id FROM main.ranking WHERE measure = ? AND year = ? AND kind = 'department'", [measure, year]
        )
        asked = f"measure={measure}&year={year}"
        assert {row["organ_id"] for row in client.get(f"/peers.json?{asked}").json()} == {
            row["organ_id"] for row in ranked
        }
        everyone = ask(
            f"SELECT count(*) AS n FROM mart.report WHERE {measure} IS NOT NULL AND year = ? AND kind = 'department'",
            [year],
        )
        named = lxml.html.fromstring(client.get(f"/peers?{asked}").text).xpath("//ul[@aria-labelledby='left-out']/li")
        assert len(named) == everyone[0]["n"] - len(ranked)


def test_a_rate_is_faulty_among_peers_where_it_is_in_a_comparison(client, ask):
    inconsistent = ask(
        "SELECT organ_id, year, kind, denied_rate FROM mart.report WHERE quality = 'inconsistent' AND concluded >= 30"
    )
    judged = []
    for report in inconsistent:
        compared = client.get("/compare.json", params={"a": report["organ_id"], "b": "none"}).json()
        (is_faulty,) = (row["is_faulty"] for row in compared if row["year"] == report["year"])
        peers = client.get("/peers.json", params={"year": report["year"], "kind": report["kind"]}).json()
        assert (report["organ_id"] in {row["organ_id"] for row in peers}) != is_faulty
        judged.append(is_faulty)
    assert {True, False} == set(judged)


def test_kinds_stand_side_by_side_and_every_organ_is_listed_or_left_out_for_a_reason(client, ask):
    page = lxml.html.fromstring(client.get("/en/peers?year=2024").text)
    (table,) = page.xpath("//table[../@aria-labelledby='kinds']")
    lines = [[cell.text_content() for cell in row.xpath("*")] for row in table.xpath(".//tbody/tr")]
    assert [line[0] for line in lines] == ["government", "department", "township", "subdistrict"]
    for name, share, cases, interval, *counts in lines:
        (told,) = ask(
            "SELECT count(*) AS reports, "
            "sum(denied) FILTER (NOT list_contains(faulty_rates, 'denied_rate')) AS denied, "
            "sum(concluded) FILTER (NOT list_contains(faulty_rates, 'denied_rate')) AS concluded, "
            "count(*) FILTER (concluded < 30) AS few FROM mart.report WHERE year = 2024 AND kind = ?",
            [name],
        )
        assert cases == f"{told['denied']:,.0f}/{told['concluded']:,.0f}"
        assert share == f"{told['denied'] / told['concluded']:.1%}"
        low, high = (float(bound.strip("%")) for bound in interval.split("–"))
        assert low <= float(share.strip("%")) <= high
        ranked, _, few, faulty, unread = counts
        assert int(few) == told["few"]
        assert int(ranked) + int(few) + int(faulty) + int(unread) == told["reports"]
    assert re.search(r"\d+ more organs have fewer than 30", page.xpath("string(//p[@class='left-out'])"))
