"""Organs, reports, figures, and pages as they stood, in Chinese and English."""

from collections.abc import Mapping

from warehouse.text import Text

WORDS: Mapping[str, Text] = {
    # Organs
    "organs title": Text("机关", "Organs"),
    "organs found": Text("共 {n} 个机关", "{n} organs"),
    "organ": Text("机关", "Organ"),
    "level": Text("层级", "Level"),
    "kind": Text("类型", "Kind"),
    "report years": Text("报告年度", "Years"),
    "report count": Text("报告", "Reports"),
    "any": Text("不限", "any"),
    "narrow": Text("筛选", "Apply"),
    "name": Text("名称", "Name"),
    "region": Text("区划（名称或代码）", "Region (name or code)"),
    # Organ
    "also called": Text("又名：{names}", "Also called {names}"),
    "belongs to": Text("数字汇总入 {parent} 的报告", "Its figures are part of the report of {parent}"),
    "side by side": Text("历年对照", "Years side by side"),
    "quality": Text("核校结果", "Result"),
    "punctual": Text("发布", "Published"),
    "clean of reports": Text("相符／全部报告", "Clean of reports"),
    "after fetched": Text("晚于抓取之日", "later than it was fetched"),
    "days late": Text("逾期 {n} 天", "{n} days late"),
    "in time": Text("按时", "in time"),
    "findings count": Text("不符／存疑（处）", "Critical / warnings"),
    "critical count": Text("不符（处）", "Critical findings"),
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
    "outcomes of organ": Text("{organ}：办结申请的去向", "{organ}: what became of the concluded requests"),
    "outcomes note": Text(
        "柱上为办结件数；不足 30 件的比例没有意义，颜色从淡；有结果未能读取的年度不画。",
        "The number above is the concluded cases; shares of fewer than 30 say little and are drawn faintly; a year of "
        "which an outcome was not read has no bar.",
    ),
    "among peers": Text("在同类机关之中", "Among its peers"),
    "among peers note": Text(
        "蓝线为本机关；灰带为同区划、同层级、同类型机关的第 10 至第 90 百分位，虚线为中位数；"
        "不足 5 个机关不画带，办结不足 30 件不计比例。",
        "Blue: this organ. Band: 10th to 90th percentile of organs of the same region, level and kind, dashed the "
        "median; no band of fewer than 5 organs, no rate of fewer than 30 cases.",
    ),
    "peers counted": Text("同类机关 {n} 个", "{n} peers"),
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
    "findings here": Text("问题", "Findings"),
    "findings grouped": Text("{n} 条，出于 {groups} 处错误", "{n}, from {groups} errors"),
    "agrees whole": Text(
        "所有可核校之处均与勾稽关系相符。", "Wherever it could be checked, the report agrees with itself."
    ),
    "agrees partly": Text(
        "已读而可核校之处未见不符；没有读全的表不作判断，不能据此说整份报告相符。",
        "No fault was found in what was read; what was not read is not judged, and so the report as a whole is not.",
    ),
    "agrees nothing": Text(
        "法定表格里没有可以核校的数字：没有填写，没有读到，或该年报告还没有这些表格。无从判断是否相符。",
        "The statutory tables hold no figure to check: none was filled in, none was read, or reports of that year had "
        "no such tables. Whether it agrees cannot be judged.",
    ),
    "should be": Text("疑为误填，应为", "Likely wrong, should be"),
    "citation": Text("引用：{what}。勾稽，快照 {id}，{address}", "Cite as: {what}. Gouji, snapshot {id}, {address}"),
    "likely": Text("疑为误填，应为 {value}", "likely wrong, should be {value}"),
    "strict only": Text("若空白按 0 计则相符", "holds if blank means zero"),
    "waived": Text("已豁免：{reason}", "Waived: {reason}"),
    "not assessable": Text("不作判断的 {n} 处", "{n} places not assessable"),
    "nothing assessable": Text(
        "因为没有数字，{n} 处都不作判断。", "For want of figures, none of {n} places can be assessed."
    ),
    "legend": Text("图例", "Legend"),
    "legend broken": Text("问题所涉数字，上标为其序号", "stands in a finding; the raised number says which"),
    "legend likely": Text("疑为误填", "likely the wrong one"),
    "legend blank": Text("原为空白", "blank on the page"),
    "legend changed": Text("曾悄然更正", "corrected in silence"),
    "changed before": Text("原为 {value}", "was {value}"),
    "changed later": Text("后为 {value}", "later {value}"),
    "legend absent": Text("页面缺此格", "absent from the page"),
    "printed": Text("各数照文件所印。", "Figures as the file prints them."),
    "printed page": Text("各数照原网页所印。", "Figures as the page prints them. "),
    "printed go": Text("点数字看出处、公式、历年与各版。", "Each leads to its origin, formulas, years and versions."),
    "section incomplete": Text(
        "此表未读全：读到 {read}／{expected} 格，所涉规则不作判断。",
        "This table was not read whole: {read} of {expected} cells; its rules are not assessed.",
    ),
    "section doubtful": Text(
        "此表两种读法不一致，不作判断。", "Two readings of this table disagree; nothing is judged."
    ),
    "edition": Text("{edition} 年起的版式", "form in force since {edition}"),
    "prose": Text("正文所述", "What the prose says"),
    "claim": Text("所述", "Claim"),
    "appendix": Text("附表", "Appendix"),
    "appendix name": Text("政府信息公开情况统计表", "Statistics of information disclosure"),
    "problems here": Text("读取本页时的问题", "Problems in reading this page"),
    "history": Text("版本", "Versions"),
    "first seen": Text("首次见到", "First seen"),
    "last read": Text("最近读入", "Last read"),
    "current": Text("现行", "current"),
    "other years": Text("其他年度", "Other years"),
    "section two": Text("二、主动公开政府信息情况", "Section two: proactive disclosure"),
    "section three": Text("三、收到和处理政府信息公开申请情况", "Section three: applications received and processed"),
    "section four": Text("四、政府信息公开行政复议、行政诉讼情况", "Section four: review and litigation"),
    # Figure
    "figure": Text("一个数字", "One figure"),
    "value": Text("数值", "Value"),
    "state": Text("状态", "State"),
    "place": Text("原文件中的位置", "Place in the document"),
    "place in words": Text("第 {table} 个表格，第 {row} 行，第 {cell} 格", "table {table}, row {row}, cell {cell}"),
    "address": Text("网页", "Page"),
    "archived": Text("存档摘要（sha256）", "Archived as (sha256)"),
    "formulas": Text("参与的公式", "Formulas it stands in"),
    "no formula": Text("没有规则用到这一格。", "No rule uses this cell."),
    "last year": Text("上年", "last year"),
    "years of cell": Text("历年", "Over the years"),
    "row of cell": Text("此格所在的一行，照原文", "The row it stands in, as printed"),
    "member suspected": Text(
        "所汇总的{organ}此格疑为误填：应为 {value}", "{organ}, which it adds up, likely has this figure wrong: {value}"
    ),
    "one slip": Text("疑为同一处错误：{slip}", "Likely one and the same slip: {slip}"),
    "yuan": Text("元", "yuan"),
    "blank": Text("空白", "blank"),
    # The page as it stood
    "as it stood": Text("原页文字", "The page as it stood"),
    "see in source": Text("看原页所在", "see it there"),
    "as it stood note": Text(
        "{at} 抓取并存档的文件，按读取时所见列出文字与表格；从中读出的数字均可点开。存档摘要",
        "What was fetched and archived at {at}, as it was read: texts and tables; each figure that was read leads on. "
        "Archived as",
    ),
    "table number": Text("表 {n}", "Table {n}"),
    "hidden table": Text("读者看不见的副本", "a copy that readers do not see"),
    "ragged table": Text(
        "此格式的合并单元格未能还原，各行自左排起，列与列不对齐",
        "merged cells of this format are not restored: rows begin at the left, columns are not aligned",
    ),
    "picture": Text("图片", "picture"),
    "source cut": Text("文件很长，以下从略。", "The document is long; the rest is left out."),
}
