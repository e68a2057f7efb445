"""Short, unmistakable names for the places of a form, and figures as people write them."""

import re
from decimal import Decimal

from warehouse.forms import CONCLUDED_TOTAL, OUTCOMES, Form, Label
from warehouse.text import Text

_ENUMERATOR = re.compile(r"^[(（]?[一二三四五六七八九十\d]+[)）、.．]\s*")
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_FORMALITIES = re.compile("政府信息公开申请数量|继续办理|、行政机关不再处理其政府信息公开申请")


def row_name(form: Form, code: str) -> Text:
    """Name a row of a form: without enumerator, with its group where the label alone could be another one's.

    The total of the outcomes is named with its group, for 总计 is a column too.
    """
    row = form.rows[code]
    name = _brief(row.label)
    if row.group is None or (row.group == OUTCOMES and code != CONCLUDED_TOTAL):
        return name
    group = _brief(form.group_by_code[row.group].label)
    return Text(f"{group.chinese}—{name.chinese}", name.english)


def column_name(form: Form, code: str) -> Text:
    """Name a column of a form."""
    return _brief(form.columns[code].label)


def measure_name(form: Form, code: str) -> Text:
    """Name a row, a group of rows or a column of a form, whichever the code is of; else give the code itself."""
    if code in form.rows:
        return row_name(form, code)
    if code in form.group_by_code:
        return _brief(form.group_by_code[code].label)
    return column_name(form, code) if code in form.columns else Text(code, code)


def cell_place(form: Form, row: str | None, column: str | None) -> Text:
    """Name a place of a form: a row or a group of rows, a column, or the cell of both."""
    chinese, english = [], []
    if row is not None:
        name = measure_name(form, row)
        chinese.append(f"「{name.chinese}」一行")
        english.append(f"row “{name.english}”")
    if column is not None:
        name = column_name(form, column)
        chinese.append(f"「{name.chinese}」一栏")
        english.append(f"column “{name.english}”")
    return Text("".join(chinese), ", ".join(english))


def figure(value: Decimal) -> str:
    """Write a figure without needless zeros: ``2``, ``-1``, ``0.5``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _brief(label: Label) -> Text:
    return Text(_FORMALITIES.sub("", _BRACKETED.sub("", _ENUMERATOR.sub("", label.chinese))), label.english)
