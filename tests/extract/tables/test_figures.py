"""Figures in all the ways in which pages write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.figures import read_figure, unit_in_label
from tasks.extract.report import CellState

NUMBERS = {
    "0": 0,
    " 0": 0,
    "0\u200b": 0,
    "０": 0,
    "〇": 0,
    "零": 0,
    "零件": 0,
    "0/0": 0,
    "+3": 3,
    "-3": -3,
    "－3": -3,
    "−3": -3,
    "--253": -253,
    "增加5": 5,
    "增5": 5,
    "减少3": -3,
    "减 3": -3,
    "12件": 12,
    "12 件": 12,
    "12（件）": 12,
    "12(人次)": 12,
    "共12件": 12,
    "1,234": 1234,
    "1，234": 1234,
    "１２３４": 1234,
    "1,234,567": 1234567,
    "29.0506": "29.0506",
    "8040": 8040,
    "007": 7,
    "﹣14": -14,
    "‑14": -14,
    "﹢14": 14,
    "\u20601\u200b4\u00ad": 14,
    "\u202e41\u202c": 14,
    "𝟏𝟒": 14,
    "12。": 12,
    "5²": 5,
    "5⁽注¹⁾": 5,
    "5₁": 5,
    "5①": 5,
    "5 ²": 5,
    "5*": 5,
    "5[1]": 5,
    "5\n（注2）": 5,
    "22（其中修订16件）": 22,
    "55件（含自然失效29件）": 55,
    "22（注1）": 22,
    "22〔注②〕": 22,
    "22，其中修订16件": 22,
    "1,234（注）¹": 1234,
}
MONEY = {
    "225940元": (225940, 1),
    "103.3879万元": ("103.3879", 10_000),
    "1.5亿元": ("1.5", 100_000_000),
    "￥1,000.50元": ("1000.50", 1),
    "3 万元": (3, 10_000),
    "54.5万": ("54.5", 10_000),
    "1.5亿": ("1.5", 100_000_000),
    "共计872830.69元": ("872830.69", 1),
    "0万元": (0, 10_000),
}
BLANKS = ("", " ", "\xa0", "\u3000", "\u200b", "\n")
DASHES = ("—", "——", "-", "--", "－", "/", "／", "无", "\\", "不适用")
UNREADABLE = (
    "见附件",
    "12.5%",
    "1.2.3",
    "5(1)",
    "5²1",
    "²",
    "5（约）",
    "（5）",
    "（一）5",
    "5（万）",
    "5（应为6）",
    "5（注：应为6）",
    "5（减少）",
    "~~5~~",
    "5\ufffc",
    "\ufffc",
    "约12",
    "12/3",
    "1 2",
    "10\n0",
    "1,23",
    "一二",
    "9" * 17,
    "12(1件)",
    "共",
)


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numbers(text: str, value: int | str) -> None:
    figure = read_figure(text)
    assert (figure.state, figure.value, figure.scale) == (CellState.NUMBER, Decimal(value), None)


@pytest.mark.parametrize(("text", "expected"), MONEY.items())
def test_money_names_its_unit(text: str, expected: tuple[int | str, int]) -> None:
    figure = read_figure(text)
    assert (figure.value, figure.scale) == (Decimal(expected[0]), Decimal(expected[1]))


@pytest.mark.parametrize("text", BLANKS)
def test_blanks(text: str) -> None:
    assert read_figure(text).state is CellState.BLANK


@pytest.mark.parametrize("text", DASHES)
def test_dashes(text: str) -> None:
    assert read_figure(text).state is CellState.DASH


@pytest.mark.parametrize("text", UNREADABLE)
def test_anything_else_is_unreadable(text: str) -> None:
    figure = read_figure(text)
    assert (figure.state, figure.value) == (CellState.UNREADABLE, None)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("采购总金额(万元)", 10_000),
        ("本年收费金额（单位：万元）", 10_000),
        ("本年收费金额(万元，保留四位小数)", 10_000),
        ("采购总金额 单位:元", 1),
        ("采购总金额", None),
    ],
)
def test_units_in_labels(label: str, unit: int | None) -> None:
    assert unit_in_label(label) == unit


@given(st.integers(-(10**15), 10**15), st.sampled_from(["", "件", "元"]), st.booleans(), st.booleans())
def test_every_whole_number_survives_its_writing(value: int, unit: str, separated: bool, full_width: bool) -> None:
    text = (f"{value:,}" if separated else str(value)) + unit
    if full_width:
        text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,-"})
    assert read_figure(text).value == value


@given(st.text(max_size=12))
def test_a_value_only_with_a_number(text: str) -> None:
    figure = read_figure(text)
    assert (figure.value is not None) == (figure.state is CellState.NUMBER)


@given(
    st.integers(-(10**6), 10**6),
    st.sampled_from(["¹", "²³", "⁽注¹⁾", "₁", "①", "（注1）", "(含上年结转3件)", "【注】", "[2]", "，其中修订16件"]),
    st.sampled_from(["", "\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e"]),
)
def test_neither_a_note_nor_what_is_invisible_changes_a_figure(value: int, note: str, invisible: str) -> None:
    digits = invisible.join(str(value))
    assert read_figure(f"{invisible}{digits}{note}{invisible}").value == value
