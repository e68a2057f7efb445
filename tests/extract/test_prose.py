"""Claims of the prose that are read."""

import pytest

from tasks.extract.prose import read_statements
from warehouse.prose import MEASURES

CLAIMS = {
    "2021年，我局共收到政府信息公开申请12件，其中自然人申请10件，法人或其他组织2件，办结11件，结转下年度1件。": {
        "received_new": 12,
        "natural_person": 10,
        "organizations": 2,
        "concluded_total": 11,
        "carried_out": 1,
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
        "carried_in": 18,
        "carried_out": 72,
        "granted_or_partially_granted": 258,
        "unavailable_or_not_held": 265,
    },
    "信息公开类行政复议7件，诉讼9件，均获维持。": {"review": 7, "litigation": 9},
    "2020年收到公开申请30件，2021年收到公开申请1,234件。": {"received_new": 1234},
    "5件予以公开，3件不予公开，均为政府信息公开申请。": {"granted": 5, "denied": 3},
    "（二）依申请公开情况。2021年新收120件，上年结转8件，全部依法办理，答复116件，结转12件。": {
        "received_new": 120,
        "concluded_total": 116,
        "carried_in": 8,
    },
    "全年收办依申请公开128件，其中上年结转8件，本年新收120件。": {"received_new": {128, 120}, "carried_in": 8},
    "全年共收到政府信息公开申请一百二十件，办结1，160件。": {"received_new": 120, "concluded_total": 1160},
    "收到120件政府信息公开申请，按期办结116件。": {"received_new": 120, "concluded_total": 116},
    "自2008年以来，共收到政府信息公开申请1560件，2021年收到120件。": {"received_new": 120},
    "2021年1月至12月，收到公民、法人和其他组织提出的政府信息公开申请120件。": {"received_new": 120},
    "截至2021年12月31日，已办结政府信息公开申请116件，12件正在办理。": {"concluded_total": 116},
    "答复申请，“予以公开”47件，部分予以公开13件，不予以公开21件，均为政府信息公开申请。": {
        "granted": 47,
        "partially_granted": 13,
        "denied": 21,
    },
    "政府信息公开申请中，公开及部分公开60件，不予公开、无法提供和不予处理共53件。": {
        "granted_or_partially_granted": 60
    },
    "政府信息公开申请中，予以公开（含部分公开）60件。": {"granted_or_partially_granted": 60},
    "因政府信息公开引发行政复议9件，结果维持4件；行政诉讼6件，未经复议直接起诉4件，复议后起诉2件。": {
        "review": 9,
        "review_upheld": 4,
        "litigation": 6,
        "litigation_direct_total": 4,
        "litigation_after_review_total": 2,
    },
    "政府信息公开行政复议和行政诉讼均为0件。": {"review": 0, "litigation": 0},
    "政府信息公开工作全年无行政复议，行政诉讼6件。": {"review": 0, "litigation": 6},
    "未发生因政府信息公开引起的行政复议、行政诉讼，未出现败诉情形。": {
        "review": 0,
        "litigation": 0,
        "disputes_corrected": 0,
    },
    "收到政府信息公开申请120件，较2020年（104件）增加16件；其中自然人101件。": {
        "received_new": 120,
        "natural_person": 101,
    },
    "政府信息公开行政复议9件，其中维持4件；无行政诉讼。": {"review": 9, "review_upheld": 4, "litigation": 0},
    "收到政府信息公开申请120件，主要涉及规划许可、信访投诉等，办结116件。": {
        "received_new": 120,
        "concluded_total": 116,
    },
    "收到公开申请20件，予以公开5件（自然人4件、法人或其他组织1件）。": {
        "received_new": 20,
        "granted": 5,
        "listed_members": 5,
    },
    "本报告中所列数据的统计期限自2021年1月1日起至2021年12月31日止。": {"period_year": 2021},
    "行政复议、行政诉讼共5件，涉及政府信息公开。": {"review_and_litigation": 5},
    "今年受理公开申请12件（含2020年结转的3件）。": {"received_new": 12, "carried_in": 3},
    "依申请公开工作中，2020年度转入2件，转下一年度办理答复的有1件。": {"carried_in": 2, "carried_out": 1},
    "依申请公开共办结30件，4件因期限未届满顺延至2022年办理。": {"concluded_total": 30, "carried_out": 4},
    "政府信息公开申请中不予公开答复2件，无法提供答复3件。": {"denied": 2, "unavailable": 3},
    "全年共收到和办理依申请公开21件。": {"received_new": 21},
    "一年来接收到信息公开申请书9份，均已答复。": {"received_new": 9},
    "收到信息公开申请6，全部办结。": {"received_new": 6},
    "不予处理政府信息公开申请4件，予以公开政府信息公开申请9件。": {"not_processed": 4, "granted": 9},
    "全年收到申请33件（线上20件，线下14件）。": {"received_new": 33, "listed_members": 33},
    "我局对答复办理情况组织抽查，全年办结政府信息公开申请21件。": {"concluded_total": 21},
    "办理结果中，予以公开7件，部分公开2件。": {"granted": 7, "partially_granted": 2},
    "政府信息公开申请受理数量为33件。": {"received_new": 33},
    "登记政府信息公开申请：14件；答复：13件。": {"received_new": 14, "concluded_total": 13},
    "经审查，5件申请依法不予公开。": {"denied": 5},
    "8件由自然人提出，2件由法人或其他组织提出。": {"natural_person": 8, "organizations": 2},
    "今年依申请公开为零申请，涉及信息公开的行政复议、诉讼零发生。": {"received_new": 0, "review": 0, "litigation": 0},
}

NAMED = {
    "收到申请12件，无上年结转申请，没有结转至下一年度的申请。": {"received_new": 12, "carried_in": 0, "carried_out": 0},
    "依申请公开方面，上年度无结转，结转下年度为零。": {"carried_in": 0, "carried_out": 0},
    "申请均由自然人提出，收到的5件申请全部办结，未结转至下一年度。": {
        "received_new": 5,
        "organizations": 0,
        "carried_out": 0,
    },
    "全年应办理申请292件，已于2021年底前全部办结。": {"received_new": 292, "carried_out": 0},
    "收到政府信息公开申请33件，申请人均为自然人。": {"received_new": 33, "organizations": 0},
    "政府信息公开申请均由自然人提出，没有法人或其他组织提出申请的情况。": {"organizations": 0},
    "新收申请中，科研机构、社会公益组织均未提出申请。": {
        "research_institution": 0,
        "public_welfare_organization": 0,
    },
    "办结的31件申请中，没有作出不予公开决定的情形。": {"denied": 0},
    "政府信息公开申请中，没有以危及“三安全一稳定”为由不予公开的情形。": {"denied_security_stability": 0},
    "政府信息公开申请中，予以公开、部分公开、无法提供的分别为224件、225件、50件。": {
        "granted": 224,
        "partially_granted": 225,
        "unavailable": 50,
    },
    "按申请人划分，自然人、法人或其他组织提出的申请分别为1942件、202件。": {
        "natural_person": 1942,
        "organizations": 202,
    },
    "政府信息公开申请中，部分公开、不予公开各1件。": {"partially_granted": 1, "denied": 1},
    "政府信息公开申请中，因信访举报投诉类申请不予处理7件，属于国家秘密不予公开1件。": {
        "not_processed_petition": 7,
        "denied_state_secret": 1,
    },
    "政府信息公开申请中，对信访举报投诉、重复申请等不予处理89件。": {"not_processed": 89},
    "因信息公开被申请行政复议3件，没有一件被复议机关纠正，截至年底已全部审结。": {
        "review": 3,
        "review_corrected": 0,
        "review_pending": 0,
    },
    "政府信息公开行政诉讼中，未经复议直接提起诉讼4件，复议后起诉2件，均无败诉案件。": {
        "litigation_direct_total": 4,
        "litigation_after_review_total": 2,
        "litigation_after_review_corrected": 0,
    },
    "制定政府规章1件，现行有效19件；制发行政规范性文件41件，废止26件，现行有效312件。": {
        "regulations_issued": 1,
        "regulations_in_force": 19,
        "normative_documents_issued": 41,
        "normative_documents_repealed": 26,
        "normative_documents_in_force": 312,
    },
    "全年作出行政许可决定9,731件、行政处罚决定12件，未作出行政强制决定。": {
        "licensing_decisions": 9731,
        "penalties_decisions": 12,
        "coercion_decisions": 0,
    },
    "全年收取行政事业性收费27.36万元，全额上缴财政。": {"fees_amount": 273600},
    "未收取行政事业性收费。": {"fees_amount": 0},
    "上年结转的2件政府信息公开申请已于当年全部办结。": {"carried_in": 2},
    "政府信息公开行政诉讼9件，其中未经复议直接起诉5件，复议后起诉4件；尚未审结2件。": {
        "listed_members": 9,
        "litigation": 9,
        "litigation_direct_total": 5,
        "litigation_after_review_total": 4,
        "litigation_pending": 2,
    },
    "全年政府信息公开行政复议8件、行政诉讼5件，年末仍有2件（复议、诉讼各1件）未审结。": {"review": 8, "litigation": 5},
    "新收政府信息公开申请21件，上年跨年办理3件。": {"received_new": 21, "carried_in": 3},
    "政府信息公开申请21件，年底前已全部办结，没有跨年件。": {"carried_out": 0},
    "依申请公开方面，另有4件跨年办理。": {"carried_out": 4},
    "年末在办的政府信息公开申请12件，均未逾期，依法转入2022年继续办理。": {"carried_out": 12},
    "政府信息公开申请中，律师事务所等法律服务机构提出的有3件，企业提出的有5件。": {
        "legal_service_organization": 3,
        "commercial_enterprise": 5,
    },
    "公开申请9件，其中4件由企业提出，2件来自科研机构。": {"commercial_enterprise": 4, "research_institution": 2},
    "政府信息公开申请中，予以公开9件，其中4件由企业提出。": {"granted": 9},
    "没有企业或者其他组织向我局提交政府信息公开申请。": {"organizations": 0},
    "政府信息公开行政复议被纠正3件，行政诉讼被维持2件。": {"review_corrected": 3, "litigation_upheld": 2},
    "管委会全年未收取行政事业性收费。": {"fees_amount": 0},
}
"""What the names of the vocabulary claim: none, all, 分别, one reason, outcomes of disputes, section two."""


@pytest.mark.parametrize(("text", "claims"), (CLAIMS | NAMED).items())
def test_claims_are_read_with_their_sentence(text: str, claims: dict[str, int | set[int]]) -> None:
    statements = read_statements([text], 2021)
    expected = {(measure, value) for measure, of in claims.items() for value in (of if isinstance(of, set) else {of})}
    assert {(statement.measure, int(statement.value)) for statement in statements} == expected
    assert all(statement.measure in MEASURES and statement.paragraph == 0 for statement in statements)
    assert all(statement.quote.endswith("。") for statement in statements)


def test_applications_of_citizens_and_organizations_are_not_those_of_organizations() -> None:
    statements = read_statements(["收到公民、法人和其他组织政府信息公开申请12件。"], 2021)
    assert {statement.measure for statement in statements} == {"received_new"}


def test_the_sentence_is_quoted_as_it_stands() -> None:
    (statement,) = read_statements(["共收到政府信息公开申请十二件。"], 2024)
    assert statement.quote == "共收到政府信息公开申请十二件。"


def test_prose_left_over_from_the_year_before_claims_that_year() -> None:
    left_over = ["统计期限为2024年1月1日至2024年12月31日。", "2023年，我局认真落实条例，公开信息120条。成效明显。"]
    (_, opening) = read_statements(left_over, 2024)
    assert (opening.measure, opening.value, opening.paragraph) == ("report_year", 2023, 1)
    assert opening.quote == "2023年，我局认真落实条例，公开信息120条。"
    both = ["2023年，我局收到留言60条。2024年，收到留言80条。"]
    assert read_statements(both, 2024) == ()
    assert read_statements(["2023年以来，我局认真落实条例。"], 2024) == ()


def test_a_numeral_written_digit_by_digit_is_read_by_its_places() -> None:
    assert [int(s.value) for s in read_statements(["2024年共收到政府信息公开申请二〇件。"], 2024)] == [20]
    assert [int(s.value) for s in read_statements(["共收到政府信息公开申请一百零五件。"], 2024)] == [105]


@pytest.mark.parametrize(
    "words", ["全年", "没有", "全部不予公开", "政府信息公开全年无纠正", "、自然人全部没有", "未收到诉讼"]
)
def test_words_without_an_end_are_read_in_time(words):
    """Each took time with the square of its length, for hours where a page had a wall of text."""
    endless = f"收到政府信息公开申请{words * (20_000 // len(words))}。"
    assert all(statement.value == 0 for statement in read_statements([endless], 2024))
