"""The planted list is complete, and nothing else is wrong in the published reports."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from samples import (
    ALL_RULES,
    BASIC_RULES,
    COPIES,
    SLIPS,
    YEARS,
    Planted,
    planted,
    published_reports,
    sample_reports,
)
from samples.city import organs
from samples.dresses import dress_of
from samples.inconsistencies import digit_lost, digit_repeated, transposed
from samples.portal import SOURCE_FILE
from tasks.sources.files import load_source
from warehouse.forms import TableCode


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_plants_of_several_kinds(year: int) -> None:
    slips = [slip for slip in SLIPS if slip.year == year]
    assert len(slips) >= 3
    assert len({slip.how or slip.into for slip in slips}) >= 3
    assert {found.year for found in planted(year)} == {year}


def test_all_five_rules_are_broken_somewhere() -> None:
    rules = Counter(found.rule for found in planted())
    assert set(rules) == {"A1", "A2", "A3", "A5", "B1"}
    assert min(rules.values()) >= 3
    assert {found.severity for found in planted() if found.rule == "A5"} == {"critical", "warning"}


def test_only_slips_and_late_dates_break_rules() -> None:
    slips = {(slip.organ, slip.year) for slip in SLIPS}
    beside = {(organ, year + 1) for organ, year in slips}
    for found in planted(rules=ALL_RULES):
        if found.rule in BASIC_RULES or found.rule[0] == "E":
            assert (found.organ, found.year) in slips
        elif found.rule == "H3":
            assert (found.organ, found.year) in COPIES or (found.organ, found.year) in COPIES.values()
        elif found.rule[0] in "ACD":
            assert (found.organ, found.year) in slips | beside


def test_every_slip_breaks_something() -> None:
    broken = {(found.organ, found.year) for found in planted(rules=ALL_RULES)}
    assert {(slip.organ, slip.year) for slip in SLIPS} <= broken


def test_slips_break_rules_beyond_those_within_one_report() -> None:
    further = {found.rule for found in planted(rules=ALL_RULES - BASIC_RULES)}
    assert further >= {"A6", "C1", "C2", "C3", "C4", "C5", "D2", "D4", "D6", "E1", "E2", "E6", "F1", "F2", "H2", "H3"}


def test_slipped_reports_differ_from_the_consistent_ones_in_the_declared_cells_only() -> None:
    declared = Counter((slip.organ, slip.year) for slip in SLIPS)
    consistent = {report.identity: report for report in sample_reports()}
    for report in published_reports():
        original = consistent[report.identity]
        changed = {key for key, value in report.figures.items() if value != original.figures[key]}
        expected = {
            key
            for slip in SLIPS
            if (slip.organ, slip.year) == (report.organ.name, report.year)
            for key in ((slip.table, slip.row, slip.column), (slip.table, *(slip.into or (slip.row, slip.column))))
        }
        assert changed == expected
        assert report.slipped == bool(declared[report.organ.name, report.year])


def test_slipped_reports_show_every_figure() -> None:
    assert all(dress_of(report).writes_zeros for report in published_reports() if report.slipped)


def test_what_one_slip_breaks() -> None:
    """云泽市自然资源和规划局 2019: granted to natural persons typed as 84 instead of 48."""
    found = [found for found in planted(2019) if found.organ == "云泽市自然资源和规划局"]
    assert {(one.rule, one.row, one.column, one.difference) for one in found} == {
        ("A2", None, "natural_person", Decimal(36)),
        ("A3", "granted", None, Decimal(36)),
    }


def test_an_exchange_of_two_cells_of_a_row_breaks_two_columns() -> None:
    found = {(one.rule, one.column): one.difference for one in planted(2021) if one.organ == "云泽市临江区人民政府"}
    assert set(found) == {("A2", "natural_person"), ("A2", "commercial_enterprise")}
    assert sum(difference for difference in found.values() if difference) == 0


def test_a_slip_that_changes_nothing_is_refused() -> None:
    report = next(sample_reports(years=[2019]))
    idle = replace(SLIPS[0], row="granted", column="total", how=lambda value: value)
    with pytest.raises(ValueError, match="changes nothing"):
        idle.apply(report.figures)


def test_kinds_of_slips() -> None:
    assert transposed(Decimal(128)) == 182
    assert transposed(Decimal(1200)) == 1020
    assert transposed(Decimal(1122)) == 1212
    assert digit_lost(Decimal(35)) == 3
    assert digit_repeated(Decimal(3)) == 33
    with pytest.raises(ValueError, match="no two digits"):
        transposed(Decimal(77))


def test_a5_has_one_side() -> None:
    found = Planted("某局", 2019, "A5", "critical", TableCode.PROACTIVE, "penalties", "decisions", Decimal(-3), None)
    assert found.difference is None


def test_the_sample_source_declares_the_organs_of_the_city() -> None:
    declared = load_source(SOURCE_FILE).organs
    assert [(organ.organ, organ.kind, organ.level, organ.parent) for organ in declared] == [
        (organ.name, organ.kind, organ.level, organ.parent) for organ in organs()
    ]
