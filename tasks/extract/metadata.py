"""Title, organ, year, publication date and publisher of a report, from what the page says about itself."""

import re
from dataclasses import dataclass
from datetime import date

from tasks.extract.document import Document

_HEAD_PARAGRAPHS = 60
_LONGEST_TITLE = 90
_YEAR_DIGITS = {character: str(digit) for digit, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
    "o": "0",
}
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)\s*年?|(二[〇零○ＯOo][一二三四五六七八九〇零○ＯOo]{2})\s*年")
_REPORT = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?(?:的)?(?:年度|情况|工作|总结|年)*(?:的)?(?:报告|年报)|(?:政府|政务)?信息公开年报"
)
_SUBJECT = re.compile(r"(?:政府|政务)信息公开")
_YEAR_PHRASE = re.compile(
    r"(?:20\d{2}|二[〇零○ＯOo][一二三四五六七八九〇零○ＯOo]{2})\s*年?(?:度)?|年度(?=政府|政务|信息)"
)
_PERIOD = re.compile(r"(20\d{2})年1月1日(?:起)?(?:至|到|—|-|－|~|～)+(?:\1年|同年)?12月31日")
_TITLE_FIELDS = ("articletitle", "title", "og:title")
_DATE_FIELDS = ("pubdate", "publishdate", "publicationdate", "createdate")
_SOURCE_FIELDS = ("contentsource", "source", "sitename")
_DATE_LABEL = re.compile(
    r"(?:发布日期|发布时间|发文日期|公开日期|公布日期|生成日期|成文日期|发稿时间|发表时间|更新时间|日期|时间)\s*[:：]?\s*"
    r"(20\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
)
_DATE = re.compile(r"(20\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_SOURCE_LABEL = re.compile(
    r"(?:信息来源|来源|发布机构|发布单位|公开主体|稿源|发文机关|供稿单位)\s*[:：]\s*([^\s:：|【\[（(]{2,40})"
)
_NOT_SOURCES = re.compile(r"^(?:字体|浏览|点击|访问|作者|字号|发布|打印|分享|本站|保护视力)")
_EDGES = " \t\u3000·-—_:：“”\"'《》【】()（）〔〕[]"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself; ``None`` where it does not."""

    title: str | None = None
    organ: str | None = None
    year: int | None = None
    published_on: date | None = None
    publisher: str | None = None
    period_year: int | None = None


def read_metadata(document: Document) -> Metadata:
    """Read the metadata of a report from its head: title, byline and the sentence on the statistics period."""
    paragraphs = [text for text, _ in zip(document.paragraphs, range(_HEAD_PARAGRAPHS), strict=False)]
    title = _title(document, paragraphs)
    publisher = _publisher(document, paragraphs)
    period = next((int(match[1]) for text in paragraphs if (match := _PERIOD.search("".join(text.split())))), None)
    year = (year_in(title) if title else None) or period
    organ = (organ_in(title) if title else None) or publisher or _organ_in_breadcrumb(paragraphs)
    return Metadata(title, organ, year, _published_on(document, paragraphs), publisher, period)


def is_about_disclosure(document: Document) -> bool:
    """Tell whether a document speaks of government information disclosure at all."""
    return bool(_SUBJECT.search(document.title)) or any(_SUBJECT.search(text) for text in document.paragraphs)


def year_in(text: str) -> int | None:
    """Return the first year named in a text, in digits or Chinese numerals (二〇一九年)."""
    match = _YEAR.search(text)
    if not match:
        return None
    return int(match[1]) if match[1] else int("".join(_YEAR_DIGITS.get(c, "2") for c in match[2]))


def organ_in(title: str) -> str | None:
    """Return the organ that a title names: what remains before 政府信息公开… once the year is taken out."""
    plain = _YEAR_PHRASE.sub("", "".join(title.split())).replace("关于", "")
    match = re.search(r"(?:政府|政务)?信息公开", plain)
    if not match:
        return None
    organ = plain[: match.start()].strip(_EDGES)
    if organ.endswith("人民") and match[0].startswith("政府"):
        organ += "政府"
    return organ or None


def _title(document: Document, paragraphs: list[str]) -> str | None:
    """Return the fullest title: one that names organ and year before one that lacks either."""
    named = [document.fields.get(name, "") for name in _TITLE_FIELDS]
    from_window = re.split(r"\s*[-_|—]{1,2}\s*", document.title)
    candidates = [*paragraphs, *named, *from_window]
    titles = [text for text in candidates if len(text) <= _LONGEST_TITLE and _looks_like_title(text)]
    return max(titles, key=lambda text: bool(organ_in(text)) + bool(year_in(text)), default=None)


def _looks_like_title(text: str) -> bool:
    compact = "".join(text.split())
    return bool(_REPORT.search(compact)) and not re.search(r"[。；>＞]|根据|编制|：.*：", compact)


def _published_on(document: Document, paragraphs: list[str]) -> date | None:
    for text in paragraphs:
        if match := _DATE_LABEL.search(text):
            return _date(match)
    for name in _DATE_FIELDS:
        if match := _DATE.search(document.fields.get(name, "")):
            return _date(match)
    return None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _publisher(document: Document, paragraphs: list[str]) -> str | None:
    for text in paragraphs:
        match = _SOURCE_LABEL.search(text)
        if match and not _NOT_SOURCES.match(match[1]):
            return match[1].strip(_EDGES)
    return next((value for name in _SOURCE_FIELDS if (value := document.fields.get(name))), None)


def _organ_in_breadcrumb(paragraphs: list[str]) -> str | None:
    for text in paragraphs:
        for part in re.split(r"[>＞»]", text)[1:]:
            if re.fullmatch(r"[一-鿿]{2,30}(?:局|委|委员会|办公室|办|政府|厅|院|中心|街道办事处)", part.strip()):
                return part.strip()
    return None
