"""Findings in words, as an accountant would note them: the formula with labels and values filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from typing import Any

from expectations.checks import (
    AlikeProse,
    AtMostGovernment,
    CellLimits,
    Claim,
    Identity,
    Jump,
    Relation,
    Repetition,
    ReportLimits,
    StatementEquals,
    SumOfMembers,
)
from expectations.model import Check, Reason, Rule, Side, Verdict
from expectations.naming import cell_place, column_name, figure, measure_name, row_name
from warehouse.forms import EVERY_FORM, Edition, Form, TableCode
from warehouse.text import Text

_LONG_SUM = 4
"""Sums of more parts than this show only those that are not zero."""
_TOO_LONG = 8
"""Sums with more such parts than this show only what they come to."""
_NAMED = 3
"""How many cells a sentence names before it only counts them."""

REASONS: Mapping[str, Text] = {
    Reason.PREVIOUS_YEAR_MISSING: Text("上年报告未入库", "the report of the year before is not loaded"),
    Reason.READINGS_DISAGREE: Text("两次识读结果不一致", "two readings of the table disagree"),
    Reason.TABLE_INCOMPLETE: Text("页面缺少所涉数字", "the page lacks a figure concerned"),
    Reason.UNREADABLE: Text("所填内容无法识读", "what stands there cannot be read"),
    Reason.RESULT_BLANK: Text("总计未填", "the total is not stated"),
    Reason.PARTS_BLANK: Text("各分项均未填", "no part is filled in"),
    Reason.MOSTLY_BLANK: Text("半数以上分项未填", "more than half of the parts are blank"),
    Reason.OWN_OFFICE: Text(
        "政府报告文中可能仅述本级办理数", "the prose may speak of the government's own office alone"
    ),
    Reason.LOCAL_LINES: Text("表内有本地增设的分项", "the table has parts of its own"),
}
"""Why a rule could not be assessed, in words."""

_STATES = {
    "blank": Text("（空白）", " (blank)"),
    "dash": Text("（—）", " (—)"),
    "unreadable": Text("（无法识读）", " (unreadable)"),
    "absent": Text("（缺）", " (missing)"),
}

_BROKEN = {
    Relation.EQUAL: Text(
        "{left}，而{right}，相差 {difference}",
        "{left}, but {right}; difference {difference}",
    ),
    Relation.AT_LEAST: Text("{left}，不应小于{right}", "{left} must not be less than {right}"),
    Relation.AT_MOST: Text("{left}，不应大于{right}", "{left} must not exceed {right}"),
    Relation.ZERO_TOGETHER: Text(
        "{left}，而{right}，两者应同为 0 或同不为 0",
        "{left}, but {right}: either both are zero or neither is",
    ),
    Relation.NOT_ALONE: Text(
        "{left}，而{right}，有前者即应有后者",
        "{left}, but {right}: the former does not stand without the latter",
    ),
}

Cells = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Assessment:
    """One place where a rule did not pass, as the compiled SQL found it. ``cells`` are in the order of the formula."""

    rule: Rule
    report_id: str
    year: int
    table: TableCode | None
    edition: Edition
    verdict: Verdict
    reason: Reason | None
    row: str | None
    column: str | None
    quote: str | None
    breach: int | None
    left: Decimal | None
    right: Decimal | None
    strict_verdict: Verdict
    cells: Cells

    @property
    def form(self) -> Form:
        """The form that the place is a part of; ``KeyError`` if it is of the report as a whole."""
        if self.table is None:
            raise KeyError(self.rule.id)
        return EVERY_FORM[self.table, self.edition]

    @property
    def difference(self) -> str:
        """Left minus right, as a figure."""
        return figure((self.left or Decimal(0)) - (self.right or Decimal(0)))


def sentence(assessment: Assessment) -> Text:
    """Say in both languages what is wrong in one place, or why it could not be assessed."""
    if assessment.reason is Reason.READINGS_DISAGREE:
        place = assessment.form.title
        return Text(
            f"「{place.chinese}」表：两次识读结果不一致，不作判断。",
            f"Table “{place.english}”: its two readings disagree, not assessable.",
        )
    return _sentence(assessment.rule.check, assessment)


@singledispatch
def _sentence(check: Check, assessment: Assessment) -> Text:
    raise TypeError(f"no wording for {type(check).__name__}")


@_sentence.register
def _identity_sentence(check: Identity, assessment: Assessment) -> Text:
    place = _place(assessment)
    left, right = _side(assessment, Side.LEFT), _side(assessment, Side.RIGHT)
    broken = _BROKEN[check.relation]
    chinese = broken.chinese.format(left=left.chinese, right=right.chinese, difference=assessment.difference)
    english = broken.english.format(left=left.english, right=right.english, difference=assessment.difference)
    if assessment.verdict is Verdict.FAIL:
        return Text(f"{place.chinese}：{chinese}。", f"{place.english}: {english}.")
    why = _why(check, assessment)
    if assessment.strict_verdict is Verdict.NOT_ASSESSABLE:
        return Text(f"{place.chinese}：{why.chinese}，不作判断。", f"{place.english}: {why.english}, not assessable.")
    if assessment.strict_verdict is Verdict.PASS:
        chinese = f"{left.chinese}，{right.chinese}，相符"
        english = f"{left.english}, and {right.english}: agrees"
    return Text(
        f"{place.chinese}：{why.chinese}，不作判断；若空白按 0 计，{chinese}。",
        f"{place.english}: {why.english}, not assessable; if blank meant 0: {english}.",
    )


@_sentence.register
def _limits_sentence(check: CellLimits, assessment: Assessment) -> Text:
    place = _place(assessment)
    if assessment.breach is None or assessment.left is None:
        return Text(
            f"{place.chinese}：所填内容无法识读，不作判断。",
            f"{place.english}: what stands there cannot be read, not assessable.",
        )
    must, value = check.limits[assessment.breach].must, figure(assessment.left)
    return Text(
        f"{place.chinese}：填报 {value}，件数{must.chinese}。",
        f"{place.english}: {value} reported, a count {must.english}.",
    )


@_sentence.register
def _report_sentence(check: ReportLimits, assessment: Assessment) -> Text:
    must = check.limits[assessment.breach or 0].must
    return Text(f"{assessment.quote} {must.chinese}。", f"{assessment.quote}: {must.english}.")


@_sentence.register
def _jump_sentence(check: Jump, assessment: Assessment) -> Text:
    place, now, before = (
        _place(assessment),
        figure(assessment.left or Decimal(0)),
        figure(assessment.right or Decimal(0)),
    )
    return Text(
        f"{place.chinese}：上年 {before}，本年 {now}，相差 {check.factor} 倍以上。",
        f"{place.english}: {before} in the previous year, {now} in this one, more than a factor of {check.factor}.",
    )


@_sentence.register
def _alike_sentence(check: AlikeProse, assessment: Assessment) -> Text:
    likeness = figure(assessment.left or Decimal(0))
    return Text(
        f"报告文字约 {likeness}% 与「{assessment.quote}」的报告相同。",
        f"About {likeness} per cent of the prose is that of the report “{assessment.quote}”.",
    )


@_sentence.register
def _repetition_sentence(check: Repetition, assessment: Assessment) -> Text:
    count = figure(assessment.left or Decimal(0))
    return Text(f"全部 {count} 个数字与上年相同。", f"All {count} figures are those of the previous year.")


@_sentence.register(AtMostGovernment)
@_sentence.register(SumOfMembers)
def _government_sentence(check: AtMostGovernment | SumOfMembers, assessment: Assessment) -> Text:
    place, beside = _place(assessment), _BESIDE_GOVERNMENT[type(check)]
    own, other = figure(assessment.left or Decimal(0)), figure(assessment.right or Decimal(0))
    chinese, english = (text.format(own=own, other=other) for text in (beside.chinese, beside.english))
    return Text(
        f"{place.chinese}：{chinese}，相差 {assessment.difference}。",
        f"{place.english}: {english}; difference {assessment.difference}.",
    )


_BESIDE_GOVERNMENT: Mapping[type, Text] = {
    AtMostGovernment: Text(
        "本机关 {own}，大于所属政府汇总报告的 {other}",
        "{own}, more than the {other} of the government's aggregate report",
    ),
    SumOfMembers: Text(
        "汇总报告 {own}，而所属各机关之和为 {other}",
        "{own} in the aggregate report, but the members add up to {other}",
    ),
}


@_sentence.register
def _claim_sentence(check: Claim, assessment: Assessment) -> Text:
    code = assessment.row or ""
    named = (reading.name for reading in check.readings if reading.measure == code and reading.name)
    name = next(named, None) or measure_name(assessment.form, code)
    stated = figure(assessment.left or Decimal(0))
    chinese, english = f"文中称「{assessment.quote}」", f"The prose says “{assessment.quote}”"
    if assessment.right is None:
        return Text(
            f"{chinese}，表中没有可核对的数字，不作判断。", f"{english}; the table has no figure: not assessable."
        )
    if assessment.reason is Reason.OWN_OFFICE:
        why, table = REASONS[Reason.OWN_OFFICE], figure(assessment.right)
        return Text(
            f"{chinese}，{name.chinese} {stated}，表中为 {table}；{why.chinese}，不作判断。",
            f"{english}: {name.english.lower()} {stated}, and the table says {table}; {why.english}, not assessable.",
        )
    says = _readings(check, assessment)
    return Text(
        f"{chinese}，{name.chinese} {stated}，而表中{says.chinese}，相差 {assessment.difference}。",
        f"{english}: {name.english.lower()} {stated}, but the table says {says.english}; "
        f"difference {assessment.difference}.",
    )


def _readings(check: Claim, assessment: Assessment) -> Text:
    """Say what the table has for a claim: the nearest figure first, and what each is where there are several."""
    nearest = assessment.right or Decimal(0)
    said: dict[Decimal, Text] = {}
    for reading in check.readings:
        value = reading.value(assessment.cells) if reading.measure == assessment.row else None
        if value is not None and reading.of is not None:
            said.setdefault(value, reading.of)
    if nearest not in said or len(said) == 1:
        return Text(f"为 {figure(nearest)}", figure(nearest))
    ordered = sorted(said.items(), key=lambda each: each[0] != nearest)
    return Text(
        "，".join(f"{of.chinese}为 {figure(value)}" for value, of in ordered),
        " or ".join(f"{figure(value)} ({of.english})" for value, of in ordered),
    )


@_sentence.register
def _statement_sentence(check: StatementEquals, assessment: Assessment) -> Text:
    left, right = figure(assessment.left or Decimal(0)), figure(assessment.right or Decimal(0))
    return Text(
        f"文中称「{assessment.quote}」，{check.broken.chinese.format(left=left, right=right)}。",
        f"The prose says “{assessment.quote}”: {check.broken.english.format(left=left, right=right)}.",
    )


def _place(assessment: Assessment) -> Text:
    place = cell_place(assessment.form, assessment.row, assessment.column)
    return Text(place.chinese, place.english[:1].upper() + place.english[1:])


def _side(assessment: Assessment, side: Side) -> Text:
    cells = [cell for cell in assessment.cells if cell["side"] == side]
    if not cells:
        return Text("应为 0", "it must be 0")
    total = figure((assessment.left if side is Side.LEFT else assessment.right) or Decimal(0))
    shown = cells if len(cells) <= _LONG_SUM else [cell for cell in cells if cell["value"] or _is_doubtful(cell)]
    if not shown or len(shown) > _TOO_LONG:
        return Text(f"{len(cells)} 项之和为 {total}", f"the {len(cells)} parts add up to {total}")
    chinese, english = _terms(assessment, shown)
    if len(shown) > 1 or shown[0]["weight"] != 1:
        chinese, english = f"{chinese} = {total}", f"{english} = {total}"
    if len(shown) < len(cells):
        chinese, english = f"{chinese}（其余各项为 0 或空白）", f"{english} (the rest 0 or blank)"
    return Text(chinese, english)


def _terms(assessment: Assessment, cells: Cells) -> tuple[str, str]:
    chinese, english = [], []
    for position, cell in enumerate(cells):
        name = _cell_name(assessment, cell)
        value = _STATES.get(cell["state"]) or Text(*(f" {figure(cell['value'])}",) * 2)
        sign = "- " if cell["weight"] < 0 else "+ " if position else ""
        chinese.append(f"{sign}{name.chinese}{value.chinese}")
        english.append(f"{sign}{name.english[:1].lower()}{name.english[1:]}{value.english}")
    return " ".join(chinese), " ".join(english)


def _is_doubtful(cell: Mapping[str, Any]) -> bool:
    return cell["state"] in ("unreadable", "absent")


def _cell_name(assessment: Assessment, cell: Mapping[str, Any]) -> Text:
    """Name a cell by what the place does not already say."""
    of_row = assessment.row is None
    name = row_name(assessment.form, cell["row_code"]) if of_row else column_name(assessment.form, cell["column_code"])
    if cell["year"] < assessment.year:
        return Text(f"上年报告{name.chinese}", f"last year's {name.english[:1].lower()}{name.english[1:]}")
    return name


def _why(check: Identity, assessment: Assessment) -> Text:
    match assessment.reason:
        case Reason.TABLE_INCOMPLETE:
            name = _names(assessment, [cell for cell in assessment.cells if cell["state"] == "absent"])
            return Text(f"页面缺{name.chinese}", f"the page lacks {name.english}")
        case Reason.UNREADABLE:
            name = _names(assessment, [cell for cell in assessment.cells if cell["state"] == "unreadable"])
            return Text(f"{name.chinese}无法识读", f"{name.english} cannot be read")
        case Reason.RESULT_BLANK:
            name = _names(assessment, _unstated(check, assessment))
            return Text(f"{name.chinese}未填", f"{name.english} not stated")
        case Reason.LOCAL_LINES:
            return Text("不相符，但表内有本地增设的分项", "the sum differs, but the table has parts of its own")
        case Reason.MOSTLY_BLANK:
            return Text("半数以上分项未填", "more than half of the parts are blank")
        case _:
            return Text("各分项均未填", "no part is filled in")


def _unstated(check: Identity, assessment: Assessment) -> Cells:
    """Return the stated totals that are blank; if none is, the blanks of the column of totals."""
    results = {term.row or term.column for _, term in check.formula(assessment.edition).terms() if term.is_result}
    code = "row_code" if check.names_rows else "column_code"
    blank = [cell for cell in assessment.cells if cell["state"] in ("blank", "dash")]
    return [cell for cell in blank if cell[code] in results] or blank


def _names(assessment: Assessment, cells: Cells) -> Text:
    names = [_cell_name(assessment, cell) for cell in cells]
    chinese = "、".join(f"「{name.chinese}」" for name in names[:_NAMED])
    english = ", ".join(f"“{name.english}”" for name in names[:_NAMED])
    if len(names) > _NAMED:
        return Text(f"{chinese}等 {len(names)} 项", f"{english} and {len(names) - _NAMED} more")
    return Text(chinese, english)
