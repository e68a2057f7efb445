"""Organ and year from titles as portals print them."""

import pytest

from tasks.chinese import year_in
from tasks.extract.extraction import extract
from tasks.extract.metadata.titles import organ_in
from tasks.extract.report import Report

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
    "某市水利局２０２３年政府信息公开工作年度报告": ("某市水利局", 2023),
    "关于印发《某市水利局2023年度政府信息公开工作年度报告》的通知": ("某市水利局", 2023),
    "某市水利局关于印发2023年政府信息公开工作年度报告的通知": ("某市水利局", 2023),
    "【年报】某市水利局2023年政府信息公开工作年度报告": ("某市水利局", 2023),
    "【某市水利局】2023年政府信息公开工作年度报告": ("某市水利局", 2023),
    "某市水利局2023年政务公开工作年度报告": ("某市水利局", 2023),
    "2023年度某市水利局2023年政府信息公开工作年度报告": ("某市水利局", 2023),
    "附件1：某市水利局2023年政府信息公开工作年度报告": ("某市水利局", 2023),
    "3.某市水利局2023年政府信息公开工作年度报告": ("某市水利局", 2023),
    "转发某市水利局2023年政府信息公开工作年度报告": ("某市水利局", 2023),
    "某镇 | 2023年政府信息公开工作年度报告": ("某镇", 2023),
    "某市水利局2023年1-12月政府信息公开工作年度报告": ("某市水利局", 2023),
    "某市水利局2023年度主动公开政府信息公开年报": ("某市水利局", 2023),
    "某市水利局2023年法治政府建设和政府信息公开工作年度报告": ("某市水利局", 2023),
    "青山县2023年水利局政府信息公开工作年度报告": ("青山县水利局", 2023),
    "青山县2023年人民政府信息公开工作年度报告": ("青山县人民政府", 2023),
    "青山县2023年政府信息公开工作年度报告（县教育局）": ("青山县教育局", 2023),
    "青山县2023年政府信息公开工作年度报告（汇总）": ("青山县人民政府", 2023),
    "2023年政府信息公开工作年度报告--青山县水利局": ("青山县水利局", 2023),
    "政府信息公开工作年度报告（2023年）": (None, 2023),
    "某县政务公开办公室2023年政府信息公开工作年度报告": ("某县政务公开办公室", 2023),
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


def read_page(head: str, window: str = "", prose: str = "") -> Report:
    figures = "<table><tr><td>行政复议</td><td>行政诉讼</td></tr><tr>" + "<td>0</td>" * 15 + "</tr></table>"
    page = f"<html><head>{window}</head><body>{head}<p>一、总体情况</p><p>{prose}</p>{figures}</body></html>"
    return extract(page.encode(), item="x")


TITLE = "<h1>青山县水利局2019年政府信息公开工作年度报告</h1>"


def test_the_date_of_today_is_not_that_of_publication() -> None:
    report = read_page(f"<p>2026年11月25日 星期三</p>{TITLE}<p>成文日期：2020-01-19 发布日期：2020-01-21</p>")
    assert (str(report.published_on), report.origins["published_on"]) == ("2020-01-21", "byline")


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：[2020-01-21]",
        "发布日期：二〇二〇年一月二十一日",
        "发布于 2020-01-21",
        "信息来源：县水利局 2020-01-21 16:00 浏览次数：1024",
        "2020-01-21 10:20:33 浏览次数：1024 字体：[大 中 小]",
    ],
)
def test_a_byline_has_its_date_with_and_without_a_label(line: str) -> None:
    report = read_page(f"{TITLE}<p>{line}</p>")
    assert (str(report.published_on), report.origins["published_on"]) == ("2020-01-21", "byline")


def test_the_title_is_the_one_that_the_window_confirms() -> None:
    others = "<li>白水县审计局2018年政府信息公开工作年度报告</li><li>白水县审计局2017年政府信息公开工作年度报告</li>"
    report = read_page(f"<ul>{others}</ul>{TITLE}", "<title>青山县水利局2019年政府信息公开工作年度报告</title>")
    assert (report.organ, report.year) == ("青山县水利局", 2019)
    assert not {problem.code for problem in report.problems} & {"year_disputed", "organ_disputed"}


def test_the_particulars_of_a_page_are_no_title() -> None:
    particulars = ("索引号:", "007/2020-1", "分类:", "政府信息公开年报", "发布机构:", "青山县水利局")
    table = f"<table><tr>{''.join(f'<td>{text}</td>' for text in particulars)}</tr></table>"
    report = read_page(f"{table}<h1>青山县水利局政府信息公开工作年度报告</h1>", prose="统计期限为2019.1.1-2019.12.31。")
    assert (report.title, report.organ) == ("青山县水利局政府信息公开工作年度报告", "青山县水利局")


def test_what_the_byline_does_not_say_is_taken_from_the_format() -> None:
    window = '<meta name="PubDate" content="2020-01-21 16:37"><meta name="ContentSource" content="县水利局">'
    report = read_page(TITLE, window)
    assert (str(report.published_on), report.publisher) == ("2020-01-21", "县水利局")
    assert (report.origins["published_on"], report.origins["publisher"]) == ("metadata", "metadata")


@pytest.mark.parametrize(
    ("head", "window", "prose", "code"),
    [
        ("<p>发布日期：2020-01-21</p>", '<meta name="PubDate" content="2020-03-01">', "", "date_disputed"),
        ("", "<title>青山县水利局2020年政府信息公开工作年度报告</title>", "", "year_disputed"),
        ("", "<title>青山县教育局2019年政府信息公开工作年度报告</title>", "", "organ_disputed"),
        ("<p>来源：青山县教育局</p>", "", "", "organ_disputed"),
        ("", "", "数据统计期限为2018.1.1-2018.12.31。", "year_disputed"),
    ],
)
def test_sources_that_disagree_are_a_problem(head: str, window: str, prose: str, code: str) -> None:
    report = read_page(TITLE + head, window, prose)
    assert code in {problem.code for problem in report.problems}
    assert (report.organ, report.year) == ("青山县水利局", 2019)


def test_an_index_number_stands_for_a_document_number_only_where_there_is_none() -> None:
    assert read_page(f"{TITLE}<p>索引号：003/2020-46</p>").document_number == "003/2020-46"
    assert (
        read_page(f"{TITLE}<p>索引号：003/2020-46</p><p>文号：青水〔2020〕1号</p>").document_number == "青水〔2020〕1号"
    )


def test_period_and_contact_may_stand_in_the_prose() -> None:
    prose = "统计期限自2019年1月1日起至同年12月31日止。联系电话：0577-88961234。"
    report = read_page("<h1>青山县水利局政府信息公开工作年度报告</h1>", prose=prose)
    assert (report.year, report.contact, report.origins["year"]) == (2019, "0577-88961234", "statistics period")


def test_an_organ_that_its_title_calls_without_region_has_the_name_of_the_source() -> None:
    head = "<h1>水利局2019年政府信息公开工作年度报告</h1><p>来源：青山县水利局</p>"
    assert read_page(head).organ == "青山县水利局"


def test_brackets_behind_an_organ_stay_whole() -> None:
    assert organ_in("青山县人民政府（办公室）2019年政府信息公开工作年度报告") == "青山县人民政府（办公室）"


def test_a_blank_form_in_front_of_a_report_does_not_end_its_head() -> None:
    table = "<table><tr><td>行政许可</td><td>{}</td></tr></table>"
    head = "<h1>某市水利局2023年政府信息公开工作年度报告</h1><p>发布日期：2024-03-10</p>"
    page = f"<p>空白样表</p>{table.format('')}{head}{table.format('5')}<p>2022年政府信息公开工作年度报告</p>"
    report = extract(page.encode(), item="x")
    assert (report.organ, report.year, str(report.published_on)) == ("某市水利局", 2023, "2024-03-10")


def test_title_and_date_may_stand_in_the_table_of_figures_or_before_it_in_markdown() -> None:
    header = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    figures = f"{header}<tr><td>规章</td><td>1</td><td>2</td><td>3</td></tr>"
    title, date = "某县审计局2024年政府信息公开工作年度报告", "发布日期：2025-01-10"
    sheet = f"<html><body><table><tr><td>{title}<td><td></tr><tr><td>{date}</td></tr>{figures}</table></body></html>"
    markdown = f"# {title}\n\n{date}\n\n## 一、总体情况\n\n全年有序。\n\n<table>\n{figures}\n\n</table>\n"
    for page in (sheet, markdown):
        report = extract(page.encode(), item="x")
        assert (report.organ, report.year, str(report.published_on)) == ("某县审计局", 2024, "2025-01-10")
        assert [cell.raw for cell in report.cells if cell.row == "regulations"] == ["1", "2", "3"]


REPORT_TITLE = "青山县水利局2023年政府信息公开工作年度报告"
FILLED = "<table><tr><td>规章</td><td>1</td><td>0</td><td>1</td></tr></table>"


def header_of(page: str) -> tuple[str | None, str | None, str | None]:
    report = extract(page.encode(), item="x")
    return report.organ, report.title, str(report.published_on) if report.published_on else None


def test_the_head_of_an_organs_paper_is_no_part_of_the_title() -> None:
    for lines in ("青山县水利局文件",), ("青山县水利局 文件",), ("青山县水利局",):
        page = "".join(f"<p>{line}</p>" for line in (*lines, f"{REPORT_TITLE[:-4]}", REPORT_TITLE[-4:]))
        assert header_of(page + FILLED)[:2] == ("青山县水利局", REPORT_TITLE)
    assert header_of(f"<p>青山县水利局文件</p><p>{REPORT_TITLE[6:]}</p>{FILLED}")[0] == "青山县水利局"


def test_a_list_of_organs_in_front_of_a_report_does_not_end_its_head() -> None:
    head = "".join(f"<td>{text}</td>" for text in ("单位", "（一）予以公开", "（二）部分公开"))
    listed = f"<table><tr>{head}</tr><tr><td>县教育局</td><td>3</td><td>4</td></tr></table>"
    page = f"<p>青山县各单位汇总表</p>{listed}<h1>{REPORT_TITLE}</h1><p>发布日期：2024-01-10</p>{FILLED}"
    assert header_of(page) == ("青山县水利局", REPORT_TITLE, "2024-01-10")


def test_front_matter_and_quotations_are_read_as_text() -> None:
    table = "| 规章 | 1 | 0 | 1 |"
    matter = (
        f"---\ntitle: {REPORT_TITLE}\nupdated: 2024-05-06\n---\n\n# {REPORT_TITLE}\n\n发布日期：2024-01-10\n\n{table}"
    )
    mail = (
        f"发件人: 青山县水利局\n主题: 报送{REPORT_TITLE}\n\n> {REPORT_TITLE}\n>\n> 发布日期：2024-01-10\n>\n>> {table}"
    )
    for text in (matter, mail):
        assert header_of(text) == ("青山县水利局", REPORT_TITLE, "2024-01-10")


@pytest.mark.parametrize("quote", ["", "'", '"'])
@pytest.mark.parametrize("between", ["| 规章 | 1 | 0 | 1 |", FILLED])
def test_the_fields_in_front_of_the_source_of_a_page_say_what_it_is(quote: str, between: str) -> None:
    fields = f"title: {quote}{REPORT_TITLE}{quote}\ndate: 2024-01-10T09:20:00+08:00\nlastmod: 2024-05-06"
    table = "| 信息内容 | 本年处理决定数量 |\n| --- | --- |\n| 行政许可 | 3948 |"
    page = f"---\n{fields}\n---\n<!-- {table.replace('3948', '7')} -->\n\n## 一、总体情况\n\n{table}\n\n{between}\n"
    assert header_of(page) == ("青山县水利局", REPORT_TITLE, "2024-01-10")
    report = extract(page.encode(), item="x")
    assert [cell.raw for cell in report.cells if cell.row == "licensing"] == ["3948"]


@pytest.mark.parametrize("head", ["青山县2024年政务公开资料汇编", "青山县政务公开资料汇编", "青山县信息公开专栏"])
@pytest.mark.parametrize("between", ["", "<p>2024年1月10日</p>"])
def test_a_running_head_above_the_organ_is_no_part_of_the_title(head: str, between: str) -> None:
    page = f"<p>{head}</p><p>青山县水利局</p><p>{REPORT_TITLE[6:]}</p>{between}<p>{head}</p>{FILLED}"
    report = extract(page.encode(), item="x")
    assert (report.organ, report.year) == ("青山县水利局", int(REPORT_TITLE[6:10]))


@pytest.mark.parametrize(
    ("head", "foot", "day"),
    [
        ("", "<p>青山县水利局</p><p>2024年1月16日</p>", "2024-01-16"),
        ("", "<p>青山县水利局</p><p>二〇二四年一月十六日</p><p>页面更新：2025-11-03</p>", "2024-01-16"),
        ("", "<p>青山县水利局 二○二四年十二月二十一日</p>", "2024-12-21"),
        ("<p>发布日期：2024-01-10</p>", "<p>青山县水利局</p><p>2024年1月16日</p>", "2024-01-10"),
        ("<p>填报日期：2024-01-12</p>", "", "2024-01-12"),
        ("", "<p>数据截至</p><p>2025年1月16日</p>", None),
        ("", "<p>六、其他需要报告的事项</p><p>2024年1月16日</p><p>无。</p>", "2024-01-16"),
        ("", "<p>2023年1月16日</p>", None),
        ("", "<p>2024年1月16日</p><p>2024年1月20日</p>", None),
    ],
)
def test_the_day_of_the_signature_stands_where_no_other_does(head: str, foot: str, day: str | None) -> None:
    assert header_of(f"<h1>{REPORT_TITLE}</h1>{head}{FILLED}{foot}")[2] == day


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("<p>由 admin 于 2024/01/10 15:20 提交</p>", "2024-01-10"),
        ("<p>青山县水利局 2024.01.10 发布 135人已读</p>", "2024-01-10"),
        ("<p>青山县水利局 2024-01-10</p>", "2024-01-10"),
        ("<p>青山县水利局 2024年01月10日 10:22 广东</p>", "2024-01-10"),
        ("<p>青山县水利局 2024-01-10 更新</p>", None),
        ("<p>作者：办公室 来源：本站 更新时间：2024-1-10 点击：19 次</p>", "2024-01-10"),
        ("<p>作者：办公室 来源：本站 更新时间：2024-1-10 点击：19 次</p><p>发布日期：2024-01-09</p>", "2024-01-09"),
        ("<p>更新时间：2024-1-10</p>", None),
        ("<p>《条例》2019年4月3日 公布，青山县水利局据此编制。</p>", None),
        ("<p>2024年1月10日 发布日期：2024-01-09</p>", "2024-01-09"),
    ],
)
def test_bylines_of_sites_tell_the_day_in_their_own_words(head: str, day: str | None) -> None:
    assert header_of(f"<h1>{REPORT_TITLE}</h1>{head}{FILLED}")[2] == day


def test_the_day_stands_below_the_title_in_the_same_cell() -> None:
    assert header_of(f'"{REPORT_TITLE}\n（2024年1月10日）",,\n规章,1,2,3\n')[2] == "2024-01-10"


@pytest.mark.parametrize("label", ["填报单位：", ""])
def test_a_title_that_names_a_town_means_its_government_as_the_line_below_says(label: str) -> None:
    page = f"<h1>青泥镇2023年政府信息公开工作年度报告</h1><p>{label}青泥镇人民政府</p>{FILLED}"
    assert header_of(page)[0] == "青泥镇人民政府"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("县融媒体中心 青山发布 2024-01-10 18:03 湖北", "2024-01-10"),
        ("原创 青山发布 2024-01-10 18:03 湖北", "2024-01-10"),
        ("更新 青山发布 2024-01-10 18:03 湖北", None),
        ("青山发布 2024-01-10 18:03", None),
    ],
)
def test_author_and_account_stand_before_the_moment_of_an_article(line: str, day: str | None) -> None:
    assert header_of(f"<h1>{REPORT_TITLE}</h1><p>{line}</p>{FILLED}")[2] == day


@pytest.mark.parametrize(
    ("foot", "day"),
    [
        ("<p>发布时间：2024-01-10 最后更新：2025-02-08 总访问 22976</p>", "2024-01-10"),
        ("<p>青山县水利局</p><p>2024年1月8日</p><p>发布日期：2024年1月10日</p>", "2024-01-10"),
        ("<p>下一篇 发布时间：2023-01-10</p>", None),
        ("<p>甲 发布时间：2024-01-10</p><p>乙 发布时间：2024-02-10</p>", None),
        ("<p>最后更新：2025-02-08</p>", None),
    ],
)
def test_the_day_of_publication_may_be_told_below_the_report(foot: str, day: str | None) -> None:
    assert header_of(f"<h1>{REPORT_TITLE}</h1>{FILLED}{foot}")[2] == day


@pytest.mark.parametrize(
    ("byline", "foot", "organ"),
    [
        ("文章来源：县政府办公室1456 次浏览", "<p>青泥镇人民政府</p><p>2024年1月12日</p>", "青泥镇人民政府"),
        ("来源：青山县人民政府办公室", "<p>青泥镇人民政府</p><p>2024年1月12日</p>", "青泥镇人民政府"),
        ("来源：青山县人民政府", "<p>青山县人民政府办公室</p><p>2024年1月12日</p>", "青山县人民政府"),
        ("来源：青山县水利局1456 次浏览", "", "青山县水利局"),
    ],
)
def test_who_signs_a_report_goes_before_an_office_that_publishes_it(byline: str, foot: str, organ: str) -> None:
    assert header_of(f"<h1>2023年政府信息公开工作年度报告</h1><p>{byline}</p>{FILLED}{foot}")[0] == organ


def test_the_organ_stands_above_the_title_in_the_article() -> None:
    title = "2023年政府信息公开工作年度报告"
    page = f"<h1>{title}</h1><p>日期：2024/1/9 作者：区数据局</p><p>云台街道办事处</p><p>{title}</p><p>现公布。</p>"
    assert header_of(page + FILLED)[0] == "云台街道办事处"


@pytest.mark.parametrize("label", ["单位名称（盖章）", "填报单位（公章）", "单位名称"])
def test_the_organ_is_named_as_who_fills_the_form_in(label: str) -> None:
    page = f"<h1>2023年政府信息公开工作年度报告</h1><p>{label}：云台街道办事处</p>{FILLED}"
    assert header_of(page)[0] == "云台街道办事处"


@pytest.mark.parametrize("mark", ["**", "__", "*"])
def test_marks_of_markdown_around_a_line_are_not_of_it(mark: str) -> None:
    page = f"{mark}{REPORT_TITLE}{mark}\n\n发布时间：2024-01-10\n\n{mark}一、总体情况{mark}\n\n| 规章 | 1 | 0 | 1 |\n"
    assert header_of(page) == ("青山县水利局", REPORT_TITLE, "2024-01-10")
