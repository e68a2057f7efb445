"""Organ and year from titles as portals print them."""

import pytest

from tasks.extract import extract
from tasks.extract.metadata import organ_in, year_in

TITLES = {
    "温州市机关事务管理局2019年政府信息公开工作年度报告": ("温州市机关事务管理局", 2019),
    "2019年上海市人民政府办公厅政府信息公开工作年度报告": ("上海市人民政府办公厅", 2019),
    "云南省卫生健康委关于2022年政府信息公开工作的年度报告": ("云南省卫生健康委", 2022),
    "龙湾区审计局2019政务信息公开年报": ("龙湾区审计局", 2019),
    "某县人民政府信息公开年度报告（2014年度）": ("某县人民政府", 2014),
    "二〇一九年某市水利局政府信息公开工作年度报告": ("某市水利局", 2019),
    "二○二〇年度某市水利局政府信息公开工作年度报告": ("某市水利局", 2020),
    "2022年上海市政府信息公开工作年度报告": ("上海市人民政府", 2022),
    "某市高新区2022年政府信息公开工作年度报告": ("某市高新区", 2022),
    "前进区教育局2018年 政府信息公开工作年度报告": ("前进区教育局", 2018),
    "2020年政府信息公开工作年度报告": (None, 2020),
    "政府信息公开工作年度报告": (None, None),
}


@pytest.mark.parametrize("title", TITLES)
def test_titles(title: str) -> None:
    assert (organ_in(title), year_in(title)) == TITLES[title]


@pytest.mark.parametrize(
    ("head", "organ", "origin"),
    [
        ("<h1>某市水利局2020年</h1><h1>政府信息公开工作年度报告</h1>", "某市水利局", "title"),
        ("<p>某市水利局</p><p>2020年政府信息公开工作年度报告</p>", "某市水利局", "title"),
        ("<h1>2020年政府信息公开工作年度报告</h1><p>来源：某市水利局</p>", "某市水利局", "byline"),
        (
            "<h1>2020年政府信息公开工作年度报告</h1><p>来源：本站</p><p>如有疑问，请与某市水利局联系。</p>",
            "某市水利局",
            "prose",
        ),
        (
            "<p>首页 > 信息公开 > 某市水利局 > 年报</p><h1>2020年政府信息公开工作年度报告</h1>",
            "某市水利局",
            "breadcrumb",
        ),
    ],
)
def test_the_organ_is_found_where_the_page_names_it(head: str, organ: str, origin: str) -> None:
    report = extract(f"<html><body>{head}</body></html>".encode(), item="x")
    assert (report.organ, report.origins["organ"], report.year) == (organ, origin, 2020)


def test_byline_particulars_and_contact() -> None:
    head = (
        "<h1>某市水利局2020年政府信息公开工作年度报告</h1><dl><dt>发布机构：</dt><dd>市水利局</dd>"
        "<dt>发文字号：</dt><dd>某水〔2021〕3号</dd></dl>"
        "<p>发布时间: 2021- 01- 21 16: 37</p><p>联系电话：0577-12345678。</p>"
    )
    report = extract(f"<html><body>{head}</body></html>".encode(), item="x")
    assert (report.publisher, report.document_number, report.contact) == (
        "市水利局",
        "某水〔2021〕3号",
        "0577-12345678",
    )
    assert str(report.published_on) == "2021-01-21"
