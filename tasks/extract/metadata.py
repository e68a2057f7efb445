"""Title, organ, year, period, dates and names of a report, from what the page says about itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tasks.extract.documents import Document
from tasks.extract.head import head_texts
from tasks.extract.prose.numerals import half_width

_LONGEST_TITLE = 90
_LONGEST_LINE = 45
"""Characters of a line that may be part of a title set in several lines."""
_CHINESE_YEAR = r"二[〇零○ＯOo][一二三四五六七八九〇零○ＯOo]{2}"
_YEAR_DIGITS = {character: str(digit) for digit, character in enumerate("〇一二三四五六七八九")}
_YEAR = re.compile(rf"(?<!\d)(20\d{{2}})(?!\d)|({_CHINESE_YEAR})\s*年")
_YEAR_PHRASE = re.compile(rf"(?:20\d{{2}}|{_CHINESE_YEAR})年?度?|年度(?=政府|政务|信息)")
_REPORT = re.compile(
    r"(?:(?:政府|政务)?信息公开|政务公开)(?:工作)?(?:的)?(?:年度|情况|工作|总结|年)*(?:的)?(?:报告|年报)|(?:政府|政务)信息公开(?:工作)?.?年度?报"
)
_DISCLOSURE = re.compile(r"(?:政府|政务)?信息公开")
_OPENNESS = re.compile("政务公开")
"""What some titles say for 政府信息公开; offices are named by it, too."""
_SUBJECT = re.compile(r"(?:政府|政务)信息公开")
_ISSUING = re.compile(r"关于(?:印发|公布|发布|报送)?")
_BEFORE_TITLE = re.compile(r"^.*[《】〗\]]")
"""What stands before the title of a report in that of its notice, or of a list."""
_LEADING = re.compile(r"^(?:附件?\d{0,2}[:：]?|转发|\d{1,2}(?!\d)[.、．]?)")
"""What stands before an organ in the title of an attachment, or of a numbered list."""
_TITLE_LABEL = re.compile(r"^(?:信息)?(?:名称|标题|题名)\s*[:：]\s*")
_NO_TITLE = re.compile(
    r"[。；>＞]|根据|编制|[:：].*[:：]|^(?:[^:：]{0,4}分类|类别|栏目|主题词?|关键词|所属[^:：]{0,4})[:：]"
)
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
_CHINESE_DATE = re.compile(rf"({_CHINESE_YEAR})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日")
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
_NAMED_IN_PROSE = re.compile(
    r"(?:公布|现将|与|和|向|由)(?P<organ>[一-鿿]{3,30}?(?:政府|局|委员会|委|办公室|办公厅|厅|院|中心|办事处))"
    r"(?:20\d{2}年|办公室|联系|编制)"
)
_ORGAN = re.compile(
    r"[一-鿿（）()]{2,36}(?:政府|局|委员会|委|办公室|办公厅|办|厅|院|部|署|中心|处|所|站|街道|镇|乡|区|县|市|省|州|盟|旗|"
    r"公司|大队|支队|总队|馆|集团|学校|大学|学院|医院|银行|管委会|联合会|协会|社|台|会)"
)
_PUBLISHES_FOR_OTHERS = re.compile(r"政府|办公|政务|府办|数据|中心|网|委办")
_REGION = re.compile(r"[一-鿿]{2,14}(?:省|自治区|市|州|盟|区|县|旗)")
_ZONE = re.compile(r"(?:开发|高新|新|园|管理|度假|保税|示范|功能|集聚|产业|试验|林|景)区$|(?:门|超|夜)市$")
_TITLE_FIELDS = ("articletitle", "title", "og:title")
_DATE_FIELDS = ("pubdate", "publishdate", "publicationdate", "createdate")
_SOURCE_FIELDS = ("contentsource", "source")
_CLOSING = "）"
_EDGES = " \t\u3000|｜·-—_:：“”\"'《》【】()（）〔〕[]"


@dataclass(slots=True)
class Metadata:
    """What a document says about itself; ``None`` where it does not.

    ``origins`` tells from where each was taken, ``conflicts`` where sources disagree: a problem's code and detail.
    """

    title: str | None = None
    organ: str | None = None
    year: int | None = None
    period: tuple[date, date] | None = None
    published_on: date | None = None
    publisher: str | None = None
    document_number: str | None = None
    contact: str | None = None
    origins: dict[str, str] = field(default_factory=dict)
    conflicts: list[tuple[str, str]] = field(default_factory=list)


def read_metadata(document: Document) -> Metadata:
    """Read the metadata of a report from its head: title, byline, particulars, and the sentences before section one."""
    texts = head_texts(document)
    found = Metadata()
    _read_title(found, document, texts)
    _read_byline(found, document, texts)
    compact = ["".join(text.split()) for text in texts]
    _read_period(found, (*compact, *("".join(text.split()) for text in document.paragraphs if "统计" in text)))
    _read_organ(found, document, texts, compact)
    _compare(found, document)
    return found


def is_about_disclosure(document: Document) -> bool:
    """Tell whether a document speaks of government information disclosure at all."""
    return bool(_SUBJECT.search(document.title)) or any(_SUBJECT.search(text) for text in document.paragraphs)


def is_traditional(document: Document) -> bool:
    """Tell whether a document writes 信息公開 and never 信息公开: a mirror, whose figures nobody vouches for."""
    texts = [document.title, *document.paragraphs]
    return any("信息公開" in text for text in texts) and not any("信息公开" in text for text in texts)


def year_in(text: str) -> int | None:
    """Return the first year named in a text, in digits or Chinese numerals (二〇一九年)."""
    match = _YEAR.search(half_width(text))
    if not match:
        return None
    digits = match[1] or "2" + "".join(_YEAR_DIGITS.get(character, "0") for character in match[2][1:])
    return int(digits)


def organ_in(title: str) -> str | None:
    """Return the organ that a title names: what remains before 政府信息公开… once the year is taken out.

    A title that names a region alone (2022年上海市政府信息公开工作年度报告) means its government, unless an organ
    stands behind it (青山县2022年政府信息公开工作年度报告（县教育局）).
    """
    plain = half_width("".join(title.split()))
    if "关于" in plain:
        plain = _ISSUING.sub("", plain)
    match = _DISCLOSURE.search(plain) or _OPENNESS.search(plain)
    if not match:
        return None
    organ = _organ_before(plain[: match.start()], match[0])
    organ += _CLOSING * (organ.count("（") - organ.count("）"))
    is_region = _REGION.fullmatch(organ) and not _ZONE.search(organ)
    if not organ or is_region:
        behind = _YEAR_PHRASE.sub("", _REPORT.sub("", plain[match.start() :], count=1)).strip(_EDGES)
        if _ORGAN.fullmatch(behind):
            return behind if behind.startswith(organ) else organ + behind.removeprefix(organ[-1])
    if organ.endswith("人民") and match[0].startswith("政府"):
        organ += "政府"
    elif is_region:
        organ += "人民政府"
    return organ or None


def _organ_before(text: str, subject: str) -> str:
    """Return what stands before the subject of a title, without year, number, and what else is reported on."""
    year = _YEAR_PHRASE.search(text + subject)
    if year:
        before, behind = text[: year.start()].strip(_EDGES), text[year.end() :].strip(_EDGES)
        text = before if _ORGAN.fullmatch(before) and not _ORGAN.fullmatch(behind) else before + behind
    return _LEADING.sub("", _BEFORE_TITLE.sub("", _YEAR_PHRASE.sub("", text).strip(_EDGES)).strip(_EDGES))


def names_another_organ(publisher: str | None, organ: str) -> bool:
    """Tell whether a publishing source is a department other than the organ; offices publish for everybody."""
    if not publisher or not _ORGAN.fullmatch(publisher) or _PUBLISHES_FOR_OTHERS.search(publisher):
        return False
    core = publisher.lstrip("省市县区州")
    return core not in organ and organ not in publisher and not organ.endswith(publisher[-4:])


def _compare(found: Metadata, document: Document) -> None:
    """Note where title, source, period and the window's title disagree."""
    if found.year and found.period and found.period[0].year != found.year:
        detail = f"The title says {found.year}, the statistics period {found.period[0]} to {found.period[1]}."
        found.conflicts.append(("year_disputed", detail))
    if found.organ and found.origins["organ"] == "title" and names_another_organ(found.publisher, found.organ):
        found.conflicts.append(("organ_disputed", f"The title names {found.organ}, the source {found.publisher}."))
    if not _REPORT.search(document.title) or found.title is None:
        return
    year, organ = year_in(document.title), organ_in(document.title)
    if year and found.year and year != found.year:
        found.conflicts.append(("year_disputed", f"The title says {found.year}, that of the window {year}."))
    if found.organ and names_another_organ(organ, found.organ):
        found.conflicts.append(("organ_disputed", f"The title names {found.organ}, that of the window {organ}."))


def _read_title(found: Metadata, document: Document, texts: Sequence[str]) -> None:
    """Find the title: in one line of the head, else in two or three, else where the format names one."""
    named = [document.fields.get(name, "") for name in _TITLE_FIELDS]
    candidates = (
        ("heading", texts),
        ("heading", _joined_lines(texts)),
        ("metadata", named),
        ("window title", [document.title, *re.split(r"\s*[-_|—]{1,2}\s*", document.title)]),
    )
    confirming = "".join("".join((document.title, *named)).split())
    best = 0
    for origin, titles in candidates:
        for title in titles:
            score = _title_score(title := _TITLE_LABEL.sub("", title), confirming)
            if score > best:
                best, found.title, found.origins["title"] = score, title, origin
        if best and origin == "heading" and titles is not texts:
            return


def _title_score(text: str, confirming: str) -> int:
    """Return 0 for what is no title, else more the more it names; ``confirming`` is what the format calls the page."""
    if len(text) > _LONGEST_TITLE or not _REPORT.search(compact := "".join(text.split())) or _NO_TITLE.search(compact):
        return 0
    return 1 + (organ_in(compact) is not None) + (year_in(compact) is not None) + (compact in confirming)


def _joined_lines(texts: Sequence[str]) -> list[str]:
    """Join short lines around one that speaks of disclosure, where the outcome begins with an organ or a year."""
    joined = []
    for index in range(len(texts)):
        for count in (2, 3):
            lines = texts[index : index + count]
            if len(lines) < count or not any("公开" in line for line in lines[1:]):
                continue
            title = "".join(lines)
            is_short = all(len(line) <= _LONGEST_LINE for line in lines)
            if is_short and _REPORT.search("".join(title.split())) and _ORGAN.fullmatch(organ_in(title) or ""):
                joined.append(title)
    return joined


def _read_byline(found: Metadata, document: Document, texts: Sequence[str]) -> None:
    _read_date(found, document, texts)
    for text in texts:
        if (match := _SOURCE_LABEL.search(text)) and not _NOT_A_SOURCE.match(match[1]):
            found.publisher = match[1].strip(_EDGES)
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
    texts = [_CHINESE_DATE.sub(_in_digits, text) if "月" in text else text for text in texts]
    dated = [text for text in texts if not _OTHER_DATE.search(text)]
    published, near = _DATE_LABELS
    byline = _first(published, texts) or _first(near, dated)
    byline = byline or next((match for text in dated if (match := _DATE_FIRST.match(text))), None)
    byline = byline or _first(_DATE_IN_BYLINE, (text for text in dated if len(text) <= _LONGEST_BYLINE))
    named = _DATE.search(_field(document, _DATE_FIELDS) or "")
    days = {
        origin: day
        for origin, match in (("byline", byline), ("metadata", named))
        if match and (day := _date(*match.groups()))
    }
    if days:
        found.origins["published_on"], found.published_on = next(iter(days.items()))
    if len(set(days.values())) > 1:
        found.conflicts.append(("date_disputed", f"The byline says {days['byline']}, the metadata {days['metadata']}."))


def _in_digits(match: re.Match[str]) -> str:
    """Write a date in Chinese numerals (二〇二〇年一月二十一日) in digits."""
    year, month, day = match.groups()
    return f"{year_in(year + '年')}年{_chinese_number(month)}月{_chinese_number(day)}日"


def _chinese_number(text: str) -> int:
    """Return a number below 100: 三, 十, 二十一."""
    tens, ten, ones = text.rpartition("十")
    return (int(_YEAR_DIGITS.get(tens, "1")) * 10 if ten else 0) + int(_YEAR_DIGITS.get(ones, "0"))


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> re.Match[str] | None:
    return next((match for text in texts if (match := pattern.search(text))), None)


def _field(document: Document, names: Sequence[str]) -> str | None:
    return next((value for name in names if (value := document.fields.get(name))), None)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_period(found: Metadata, compact: Sequence[str]) -> None:
    match = _first(_PERIOD, compact)
    if match:
        year, month, day, last_year, last_month, last_day = match.groups()
        first, last = _date(year, month, day), _date(last_year or year, last_month, last_day)
        if first and last:
            found.period, found.origins["period"] = (first, last), "prose"
    found.year = year_in(found.title) if found.title else None
    if found.year is not None:
        found.origins["year"] = "title"
    elif found.period:
        found.year, found.origins["year"] = found.period[0].year, "statistics period"


def _read_organ(found: Metadata, document: Document, texts: Sequence[str], compact: Sequence[str]) -> None:
    """Take the organ from the title, else the source, else the prose, the window's title and the breadcrumb."""
    full_source = found.publisher if found.publisher and found.publisher[0] not in "市县区省本" else None
    prose = next((match["organ"] for text in compact if (match := _NAMED_IN_PROSE.search(text))), None)
    candidates = (
        ("title", organ_in(found.title) if found.title else None),
        ("byline", full_source),
        ("prose", prose),
        ("byline", found.publisher),
        ("window title", organ_in(document.title)),
        ("breadcrumb", _organ_in_breadcrumb(texts)),
    )
    origin, organ = next(((origin, organ) for origin, organ in candidates if organ), ("", None))
    if organ is not None:
        found.organ, found.origins["organ"] = _with_region(organ, full_source), origin


def _with_region(organ: str, source: str | None) -> str:
    """Return the source's name of an organ that its own title calls without the region: 水利局 of 青山县水利局."""
    if source and len(source) > len(organ) and source.endswith(organ) and _REGION.fullmatch(source.removesuffix(organ)):
        return source
    return organ


def _organ_in_breadcrumb(texts: Sequence[str]) -> str | None:
    steps = (step.strip() for text in texts if ">" in text or "＞" in text for step in re.split(r"[>＞»]", text)[1:])
    return next((step for step in steps if _ORGAN.fullmatch(step) and "公开" not in step), None)
