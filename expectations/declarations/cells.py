"""What every single figure must be."""

from expectations.checks.cell_limits import CellLimits
from expectations.checks.limit import Limit
from expectations.model import Rule, Scope, Severity
from warehouse.forms import Measure
from warehouse.text import Text

_IS_FRACTIONAL = "coalesce(TRY_CAST(value AS DECIMAL(18, 4)) % 1, value % 1) <> 0"
"""Figures of no more than 18 digits, all but none, are divided in eight bytes: in a tenth of the time."""

COUNTS = Rule(
    id="A5",
    version=1,
    title=Text("件数为非负整数", "Counts are whole and not negative"),
    explanation=Text(
        "件数应为整数且不为负；只有“本年增/减”可以为负。负数为严重问题，小数为警示。空白不作判断。",
        "A count is whole and not negative; only the change in this year may be negative. A negative count is "
        "critical, a fractional one a warning. Blank cells are left aside.",
    ),
    severity=Severity.CRITICAL,
    scope=Scope.CELL,
    check=CellLimits(
        (
            Limit(
                "value < 0", Severity.CRITICAL, Text("不应为负数", "must not be negative"), frozenset({Measure.COUNT})
            ),
            Limit(
                _IS_FRACTIONAL,
                Severity.WARNING,
                Text("应为整数", "must be a whole number"),
                frozenset({Measure.COUNT, Measure.SIGNED_COUNT}),
            ),
        )
    ),
    source="国办公开办函〔2019〕60号、〔2021〕30号所附表式：各栏为件数、项数",
)

RULES = (COUNTS,)
