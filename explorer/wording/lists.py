"""Lists of what was found, and comparisons, in Chinese and English."""

from collections.abc import Mapping

from warehouse.text import Text

WORDS: Mapping[str, Text] = {
    # Findings
    "findings title": Text("问题：报告违反规则之处", "Findings: where reports break a rule"),
    "findings found": Text("{n} 处，见于 {reports} 份报告", "{n} places in {reports} reports"),
    "group by": Text("合看", "Group"),
    "by place": Text("逐处", "place by place"),
    "by report": Text("按报告", "by report"),
    "by region": Text("按区划", "by region"),
    "region word": Text("区划", "Region"),
    "errors": Text("错误", "Errors"),
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
    "all of them": Text("全部下载", "All of them"),
    "in words": Text("中文列名", "with columns in words"),
    "more": Text("更多", "more"),
    # Rules
    "rules title": Text("规则：报告里什么必须相符", "Rules: what must agree within a report"),
    "rules note": Text(
        "按最近一次校验，各年度合计。每千处指每判断一千处有几处违反，判断不足 100 处的不计。",
        "As of the latest audit, all years together. Per 1,000: places broken of those judged; "
        "not stated where fewer than 100 were.",
    ),
    "severity": Text("级别", "Severity"),
    "evaluated": Text("判断", "Judged"),
    "failed": Text("违反", "Broken"),
    "held": Text("符合", "Held"),
    "per thousand": Text("每千处", "Per 1,000"),
    "not judged": Text("不作判断", "Not assessable"),
    "example": Text("举例", "Example"),
    "rule origin": Text("出处", "Source"),
    "by year": Text("历年结果", "Year by year"),
    "reports concerned": Text("涉及报告", "Reports"),
    "latest places": Text("最近的几处", "Latest places"),
    # Corrections
    "corrections title": Text("悄然更正", "Silent corrections"),
    "corrections note": Text(
        "同一网页前后两次所载数字不同：前为先前所见，后为后来所见。",
        "Figures that a page showed one way first, and another way later: before, and after.",
    ),
    "corrections found": Text("共 {n} 格", "Cells: {n}"),
    # Coverage
    "coverage title": Text("覆盖：谁该发布，谁发布了", "Coverage: who should publish, and who did"),
    "coverage note": Text(
        "应有报告的依据：来源声明、相邻年度有报告，或列出而未能读取。点符号看报告；未见与未能读取者看表下的依据。"
        "无从知晓者不算未见，原因见其符号。",
        "A report should exist where its source says so, a neighbouring year has one, or one is listed but unread."
        " Each mark leads to its report, or to the reason below the table;"
        " where nothing is known a report is not called missing.",
    ),
    "coverage status": Text("状况", "Status"),
    "expected": Text("应有", "expected"),
    "nothing known": Text("无从知晓", "nothing known"),
    "expected of year": Text("{year} 年应有 {n} 份报告：", "{n} reports are expected for {year}: "),
    "expected declared": Text("{n} 份为来源所声明", "{n} declared by their source"),
    "expected neighbouring": Text("{n} 份因该机关相邻年度有报告", "{n} as the organ has one for a neighbouring year"),
    "expected alone": Text("{n} 份只因其本身已发布", "{n} only as they were published"),
    "expected listed": Text("{n} 份列出而未能读取", "{n} listed but not read"),
    "unknown of year": Text(
        "另有 {n} 个机关该年有无报告无从知晓：", "Nothing is known in that year of {n} more organs: "
    ),
    "unknown not yet": Text("{n} 个后来才由他机关改组而来", "{n} made of others later"),
    "unknown no longer": Text("{n} 个已由他机关接续", "{n} succeeded by others"),
    "unknown before": Text("{n} 个后来才首次见到", "{n} first seen later"),
    "unknown after": Text("{n} 个此前已不再见到", "{n} last seen before"),
    "unknown between": Text("{n} 个前后年度有而其间未见", "{n} known before and after only"),
    "why not yet": Text("{year} 年起由{others}改组而来", "made of {others} in {year}"),
    "why no longer": Text("{year} 年起由{others}接续", "succeeded by {others} in {year}"),
    "why before": Text("最早见于 {year} 年", "first known in {year}"),
    "why after": Text("最晚见于 {year} 年", "last known in {year}"),
    "why between": Text("前后年度有，其间未见", "known before and after only"),
    # Peers
    "peers title": Text("同类机关之间的比较", "Among peers"),
    "peers note": Text(
        "同一年度、同类机关某项比例的分布。办结（或审结）不足 30 件的不计；比例高低不等于优劣。",
        "How a rate is distributed among organs of one kind in one year. Organs with fewer than 30 cases are "
        "left out; high or low is neither good nor bad by itself.",
    ),
    "peers by kind": Text("各类机关合看", "By kind of organ"),
    "peers kinds note": Text(
        "合计比例是各机关的件数相加之后的比例，不足 30 件的机关也在内，所用数字有不符或没有读到的不在内；"
        "区间以各件相互独立为前提，未计机关之间的差别。政府报告已汇总所属部门，各行不可相加。",
        "Rates in all are of the cases of all organs together, also of those with fewer than 30, without faulty and "
        "unread figures; intervals are as if each request were independent, and know nothing of differences between "
        "organs. A government’s report adds its departments up: never add the rows.",
    ),
    "ranked": Text("列入的机关", "Organs listed"),
    "few": Text("不足 30 件", "Under 30 cases"),
    "faulty": Text("数字有不符", "Faulty figures"),
    "in all": Text("合计比例", "Rate in all"),
    "not read": Text("没有读到", "Not read"),
    "few left out": Text(
        "另有 {few} 个机关不足 30 件而未列。", "{few} more organs have fewer than 30 cases and are not listed. "
    ),
    "unread left out": Text("{n} 个机关的数字没有读到。", "Of {n} the figures were not read."),
    "peers chart note": Text(
        "每条短线是一个机关；灰框为中间一半。", "Each tick is an organ; the box is the middle half."
    ),
    "measure": Text("指标", "Measure"),
    "median": Text("中位数", "median"),
    "middle half": Text("中间一半", "middle half"),
    "rate": Text("比例", "Rate"),
    "cases": Text("件数", "Cases"),
    "sort name": Text("按名称", "by name"),
    "sort high": Text("由高到低", "highest first"),
    "sort low": Text("由低到高", "lowest first"),
    "left out": Text(
        "未列入：{n} 份报告，此项比例所用的数字有不符", "Left out: {n} reports with a fault in the figures of this rate"
    ),
    "no rate": Text("没有机关的件数达到 30，比例没有意义。", "No organ has 30 cases: no rate is worth stating."),
    # Compare
    "compare title": Text("两个机关的比较", "Two organs compared"),
    "compare two": Text(
        "只比较两个机关，并看差别有多可靠", "Compare two organs only, and see how sure the difference is"
    ),
    "compare note": Text(
        "某种办理结果占办结件数的比例，数字均为所公布者。比例高低不等于优劣：所收申请未必相同。",
        "What share of the concluded requests ended in one way, as published. High or low is neither good nor bad by "
        "itself: organs are asked for different things.",
    ),
    "compare a": Text("甲机关", "First organ"),
    "compare b": Text("乙机关", "Second organ"),
    "compare go": Text("比较", "Compare"),
    "compare with": Text("{organ} 与哪个机关比较？", "Compare {organ} with which organ?"),
    "compare this organ": Text("与另一机关比较", "Compare it with another organ"),
    "which one": Text(
        "名称含此的机关有 {total} 个{cut}，请选一个：",
        "{total} organs are called so{cut}; choose one:",
    ),
    "first listed": Text("，此处列出前 {n} 个", ", the first {n} are listed here"),
    "no such organ": Text(
        "没有名称含“{name}”而有报告的机关：请写全名的一部分，如“公安局”，或从机关列表进入。",
        "No organ with a report is called {name}: give part of its name, such as 公安局, or "
        "begin at the list of organs.",
    ),
    "to organs": Text("机关列表", "List of organs"),
    "fault elsewhere": Text("不涉及所用数字", "not in these figures"),
    "fault here": Text("涉及所用数字", "in these figures"),
    "too few to compare": Text(
        "有一方各年办结合计不足 30 件，比例没有意义，不作比较。",
        "One of them concluded fewer than 30 requests in all: its share says nothing, and nothing is compared.",
    ),
    "sure": Text(
        "{years} 年合计，{more}高于{less}，相差 {points} 个百分点（95% 置信区间 {low} 至 {high}）；不大可能出于偶然。",
        "{years} together: {more} is higher than {less} by {points} percentage points (95% interval {low} to {high}); "
        "chance alone would rarely make such a difference.",
    ),
    "not sure": Text(
        "看不出差别：{years} 年合计，{a}减{b}为 {points} 个百分点，其 95% 置信区间为 {low} 至 {high}，含 0。",
        "No difference can be told: {years} together, {a} minus {b} is {points} percentage points, and lies between "
        "{low} and {high} (95% interval), "
        "which includes zero.",
    ),
    "years apart": Text("逐年看则有不同：", "Year by year it is another matter: "),
    "year apart": Text(
        "{year} 年{more}高于{less} {points} 个百分点（95% 置信区间 {low} 至 {high}）。",
        "in {year} {more} is higher than {less} by {points} percentage points (95% interval {low} to {high}). ",
    ),
    "years by chance": Text(
        "可比的年度有 {n} 个；就算毫无差别，每二十次也约有一次会偶然如此。",
        "{n} years can be compared; were there no difference at all, about one in twenty would look so by chance.",
    ),
    "no year apart": Text(
        "逐年看，双方办结均满 30 件的 {n} 个年度，没有一年的差别大到足以说明与此不同。",
        "Year by year, of the {n} in which both concluded 30 requests, none differs so much that it tells otherwise. ",
    ),
    "years reversed": Text(
        "但其中 {years} 年高低与合计相反：合计的差别可能出自个别年度。",
        "But in {years} the order is the reverse: the difference of all years may stem from single ones.",
    ),
    "all years are": Text(
        "各年合计含：{a} {a_years} 年，{b} {b_years} 年；不足 30 件的年度也在内{faulty}。",
        "All years are those of {a_years} of {a}, and of {b_years} of {b}, also years of fewer than 30 cases{faulty}.",
    ),
    "with faulty": Text("，所用数字有不符的 {n} 份报告也在内", ", and {n} reports with faults in these figures"),
    "interval note": Text(
        "点为比例，竖线为 95% 置信区间（Wilson 法），件数越少越宽；以各件相互独立为前提。",
        "Points are shares, lines their 95% intervals (Wilson), the wider the fewer the cases; as if each request were "
        "independent of the others.",
    ),
    "interval": Text("95% 置信区间", "95% interval"),
    "of concluded": Text("件数／办结", "cases / concluded"),
    "all years": Text("各年合计", "All years"),
    "same organ": Text("两边是同一个机关，请另选一个。", "Both are the same organ: choose another one."),
    "nothing to compare": Text("两个机关没有可比的报告。", "They have no reports that could be compared."),
    "reports compared": Text("两份报告逐格对照", "Two reports, cell by cell"),
    "by form": Text(
        "因版式不同而只见于一方的 {n} 格（不算不同）", "Cells that only one of both forms has: {n} (no differences)"
    ),
    "forms differ": Text("两份报告版式不同：{forms}。", "The reports follow different forms: {forms}."),
    "cells different": Text("只看不同的格", "cells that differ"),
    "cells all": Text("所有的格", "all cells"),
    "all cells equal": Text("两份报告各格相同。", "They do not differ in any cell."),
    "superseded": Text("旧版", "superseded"),
    "compare year before": Text("与上年逐格对照", "Cell by cell with the year before"),
    "compare version before": Text("与前一版逐格对照", "what changed"),
    # Regions
    "province of": Text("{name}所在的省级区划", "Province of {name}"),
    "region code": Text("区划 {code}", "Region {code}"),
    "regions title": Text("区划", "Region"),
    "whole country": Text("全国", "whole country"),
    "by kind": Text("按机关类型", "By kind of organ"),
    "findings of region": Text("{year} 年的问题（可下载）", "Findings of {year} (also as a file)"),
    "sum doubtful": Text("含勾稽不符的报告所载数字", "with figures of reports that are inconsistent"),
    "never added": Text(
        "政府报告已汇总所属部门，各行不可相加", "a government’s report adds its departments up: never add the rows"
    ),
    "unread": Text("未读全（未计入合计）", "Not read whole (not in the sums)"),
    "below": Text("下级区划", "Regions below"),
    "times reports": Text("{n} 份报告", "{n} reports"),
    "all years here": Text("历年合看，不随上面所选年度", "all years, whichever is chosen above"),
    "evidence": Text("未见与未能读取的依据", "Why some are missing or not read"),
    "not listed": Text("来源没有列出", "its source does not list it"),
    "listed as": Text("列于 {url}，未读成报告", "listed as {url}, but not read as a report"),
    "never judged": Text("没有可判断之处", "no place to judge"),
    "tiles note": Text("百分数为勾稽相符的报告所占份额。", "Per cent of the reports that are clean."),
}
