"""What an organ's report and that of the year before must agree on."""

from expectations.checks.identity import Formula, Identity, Relation, Term
from expectations.checks.jump import Jump, StatutoryCell, Watched
from expectations.checks.repetition import Repetition
from expectations.model import Rule, Scope, Severity
from warehouse.forms import EVERY_FORM, STATUTORY_EDITIONS, TOTAL_COLUMN, Edition, Measure, TableCode
from warehouse.text import Text

FIGURES_CHANGE = Rule(
    id="A7",
    version=1,
    title=Text("数字与上年雷同", "Figures differ from last year's"),
    explanation=Text(
        "一份报告的全部数字不应与上年完全相同；全部为 0 的除外。上年报告采用不同表式的，有数字没有读到的，不作判断。",
        "Not every figure of a report is that of the year before, unless all are zero. Left aside where the report of "
        "the year before is in another edition of the forms, not assessable where a figure was not read.",
    ),
    severity=Severity.WARNING,
    scope=Scope.YEARS,
    check=Repetition(),
    source="核对经验：沿用上年报告未更新数据",
)

CARRIED_FORWARD = Rule(
    id="C1",
    version=1,
    title=Text("结转衔接", "What is carried out is carried in"),
    explanation=Text(
        "上年报告的结转下年度，等于本年报告的上年结转。机构合并、分设的，可能不等。",
        "What the report of the year before carried out equals what this report carries in. Organs that were merged or "
        "split may differ.",
    ),
    severity=Severity.WARNING,
    scope=Scope.YEARS,
    check=Identity(
        TableCode.APPLICATIONS,
        tuple(
            Formula(edition, left=(Term(row="carried_in"),), right=(Term(row="carried_out", years_back=1),))
            for edition in STATUTORY_EDITIONS
        ),
    ),
    source="国办公开办函〔2019〕60号、〔2021〕30号所附表式第三项：上年结转、结转下年度",
)

IN_FORCE_STOCK = Rule(
    id="C2",
    version=1,
    title=Text("现行有效件数衔接", "The stock in force follows from last year's"),
    explanation=Text(
        "现行有效件数等于上年现行有效件数加本年制发件数减本年废止件数。仅核对两年均用2021年表式的报告。",
        "In force equals last year's in force plus issued minus repealed. Only where both years use the "
        "edition of 2021.",
    ),
    severity=Severity.WARNING,
    scope=Scope.YEARS,
    check=Identity(
        TableCode.PROACTIVE,
        (
            Formula(
                Edition.E2021,
                left=(Term(column="in_force", is_result=True),),
                right=(
                    Term(column="in_force", years_back=1),
                    Term(column="issued"),
                    Term(column="repealed", weight=-1),
                ),
            ),
        ),
    ),
    source="国办公开办函〔2021〕30号所附表式第二项",
)

ITEMS_FORWARD = Rule(
    id="C3",
    version=1,
    title=Text("项目数量衔接", "The number of items follows from last year's"),
    explanation=Text(
        "上一年项目数量等于上年报告的上一年项目数量加该年增/减。仅核对两年均用2019年表式的报告。",
        "Items in the previous year equal those that last year's report started from plus its change. Only where both "
        "years use the edition of 2019.",
    ),
    severity=Severity.WARNING,
    scope=Scope.YEARS,
    check=Identity(
        TableCode.PROACTIVE,
        (
            Formula(
                Edition.E2019,
                left=(Term(column="prior_items", is_result=True),),
                right=(Term(column="prior_items", years_back=1), Term(column="change", years_back=1)),
            ),
        ),
    ),
    source="国办公开办函〔2019〕60号所附表式第二项",
)

REPEALED_OF_STOCK = Rule(
    id="D2",
    version=1,
    title=Text("废止不超过存量", "No more repealed than there were"),
    explanation=Text(
        "本年废止件数不大于上年现行有效件数与本年制发件数之和。仅核对两年均用2021年表式的报告。",
        "Repealed does not exceed last year's in force plus issued. Only where both years use the edition of 2021.",
    ),
    severity=Severity.WARNING,
    scope=Scope.YEARS,
    check=Identity(
        TableCode.PROACTIVE,
        (
            Formula(
                Edition.E2021,
                left=(Term(column="repealed"),),
                right=(Term(column="in_force", years_back=1), Term(column="issued")),
            ),
        ),
        relation=Relation.AT_MOST,
    ),
    source="国办公开办函〔2021〕30号所附表式第二项",
)


def _watched(measure: Measure) -> tuple[StatutoryCell, ...]:
    """Return every cell of a measure, in tables with a column of totals only the totals.

    The appendix of 2014 to 2018 keeps money in the unit that its page prints: no amount of it is compared.
    """
    return tuple(
        dict.fromkeys(
            (table, row, column)
            for (table, _), form in EVERY_FORM.items()
            for (row, column), cell in form.cells.items()
            if (cell.column.measure, table) != (Measure.MONEY, TableCode.STATISTICS)
            and cell.column.measure is measure
            and (TOTAL_COLUMN not in form.columns or column == TOTAL_COLUMN)
        )
    )


NO_JUMP = Rule(
    id="C5",
    version=1,
    title=Text("数字骤变", "Figures do not jump"),
    explanation=Text(
        "总计栏及主动公开各项数字与上年相比不应增至5倍以上或降至五分之一以下；两年均不足50的不作判断。"
        "金额与上年相比不应增至100倍以上或降至百分之一以下，多为元与万元混填；"
        "两年均不足一万元或者有一年为 0 的不作判断。",
        "A total, or a figure of section two, is at most five times and at least a fifth of last year's; left aside "
        "where both are below 50. An amount of money is at most a hundred times and at least a hundredth of it: "
        "usually yuan were typed for ten thousand yuan, or the reverse; left aside where both are below 10,000 yuan, "
        "or one is zero.",
    ),
    severity=Severity.INFO,
    scope=Scope.YEARS,
    check=Jump(
        (
            Watched(_watched(Measure.COUNT), factor=5, floor=50),
            Watched(_watched(Measure.MONEY), factor=100, floor=10_000, from_nothing=False),
        )
    ),
    source="核对经验：量级错误",
)

RULES = (FIGURES_CHANGE, CARRIED_FORWARD, IN_FORCE_STOCK, ITEMS_FORWARD, NO_JUMP, REPEALED_OF_STOCK)
