"""Figures of several years side by side, below the years or behind labels that name them."""

import pytest

from tests.extract.small_pages import codes, figures_of, read
from warehouse.forms import FORMS, Edition, TableCode

FORM = FORMS[TableCode.APPLICATIONS, Edition.E2021]
COLUMNS = [column.label.chinese for column in FORM.columns.values()]
LABELS = [row.label.chinese for row in FORM.rows.values()]
OWN, OTHER = [*"6210009"], [*"3010004"]


@pytest.mark.parametrize("years", ["2021 2020", "2020 2021", "2019 2020 2021"])
@pytest.mark.parametrize("pattern", ["{year}年{label}", "{year}年度{label}", "{label}（{year}年）"])
@pytest.mark.parametrize("parted", [False, True])
def test_years_in_the_labels_of_columns(years: str, pattern: str, parted: bool) -> None:
    header = ["项目", *(pattern.format(year=year, label=label) for year in years.split() for label in COLUMNS)]
    rows = [
        [label, *(figure for year in years.split() for figure in (OWN if year == "2021" else OTHER))]
        for label in LABELS
    ]
    report = read([header, *rows[:4]], rows[4:]) if parted else read([header, *rows])
    assert figures_of(report, "received_new") == figures_of(report, "carried_out") == OWN
    assert report.completeness[TableCode.APPLICATIONS].complete
    assert not {"copies_differ", "readings_disagree"} & codes(report)


@pytest.mark.parametrize(
    "years", ["2021年 2020年 增减", "2020年 2021年 同比", "本年 上年 增长率", "上年度 本年度 增减（%）"]
)
def test_comparisons_beside_years(years: str) -> None:
    names = years.split()
    header = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]

    def line(own: str) -> list[str]:
        figures = [own if "2021" in name or "本" in name else "4" for name in names[:2]]
        return [*figures, "12.5%" if "率" in years or "%" in years else "-5"]

    rows = [["规章", *line("1"), *line("2"), *line("3")]]
    decisions = [["信息内容", "本年处理决定数量"], names, ["行政许可", *line("8")]]
    report = read([header, names * 3, *rows, *decisions])
    assert figures_of(report, "regulations") == [*"123"]
    assert figures_of(report, "licensing") == ["8"]


def test_years_that_are_not_the_reports_are_not_read() -> None:
    header = ["项目", *(f"{year}年{label}" for year in (2019, 2020) for label in COLUMNS)]
    report = read([header, *([label, *OTHER, *OWN] for label in LABELS)])
    assert not report.cells


@pytest.mark.parametrize("names", [("全县", "其中：县政府办"), ("其中：机关", "合计")])
def test_the_whole_is_read_where_its_part_stands_beside_it(names: tuple[str, str]) -> None:
    def line(own: list[str]) -> list[str]:
        other = ["0"] * len(own)
        pairs = zip(own, other, strict=True) if names[1].startswith("其中") else zip(other, own, strict=True)
        return [figure for pair in pairs for figure in pair]

    header = [["项目", "申请人情况"], ["自然人", "法人或其他组织", "总计"], COLUMNS[1:-1], [*names] * 7]
    report = read([*header, *([label, *line(OWN)] for label in LABELS)])
    assert figures_of(report, "received_new") == figures_of(report, "carried_out") == OWN
    assert not {"copies_differ", "readings_disagree"} & codes(report)


@pytest.mark.parametrize("years", [["2021年", "2020年（对比）"], ["2020年（参考）", "2021年"]])
def test_years_as_halves_of_a_table(years: list[str]) -> None:
    header = [["办理情况", *years], ["自然人", "法人或其他组织", "总计"] * 2, COLUMNS[1:-1] * 2]
    report = read([*header, *([label, *(OWN + OTHER if "1" in years[0] else OTHER + OWN)] for label in LABELS)])
    assert figures_of(report, "received_new") == figures_of(report, "carried_out") == OWN
