"""Claims of the prose: what is read, and the traps that must not be."""

from decimal import Decimal

import pytest

from tasks.extract.prose import MEASURES, read_statements

CLAIMS = {
    "2021年，我局共收到政府信息公开申请12件，其中自然人申请10件，法人或其他组织2件，办结11件，结转下年度1件。": {
        "received_new": 12,
        "natural_person": 10,
        "organizations": 2,
        "concluded_total": 11,
    },
    "全年未收到政府信息公开申请，未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。": {
        "received_new": 0,
        "review": 0,
        "litigation": 0,
    },
    "受理政府信息公开申请２０件；予以公开10件，部分公开3件，不予公开2件，无法提供4件，不予处理1件。": {
        "received_new": 20,
        "granted": 10,
        "partially_granted": 3,
        "denied": 2,
        "unavailable": 4,
        "not_processed": 1,
    },
    "代表市政府共受理政府信息公开申请859件，较去年回落12.3%；答复政府信息公开申请805件（含上年度结转申请18件，"
    "另有72件顺延到下年度答复）。予以公开及部分公开258件，占33.9%；因本机关不掌握等原因无法提供265件。": {
        "received_new": 859,
        "concluded_total": 805,
        "granted_or_partially_granted": 258,
        "unavailable_or_not_held": 265,
    },
    "信息公开类行政复议7件，诉讼9件，均获维持。": {"review": 7, "litigation": 9},
    "2020年收到公开申请30件，2021年收到公开申请1,234件。": {"received_new": 1234},
    "5件予以公开，3件不予公开，均为政府信息公开申请。": {"granted": 5, "denied": 3},
    "本报告中所列数据的统计期限自2021年1月1日起至2021年12月31日止。": {"period_year": 2021},
}

NO_CLAIMS = (
    "全年办结信访件120件，答复网民留言300件，依申请公开工作有序。",
    "行政复议、行政诉讼共5件，涉及政府信息公开。",
    "我局办理行政复议案件120件，行政诉讼30件。",
    "自2008年以来累计收到政府信息公开申请500件。",
    "政府信息公开申请按期答复率100%。",
    "主动公开政府信息1000条。",
    "其中，市级机关收到政府信息公开申请50件。",
    "因政府信息公开引起的行政复议维持2件、撤销1件。",
    "政府信息公开申请中按时办结12件，延期答复3件。",
    "依申请公开工作有序，通过网站公开行政复议决定书30件。",
    "办理行政复议案件5件、诉讼案件3件（均与政府信息公开无关）。",
    "各乡镇收到政府信息公开申请30件。",
)


@pytest.mark.parametrize(("text", "claims"), CLAIMS.items())
def test_claims_are_read_with_their_sentence(text: str, claims: dict[str, int]) -> None:
    statements = read_statements([text], 2021)
    assert {statement.measure: statement.value for statement in statements} == claims
    assert all(statement.measure in MEASURES and statement.paragraph == 0 for statement in statements)
    assert all(statement.quote.endswith("。") for statement in statements)


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_traps_give_no_claim(text: str) -> None:
    assert not read_statements([text], 2021)


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


def test_applications_of_citizens_and_organizations_are_not_those_of_organizations() -> None:
    statements = read_statements(["收到公民、法人和其他组织政府信息公开申请12件。"], 2021)
    assert {statement.measure for statement in statements} == {"received_new"}


def test_what_an_office_received_is_no_claim_about_its_government() -> None:
    text = "区政府办公室收到政府信息公开申请17件。全区收到政府信息公开申请95件。"
    assert [int(s.value) for s in read_statements([text], 2024, "青山市洪泽区人民政府")] == [95]
    assert [int(s.value) for s in read_statements([text], 2024, "青山市洪泽区人民政府办公室")] == [17, 95]
