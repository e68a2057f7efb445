"""The particulars of a report: source, number, contact, date of publication and statistics period."""

import re
from collections.abc import Iterable, Sequence

from tasks.chinese import day_of, with_days_in_digits, year_in
from tasks.extract.documents import Document
from tasks.extract.metadata.model import Metadata
from tasks.extract.metadata.titles import EDGES

_PERIOD = re.compile(
    r"(?:自|从)?(20\d{2})[年.](\d{1,2})[月.](\d{1,2})日?(?:起)?[^。\d]{1,3}(?:(20\d{2})[年.]|同年)?(\d{1,2})[月.](\d{1,2})日?"
)
_DATE = re.compile(r"(20\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_DATE_LABELS = tuple(
    re.compile(rf"(?:{words})\s*[\]】]?\s*[:：]?\s*[\[【(（]?\s*{_DATE.pattern}")
    for words in (
        "发布日期|发布时间|发布于|公开日期|公开时间|公布日期|发稿时间|发表时间",
        "发文日期|生成日期|成文日期|更新时间|日期|时间",
    )
)
"""Labels of the date of publication, and of dates near it."""
_OTHER_DATE = re.compile(r"星期|今天|现在|农历|欢迎|期限|日止|日起|起至")
"""Lines with the date of today, or of the statistics period."""
_DATE_FIRST = re.compile(rf"\D{{0,3}}{_DATE.pattern}\s*日?(?:[\d:：\s]+\D{{0,60}}|\D{{0,60}})$")
_DATE_IN_BYLINE = re.compile(rf"(?=.*(?:来源|作者|浏览|点击|阅读|访问|字体|字号|打印|分享)).{{0,60}}?{_DATE.pattern}")
"""A line with a date that has no label, among the other particulars of a byline."""
_LONGEST_BYLINE = 150
_SOURCE_LABEL = re.compile(
    r"(?:信息来源|来源|发布机构|发布单位|公开主体|稿源|发文机关|供稿单位|公开机构)\s*[】\]]?\s*[:：]\s*([^\s:：|【\[（(]{2,40})"
)
_NOT_A_SOURCE = re.compile(r"^(?:字体|浏览|点击|访问|作者|字号|发布|打印|分享|本站|保护视力|未知|原创)")
_NUMBER_LABELS = tuple(
    re.compile(rf"(?:{words})\s*[】\]]?\s*[:：]\s*([^\s：:|]{{4,40}})")
    for words in ("发文字号|文号|文件编号", "索引号|索取号")
)
"""Labels of a document's number, and of its index number, which stands for one where there is none."""
_CONTACT = re.compile(r"(?:电话|联系电话)\s*[:：]?\s*([0-9０-９][0-9０-９()（）—\-–－\s]{6,20}[0-9０-９])")
_DATE_FIELDS = ("pubdate", "publishdate", "publicationdate", "createdate")
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
    texts = [with_days_in_digits(text) if "月" in text else text for text in texts]
    dated = [text for text in texts if not _OTHER_DATE.search(text)]
    published, near = _DATE_LABELS
    byline = _first(published, texts) or _first(near, dated)
    byline = byline or next((match for text in dated if (match := _DATE_FIRST.match(text))), None)
    byline = byline or _first(_DATE_IN_BYLINE, (text for text in dated if len(text) <= _LONGEST_BYLINE))
    named = _DATE.search(_field(document, _DATE_FIELDS) or "")
    days = {
        origin: day
        for origin, match in (("byline", byline), ("metadata", named))
        if match and (day := day_of(*match.groups()))
    }
    if days:
        found.origins["published_on"], found.published_on = next(iter(days.items()))
    if len(set(days.values())) > 1:
        found.conflicts.append(("date_disputed", f"The byline says {days['byline']}, the metadata {days['metadata']}."))


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
