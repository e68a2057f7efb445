"""An identity in words: its formula with the form's labels, filled in where it does not hold, and an example."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from expectations.checks.identity.formula import Formula, Relation, Term
from expectations.examples import YEAR, broken
from expectations.model import Assessment, Contribution, Reason, Rule, Side, Verdict
from expectations.naming import column_name, figure, row_name
from expectations.wording import REASONS, place_of
from warehouse.forms import Form
from warehouse.text import Text

_LONG_SUM = 4
"""Sums of more parts than this show only those that are not zero."""
_TOO_LONG = 8
"""Sums with more such parts than this show only what they come to."""
_NAMED = 3
"""How many cells a sentence names before it only counts them."""

_STATES: Mapping[str, Text] = {
    "blank": Text("（空白）", " (blank)"),
    "dash": Text("（—）", " (—)"),
    "unreadable": Text("（无法识读）", " (unreadable)"),
    "absent": Text("（缺）", " (missing)"),
}

_SIGNS = {
    Relation.EQUAL: "=",
    Relation.AT_LEAST: "≥",
    Relation.AT_MOST: "≤",
    Relation.ZERO_TOGETHER: "≠ 0 ⇔ 0 ≠",
    Relation.NOT_ALONE: "≠ 0 ⇒ 0 ≠",
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

_EXAMPLES = {
    Relation.EQUAL: (5, 4),
    Relation.AT_LEAST: (4, 5),
    Relation.AT_MOST: (5, 4),
    Relation.ZERO_TOGETHER: (5, 0),
    Relation.NOT_ALONE: (5, 0),
}
"""The first figures of the left and the right side that break a relation; all others are zero."""


def sentence(relation: Relation, formula: Formula, assessment: Assessment) -> Text:
    """Say what does not agree in one place, or why it could not be assessed."""
    place = place_of(assessment)
    left, right = _side(assessment, Side.LEFT), _side(assessment, Side.RIGHT)
    broken = _BROKEN[relation]
    chinese = broken.chinese.format(left=left.chinese, right=right.chinese, difference=assessment.difference)
    english = broken.english.format(left=left.english, right=right.english, difference=assessment.difference)
    if assessment.verdict is Verdict.FAIL:
        return Text(f"{place.chinese}：{chinese}。", f"{place.english}: {english}.")
    why = _why(formula, assessment)
    if assessment.strict_verdict is Verdict.NOT_ASSESSABLE:
        return Text(f"{place.chinese}：{why.chinese}，不作判断。", f"{place.english}: {why.english}, not assessable.")
    if assessment.strict_verdict is Verdict.PASS:
        chinese = f"{left.chinese}，{right.chinese}，相符"
        english = f"{left.english}, and {right.english}: agrees"
    return Text(
        f"{place.chinese}：{why.chinese}，不作判断；若空白按 0 计，{chinese}。",
        f"{place.english}: {why.english}, not assessable; if blank meant 0: {english}.",
    )


def written(form: Form, formula: Formula, relation: Relation) -> Text:
    """Write the formula with the labels of its form."""
    left, right = _labels(form, formula.left), _labels(form, formula.right)
    sign = _SIGNS[relation]
    return Text(f"{left.chinese} {sign} {right.chinese}", f"{left.english} {sign} {right.english}")


def example(rule: Rule, form: Form, formula: Formula, relation: Relation, rows: Sequence[str]) -> Assessment:
    """Make up figures that break the relation, in the first place of the form where it stands: in ``rows``, if any."""
    terms = [term for _, term in formula.terms()]
    row, column = next(
        (row, column)
        for row, column in form.cells
        if any(term.row in (None, row) and term.column in (None, column) for term in terms)
        and (not rows or row in rows)
    )
    at_row = None if terms[0].row else row
    at_column = None if terms[0].column else column
    cells = tuple(_made_up(formula, relation, at_row, at_column))
    left, right = (sum(int(c["weight"] * (c["value"] or 0)) for c in cells if c["side"] == side) for side in Side)
    return broken(rule, left, right, table=form.table, row=at_row, column=at_column, cells=cells)


def _made_up(formula: Formula, relation: Relation, row: str | None, column: str | None) -> Iterator[Contribution]:
    first = dict(zip(Side, _EXAMPLES[relation], strict=True))
    for side, term in formula.terms():
        yield {
            "side": side,
            "weight": term.weight,
            "year": YEAR - term.years_back,
            "row_code": term.row or row or "",
            "column_code": term.column or column or "",
            "value": Decimal(first.pop(side, 0)),
            "state": "number",
        }


def _labels(form: Form, terms: Sequence[Term]) -> Text:
    if not terms:
        return Text("0", "0")
    chinese, english = [], []
    for position, term in enumerate(terms):
        name = row_name(form, term.row) if term.row else column_name(form, term.column or "")
        sign = "- " if term.weight < 0 else "+ " if position else ""
        chinese.append(f"{sign}{'上年报告' if term.years_back else ''}{name.chinese}")
        english.append(f"{sign}{'last year’s ' if term.years_back else ''}{name.english}")
    return Text(" ".join(chinese), " ".join(english))


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


def _terms(assessment: Assessment, cells: Sequence[Contribution]) -> tuple[str, str]:
    chinese, english = [], []
    for position, cell in enumerate(cells):
        name, value = _cell_name(assessment, cell), _value(cell)
        sign = "- " if cell["weight"] < 0 else "+ " if position else ""
        chinese.append(f"{sign}{name.chinese}{value.chinese}")
        english.append(f"{sign}{name.english[:1].lower()}{name.english[1:]}{value.english}")
    return " ".join(chinese), " ".join(english)


def _value(cell: Contribution) -> Text:
    if cell["value"] is None:
        return _STATES[cell["state"]]
    written = f" {figure(cell['value'])}"
    return Text(written, written)


def _is_doubtful(cell: Contribution) -> bool:
    return cell["state"] in ("unreadable", "absent")


def _cell_name(assessment: Assessment, cell: Contribution) -> Text:
    """Name a cell by what the place does not already say."""
    of_row = assessment.row is None
    name = row_name(assessment.form, cell["row_code"]) if of_row else column_name(assessment.form, cell["column_code"])
    if cell["year"] < assessment.year:
        return Text(f"上年报告{name.chinese}", f"last year's {name.english[:1].lower()}{name.english[1:]}")
    return name


def _why(formula: Formula, assessment: Assessment) -> Text:
    match assessment.reason:
        case Reason.TABLE_INCOMPLETE:
            name = _names(assessment, [cell for cell in assessment.cells if cell["state"] == "absent"])
            return Text(f"页面缺{name.chinese}", f"the page lacks {name.english}")
        case Reason.UNREADABLE:
            name = _names(assessment, [cell for cell in assessment.cells if cell["state"] == "unreadable"])
            return Text(f"{name.chinese}无法识读", f"{name.english} cannot be read")
        case Reason.RESULT_BLANK:
            name = _names(assessment, _unstated(formula, assessment))
            return Text(f"{name.chinese}未填", f"{name.english} not stated")
        case Reason.LOCAL_LINES:
            return Text("不相符，但表内有本地增设的分项", "the sum differs, but the table has parts of its own")
        case reason:
            return REASONS[reason or Reason.PARTS_BLANK]


def _unstated(formula: Formula, assessment: Assessment) -> Sequence[Contribution]:
    """Return the stated totals that are blank; if none is, the blanks of the column of totals."""
    results = {term.row or term.column for _, term in formula.terms() if term.is_result}
    names_rows = any(term.row for _, term in formula.terms())
    blank = [cell for cell in assessment.cells if cell["state"] in ("blank", "dash")]
    return [cell for cell in blank if (cell["row_code"] if names_rows else cell["column_code"]) in results] or blank


def _names(assessment: Assessment, cells: Sequence[Contribution]) -> Text:
    names = [_cell_name(assessment, cell) for cell in cells]
    chinese = "、".join(f"「{name.chinese}」" for name in names[:_NAMED])
    english = ", ".join(f"“{name.english}”" for name in names[:_NAMED])
    if len(names) > _NAMED:
        return Text(f"{chinese}等 {len(names)} 项", f"{english} and {len(names) - _NAMED} more")
    return Text(chinese, english)
