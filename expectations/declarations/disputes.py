"""Section four, 政府信息公开行政复议、行政诉讼情况: the identities within one report."""

from expectations.checks.identity import Formula, Identity, Term
from expectations.model import Rule, Scope, Severity
from warehouse.forms import DISPUTE_PARTS, STATUTORY_EDITIONS, TOTAL_COLUMN, TableCode
from warehouse.text import Text

RESULTS_ADD_UP = Rule(
    id="B1",
    version=1,
    title=Text("复议诉讼合计", "Results of disputes add up"),
    explanation=Text(
        "结果维持、结果纠正、其他结果与尚未审结之和等于总计。总计未填的，不作判断。",
        "Upheld, corrected, other results and pending add up to the total. Not assessable where the total is not "
        "stated.",
    ),
    severity=Severity.CRITICAL,
    scope=Scope.ROW,
    check=Identity(
        TableCode.DISPUTES,
        tuple(
            Formula(
                edition,
                left=tuple(Term(column=column) for column in DISPUTE_PARTS),
                right=(Term(column=TOTAL_COLUMN, is_result=True),),
            )
            for edition in STATUTORY_EDITIONS
        ),
    ),
    source="国办公开办函〔2019〕60号、〔2021〕30号所附表式第四项总计栏",
)

RULES = (RESULTS_ADD_UP,)
