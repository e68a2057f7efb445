"""Sample figures are consistent: within a report, across years, and between a government and its members."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samples import YEARS, further_violations, many_organs, organs, published_reports, sample_reports, violations
from samples.figures import history
from samples.reports import SampleReport
from warehouse.forms import APPLICANT_PARTS, FORMS, STATUTORY_EDITIONS, Edition, TableCode

PROACTIVE, APPLICATIONS = TableCode.PROACTIVE, TableCode.APPLICATIONS
ORGANS = organs()


def reports_by_organ() -> dict[str, list[SampleReport]]:
    by_organ: dict[str, list[SampleReport]] = defaultdict(list)
    for report in sample_reports():
        by_organ[report.organ.name].append(report)
    return by_organ


@pytest.fixture(scope="module")
def chains() -> dict[str, list[SampleReport]]:
    return reports_by_organ()


def test_the_city_is_large_enough_and_every_organ_is_one() -> None:
    assert len({organ.name for organ in ORGANS}) == len(ORGANS) >= 60
    assert {organ.kind for organ in ORGANS} == {"government", "department", "township", "subdistrict"}
    names = {organ.name for organ in ORGANS}
    assert all(organ.parent is None or organ.parent in names for organ in ORGANS)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(), position=st.integers(0, 200))
def test_every_identity_holds_for_any_seed(seed: int, position: int) -> None:
    *_, organ = many_organs(position + 1)
    reports = list(sample_reports(seed, organs=[organ]))
    for report in reports:
        assert list(violations(report)) == []
    assert {found.rule for found in further_violations(reports)} <= {"C5", "H2"}


def test_the_city_is_consistent_but_for_late_reports() -> None:
    assert {found.rule for found in further_violations(sample_reports())} == {"H2"}


def test_every_cell_of_the_editions_has_a_figure(chains: dict[str, list[SampleReport]]) -> None:
    for report in (report for chain in chains.values() for report in chain):
        expected = {
            (table, *cell) for table, edition in report.editions.items() for cell in FORMS[table, edition].cells
        }
        assert set(report.figures) == expected


def test_carry_over_meets_from_year_to_year(chains: dict[str, list[SampleReport]]) -> None:
    for chain in chains.values():
        for before, after in itertools.pairwise(chain):
            for column in FORMS[APPLICATIONS, Edition.E2021].columns:
                carried = before.figures[APPLICATIONS, "carried_out", column]
                assert after.figures[APPLICATIONS, "carried_in", column] == carried


def test_stocks_go_on_from_year_to_year(chains: dict[str, list[SampleReport]]) -> None:
    compared = 0
    for chain in chains.values():
        for before, after in itertools.pairwise(chain):
            edition = after.editions[PROACTIVE]
            if before.editions[PROACTIVE] is not edition:
                continue
            compared += 1
            if edition is Edition.E2021:
                for row in ("regulations", "normative_documents"):
                    now = {
                        column: after.figures[PROACTIVE, row, column] for column in ("issued", "repealed", "in_force")
                    }
                    was = before.figures[PROACTIVE, row, "in_force"]
                    assert now["in_force"] == was + now["issued"] - now["repealed"]
            else:
                for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
                    was = before.figures[PROACTIVE, row, "prior_items"] + before.figures[PROACTIVE, row, "change"]
                    assert after.figures[PROACTIVE, row, "prior_items"] == was >= 0
    assert compared > 300


def test_a_government_adds_its_members_up() -> None:
    own = {organ.name: dict(history(organ, YEARS, 7)) for organ in ORGANS}
    government = next(organ for organ in ORGANS if organ.level == "county")
    members = [organ.name for organ in ORGANS if organ.parent == government.name]
    for report in sample_reports(7, organs=ORGANS):
        if report.organ == government:
            for key, figure in report.figures.items():
                adding = members if key[0] is not PROACTIVE else (government.name, *members)
                assert figure == sum(own[name][report.year][key] for name in adding)


def test_only_the_city_makes_regulations_and_purchases_have_amounts(chains: dict[str, list[SampleReport]]) -> None:
    for report in (report for chain in chains.values() for report in chain):
        is_city = report.organ.kind == "government" and report.organ.level == "city"
        made = "made" if report.editions[PROACTIVE] is Edition.E2019 else "issued"
        assert is_city or report.figures[PROACTIVE, "regulations", made] == 0
        if report.editions[PROACTIVE] is Edition.E2019:
            projects, amount = (report.figures[PROACTIVE, "procurement", column] for column in ("projects", "amount"))
            assert (projects == 0) == (amount == 0)


def test_most_cells_are_zero_and_governments_are_large(chains: dict[str, list[SampleReport]]) -> None:
    values = [value for chain in chains.values() for report in chain for value in report.figures.values()]
    assert sum(value == 0 for value in values) > 0.7 * len(values)
    city = chains["云泽市人民政府"][0]
    assert sum(city.figures[APPLICATIONS, "received_new", part] for part in APPLICANT_PARTS) > 500


def test_figures_do_not_depend_on_which_years_are_asked_for() -> None:
    organ = ORGANS[5]
    whole = {report.year: report for report in sample_reports(3, organs=[organ])}
    assert list(sample_reports(3, years=[2022], organs=[organ])) == [whole[2022]]
    assert whole != {report.year: report for report in sample_reports(4, organs=[organ])}


def test_some_reports_mix_editions() -> None:
    mixed = [report for report in published_reports() if len(set(report.editions.values())) > 1]
    assert 5 <= len(mixed) <= 60
    assert all(report.year >= 2021 for report in mixed)
    assert {report.editions[PROACTIVE] for report in mixed} == set(STATUTORY_EDITIONS)
