"""When a report was published, and beside whose figures it stands."""

from expectations.checks import AtMostGovernment, Limit, ReportLimits
from expectations.model import Rule, Scope, Severity, Text
from warehouse.forms import TableCode

IN_TIME = Rule(
    id="H2",
    version=1,
    title=Text("按期公布", "Published in time"),
    explanation=Text(
        "政府部门应于次年1月31日前公布，政府应于3月31日前公布；2018年及以前的报告均为3月31日前。页面没有日期的，不作判断。",
        "Departments publish by 31 January of the following year, governments by 31 March; for 2018 and before, all by "
        "31 March. Left aside where the page has no date. A page may carry the date of a later correction.",
    ),
    severity=Severity.INFO,
    scope=Scope.REPORT,
    check=ReportLimits(
        (
            Limit(
                "published_on > make_date(year + 1, "
                "CASE WHEN kind = 'department' AND year > 2018 THEN 1 ELSE 3 END, 31)",
                Severity.INFO,
                Text("晚于法定公布期限", "published after the statutory date"),
            ),
        ),
        assessable="published_on IS NOT NULL AND kind IS NOT NULL",
        quote="strftime(published_on, '%Y-%m-%d')",
    ),
    source="中华人民共和国政府信息公开条例第四十九条",
)

WITHIN_GOVERNMENT = Rule(
    id="F2",
    version=1,
    title=Text("不大于政府汇总", "No more than the government's aggregate"),
    explanation=Text(
        "部门的数字不大于所属政府汇总报告的同一数字。政府报告处处小于部门的，系仅报本级，不作判断。",
        "A member's figure does not exceed the same figure of its government's aggregate report. A government that "
        "states less than the member everywhere reports on its own office alone, and is left aside.",
    ),
    severity=Severity.WARNING,
    scope=Scope.GOVERNMENT,
    check=AtMostGovernment(TableCode.APPLICATIONS),
    source="政府年度报告汇总所属部门数据的惯例",
)

RULES = (WITHIN_GOVERNMENT, IN_TIME)
