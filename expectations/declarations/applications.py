"""Section three, 收到和处理政府信息公开申请情况: the identities within one report."""

from fractions import Fraction

from expectations.checks.identity import Formula, Identity, Relation, Term
from expectations.model import Rule, Scope, Severity
from warehouse.forms import APPLICANT_PARTS, FORMS, STATUTORY_EDITIONS, TOTAL_COLUMN, TableCode, outcome_rows
from warehouse.text import Text

CARRY_OVER = Rule(
    id="A1",
    version=1,
    title=Text("收办平衡", "Intake balances outcome"),
    explanation=Text(
        "本年新收与上年结转之和，等于办理结果总计与结转下年度之和。表下原注：第一项加第二项之和，等于第三项加第四项之和。"
        "办理结果总计未填的，不作判断。",
        "Received in this year plus carried in equals concluded in total plus carried out, as the form itself prints "
        "below the table. Not assessable where the total concluded is not stated.",
    ),
    severity=Severity.CRITICAL,
    scope=Scope.COLUMN,
    check=Identity(
        TableCode.APPLICATIONS,
        tuple(
            Formula(
                edition,
                left=(Term(row="received_new"), Term(row="carried_in")),
                right=(Term(row="concluded_total", is_result=True), Term(row="carried_out")),
            )
            for edition in STATUTORY_EDITIONS
        ),
    ),
    source="国办公开办函〔2019〕60号、〔2021〕30号所附表式第三项表下注",
)

OUTCOMES_ADD_UP = Rule(
    id="A2",
    version=1,
    title=Text("办理结果合计", "Outcomes add up"),
    explanation=Text(
        "各项办理结果之和等于（七）总计。总计未填，或者半数以上的办理结果未填的，不作判断。"
        "部分公开只计一次，不拆入其他各项。",
        "The outcomes add up to (七) concluded in total. Not assessable where that total is not stated, or where more "
        "than half of the outcomes are blank. A partial grant counts once and is never split over other outcomes.",
    ),
    severity=Severity.CRITICAL,
    scope=Scope.COLUMN,
    check=Identity(
        TableCode.APPLICATIONS,
        tuple(
            Formula(
                edition,
                left=tuple(Term(row=row) for row in outcome_rows(FORMS[TableCode.APPLICATIONS, edition])),
                right=(Term(row="concluded_total", is_result=True),),
            )
            for edition in STATUTORY_EDITIONS
        ),
        blank_limit=Fraction(1, 2),
    ),
    source="国办公开办函〔2019〕60号、〔2021〕30号所附表式第三项（七）总计",
)

APPLICANTS_ADD_UP = Rule(
    id="A3",
    version=1,
    title=Text("申请人合计", "Applicants add up"),
    explanation=Text(
        "自然人与五类法人或其他组织之和等于总计。总计未填的，不作判断。",
        "Natural persons and the five kinds of organisations add up to the total. Not assessable where the total is "
        "not stated.",
    ),
    severity=Severity.CRITICAL,
    scope=Scope.ROW,
    check=Identity(
        TableCode.APPLICATIONS,
        tuple(
            Formula(
                edition,
                left=tuple(Term(column=column) for column in APPLICANT_PARTS),
                right=(Term(column=TOTAL_COLUMN, is_result=True),),
            )
            for edition in STATUTORY_EDITIONS
        ),
    ),
    source="国办公开办函〔2019〕60号、〔2021〕30号所附表式第三项总计栏",
)

TOTAL_AND_PARTS = Rule(
    id="A6",
    version=1,
    title=Text("总计与各栏同有同无", "A total and its parts stand together"),
    explanation=Text(
        "总计不为 0 的，六类申请人不应均为 0 或空白；总计为 0 的，六类申请人应均为 0 或空白。总计未填的，不作判断。",
        "A total that is not zero has an applicant that is not, and the reverse; blank parts are zero. Not assessable "
        "where the total is not stated.",
    ),
    severity=Severity.WARNING,
    scope=Scope.ROW,
    check=Identity(
        TableCode.APPLICATIONS,
        tuple(
            Formula(
                edition,
                left=tuple(Term(column=column) for column in APPLICANT_PARTS),
                right=(Term(column=TOTAL_COLUMN, is_result=True),),
            )
            for edition in STATUTORY_EDITIONS
        ),
        relation=Relation.ZERO_TOGETHER,
        blank_is_zero=True,
    ),
    source="国办公开办函〔2019〕60号、〔2021〕30号所附表式第三项总计栏",
)

RULES = (CARRY_OVER, OUTCOMES_ADD_UP, APPLICANTS_ADD_UP, TOTAL_AND_PARTS)
