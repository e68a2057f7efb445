"""Every word of the interface, in Chinese and English."""

from collections.abc import Mapping

from warehouse.text import Text

QUALITIES: Mapping[str, Text] = {
    "clean": Text("勾稽相符", "clean"),
    "questionable": Text("尚有存疑", "with warnings or hints"),
    "inconsistent": Text("勾稽不符", "inconsistent"),
    "incomplete": Text("未能读全", "not read whole"),
    "blank": Text("没有填写", "not filled in"),
    "missing": Text("未见报告", "missing"),
}
"""What a report comes to."""

SEVERITIES: Mapping[str, Text] = {
    "critical": Text("不符", "critical"),
    "warning": Text("存疑", "warning"),
    "info": Text("提示", "info"),
}
LEVELS: Mapping[str, Text] = {
    "country": Text("国家", "national"),
    "province": Text("省级", "province"),
    "city": Text("市级", "city"),
    "county": Text("县级", "county"),
    "township": Text("乡级", "township"),
}
KINDS: Mapping[str, Text] = {
    "government": Text("政府", "government"),
    "department": Text("部门", "department"),
    "township": Text("乡镇", "township"),
    "subdistrict": Text("街道", "subdistrict"),
    "administrative_committee": Text("管委会", "committee"),
}
STATUSES: Mapping[str, Text] = {
    "published": Text("按时", "in time"),
    "late": Text("逾期", "late"),
    "missing": Text("未见", "missing"),
    "unreadable": Text("未能读取", "not read"),
}
STATES: Mapping[str, Text] = {
    "number": Text("数字", "number"),
    "blank": Text("空白", "blank"),
    "dash": Text("不适用", "not applicable"),
    "unreadable": Text("无法辨认", "unreadable"),
    "absent": Text("页面缺此格", "absent from the page"),
}
VERDICTS: Mapping[str, Text] = {
    "pass": Text("相符", "holds"),
    "fail": Text("不符", "fails"),
    "not_assessable": Text("不作判断", "not assessable"),
    "not_assessed": Text("上年报告未入库，未判断", "last year’s report is not loaded"),
}
MEASURES: Mapping[str, Text] = {
    "received_new": Text("本年新收", "Received"),
    "carried_in": Text("上年结转", "Carried in"),
    "concluded": Text("本年办结", "Concluded"),
    "carried_out": Text("结转下年", "Carried out"),
    "granted": Text("予以公开", "Granted"),
    "partially_granted": Text("部分公开", "Partially granted"),
    "denied": Text("不予公开", "Denied"),
    "unavailable": Text("无法提供", "Unavailable"),
    "not_processed": Text("不予处理", "Not processed"),
    "other": Text("其他处理", "Other handling"),
    "review_decided": Text("复议已审结", "Reviews decided"),
    "litigation_decided": Text("诉讼已审结", "Litigation decided"),
    "pending": Text("复议诉讼未审结", "Disputes pending"),
    "licensing": Text("行政许可", "Licensing decisions"),
    "penalties": Text("行政处罚", "Penalties"),
    "coercion": Text("行政强制", "Coercive measures"),
    "granted_rate": Text("予以公开占办结", "Granted of concluded"),
    "partially_granted_rate": Text("部分公开占办结", "Partially granted of concluded"),
    "denied_rate": Text("不予公开占办结", "Denied of concluded"),
    "unavailable_rate": Text("无法提供占办结", "Unavailable of concluded"),
    "not_processed_rate": Text("不予处理占办结", "Not processed of concluded"),
    "other_rate": Text("其他处理占办结", "Other handling of concluded"),
    "corrected_rate": Text("复议诉讼纠正率", "Disputes corrected of decided"),
}
FACETS: Mapping[str, Text] = {
    "severity": Text("级别", "Severity"),
    "rule": Text("规则", "Rule"),
    "year": Text("年度", "Year"),
    "level": Text("机关层级", "Level"),
    "kind": Text("机关类型", "Kind"),
    "region": Text("区划", "Region"),
    "waived": Text("是否豁免", "Waived"),
    "organ": Text("机关", "Organ"),
    "q": Text("机关名称含", "Name contains"),
}

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
    "peers": Text("比较", "Peers"),
    "rules": Text("规则", "Rules"),
    "corrections": Text("更正", "Corrections"),
    "regions": Text("区划", "Regions"),
    "data": Text("数据", "Data"),
    "search": Text("查找机关", "Find an organ"),
    "search go": Text("查找", "Search"),
    "other language": Text("English", "中文"),
    "snapshot": Text("快照 {id}，{at} 发布", "Snapshot {id}, published {at}"),
    "finding and problem": Text(
        "“不符”是说所公布的报告与勾稽关系不合；“未能读全”是说本站没有读全，与报告无关。两者从不混计。",
        "A finding says that the published report breaks a rule; a problem says that we could not read it. "
        "They are never counted together.",
    ),
    "all versions": Text(
        "所有数字均可追溯到原页、原格、原文。", "Every figure leads to its page, its cell and its text."
    ),
    "cite": Text("引用：本页地址长期有效。", "To cite: the address of this page is permanent."),
    "as data": Text("本页数据", "This page as data"),
    "print": Text("打印", "Print"),
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
    "error help": Text("可以按名称查找机关，或从首页开始。", "Look for an organ by name, or begin at the first page."),
    "no snapshot": Text(
        "还没有已发布的快照：请先运行 gouji demo 或 gouji backfill",
        "Nothing is published yet: run gouji demo or gouji backfill",
    ),
    # Home
    "home title": Text(
        "政府信息公开年报：每个数字都有出处，每处不符都有说明",
        "Every figure with its origin, every contradiction explained",
    ),
    "home lead": Text(
        "{first}—{last} 年，{organs} 个机关的 {reports} 份政府信息公开工作年度报告，"
        "逐格读取，按表内与表间的勾稽关系核校。",
        "{reports} annual reports of {organs} organs for {first}–{last}, read cell by cell and held against the "
        "sums that the form itself demands.",
    ),
    "reports": Text("份报告", "reports"),
    "organs counted": Text("个机关", "organs"),
    "years": Text("个年度", "years"),
    "places": Text("处勾稽不符", "critical findings"),
    "home quality": Text("各年度报告质量", "Reports by year and quality"),
    "home quality note": Text(
        "单位：份。“未见报告”含列出而未能读取者。", "Reports. Missing includes listed but unreadable ones."
    ),
    "home corrections": Text("最近的悄然更正", "Latest silent corrections"),
    "home corrections note": Text(
        "同一网页前后两次所载数字不同。", "Figures that one page showed first so, then otherwise."
    ),
    "home begin": Text("从这里看起", "Where to begin"),
    "begin critical": Text("哪些报告的数字自相矛盾？", "Which reports contradict themselves?"),
    "begin chain": Text("哪些机关今年的结转与去年对不上？", "Whose carried-over requests do not match last year’s?"),
    "begin government": Text("看看一级政府历年的报告", "See a government’s reports over the years"),
    "home rules": Text("最常见的不符", "Most frequent contradictions"),
    "times": Text("{n} 处", "{n}"),
    "table of chart": Text("图中数据", "The chart’s figures"),
    "year": Text("年度", "Year"),
    "total": Text("合计", "Total"),
    # Organs
    "organs title": Text("机关", "Organs"),
    "organs found": Text("共 {n} 个机关", "{n} organs"),
    "organ": Text("机关", "Organ"),
    "level": Text("层级", "Level"),
    "kind": Text("类型", "Kind"),
    "parent": Text("所属政府", "Government"),
    "report years": Text("报告年度", "Years"),
    "report count": Text("报告", "Reports"),
    "any": Text("不限", "any"),
    "narrow": Text("筛选", "Apply"),
    "name": Text("名称", "Name"),
    "region": Text("区划代码", "Region code"),
    # Organ
    "also called": Text("又名：{names}", "Also called {names}"),
    "belongs to": Text("数字汇总入 {parent} 的报告", "Its figures are part of the report of {parent}"),
    "side by side": Text("历年对照", "Years side by side"),
    "quality": Text("核校结果", "Result"),
    "punctual": Text("发布", "Published"),
    "days late": Text("逾期 {n} 天", "{n} days late"),
    "in time": Text("按时", "in time"),
    "findings count": Text("不符／存疑", "Critical / warnings"),
    "trend": Text("走势", "Trend"),
    "no report": Text("未见报告", "No report seen"),
    "chain": Text("结转链", "Chain of carried-over requests"),
    "chain note": Text(
        "上年报告“结转下年度继续办理”应等于下年报告“上年结转”。", "What one report carries out, the next must carry in."
    ),
    "chain out": Text("{year} 年结转下年", "carried out of {year}"),
    "chain in": Text("{year} 年上年结转", "carried into {year}"),
    "agrees": Text("一致", "agrees"),
    "differs": Text("不一致", "differs"),
    "one missing": Text("缺一端", "one end missing"),
    "outcomes title": Text("办结申请的去向", "What became of the concluded requests"),
    "outcomes note": Text(
        "柱上为办结件数；不足 30 件的比例没有意义，颜色从淡。",
        "The number above is the concluded cases; shares of fewer than 30 say little and are drawn faintly.",
    ),
    "among peers": Text("在同类机关之中", "Among its peers"),
    "among peers note": Text(
        "蓝线为本机关；灰带为同区划、同层级、同类型机关的第 10 至第 90 百分位，虚线为中位数；"
        "不足 5 个机关不画带，办结不足 30 件不计比例。",
        "Blue: this organ. Band: 10th to 90th percentile of organs of the same region, level and kind, dashed the "
        "median; no band of fewer than 5 organs, no rate of fewer than 30 cases.",
    ),
    "members": Text("汇总入本报告的机关", "Organs whose figures it adds up"),
    "organ corrections": Text("悄然更正", "Silent corrections"),
    "cell": Text("单元格", "Cell"),
    "before": Text("原为", "before"),
    "after": Text("后为", "after"),
    "seen": Text("发现时间", "seen"),
    # Report
    "report title": Text("{organ} {year} 年政府信息公开工作年度报告", "{organ}: annual disclosure report {year}"),
    "published": Text("发布", "Published"),
    "due": Text("法定期限", "Due"),
    "source": Text("来源", "Source"),
    "original": Text("原网页", "Original page"),
    "fetched": Text("抓取", "Fetched"),
    "version": Text("第 {n} 版，共 {of} 版", "Version {n} of {of}"),
    "only version": Text("唯一版本", "The only version"),
    "older version": Text(
        "这不是现行版本：该机关后来在网页上更正了数字。",
        "This is not the current version: the figures were changed later.",
    ),
    "to current": Text("看现行版本", "See the current version"),
    "cells read": Text("读取 {read}／{expected} 格", "{read} of {expected} cells read"),
    "what does not agree": Text("不符之处", "What does not agree"),
    "all agrees": Text(
        "所有可核校之处均与勾稽关系相符。", "Wherever it could be checked, the report agrees with itself."
    ),
    "likely": Text("疑为误填，应为 {value}", "likely wrong, should be {value}"),
    "strict only": Text("若空白按 0 计则相符", "holds if blank means zero"),
    "waived": Text("已豁免：{reason}", "Waived: {reason}"),
    "to table": Text("看表格", "To the tables"),
    "not assessable": Text("不作判断的 {n} 处", "{n} places not assessable"),
    "legend": Text("图例", "Legend"),
    "legend broken": Text("不符所涉数字，上标为问题序号", "stands in a finding; the raised number says which"),
    "legend likely": Text("疑为误填", "likely the wrong one"),
    "legend blank": Text("原为空白", "blank on the page"),
    "legend absent": Text("页面缺此格", "absent from the page"),
    "legend unreadable": Text("无法辨认", "unreadable"),
    "printed note": Text(
        "各数照原网页所印；点数字看出处、公式、历年与各版。",
        "Figures as the page prints them; each leads to its origin, formulas, years and versions.",
    ),
    "section incomplete": Text(
        "此表未读全：读到 {read}／{expected} 格，所涉规则不作判断。",
        "This table was not read whole: {read} of {expected} cells; its rules are not assessed.",
    ),
    "section missing": Text("未读到此表。", "This table was not found on the page."),
    "section doubtful": Text(
        "此表两种读法不一致，不作判断。", "Two readings of this table disagree; nothing is judged."
    ),
    "edition": Text("{edition} 年版式", "form of {edition}"),
    "prose": Text("正文所述", "What the prose says"),
    "claim": Text("所述", "Claim"),
    "appendix": Text("附表", "Appendix"),
    "appendix name": Text("政府信息公开情况统计表", "Statistics of information disclosure"),
    "problems here": Text("读取本页时的问题", "Problems in reading this page"),
    "history": Text("版本", "Versions"),
    "first seen": Text("首次见到", "First seen"),
    "last seen": Text("最后见到", "Last seen"),
    "current": Text("现行", "current"),
    "other years": Text("其他年度", "Other years"),
    "section two": Text("二、主动公开政府信息情况", "Section two: proactive disclosure"),
    "section three": Text("三、收到和处理政府信息公开申请情况", "Section three: applications received and processed"),
    "section four": Text("四、政府信息公开行政复议、行政诉讼情况", "Section four: review and litigation"),
    # Figure
    "figure": Text("一个数字", "One figure"),
    "back to sheet": Text("回到报告", "Back to the report"),
    "as printed": Text("原文", "As printed"),
    "value": Text("数值", "Value"),
    "state": Text("状态", "State"),
    "place": Text("位置（表.行.格，从 0 起）", "Place (table.row.cell, from 0)"),
    "address": Text("网页", "Page"),
    "archived": Text("存档摘要（sha256）", "Archived as (sha256)"),
    "formulas": Text("参与的公式", "Formulas it stands in"),
    "no formula": Text("没有规则用到这一格。", "No rule uses this cell."),
    "last year": Text("上年", "last year"),
    "years of cell": Text("历年", "Over the years"),
    "versions of cell": Text("各版", "In every version"),
    "yuan": Text("元", "yuan"),
    "blank": Text("空白", "blank"),
    # Findings
    "findings title": Text("问题：报告与勾稽关系不符之处", "Findings: where reports break a rule"),
    "findings found": Text("共 {n} 处", "{n} findings"),
    "facets": Text("分面", "Facets"),
    "remove": Text("去掉", "remove"),
    "clear": Text("全部清除", "Clear all"),
    "sort": Text("排序", "Sort"),
    "sort severity": Text("先重后轻", "gravest first"),
    "sort organ": Text("按机关", "by organ"),
    "sort year": Text("按年度", "by year"),
    "sort difference": Text("按差额", "by difference"),
    "sentence": Text("说明", "What is wrong"),
    "difference": Text("差额", "Difference"),
    "rule": Text("规则", "Rule"),
    "see sheet": Text("看表", "sheet"),
    "all as csv": Text("全部下载（CSV）", "All of them as CSV"),
    "more": Text("更多", "more"),
}
