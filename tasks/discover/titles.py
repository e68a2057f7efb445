"""Which titles are annual reports."""

import re

from tasks.chinese import year_in
from warehouse.characters import squeezed

_SUBJECT = re.compile(r"(信息|政务|政府)公开")
_KIND = re.compile(r"报告|年报|年度报|告年度报|年度\W*$|年度工作\W*$")
_OTHER = re.compile(
    r"通知|通报|指南|解读|图解|一图|要点|模板|培训|报表|统计数据|征求|部署|会议|方案|制度|办法|目录|网站工作|"
    r"法治政府|依法行政|任期|审计报告|评估报告|检查报告|举报|第[一二三四]季度|半年|学年|发布会|"
    r"(?:政府采购|环境|企业|执法|事业单位|高校|村务|党务|财务|预决算)信息公开"
)
_GENERIC = re.compile(r"政府|政务|信息|公开|工作|年度|年报|报告|情况|关于|[的年度\d〇○零一二三四五六七八九\W_]")


def compact_title(title: str) -> str:
    """A title without white space and with compatibility forms folded, as titles are compared."""
    return squeezed(title)


def may_mean_the_same(first: str, second: str) -> bool:
    """Whether two titles may be those of one report: they name no two years and no two organs."""
    years = {year for year in (year_in(first), year_in(second)) if year}
    one, other = (_GENERIC.sub("", compact_title(title)) for title in (first, second))
    return len(years) < 2 and (one in other or other in one)


def is_annual_report(title: str) -> bool:
    """Whether a title is that of an annual report on government information disclosure, also cut off by a list."""
    text = compact_title(title)
    return bool(_SUBJECT.search(text) and _KIND.search(text.rstrip(".…")) and not _OTHER.search(text))


def names_no_organ(title: str) -> bool:
    """Whether a title could stand over any organ's report, or over a list of them (政府信息公开年报)."""
    return not _GENERIC.sub("", compact_title(title))
