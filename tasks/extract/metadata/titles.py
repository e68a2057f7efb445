"""The title of a report, and the organ that it names."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tasks.chinese import YEAR_IN_NUMERALS, half_width, year_in
from tasks.extract.documents import Document
from tasks.extract.metadata.model import Metadata

_LONGEST_TITLE = 90
_LONGEST_LINE = 45
"""Characters of a line that may be part of a title set in several lines."""
_YEAR_PHRASE = re.compile(rf"(?:20\d{{2}}|{YEAR_IN_NUMERALS})年?度?|年度(?=政府|政务|信息)")
REPORT = re.compile(
    rf"(?:(?:政府|政务)?信息公开|政务公开)(?:年度|情况|工作|总结|年|度|的|20\d{{2}}|{YEAR_IN_NUMERALS})*(?:报告|年报)"
    r"|(?:政府|政务)信息公开(?:工作)?.?年度?报"
)
_DISCLOSURE = re.compile(r"(?:政府|政务)?信息公开")
_OPENNESS = re.compile("政务公开")
"""What some titles say for 政府信息公开; offices are named by it, too."""
_ISSUING = re.compile(r"关于(?:印发|公布|发布|报送)?")
_BEFORE_TITLE = re.compile(r"^.*[《】〗\]]|^.*年报[:：]")
"""What stands before the title of a report in that of its notice, or of a list."""
_LEADING = re.compile(r"^(?:附件?\d{0,2}[:：]?|转发|\d{1,2}(?!\d)[.、．]?)")
"""What stands before an organ in the title of an attachment, or of a numbered list."""
_TITLE_LABEL = re.compile(r"^(?:(?:信息)?(?:名称|标题|题名)|title)\s*[:：]\s*", re.IGNORECASE)
_DAY = re.compile(r"20\d{2}(?:年\d{1,2}月\d{1,2}日|([-/.])\d{1,2}\1\d{1,2})")
_NO_TITLE = re.compile(
    r"[。；>＞]|根据|编制|[:：].*[:：]|^(?:[^:：]{0,4}分类|类别|栏目|主题词?|关键词|所属[^:：]{0,4})[:：]"
)
ORGAN = re.compile(
    r"[一-鿿（）()]{2,36}(?:政府|局|委员会|委|办公室|办公厅|办|厅|院|部|署|中心|处|所|站|街道|镇|乡|区|县|市|省|州|盟|旗|"
    r"公司|队|馆|集团|校|联|宫|大学|学院|医院|银行|管委会|联合会|协会|社|台|会)"
)
REGION = re.compile(r"[一-鿿]{2,14}(?:省|自治区|市|州|盟|区|县|旗)")
_ZONE = re.compile(r"(?:开发|高新|新|园|管理|度假|保税|示范|功能|集聚|产业|试验|林|景)区$|(?:门|超|夜)市$")
_CORPS = re.compile("兵团|第[一二三四五六七八九十]+师")
"""A division of 新疆生产建设兵团 and its city are one, and no government."""
_TITLE_FIELDS = ("articletitle", "title", "og:title")
_CLOSING = "）"
EDGES = " \t\u3000|｜·-—_:：“”\"'《》【】()（）〔〕[]"


def organ_in(title: str) -> str | None:
    """Return the organ that a title names: what remains before 政府信息公开… once the year is taken out.

    A title that names a region alone (2022年上海市政府信息公开工作年度报告) means its government, unless an organ
    stands behind it (青山县2022年政府信息公开工作年度报告（县教育局）).
    """
    plain = _DAY.sub("", half_width("".join(title.split())))
    if "关于" in plain:
        plain = _ISSUING.sub("", plain)
    match = _DISCLOSURE.search(plain) or _OPENNESS.search(plain)
    if not match:
        return None
    organ = _organ_before(plain[: match.start()], match[0])
    organ += _CLOSING * (organ.count("（") - organ.count("）"))
    is_region = REGION.fullmatch(organ) and not _ZONE.search(organ) and not _CORPS.search(organ)
    if not organ or is_region:
        behind = _YEAR_PHRASE.sub("", REPORT.sub("", plain[match.start() :], count=1)).strip(EDGES)
        if ORGAN.fullmatch(behind):
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
        before, behind = text[: year.start()].strip(EDGES), text[year.end() :].strip(EDGES)
        text = before if ORGAN.fullmatch(before) and not ORGAN.fullmatch(behind) else before + behind
    return _LEADING.sub("", _BEFORE_TITLE.sub("", _YEAR_PHRASE.sub("", text).strip(EDGES)).strip(EDGES))


def read_title(found: Metadata, document: Document, texts: Sequence[str]) -> None:
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
    """Return 0 for what is no title, else more the more it names; ``confirming`` is what the format calls the page.

    One with a day is rather an entry of a list.
    """
    compact = "".join(text.split())
    if len(text) > _LONGEST_TITLE or "公开" not in compact or not REPORT.search(compact) or _NO_TITLE.search(compact):
        return 0
    named = (organ_in(compact) is not None) + (year_in(compact) is not None)
    return 2 + 2 * (named + (compact in confirming)) - bool(_DAY.search(compact))


def _breaks_off(line: str) -> bool:
    """Tell whether a line speaks of disclosure and is no title yet."""
    return "公开" in line and not REPORT.search("".join(line.split()))


def _is_of_two(lines: Sequence[str]) -> bool:
    """Tell whether lines are a title and what stands above it: a heading with another year, or of another paper."""
    *before, title = ("".join(line.split()) for line in lines)
    if len({year_in(line) for line in (*before, title)} - {None}) > 1:
        return True
    return REPORT.search(title) is not None and any("公开" in line and not ORGAN.fullmatch(line) for line in before)


def _joined_lines(texts: Sequence[str]) -> list[str]:
    """Join short lines around one that speaks of disclosure, where the outcome begins with an organ or a year."""
    joined = []
    for index in range(len(texts)):
        for count in (2, 3):
            lines = texts[index : index + count]
            if len(lines) < count or not (any("公开" in line for line in lines[1:]) or _breaks_off(lines[0])):
                continue
            title = "".join(lines)
            if max(map(len, lines)) > _LONGEST_LINE or not REPORT.search("".join(title.split())):
                continue
            if any(below.startswith(line) for line, below in pairwise(lines)) or _is_of_two(lines):
                continue
            if ORGAN.fullmatch(organ_in(title) or ""):
                joined.append(title)
    return joined
