"""The particulars of a report: source, number, contact, date of publication and statistics period."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from tasks.chinese import DAY, day_in, day_of, half_width, with_days_in_digits, year_in
from tasks.extract.documents import Document
from tasks.extract.metadata.model import Metadata
from tasks.extract.metadata.titles import EDGES, ORGAN

_PERIOD = re.compile(
    r"(?:自|从)?(20\d{2})[年.](\d{1,2})[月.](\d{1,2})日?(?:起)?[^。\d]{1,3}(?:(20\d{2})[年.]|同年)?(\d{1,2})[月.](\d{1,2})日?"
)
_DATE_LABELS = tuple(
    re.compile(rf"(?:{words})\s*[\]】]?\s*[:：]?\s*[\[【(（]?\s*(?={DAY})")
    for words in (
        "(?:发布|公开|公布|刊发|发表|发稿)(?:日期|时间)|发布于",
        "(?:发文|成文|印发|填报|(?<!页面)生成)(?:日期|时间)|(?<![一-鿿])(?:日期|时间)",
    )
)
"""Labels of the date of publication, and of dates near it. No other label means publication."""
_SAID_BEHIND = re.compile(rf"(?={DAY}[日T\d:：.\s]*(?:发布|公布|发表|提交)(?![于：:]|日期|时间))")
"""A date behind which it is said that it is that of publication: 2025.01.07 发布."""
_TIME_AND_PLACE = r"(?:\d{1,2}:\d{2}(?::\d{2})?)?(?:\s+(?!更新|修改|截止|访问|打印|抓取)[一-鿿]{2,3})?"
_ORGAN_AND_DAY = re.compile(rf"\s*({ORGAN.pattern})\s+(?={DAY}\s*日?\s*{_TIME_AND_PLACE}\s*$)")
_ACCOUNT_AND_MOMENT = re.compile(
    rf"^\s*(?:(?!更新|修改|截止|访问|打印|抓取)[一-鿿]{{2,20}}\s+){{1,3}}(?={DAY}\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s+[一-鿿]{{2,3}}\s*$)"
)
"""Author and public account before the moment and the place of an article."""
_UPDATED = re.compile(rf"更新(?:时间|日期)\s*[:：]\s*(?={DAY})")
_OF_ARTICLE = (re.compile("作者|来源"), re.compile("点击|浏览|阅读"))
"""What stands in the byline of sites that know no other day of an article than that of 更新时间."""
_OTHER_DATED = re.compile(
    rf"[一-鿿]{{1,8}}(?:\s*[:：]\s*|(?:时间|日期|于|至)\s*){DAY}(?:[日T\s]*\d{{1,2}}\s*:[\d:.\s]*\S*)?"
)
"""A date whose label means something else: of filing, crawling, making the page, today, expiry …"""
_OTHER_DATE = re.compile(r"星期|今天|现在|农历|欢迎|期限|日止|日起|起至|备案|有效|当前|系统")
"""Lines with the date of today, of expiry, or of the statistics period."""
_OTHER_LABEL = re.compile(
    r"(?:抓取|采集|收录|更新|修改|打印|下载|访问|查询|有效|失效|备案|截止|(?:法定)?期限|due|fetched|updated|accessed)"
    r"(?:时间|日期|日)?\s*[:：]?",
    re.IGNORECASE,
)
"""A line that says of the next one that its date is not that of publication."""
_DATE_FIRST = re.compile(rf"\D{{0,3}}{DAY}\s*日?(?:[T\d:：.\s]+\D{{0,60}}|\D{{0,60}})$")
_DATE_IN_BYLINE = re.compile(rf"(?=.*(?:来源|作者|浏览|点击|阅读|访问|字体|字号|打印|分享)).{{0,60}}?(?={DAY})")
"""A line with a date that has no label, among the other particulars of a byline."""
_LONGEST_BYLINE, _MOST_LINES_BELOW = 150, 12
_SENTENCE = re.compile("[，。；《]")
_SOURCE_LABEL = re.compile(
    r"(?:信息来源|来源|发布机构|发布单位|公开主体|稿源|发文机关|供稿单位|公开机构)\s*[】\]]?\s*[:：]\s*([^\s:：|【\[（(]{2,40}?)(?=\d*(?:[\s:：|【\[（(]|$))"
)
_NOT_A_SOURCE = re.compile(r"^(?:字体|浏览|点击|访问|作者|字号|发布|打印|分享|本站|保护视力|未知|原创)")
_NUMBER_LABELS = tuple(
    re.compile(rf"(?:{words})\s*[】\]]?\s*[:：]\s*([^\s：:|]{{4,40}})")
    for words in ("发文字号|文号|文件编号", "索引号|索取号")
)
"""Labels of a document's number, and of its index number, which stands for one where there is none."""
_CONTACT = re.compile(r"(?:电话|联系电话)\s*[:：]?\s*([0-9０-９][0-9０-９()（）—\-–－\s]{6,20}[0-9０-９])")
_DATE_FIELDS = (
    *("pubdate", "publishdate", "publicationdate", "publishtime", "firstpublishtime", "article:published_time"),
    "createdate",
)
_SOURCE_FIELDS = ("contentsource", "source")


def read_byline(found: Metadata, document: Document, texts: Sequence[str]) -> None:
    """Read source, number, contact and date of publication from the head, and for what it lacks from the format."""
    _read_date(found, document, texts)
    for text in texts:
        if (match := _SOURCE_LABEL.search(text)) and not _NOT_A_SOURCE.match(match[1]):
            found.publisher = match[1].strip(EDGES)
            found.origins["publisher"] = "byline"
            break
    else:
        found.publisher = _field(document, _SOURCE_FIELDS)
        if found.publisher:
            found.origins["publisher"] = "metadata"
    for pattern, origin in zip(_NUMBER_LABELS, ("document number", "index number"), strict=True):
        if found.document_number is None and (match := _first(pattern, texts)):
            found.document_number = match[1]
            found.origins["document_number"] = origin
    everywhere = [text for text in (*texts, *document.paragraphs) if "话" in text]
    if match := _first(_CONTACT, everywhere) or _first(_CONTACT, ("".join(text.split()) for text in everywhere)):
        found.contact = match[1].strip()
        found.origins["contact"] = "prose"


def _read_date(found: Metadata, document: Document, texts: Sequence[str]) -> None:
    """Take the date of publication from its label, else a line that begins with a date, else what the format says."""
    lines = [line for text in texts for line in _lines(text)]
    texts = [half_width(with_days_in_digits(text) if "月" in text else text) for text in lines]
    byline = _labelled(_DATE_LABELS[:1], texts)
    texts = [text for before, text in pairwise(("", *texts)) if not _OTHER_LABEL.fullmatch(before.strip())]
    dated = [_OTHER_DATED.sub(" ", text) for text in texts if not _OTHER_DATE.search(text)]
    byline = byline or _labelled(_DATE_LABELS[1:], texts)
    byline = byline or _labelled(
        (_SAID_BEHIND, _ORGAN_AND_DAY, _ACCOUNT_AND_MOMENT), [text for text in dated if _is_byline(text)]
    )
    byline = byline or next((day for text in dated if _DATE_FIRST.match(text) and (day := day_in(text))), None)
    short = [text for text in dated if len(text) <= _LONGEST_BYLINE]
    byline = byline or _labelled((_DATE_IN_BYLINE,), short)
    named = day_in(_field(document, _DATE_FIELDS) or "")
    days = {origin: day for origin, day in (("byline", byline), ("metadata", named)) if day}
    if days:
        found.origins["published_on"], found.published_on = next(iter(days.items()))
    if len(set(days.values())) > 1:
        found.conflicts.append(("date_disputed", f"The byline says {byline}, the metadata {named}."))


def read_day_below(found: Metadata, document: Document) -> None:
    """Take the one day that is labelled as that of publication below the report, where its head has none."""
    if found.published_on is not None or not found.year:
        return
    last = [half_width(text) for text in list(document.paragraphs)[-_MOST_LINES_BELOW:] if _is_byline(text)]
    days = {day for text in last if (day := _labelled(_DATE_LABELS[:1], [text]))}
    if len(days) == 1 and (day := days.pop()).year > found.year:
        found.origins["published_on"], found.published_on = "byline", day


def read_site_date(found: Metadata, texts: Sequence[str]) -> None:
    """Take the one day in the byline of an article, 更新时间, where nothing else tells the date of publication."""
    bylines = [half_width(text) for text in texts if all(word.search(text) for word in _OF_ARTICLE)]
    if found.published_on is None and (day := _labelled((_UPDATED,), [text for text in bylines if _is_byline(text)])):
        found.origins["published_on"], found.published_on = "byline", day


def _is_byline(text: str) -> bool:
    return len(text) <= _LONGEST_BYLINE and not _SENTENCE.search(text)


def _lines(text: str) -> list[str]:
    """Return the lines of a short text, such as a title with the day below it, and a long one as it is."""
    return text.split("\n") if len(text) <= _LONGEST_BYLINE else [text]


def _labelled(patterns: Iterable[re.Pattern[str]], texts: Sequence[str]) -> date | None:
    """Return the first day behind a label."""
    matches = (match for pattern in patterns for text in texts for match in pattern.finditer(text))
    return next((day for match in matches if (day := day_in(match.string[match.end() :]))), None)


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> re.Match[str] | None:
    return next((match for text in texts if (match := pattern.search(text))), None)


def _field(document: Document, names: Sequence[str]) -> str | None:
    return next((value for name in names if (value := document.fields.get(name))), None)


def read_period(found: Metadata, compact: Sequence[str]) -> None:
    """Read the statistics period, and the year: from the title, else the period."""
    match = _first(_PERIOD, compact)
    if match:
        year, month, day, last_year, last_month, last_day = match.groups()
        first, last = day_of(year, month, day), day_of(last_year or year, last_month, last_day)
        if first and last:
            found.period, found.origins["period"] = (first, last), "prose"
    found.year = year_in(found.title) if found.title else None
    if found.year is not None:
        found.origins["year"] = "title"
    elif found.period:
        found.year, found.origins["year"] = found.period[0].year, "statistics period"
