"""Whose the figures behind what was received are: of the whole, of a part of it, or of more than the organ's own."""

import pytest

from tasks.extract.prose import read_statements

DEPARTMENT, GOVERNMENT = "清河市发展和改革局", "清河市人民政府"

OF_OTHERS = (
    "全年市本级及各部门共收到政府信息公开申请640件，办结622件。",
    "市本级及各部门共收到政府信息公开申请640件，办结622件，其中予以公开300件、不予公开120件，结转下年度24件。",
    "市本级和各县区共受理政府信息公开申请640件，答复622件。其中，予以公开300件。",
    "各部门共收到政府信息公开申请640件，上年结转6件，办结622件。",
    "各级行政机关收到政府信息公开申请640件，因重复申请不予处理5件，自然人提出600件。",
    "市直各单位新收政府信息公开申请640件，按期办结622件。",
    "市政府及其工作部门共收到政府信息公开申请640件，办结622件。",
    "各分局收到政府信息公开申请20件，办结18件。",
    "局属单位收到政府信息公开申请20件，办结18件，予以公开9件。",
)
"""What is no claim about a department, and none of its figures."""

OF_A_PART = (
    "其中，通过信函收到20件，办结19件；不动产类收到30件，答复30件，均为政府信息公开申请。",
    "通过政府网站收到政府信息公开申请60件，办结62件，予以公开30件，结转下年度2件。",
    "当面申请公开15件，答复14件；网上申请公开60件，答复58件。",
    "收到涉及征地拆迁类政府信息公开申请56件，办结55件，其中不予公开8件。",
    "信函收到政府信息公开申请20件（办结19件、结转下年度1件）。",
    "通过信函收到政府信息公开申请20件，其中自然人15件、法人或其他组织5件，办结19件。",
    "收到规划类政府信息公开申请30件，上年结转2件，办结31件。",
    "去年收到政府信息公开申请104件，办结100件，结转下年度4件。",
    "自2008年以来累计收到政府信息公开申请560件，办结550件。",
    "协办政府信息公开申请26件，答复20件，予以公开12件。",
    "抽查政府信息公开申请20件，予以公开8件。",
    "收到办理规划类政府信息公开申请30件，办结20件；信函申请公开20件，办结19件。",
    "收到政府信息公开申请中，规划方面收到30件，答复30件；土地方面收到45件，答复40件。",
    "平均每月收到政府信息公开申请10件，办结9件。",
    "自然人申请公开60件，办结58件；法人或其他组织申请公开15件，办结14件。",
)
"""Of what is told here, nothing but who applied is of the whole."""

PLAIN = {
    "共收到政府信息公开申请78件，办结70件，其中予以公开40件。": {
        "received_new": 78,
        "concluded_total": 70,
        "granted": 40,
    },
    "收到政府信息公开申请75件，其中网络申请60件，信函申请15件，办结70件，予以公开14件。": {
        "received_new": 75,
        "concluded_total": 70,
        "granted": 14,
    },
    "收到政府信息公开申请75件，其中通过网络收到60件、通过信函收到15件，办结14件。": {
        "received_new": 75,
        "concluded_total": 14,
    },
    "收到政府信息公开申请75件（其中通过信函收到20件），办结19件。": {"received_new": 75, "concluded_total": 19},
    "收到政府信息公开申请75件，其中通过信函收到20件，办结78件，其中予以公开18件，结转下年度3件。": {
        "received_new": 75,
        "concluded_total": 78,
        "granted": 18,
        "carried_out": 3,
    },
    "收到政府信息公开申请75件，其中信函20件；办结19件，结转下年度3件。": {
        "received_new": 75,
        "concluded_total": 19,
        "carried_out": 3,
    },
    "收到政府信息公开申请75件，其中网络申请60件，上年结转6件，办结78件。": {
        "received_new": 75,
        "carried_in": 6,
        "concluded_total": 78,
    },
    "应办理政府信息公开申请81件，其中本年新收75件，上年结转6件，办结60件，结转下年度21件。": {
        "received_new": 75,
        "carried_in": 6,
        "concluded_total": 60,
        "carried_out": 21,
    },
    "收到政府信息公开申请75件，其中受理70件，办结65件。": {"received_new": 75, "concluded_total": 65},
    "收到政府信息公开申请75件，其中信函申请20件，全年办结19件。": {"received_new": 75, "concluded_total": 19},
    "通过网络、信函、现场三种方式收到政府信息公开申请75件，办结70件。": {"concluded_total": 70},
    "通过各种渠道收到政府信息公开申请75件，办结70件。": {"concluded_total": 70},
    "收到公民、法人和其他组织政府信息公开申请75件，办结70件。": {"received_new": 75, "concluded_total": 70},
    "收到各类政府信息公开申请75件，办结70件。": {"received_new": 75, "concluded_total": 70},
    "收到政府信息公开申请75件，去年收到104件，办结70件。": {"received_new": 75, "concluded_total": 70},
    "收到政府信息公开申请75件，其中自然人70件，法人或其他组织5件，办结4件。": {
        "received_new": 75,
        "natural_person": 70,
        "organizations": 5,
        "concluded_total": 4,
    },
    "收到政府信息公开申请75件，其中信函20件（办结19件），网络55件（办结51件），结转下年度5件。": {
        "received_new": 75,
        "carried_out": 5,
    },
    "自然人申请20件，因信息公开引发行政复议9件，其中维持4件。": {
        "natural_person": 20,
        "review": 9,
        "review_upheld": 4,
    },
    "组织各部门认真办理，收到政府信息公开申请75件，办结70件。": {"concluded_total": 70},
    "线上收到政府信息公开申请60件，线下收到15件，办结14件。": {"concluded_total": 14},
    "收到政府信息公开申请3件，均通过网络平台提交，办结2件。": {"received_new": 3, "concluded_total": 2},
    "我局各部门共收到政府信息公开申请75件，办结70件。": {"received_new": 75, "concluded_total": 70},
    "指导各部门办理政府信息公开申请。收到政府信息公开申请75件，办结70件。": {"received_new": 75, "concluded_total": 70},
    "市本级及各部门共收到政府信息公开申请640件，办结622件。我局收到75件，办结70件。": {
        "received_new": 75,
        "concluded_total": 70,
    },
}
"""What stays a claim, with what is claimed."""


def claimed(text: str, organ: str) -> dict[str, int]:
    found = read_statements([text], 2023, organ)
    return {each.measure: int(each.value) for each in found if "members" not in each.measure}


@pytest.mark.parametrize("text", OF_OTHERS)
def test_what_follows_the_intake_of_others_is_of_others(text: str) -> None:
    assert claimed(text, DEPARTMENT) == {}


@pytest.mark.parametrize("text", OF_A_PART)
def test_what_follows_a_part_is_of_that_part(text: str) -> None:
    assert claimed(text, DEPARTMENT).keys() <= {"natural_person", "organizations"}


@pytest.mark.parametrize(("text", "claims"), PLAIN.items())
def test_what_follows_the_whole_stays_a_claim(text: str, claims: dict[str, int]) -> None:
    assert claimed(text, DEPARTMENT) == claims


def test_all_organs_of_an_area_are_its_governments_own() -> None:
    text = "市本级及各部门共收到政府信息公开申请640件，办结622件，其中予以公开300件，结转下年度24件。"
    assert claimed(text, GOVERNMENT) == {"concluded_total": 622, "granted": 300, "carried_out": 24}


@pytest.mark.parametrize("organs", ["各街道", "各部门", "市本级"])
def test_some_organs_of_an_area_are_a_part_of_its_government(organs: str) -> None:
    assert claimed(f"{organs}收到政府信息公开申请60件，办结58件，予以公开30件。", GOVERNMENT) == {}
