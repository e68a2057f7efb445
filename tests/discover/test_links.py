from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.chinese import year_in
from tasks.discover.titles import is_annual_report
from tasks.sources.markup import date_in_address, date_in_text, read_datastore, read_links
from tasks.web.addresses import address_key, clean_address


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("温州市水利局2019年政府信息公开工作年度报告", 2019),
        ("瓯海区统计局2018年度政府信息公开年度报告", 2018),
        ("二〇一九年温州市政府信息公开年报", 2019),
        ("二○一四年度政府信息公开工作报告", 2014),
        ("关于２０２１年度政府信息公开情况的报告", 2021),
        ("2019 年 政府信息公开工作年度报告", 2019),
        ("温州市政府信息公开年报2016", 2016),
        ("2019年政府信息公开工作年度报告(2020年1月)", 2019),
        ("2014年3月发布的2013年政府信息公开年报", 2013),
        ("2019-2020年度政府信息公开工作报告", 2020),
        ("2018年1月1日至2018年12月31日政府信息公开年报", 2018),
        ("某局政府信息公开工作年度报告（2021）", 2021),
        ("二0一八年度政府信息公开年报", 2018),
        ("2020年1月发布 政府信息公开年报", None),
        ("政府信息公开年报 2020-01-21", None),
        ("政府信息公开年报[2020.1.21]", None),
        ("政府信息公开工作年度报告", None),
        ("电话05778896201912政府信息公开年报", None),
        ("1998年政府信息公开年报", None),
    ],
)
def test_the_year_in_a_title(title, year):
    assert year_in(title) == year


@pytest.mark.parametrize(
    "title",
    [
        "温州市水利局2019年政府信息公开工作年度报告",
        "津市市市场监督管理局2020年度政府信息公开工作报告",
        "宁强县自然资源局关于2021年度政府信息公开情况的报告",
        "舒兰市市场监督管理局2016年政务信息公开年度报告",
        "昌图县七家子镇2023年政府信息公开 工作告年度报",
        "温州市政府信息公开年报",
        "温州市机关事务管理局2019年政府信息公开工作年度…",
        "2018年度政府信息公开工作情况报告",
        "云南省卫生健康委关于2022年政府信息公开工作的年度报告",
        "温州市生态环境局2019年政府信息公开工作年度报告",
        "温州市国有企业改革办公室2019年政府信息公开工作年度报告",
        "政府采购中心2019年信息公开年报",
    ],
)
def test_titles_of_annual_reports(title):
    assert is_annual_report(title)


@pytest.mark.parametrize(
    "title",
    [
        "关于做好2019年政府信息公开年度报告编制工作的通知",
        "政府信息公开指南",
        "2019年法治政府建设年度报告",
        "2019年政府网站工作年度报表",
        "一图读懂2019年政府信息公开年报",
        "2020年政务公开工作要点",
        "2019年部门决算报告",
        "政府信息公开目录",
        "政府信息公开年度报告制度",
        "2019年上半年政府信息公开工作报告",
        "2020年政府信息主动公开基本目录",
        "2022年政府采购信息公开年度报告",
        "2022年度环境信息公开年度报告",
        "某大学2021-2022学年信息公开年度报告",
        "事业单位信息公开年度报告",
        "2021年国有企业信息公开年度报告",
        "首页",
        "",
    ],
)
def test_titles_of_something_else(title):
    assert not is_annual_report(title)


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("HTTP://WWW.SZSS.gov.cn:80//sstbhzq/ssw//post_1.html#top", "http://www.szss.gov.cn//sstbhzq/ssw//post_1.html"),
        ("http://a.cn/x/../y/./z.html", "http://a.cn/y/z.html"),
        ("http://a.cn", "http://a.cn/"),
        ("http://a.cn:8080/a/;jsessionid=12AB", "http://a.cn:8080/a/"),
        ("http://a.cn/年报/列表.html?年=2019", "http://a.cn/%E5%B9%B4%E6%8A%A5/%E5%88%97%E8%A1%A8.html?%E5%B9%B4=2019"),
        (" http://a.cn/list/ ", "http://a.cn/list/"),
    ],
)
def test_clean_addresses(address, clean):
    assert clean_address(address) == clean
    assert clean_address(clean) == clean


@pytest.mark.parametrize(
    "other",
    [
        "https://www.a.cn/x/t20200121_1.html",
        "http://a.cn/x/t20200121_1.html#content",
        "http://a.cn//x/t20200121_1.html",
        "http://a.cn/x/t20200121_1_wap.html",
        "http://a.cn/x/t20200121_1.html?_t=1579567020&spm=3.2",
        "http://a.cn:80/x/y/../t20200121_1.html",
    ],
)
def test_one_report_under_two_addresses(other):
    assert address_key(other) == address_key("http://a.cn/x/t20200121_1.html")


def test_queries_that_matter_make_a_difference():
    first, second = "http://a.cn/r.jsp?area=1&fbtime=2019", "http://a.cn/r.jsp?fbtime=2019&area=2"
    assert address_key(first) != address_key(second)
    assert address_key(first) == address_key("http://a.cn/r.jsp?fbtime=2019&area=1")


@given(st.text(max_size=60))
def test_cleaning_is_stable_or_refuses(path):
    try:
        clean = clean_address(f"http://a.cn/{path}")
    except ValueError:
        return
    assert clean_address(clean) == clean


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-01-21", date(2020, 1, 21)),
        ("发布日期: 2020- 01- 21 16: 37", date(2020, 1, 21)),
        ("[2020/1/21]", date(2020, 1, 21)),
        ("2020年1月21日", date(2020, 1, 21)),
        ("2020.01.21", date(2020, 1, 21)),
        ("2020-13-41", None),
        ("2019年度", None),
    ],
)
def test_dates_in_texts(text, day):
    assert date_in_text(text) == day


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("http://a.cn/art/2020/1/21/art_1229253636_9636.html", date(2020, 1, 21)),
        ("http://a.cn/nb/202301/t20230117_983624.html", date(2023, 1, 17)),
        ("http://a.cn/cms/html/npszf/2013-01-25/1779102018.html", date(2013, 1, 25)),
        ("http://a.cn/c109616/202009/1314808.shtml", None),
    ],
)
def test_dates_in_addresses(address, day):
    assert date_in_address(address) == day


def test_a_link_has_its_longest_title_and_the_date_beside_it():
    text = """<base href="http://a.cn/b/"><ul>
        <li><a href="1.html" title="水利局2019年政府信息公开工作年度报告">水利局2019…</a><i>2020-01-21</i></li>
        <li><div><a href="2.html" title=""><font>二〇一九年<br>年报</font></a></div><div>2020年2月3日</div></li>
        <li><a href="3.html"><b>政府信息公开工作年度报告</b> <i>[2020-02-04]</i></a></li>
        <li><a href="4.html"><i>2020/2/5</i>政府信息公开年报</a></li>
        <li><a href="javascript:void(0)">3</a> <a href="#">4</a> <a href="http://[broken">5</a> 2020-05-05</li></ul>"""
    links = read_links(text, "http://other.cn/")
    assert [(link.url, link.title, link.listed_on) for link in links] == [
        ("http://a.cn/b/1.html", "水利局2019年政府信息公开工作年度报告", date(2020, 1, 21)),
        ("http://a.cn/b/2.html", "二〇一九年年报", date(2020, 2, 3)),
        ("http://a.cn/b/3.html", "政府信息公开工作年度报告", date(2020, 2, 4)),
        ("http://a.cn/b/4.html", "政府信息公开年报", date(2020, 2, 5)),
        ("http://[broken", "5", None),
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_as_a_list_without_failing(text):
    read_links(text, "http://a.cn/")
    read_datastore(text, "http://a.cn/")
