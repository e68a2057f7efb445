"""Growth stated in the prose beside the figures that it is the growth of."""

from dataclasses import dataclass
from decimal import Decimal

from expectations.checks.report import ReportCheck
from expectations.examples import broken
from expectations.model import Assessment, Batch, Reason, Rule, Severity
from expectations.naming import figure
from expectations.relations import NUMBER, THE_STATEMENT, assessment, codes, in_both_years
from expectations.wording import REASONS
from warehouse.forms import STATUTORY_EDITIONS, TOTAL_COLUMN, Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text

_PER_CENT, _CASES, _TIMES, _POINTS = 1, 2, 3, 4
"""What ``breach`` says: how a growth is counted."""


def _statements(statements: str, *measures: str) -> str:
    """Compile the statements of measures, in the order of how they count, and this year's figure ``now``."""
    return f"""(
        SELECT *, list_position({list(measures)}, measure) AS counted, parts[1] AS now
        FROM {statements} AS statement WHERE measure IN {codes(measures)}
    )"""


def _growth(before: str) -> str:
    per_cent = f"100 * (statement.now - {before})::DOUBLE / nullif({before}, 0)::DOUBLE"
    times = f"statement.now::DOUBLE / nullif({before}, 0)::DOUBLE"
    return f"""CASE counted WHEN {_PER_CENT} THEN {per_cent} WHEN {_TIMES} THEN {times}
        ELSE statement.now - {before} END"""


def _agrees(growth: str) -> str:
    """Whether a growth is the stated one, rounded or cut off to the digits it has; rates were rounded themselves."""
    return f"""(abs({growth} - statement.value) < CASE WHEN counted = {_CASES} THEN 0.5
        WHEN statement.value = round(statement.value, 0) THEN 1
        WHEN statement.value = round(statement.value, 1) THEN 0.1 ELSE 0.01 END
        * CASE WHEN counted = {_POINTS} THEN 1.5 ELSE 1 END)"""


@dataclass(frozen=True)
class GrowthOfFigures(ReportCheck):
    """A growth must be that from the second figure of its sentence to the first.

    The measures are those of what is stated in either way.
    """

    per_cent: str
    cases: str
    times: str
    points: str

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures, in the order of how they count."""
        return (self.per_cent, self.cases, self.times, self.points)

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every such growth; ``right_value`` is what it comes to, with two decimals."""
        growth = _growth("statement.parts[2]")
        selected = assessment(
            **THE_STATEMENT,
            right=f"round({growth}, 2)",
            severity=literal(severity),
            breach="counted",
            holds=_agrees(growth),
        )
        return f"""
            SELECT {selected}
            FROM {_statements(batch.statements, *self.measures)} AS statement
            JOIN {batch.reports_with_cells} AS report ON report.report_id = statement.report_id
        """

    def sentence(self, assessment: Assessment) -> Text:
        """Quote the prose and say what the growth comes to."""
        stated, growth = _named(assessment, assessment.left), _named(assessment, assessment.right)
        return Text(
            f"文中称「{assessment.quote}」，所称{stated.chinese}，按所列数字应为{growth.chinese}。",
            f"The prose says “{assessment.quote}”: its figures make {growth.english}, not {stated.english}.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up a growth that was taken of the wrong figure."""
        return broken(rule, 25, 33, breach=_PER_CENT, quote="收到申请8件，比上年的6件增长25%")


@dataclass(frozen=True)
class GrowthOnLastYear:
    """A growth of what was received must be that from last year's report, of the new ones or with those carried in.

    Left aside where no report of the year before is there, the organ was merged in between, or the sentence counts
    something else than the table.
    """

    per_cent: str
    cases: str
    editions: tuple[Edition, ...] = STATUTORY_EDITIONS
    table: TableCode | None = TableCode.APPLICATIONS

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures, in the order of how they count."""
        return (self.per_cent, self.cases)

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every such growth; ``right_value`` is what it comes to, with two decimals."""
        new, both = _growth("earlier.new"), _growth("(earlier.new + earlier.carried_in)")
        new_row, carried_row = map(batch.coded, ("received_new", "carried_in"))
        either = f"({_agrees(new)} OR {_agrees(both)})"
        selected = assessment(
            "now",
            table=literal(TableCode.APPLICATIONS),
            row="'received_new'",
            statement="statement.ordinal",
            quote="statement.quote",
            left="statement.value",
            right=f"round({new}, 2)",
            severity=literal(severity),
            breach="counted",
            reason=f"CASE WHEN statement.now NOT IN (now.new, now.new + now.carried_in) IS NULL "
            f"OR {either} IS NULL THEN '{Reason.TABLE_INCOMPLETE}' END",
            holds=either,
        )
        return f"""
            WITH received AS (
                SELECT report_id, edition, organ_id, next_organ_id, year, merged,
                    sum(value) FILTER (row_code = {new_row} AND state = {batch.coded(NUMBER)}) AS new,
                    sum(value) FILTER (row_code = {carried_row} AND state = {batch.coded(NUMBER)}) AS carried_in
                FROM {batch.cells} AS cell WHERE table_code = {batch.coded(TableCode.APPLICATIONS)}
                    AND column_code = {batch.coded(TOTAL_COLUMN)} AND row_code IN ({new_row}, {carried_row})
                GROUP BY ALL
            )
            SELECT {selected} FROM {_statements(batch.statements, *self.measures)} AS statement
            JOIN received AS now ON now.report_id = statement.report_id
            JOIN received AS earlier ON earlier.next_organ_id = now.organ_id AND earlier.year = now.year - 1
                AND earlier.merged = 1
            WHERE (statement.now NOT IN (now.new, now.new + now.carried_in)) IS NOT TRUE
                AND (counted = {_CASES} OR earlier.new > 0 OR earlier.new IS NULL)
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list of what was received in both years, this one first."""
        return in_both_years(places, batch, literal(TOTAL_COLUMN))

    def sentence(self, assessment: Assessment) -> Text:
        """Quote the prose and say what last year's report makes of it."""
        chinese, english = f"文中称「{assessment.quote}」", f"The prose says “{assessment.quote}”"
        if assessment.reason is not None:
            why = REASONS[assessment.reason]
            return Text(f"{chinese}：{why.chinese}，不作判断。", f"{english}; {why.english}: not assessable.")
        stated, growth = _named(assessment, assessment.left), _named(assessment, assessment.right)
        return Text(
            f"{chinese}，所称{stated.chinese}，按上年报告应为{growth.chinese}。",
            f"{english}: last year's report makes {growth.english}, not {stated.english}.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up a growth on another figure than last year's report has."""
        quote = "收到申请8件，同比增长60%"
        return broken(rule, 60, 33, table=self.table, row="received_new", breach=_PER_CENT, quote=quote)


def _named(assessment: Assessment, growth: Decimal | None) -> Text:
    """Say a growth: 增长 31.2%, 减少 2 件."""
    size, less = figure(abs(growth or Decimal(0))), (growth or 0) < 0
    if assessment.breach == _TIMES:
        return Text(f"上年的 {size} 倍", f"{size} times the year before")
    if assessment.breach == _POINTS:
        return Text(f"{'下降' if less else '提高'} {size} 个百分点", f"{size} points {'less' if less else 'more'}")
    if not growth:
        return Text("持平", "no change")
    if assessment.breach == _PER_CENT:
        return Text(f"{'下降' if less else '增长'} {size}%", f"{size} per cent {'less' if less else 'more'}")
    return Text(f"{'减少' if less else '增加'} {size} 件", f"{size} {'fewer' if less else 'more'}")
