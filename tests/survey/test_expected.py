"""The organs expected of a portal: those its titles name, and those of its level that the register of regions knows."""

from tasks.pages import Link
from tasks.survey.expected import expected_organs

WENZHOU = ("温州市人民政府办公室", "330300")


def links(*titles):
    return [Link("x", f"http://a.example/{number}", title, year) for number, (title, year) in enumerate(titles)]


def names(listed, *portal):
    return {one.organ: (one.since, one.by_register) for one in expected_organs(listed, *portal)}


OUHAI = ("温州市瓯海区人民政府2022年政府信息公开工作年度报告", 2022)
BUREAU = ("温州市教育局2023年政府信息公开工作年度报告", 2023)


def test_governments_below_are_expected_where_one_of_them_publishes_here():
    found = names(links(OUHAI, BUREAU), *WENZHOU)
    assert found["温州市瓯海区人民政府"] == (2022, False)
    assert found["温州市乐清市人民政府"] == (2022, True)
    assert found["温州市人民政府"] == (2023, True)
    assert "温州市洞头县人民政府" not in found  # a district since 2015
    assert sum(by_register for _, by_register in found.values()) == 12


def test_where_none_of_them_publishes_only_the_portals_own_government_is_added():
    assert names(links(BUREAU), *WENZHOU) == {"温州市教育局": (2023, False), "温州市人民政府": (2023, True)}


def test_what_the_register_does_not_know_stays_open():
    assert names(links(BUREAU), "清河某机关", None) == {"温州市教育局": (2023, False)}


def test_a_departments_portal_expects_no_government():
    assert names(links(BUREAU), "温州市教育局", "330300") == {"温州市教育局": (2023, False)}


def test_the_first_year_that_an_organ_was_seen_with_counts():
    later = ("温州市瓯海区人民政府2023年政府信息公开工作年度报告", 2023)
    assert names(links(later, OUHAI), "清河某机关", None) == {"温州市瓯海区人民政府": (2022, False)}
