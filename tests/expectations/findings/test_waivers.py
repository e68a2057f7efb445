"""Waivers excuse a finding by its place and values, survive runs, and die when the values change."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from expectations import validate
from expectations.findings.waivers import WaiverError, WaiverState, apply_waivers, load_waivers
from tests.expectations.books import APPLICATIONS, DISPUTES, NOW, checked, consistent, findings, load

ENTRY = """
- rule: B1
  organ: 某某局
  year: 2019
  table: disputes
  row: review
  left: {left}
  right: 99
  reason: 机关已书面说明
  by: 王某
  until: 2027-12-31
"""
TODAY = date(2026, 11, 24)


@pytest.fixture
def connection():
    return checked(
        consistent().changed("report", {(DISPUTES, "review", "total"): 99, (APPLICATIONS, "granted", "other"): 99})
    )


def waivers(folder: Path, text: str):
    path = folder / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    return load_waivers(path)


def parts() -> int:
    cells = consistent().cells
    return sum(int(cells[DISPUTES, "review", part]) for part in ("upheld", "corrected", "other_result", "pending"))


def test_a_waiver_excuses_its_finding_alone_and_survives_runs(connection, tmp_path):
    held = waivers(tmp_path, ENTRY.format(left=parts()))
    for _ in range(2):
        assert [state for _, state in apply_waivers(connection, held, TODAY)] == [WaiverState.APPLIED]
        validate(connection, run_id="again", validated_at=NOW)
        assert findings(connection, "rule_id, waiver", "waiver IS NOT NULL") == [("B1", "机关已书面说明（王某）")]


def test_a_waiver_dies_when_the_values_change(connection, tmp_path):
    held = waivers(tmp_path, ENTRY.format(left=parts()))
    apply_waivers(connection, held, TODAY)
    connection.execute("UPDATE core.cell SET value = 98 WHERE table_code = 'disputes' AND value = 99")
    validate(connection, run_id="again", validated_at=NOW)
    assert findings(connection, "*", "waiver IS NOT NULL") == []
    assert [state for _, state in apply_waivers(connection, held, TODAY)] == [WaiverState.UNUSED]


def test_an_expired_waiver_excuses_nothing(connection, tmp_path):
    held = waivers(tmp_path, ENTRY.format(left=parts()))
    assert [state for _, state in apply_waivers(connection, held, date(2028, 1, 1))] == [WaiverState.EXPIRED]
    assert findings(connection, "*", "waiver IS NOT NULL") == []


def test_other_years_are_not_excused(tmp_path):
    other = replace(consistent().changed("report", {(DISPUTES, "review", "total"): 99}), year=2020)
    connection = load([other])
    validate(connection, run_id="run", validated_at=NOW)
    held = waivers(tmp_path, ENTRY.format(left=parts()))
    assert [state for _, state in apply_waivers(connection, held, TODAY)] == [WaiverState.UNUSED]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- rule: B1", ":1: 0.organ: is missing"),
        (ENTRY.format(left=1).replace("B1", "Z9"), ":2: 0.rule: no rule Z9"),
        (ENTRY.format(left=1) + "  colour: red", "0.colour: there is no such field"),
        ("rule: B1", ":1: the file: must be a list"),
        ("- [", ":2: not valid YAML"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_one_line(tmp_path, text, message):
    with pytest.raises(WaiverError) as caught:
        waivers(tmp_path, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_an_empty_or_missing_file(tmp_path):
    assert waivers(tmp_path, "") == ()
    with pytest.raises(WaiverError, match="cannot be read: No such file"):
        load_waivers(tmp_path / "none.yaml")
