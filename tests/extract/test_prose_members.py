"""Totals of the prose with their members: those that add up, those that are some, and lists that claim no sum."""

from decimal import Decimal

import pytest

from tasks.extract.prose import read_statements


def test_members_in_brackets_are_kept_with_their_total() -> None:
    text = "收到依申请公开政府信息申请15件（当面申请3件、网络申请7件、信函申请5件）。"
    members = [s for s in read_statements([text], 2021) if s.measure == "listed_members"]
    assert [(s.value, s.parts) for s in members] == [(Decimal(15), (Decimal(3), Decimal(7), Decimal(5)))]


def test_members_may_have_separators() -> None:
    (members,) = [
        statement
        for statement in read_statements(["收到公开申请1,203件（网上申请1,000件、信函申请203件）。"], 2021)
        if statement.measure == "listed_members"
    ]
    assert members.parts == (Decimal(1000), Decimal(203))


@pytest.mark.parametrize(
    ("text", "measure", "parts"),
    [
        ("收到政府信息公开申请120件（其中网络80件、信函30件）。", "members_among", (80, 30)),
        ("收到申请277件，其中网络申请211件，信函申请49件，当面申请27件。", "members_among", (211, 49, 27)),
        ("不予处理51件（信访举报投诉类申请36件、重复申请21件、大量反复申请3件）。", "listed_members", (36, 21, 3)),
        ("新收申请517件，其中自然人申请454件，法人或其他组织申请54件。", "listed_members", (454, 54)),
        ("行政诉讼8件（未经复议直接起诉5件，复议后起诉5件）。", "listed_members", (5, 5)),
        ("新收申请8件，上年结转1件，合计10件。", "listed_members", (8, 1)),
        ("一季度至四季度分别收到申请3件、4件、5件、6件，全年共收到20件。", "listed_members", (3, 4, 5, 6)),
        ("办结申请12件（予以公开8件、不予公开3件）。", "listed_members", (8, 3)),
        ("办理的申请418件（不予公开39件、无法提供164件），是全市答复的一部分。", "members_among", (39, 164)),
        ("收到申请20件，其中自然人18件（网络10件、信函9件）、法人或其他组织2件。", "listed_members", (18, 2)),
    ],
)
def test_members_are_read_with_their_total(text: str, measure: str, parts: tuple[int, ...]) -> None:
    found = [tuple(map(int, each.parts)) for each in read_statements([text], 2024) if each.measure == measure]
    assert parts in found


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请120件（网络80件、信函30件等）。",
        "收到政府信息公开申请120件，主要为网络申请80件。",
        "被申请行政复议52件、被提起行政诉讼32件（上年分别为62件、28件）。",
        "收到申请120件，其中网络80件，涉及征地拆迁的90件。",
        "收到申请13件，答复12件，共公开信息30条。",
        "收到申请13件，其中网络5件，信函8件，答复12件，共计25件。",
    ],
)
def test_lists_that_leave_some_out_or_mix_families_claim_no_sum(text: str) -> None:
    assert not [each for each in read_statements([text], 2024) if "members" in each.measure]
