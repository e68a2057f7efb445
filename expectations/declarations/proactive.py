"""Section two, 主动公开政府信息情况: what its figures must agree on within one report."""

from expectations.checks.identity import Formula, Identity, Relation, Term
from expectations.model import Rule, Scope, Severity
from warehouse.forms import Edition, TableCode
from warehouse.text import Text

DISCLOSED_IN_TOTAL = Rule(
    id="C4",
    version=1,
    title=Text("公开总量不小于新增", "Disclosed in total covers the newly disclosed"),
    explanation=Text(
        "对外公开总数量不小于本年新公开数量。",
        "Disclosed in total is at least what was newly disclosed in this year.",
    ),
    severity=Severity.WARNING,
    scope=Scope.ROW,
    check=Identity(
        TableCode.PROACTIVE,
        (Formula(Edition.E2019, left=(Term(column="total_disclosed"),), right=(Term(column="newly_disclosed"),)),),
        relation=Relation.AT_LEAST,
    ),
    source="国办公开办函〔2019〕60号所附表式第二项",
)

NO_POWER_TO_MAKE_REGULATIONS = Rule(
    id="D4",
    version=1,
    title=Text("无规章制定权", "No regulations without the power to make them"),
    explanation=Text(
        "乡镇人民政府、街道办事处和县级部门没有规章制定权，规章各栏应为 0；多为将规范性文件误填为规章。"
        "机关类别、级别不明的，不作判断。",
        "Townships, subdistricts and county departments cannot make regulations: the row is 0. Usually normative "
        "documents were counted as regulations. Left aside where the organ's kind or level is unknown.",
    ),
    severity=Severity.WARNING,
    scope=Scope.ROW,
    check=Identity(
        TableCode.PROACTIVE,
        (
            Formula(
                Edition.E2019,
                left=(Term(column="made"), Term(column="newly_disclosed"), Term(column="total_disclosed")),
                right=(),
            ),
            Formula(Edition.E2021, left=(Term(column="issued"), Term(column="in_force")), right=()),
        ),
        rows=("regulations",),
        publishers="(report.kind IN ('township', 'subdistrict') "
        "OR report.kind = 'department' AND report.level = 'county')",
    ),
    source="中华人民共和国立法法关于规章制定权的规定",
)

MADE_IS_DISCLOSED = Rule(
    id="D5",
    version=1,
    title=Text("制作应有公开", "What is made is disclosed"),
    explanation=Text(
        "本年新制作数量大于 0 的，本年新公开数量与对外公开总数量不应均为 0。",
        "Where documents were made in this year, newly disclosed and disclosed in total are not both zero.",
    ),
    severity=Severity.WARNING,
    scope=Scope.ROW,
    check=Identity(
        TableCode.PROACTIVE,
        (
            Formula(
                Edition.E2019,
                left=(Term(column="made"),),
                right=(Term(column="newly_disclosed"), Term(column="total_disclosed")),
            ),
        ),
        relation=Relation.NOT_ALONE,
    ),
    source="国办公开办函〔2019〕60号所附表式第二项",
)

PROCUREMENT_HAS_AMOUNT = Rule(
    id="D6",
    version=1,
    title=Text("采购项目与金额", "Procurement has projects and an amount"),
    explanation=Text(
        "政府集中采购的项目数量与总金额同为 0 或同不为 0。",
        "The number of procurement projects is zero exactly when their amount is.",
    ),
    severity=Severity.WARNING,
    scope=Scope.ROW,
    check=Identity(
        TableCode.PROACTIVE,
        (Formula(Edition.E2019, left=(Term(column="projects"),), right=(Term(column="amount"),)),),
        relation=Relation.ZERO_TOGETHER,
        rows=("procurement",),
    ),
    source="国办公开办函〔2019〕60号所附表式第二项第二十条第（九）项",
)

RULES = (DISCLOSED_IN_TOTAL, NO_POWER_TO_MAKE_REGULATIONS, MADE_IS_DISCLOSED, PROCUREMENT_HAS_AMOUNT)
