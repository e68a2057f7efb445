"""The frame of every page, errors, and the first page, in Chinese and English."""

from collections.abc import Mapping

from warehouse.text import Text

WORDS: Mapping[str, Text] = {
    # The frame
    "site": Text("勾稽", "Gouji"),
    "motto": Text("政府信息公开年报核校", "Annual disclosure reports, audited"),
    "skip": Text("跳到正文", "Skip to content"),
    "menu": Text("主导航", "Main"),
    "home": Text("首页", "Home"),
    "organs": Text("机关", "Organs"),
    "findings": Text("问题", "Findings"),
    "coverage": Text("覆盖", "Coverage"),
    "peers": Text("同类比较", "Peers"),
    "rules": Text("规则", "Rules"),
    "corrections": Text("更正", "Corrections"),
    "regions": Text("区划", "Regions"),
    "data": Text("数据", "Data"),
    "search": Text("查找机关", "Find an organ"),
    "search go": Text("查找", "Search"),
    "other language": Text("English", "中文"),
    "snapshot": Text(
        "快照 {id}，{at} 发布{checked}（时间均为北京时间）", "Snapshot {id}, published {at}{checked} (all times UTC+8)"
    ),
    "checked at": Text("，{at} 核对，无变化", ", found unchanged {at}"),
    "sample": Text(
        "示例数据：来自不在公共互联网上的来源（{sources}），不是真实机关所公布，不可引用。",
        "Sample data from a source that is not on the public internet ({sources}): published by no real organ, not to "
        "be cited.",
    ),
    "picture source": Text("来源：勾稽，快照 {id}，{at}", "Source: Gouji, snapshot {id}, {at}"),
    "finding and problem": Text(
        "“问题”是说所公布的报告违反一条规则，按轻重分为不符、存疑、提示；有不符的报告称为“勾稽不符”。"
        "“读取问题”是说本站没有读到，与报告无关。两者从不混计。",
        "A finding says that the published report breaks a rule: critical, warning or info; a report with a critical "
        "finding is called inconsistent. A problem says that we could not read it. They are never counted together.",
    ),
    "all versions": Text(
        "所有数字均可追溯到原页、原格、原文。", "Every figure leads to its page, its cell and its text."
    ),
    "cite": Text("引用：本页地址长期有效。", "To cite: the address of this page is permanent."),
    "as data": Text("本页数据", "This page as data"),
    "previous": Text("上一页", "Previous"),
    "next": Text("下一页", "Next"),
    "page": Text("第 {page} 页", "Page {page}"),
    "none": Text("没有符合条件的记录。", "Nothing fits."),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "unknown": Text("不详", "unknown"),
    # Errors
    "error 400": Text("这个地址问不出结果", "This address cannot be answered"),
    "error 404": Text("没有这一页", "There is no such page"),
    "error 405": Text("本站只供查阅", "This site can only be read"),
    "error 500": Text("本页出错了", "This page failed"),
    "error 503": Text("正忙，请稍后再试", "Busy; please try again in a moment"),
    "field wrong": Text("此处有误，应为：{expected}", "This is wrong; expected: {expected}"),
    "choose one": Text("所列之一", "one of those listed"),
    "error help": Text("可以按名称查找机关，或从首页开始。", "Look for an organ by name, or begin at the first page."),
    "no snapshot": Text(
        "还没有已发布的快照：请先运行 gouji demo 或 gouji backfill",
        "Nothing is published yet: run gouji demo or gouji backfill",
    ),
    # Home
    "home title": Text(
        "政府信息公开年报：每个数字都有出处，每处不符都有说明",
        "Every figure with its origin, every finding explained",
    ),
    "home lead": Text(
        "{first}—{last} 年，{organs} 个机关的 {reports} 份政府信息公开工作年度报告，"
        "逐格读取，按表内与表间的勾稽关系核校。",
        "{reports} annual reports of {organs} organs for {first}–{last}, read cell by cell and held against the "
        "sums that the form itself demands: what Chinese accounting calls gōují (勾稽).",
    ),
    "reports": Text("份报告", "reports"),
    "organs counted": Text("个机关", "organs"),
    "years": Text("个年度", "years"),
    "places": Text("处不符", "critical findings"),
    "colon": Text("：", ": "),
    "comma": Text("，", ", "),
    "and": Text("、", ", "),
    "stop": Text("。", ". "),
    "in brackets": Text("（{text}）", "({text})"),
    "home quality": Text("各年度报告质量", "Reports by year and quality"),
    "quality of region": Text("{region}：各年度报告质量", "{region}: reports by year and quality"),
    "home quality note": Text(
        "单位：份。“未见报告”含列出而未能读取者。", "Reports. Missing includes listed but unreadable ones."
    ),
    "home corrections": Text("最近的悄然更正", "Latest silent corrections"),
    "home corrections note": Text(
        "同一网页前后两次所载数字不同。", "Figures that a page showed one way first, and another way later."
    ),
    "home begin": Text("从这里看起", "Where to begin"),
    "begin critical": Text("哪些报告有不符之处？", "Which reports have critical findings?"),
    "begin chain": Text("哪些机关今年的结转与去年对不上？", "Whose carried-over requests do not match last year’s?"),
    "begin compare": Text(
        "两个部门哪个更常不予公开？有多可靠？", "Which of two departments refuses more, and how sure is that?"
    ),
    "begin government": Text("看看一级政府历年的报告", "See a government’s reports over the years"),
    "home rules": Text("最常违反的规则（不符）", "Rules broken most often (critical)"),
    "times": Text("{n} 处", "{n}"),
    "table of chart": Text("图中数据", "The chart’s figures"),
    "year": Text("年度", "Year"),
    "total": Text("合计", "Total"),
}
