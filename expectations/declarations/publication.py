"""When a report was published, and beside whose figures it stands."""

from expectations.checks.alike import AlikeProse
from expectations.checks.at_most_government import AtMostGovernment
from expectations.checks.limit import Limit
from expectations.checks.report_limits import ReportLimits
from expectations.checks.statement import StatementEquals
from expectations.checks.sum_of_members import SumOfMembers
from expectations.model import Rule, Scope, Severity
from warehouse.forms import TableCode
from warehouse.text import Text

IN_TIME = Rule(
    id="H2",
    version=1,
    title=Text("按期公布", "Published in time"),
    explanation=Text(
        "政府部门应于次年1月31日前公布，政府应于3月31日前公布；2018年及以前的报告均为3月31日前。"
        "页面没有日期、机关类别不明的，不作判断。",
        "Departments publish by 31 January of the following year, governments by 31 March; for 2018 and before, all by "
        "31 March. Left aside where the page has no date, or nobody says what kind of organ it is. A page may carry "
        "the date of a later correction.",
    ),
    severity=Severity.INFO,
    scope=Scope.REPORT,
    check=ReportLimits(
        (
            Limit(
                "published_on > make_date(year + 1, "
                "CASE WHEN kind = 'department' AND year > 2018 THEN 1 ELSE 3 END, 31)",
                Severity.INFO,
                Text("公布，晚于法定公布期限", "published after the statutory date"),
            ),
        ),
        assessable="published_on IS NOT NULL AND kind IS NOT NULL",
        quote="strftime(published_on, '%Y-%m-%d')",
    ),
    source="中华人民共和国政府信息公开条例第四十九条",
)

WITHIN_GOVERNMENT = Rule(
    id="F2",
    version=2,
    title=Text("不大于政府汇总", "No more than the government's aggregate"),
    explanation=Text(
        "部门的数字不大于所属政府汇总报告的同一数字。政府报告处处小于部门的，系仅报本级，不作判断。",
        "A member's figure does not exceed the same figure of its government's aggregate report. A government that "
        "states less than the member everywhere reports on its own office alone, and is left aside.",
    ),
    severity=Severity.WARNING,
    scope=Scope.GOVERNMENT,
    check=AtMostGovernment((TableCode.APPLICATIONS, TableCode.DISPUTES)),
    source="政府年度报告汇总所属部门数据的惯例",
)

SUM_OF_MEMBERS = Rule(
    id="F1",
    version=2,
    title=Text("政府汇总等于成员之和", "The government's aggregate is the sum of its members"),
    explanation=Text(
        "政府汇总报告第三、四项的数字，等于所属各机关同一数字之和。仅在所属机关的报告全部入库、且均有该数字时核对；"
        "政府报告处处小于成员之和的，系仅报本级，不作判断。",
        "A figure of sections three and four of a government's report is the sum of its members' figures. Only where "
        "the report of every declared member is loaded and has the figure; a government that states less than its "
        "members everywhere reports on its own office alone, and is left aside.",
    ),
    severity=Severity.INFO,
    scope=Scope.GOVERNMENT,
    check=SumOfMembers((TableCode.APPLICATIONS, TableCode.DISPUTES)),
    source="政府年度报告汇总所属部门数据的惯例",
)

PROSE_OF_ITS_OWN = Rule(
    id="H3",
    version=1,
    title=Text("内容雷同", "The prose is the report's own"),
    explanation=Text(
        "报告文字不应与本机关上年报告或者其他机关同年报告基本相同；数字、标点和本机关名称不计，相同部分达到九成的列出。"
        "文字过少的，不作判断。",
        "The prose is not nearly that of the organ's report of the year before, or of another organ's of the same "
        "year. Figures, punctuation and the organ's own name do not count; told from a likeness of 90 per cent. "
        "Left aside where there is little text.",
    ),
    severity=Severity.INFO,
    scope=Scope.YEARS,
    check=AlikeProse(per_cent=90),
    source="国务院办公厅关于规范政府信息公开工作年度报告的要求：避免内容雷同",
)

SHORTCOMINGS_ARE_TOLD = Rule(
    id="H4",
    version=1,
    title=Text("第五项有内容", "Section five says something"),
    explanation=Text(
        "第五项“存在的主要问题及改进情况”不应只有标题而没有内容。",
        "Section five, on problems and improvements, is more than its heading.",
    ),
    severity=Severity.INFO,
    scope=Scope.STATEMENT,
    check=StatementEquals(
        ("shortcomings",),
        "1",
        Text("一节只有标题，没有内容", "a heading without any text"),
        said="五、存在的主要问题及改进情况",
    ),
    source="中华人民共和国政府信息公开条例第五十条；国办公开办函〔2021〕30号所附格式第五项",
)

FEES_ARE_TOLD = Rule(
    id="H5",
    version=1,
    title=Text("第六项报告收费", "Section six tells of fees"),
    explanation=Text(
        "文中称收取了信息处理费的，第六项“其他需要报告的事项”不应称没有：信息处理费的收取情况应当在该项报告。",
        "Where the prose says that fees for processing information were charged, section six, where such fees are "
        "reported, does not say that there is nothing to report.",
    ),
    severity=Severity.INFO,
    scope=Scope.STATEMENT,
    check=StatementEquals(
        ("untold_fees",),
        "0",
        Text("收费 {left} 元，而第六项称没有", "{left} yuan were charged, but section six says that there is nothing"),
        said="全年收取信息处理费12元",
    ),
    source="国办函〔2020〕109号《政府信息公开信息处理费管理办法》；国办公开办函〔2021〕30号所附格式第六项",
)

RULES = (SUM_OF_MEMBERS, WITHIN_GOVERNMENT, IN_TIME, PROSE_OF_ITS_OWN, SHORTCOMINGS_ARE_TOLD, FEES_ARE_TOLD)
