"""Findings in words, as an accountant would note them: the formula with labels and values filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from expectations.model import CellLimits, Reason, Rule, Side, Text, Verdict
from warehouse.forms import FORMS, OUTCOMES, Edition, Form, Label, TableCode

_LONG_SUM = 4
"""Sums of more parts than this show only those that are not zero."""
_NAMED = 3
"""How many cells a sentence names before it only counts them."""

_ENUMERATOR = re.compile(r"^[(（]?[一二三四五六七八九十\d]+[)）、.．]\s*")
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_FORMALITIES = re.compile("政府信息公开申请数量|继续办理|、行政机关不再处理其政府信息公开申请")

_STATES = {
    "blank": Text("（空白）", " (blank)"),
    "dash": Text("（—）", " (—)"),
    "unreadable": Text("（无法识读）", " (unreadable)"),
    "absent": Text("（缺）", " (missing)"),
}


@dataclass(frozen=True)
class Assessment:
    """One place where a rule did not pass, as the compiled SQL found it. ``cells`` are in the order of the formula."""

    rule: Rule
    table: TableCode
    edition: Edition
    row: str | None
    column: str | None
    verdict: Verdict
    reason: Reason | None
    breach: int | None
    left: Decimal | None
    right: Decimal | None
    strict_verdict: Verdict
    cells: Sequence[Mapping[str, Any]]

    @property
    def form(self) -> Form:
        """The form that the place is a part of."""
        return FORMS[self.table, self.edition]


def sentence(assessment: Assessment) -> Text:
    """Say in both languages what is wrong in one place, or why it could not be assessed."""
    return Text(_chinese(assessment), _english(assessment))


def row_name(form: Form, code: str) -> Text:
    """Name a row of a form briefly and unmistakably: without enumerator, with its group where it has one."""
    row = form.rows[code]
    name = _brief(row.label)
    if row.group is None or row.group == OUTCOMES:
        return name
    group = _brief(form.group_by_code[row.group].label)
    chinese = name.chinese if group.chinese in name.chinese else f"{group.chinese}—{name.chinese}"
    return Text(chinese, name.english)


def column_name(form: Form, code: str) -> Text:
    """Name a column of a form."""
    return _brief(form.columns[code].label)


def figure(value: Decimal) -> str:
    """Write a figure without needless zeros: ``2``, ``-1``, ``0.5``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _brief(label: Label) -> Text:
    chinese = _FORMALITIES.sub("", _BRACKETED.sub("", _ENUMERATOR.sub("", label.chinese)))
    return Text(chinese, label.english)


def _chinese(assessment: Assessment) -> str:
    place = _place(assessment).chinese
    if isinstance(assessment.rule.check, CellLimits):
        return f"{place}：{_limit(assessment, assessment.rule.check).chinese}。"
    left, right = _side(assessment, Side.LEFT).chinese, _side(assessment, Side.RIGHT).chinese
    difference = figure(_difference(assessment))
    if assessment.verdict is Verdict.FAIL:
        return f"{place}：{left}，而{right}，相差 {difference}。"
    why = f"{place}：{_why(assessment).chinese}，不作判断"
    if assessment.strict_verdict is Verdict.NOT_ASSESSABLE:
        return f"{why}。"
    outcome = "相符" if assessment.strict_verdict is Verdict.PASS else f"不符，相差 {difference}"
    return f"{why}；若空白按 0 计，{left}，{right}，{outcome}。"


def _english(assessment: Assessment) -> str:
    place = _place(assessment).english
    if isinstance(assessment.rule.check, CellLimits):
        return f"{place}: {_limit(assessment, assessment.rule.check).english}."
    left, right = _side(assessment, Side.LEFT).english, _side(assessment, Side.RIGHT).english
    difference = figure(_difference(assessment))
    if assessment.verdict is Verdict.FAIL:
        return f"{place}: {left}, but {right}; difference {difference}."
    why = f"{place}: {_why(assessment).english}, not assessable"
    if assessment.strict_verdict is Verdict.NOT_ASSESSABLE:
        return f"{why}."
    outcome = "agrees" if assessment.strict_verdict is Verdict.PASS else f"does not agree, difference {difference}"
    return f"{why}; if blank meant 0: {left}, and {right}: {outcome}."


def _place(assessment: Assessment) -> Text:
    form, chinese, english = assessment.form, [], []
    if assessment.row is not None:
        name = row_name(form, assessment.row)
        chinese.append(f"「{name.chinese}」一行")
        english.append(f"row “{name.english}”")
    if assessment.column is not None:
        name = column_name(form, assessment.column)
        chinese.append(f"「{name.chinese}」一栏")
        english.append(f"column “{name.english}”")
    text = ", ".join(english)
    return Text("".join(chinese), text[:1].upper() + text[1:])


def _side(assessment: Assessment, side: Side) -> Text:
    cells = [cell for cell in assessment.cells if cell["side"] == side]
    total = assessment.left if side is Side.LEFT else assessment.right
    shown = cells if len(cells) <= _LONG_SUM else [cell for cell in cells if cell["value"] or _is_doubtful(cell)]
    sum_ = figure(total or Decimal(0))
    if not shown:
        return Text(f"{len(cells)} 项之和为 {sum_}", f"the {len(cells)} parts add up to {sum_}")
    chinese, english = _terms(assessment, shown)
    if len(cells) > 1:
        chinese, english = f"{chinese} = {sum_}", f"{english} = {sum_}"
    if len(shown) < len(cells):
        chinese, english = f"{chinese}（其余各项为 0 或空白）", f"{english} (the rest 0 or blank)"
    return Text(chinese, english)


def _terms(assessment: Assessment, cells: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
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
    form = assessment.form
    if assessment.row is None:
        return row_name(form, cell["row_code"])
    return column_name(form, cell["column_code"])


def _why(assessment: Assessment) -> Text:
    match assessment.reason:
        case Reason.TABLE_INCOMPLETE:
            name = _names(assessment, lambda cell: cell["state"] == "absent")
            return Text(f"页面缺{name.chinese}", f"the page lacks {name.english}")
        case Reason.UNREADABLE:
            name = _names(assessment, lambda cell: cell["state"] == "unreadable")
            return Text(f"{name.chinese}无法识读", f"{name.english} cannot be read")
        case Reason.RESULT_BLANK:
            results = {(term.row, term.column) for term in _result_terms(assessment)}
            name = _names(
                assessment,
                lambda cell: (cell["row_code"], None) in results or (None, cell["column_code"]) in results,
            )
            return Text(f"{name.chinese}未填", f"{name.english} not stated")
        case Reason.MOSTLY_BLANK:
            return Text("半数以上分项未填", "more than half of the parts are blank")
        case _:
            return Text("各分项均未填", "no part is filled in")


def _result_terms(assessment: Assessment) -> list[Any]:
    check = assessment.rule.check
    if isinstance(check, CellLimits):
        return []
    formulas = (formula for formula in check.formulas if formula.edition == assessment.edition)
    return [term for formula in formulas for _, term in formula.terms() if term.is_result]


def _names(assessment: Assessment, wanted: Any) -> Text:
    names = [_cell_name(assessment, cell) for cell in assessment.cells if wanted(cell)]
    chinese = "、".join(f"「{name.chinese}」" for name in names[:_NAMED])
    english = ", ".join(f"“{name.english}”" for name in names[:_NAMED])
    if len(names) > _NAMED:
        return Text(f"{chinese}等 {len(names)} 项", f"{english} and {len(names) - _NAMED} more")
    return Text(chinese, english)


def _limit(assessment: Assessment, check: CellLimits) -> Text:
    if assessment.breach is None or assessment.left is None:
        return Text("所填内容无法识读，不作判断", "what stands there cannot be read, not assessable")
    must = check.limits[assessment.breach].must
    value = figure(assessment.left)
    return Text(f"填报 {value}，件数{must.chinese}", f"{value} reported, a count {must.english}")


def _difference(assessment: Assessment) -> Decimal:
    return (assessment.left or Decimal(0)) - (assessment.right or Decimal(0))
