"""The appendix of the reports for 2014 to 2018, 政府信息公开情况统计表: its nesting sums."""

from expectations.checks.identity import Formula, Term
from expectations.checks.nesting import NestingSum
from expectations.model import Rule, Scope, Severity
from expectations.naming import row_name
from warehouse.forms import APPENDIX, EVERY_FORM, Edition
from warehouse.forms.statistics import members_of
from warehouse.text import Text

_SOURCE = "国办发〔2014〕32号所附《政府信息公开情况统计表》及填表说明"


def _sum(rule_id: str, code: str, title: Text, severity: Severity = Severity.CRITICAL) -> Rule:
    """Declare that a line of the appendix is the sum of the lines directly below it."""
    members = tuple(members_of(code))
    form = EVERY_FORM[APPENDIX]
    name = row_name(form, code)
    chinese = "、".join(f"{member.code} {row_name(form, member.code).chinese}" for member in members)
    english = ", ".join(f"{member.code} {member.label.english.lower()}" for member in members)
    return Rule(
        id=rule_id,
        version=1,
        title=title,
        explanation=Text(
            f"{code} {name.chinese}，等于其下各项之和：{chinese}。总数未填的，或者本地增设分项而不相等的，不作判断。",
            f"{code} {name.english.lower()} equals the sum of the lines below it: {english}. Not assessable where the "
            "total is not stated, or where it differs and the table has parts of its own.",
        ),
        severity=severity,
        scope=Scope.ROW,
        check=NestingSum(
            formulas=(
                Formula(
                    Edition.E2014,
                    left=tuple(Term(row=member.code) for member in members),
                    right=(Term(row=code, is_result=True),),
                ),
            ),
        ),
        source=_SOURCE,
    )


RULES = (
    _sum("G1", "3.1", Text("收到申请合计", "Applications received add up")),
    _sum("G2", "3.2", Text("申请办结合计", "Applications concluded add up")),
    _sum("G3", "3.3", Text("申请答复合计", "Applications answered add up")),
    _sum("G4", "4", Text("行政复议合计", "Administrative reviews add up")),
    _sum("G5", "5", Text("行政诉讼合计", "Administrative litigation adds up")),
    _sum("G6", "8.3", Text("工作人员合计", "Staff adds up")),
    _sum("G7", "3.3.4", Text("不同意公开的其中各项", "Denials add up by their grounds"), Severity.WARNING),
)
