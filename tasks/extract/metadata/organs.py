"""Whose report it is: the organ that title, source, prose, window and breadcrumb name."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from tasks.chinese import day_in, with_days_in_digits
from tasks.extract.documents import Document
from tasks.extract.metadata.model import Metadata
from tasks.extract.metadata.titles import EDGES, ORGAN, REGION, organ_in

_NAMED_IN_PROSE = re.compile(
    r"(?:公布|现将|与|和|向|由)(?P<organ>[一-鿿]{3,30}?(?:政府|局|委员会|委|办公室|办公厅|厅|院|中心|办事处))"
    r"(?:20\d{2}年|办公室|联系|编制)"
)
_OFFICE = re.compile("(?:办公室|办公厅|办)$")
_NUMBER_OR_DAY = re.compile(
    r"[(（]?20\d\d年\d{1,2}月\d{1,2}日[)）]?|[^\s]{1,12}[〔\[［(（]20\d\d[〕\]］)）]\S{0,3}\d+号|"
)
_FILLED_IN_BY = re.compile("^(?:(?:填报|编制|报送)单位|(?:单位|机关|部门)名称)(?:[（(](?:盖|公)章[)）])?[:：]")
_DAY = re.compile(r"[(（]?20\d\d年\d{1,2}月\d{1,2}日[)）]?")
_SIGNED = re.compile(r"(?P<organ>[一-鿿]{4,30}?)(?P<day>20\d\d年\d{1,2}月\d{1,2}日)?")
_SHORTEST_TITLE_LINE, _MOST_SIGNING_LINES = 8, 12
_PUBLISHES_FOR_OTHERS = re.compile(r"政府|办公|政务|府办|数据|中心|网|委办")


def names_another_organ(publisher: str | None, organ: str) -> bool:
    """Tell whether a publishing source is a department other than the organ; offices publish for everybody."""
    if not publisher or not ORGAN.fullmatch(publisher) or _PUBLISHES_FOR_OTHERS.search(publisher):
        return False
    core = publisher.lstrip("省市县区州")
    return core not in organ and organ not in publisher and not organ.endswith(publisher[-4:])


def read_organ(found: Metadata, document: Document, texts: Sequence[str], compact: Sequence[str]) -> None:
    """Take the organ from the title or the lines around it, else the source, the signature, the prose, the window …"""
    full_source = found.publisher if found.publisher and found.publisher[0] not in "市县区省本" else None
    signer = read_signature(document)[0]
    if signer and full_source and _PUBLISHES_FOR_OTHERS.search(full_source) and not signer.startswith(full_source):
        full_source = None
    prose = next((match["organ"] for text in compact if (match := _NAMED_IN_PROSE.search(text))), None)
    candidates = (
        *_in_title(found.title, compact),
        ("byline", full_source),
        ("prose", prose),
        ("signature", signer),
        ("byline", found.publisher),
        ("window title", organ_in(document.title)),
        ("breadcrumb", _organ_in_breadcrumb(texts)),
    )
    origin, organ = next(((origin, organ) for origin, organ in candidates if organ), ("", None))
    if organ is not None:
        found.organ, found.origins["organ"] = _with_region(organ, full_source), origin


def _in_title(title: str | None, lines: Sequence[str]) -> tuple[tuple[str, str | None], ...]:
    """Return the organ of the title, and that of the line below or above it.

    The line goes before a title that names only the area of the line's organ: 白沙县青泥镇人民政府 in 白沙县.
    """
    organ = organ_in(title) if title else None
    line = _line_beside(title, lines) if title else None
    if organ and line in (organ + "人民政府", organ + "办事处"):
        return (("line beside the title", line),)
    if organ and line and line != organ and not _OFFICE.search(line):
        area = organ.removesuffix("人民政府")
        if organ.endswith("人民政府") and line.startswith(area):
            return (("line beside the title", line),)
    return (("title", organ), ("line beside the title", line))


def _line_beside(title: str, lines: Sequence[str]) -> str | None:
    """Return the organ on the line below the title, or above it; numbers and days of documents do not come between."""
    whole = "".join(title.split())
    at = [index for index, line in enumerate(lines) if line and line in whole and len(line) >= _SHORTEST_TITLE_LINE]
    if not at:
        return None
    last = next(one for one in reversed(at) if one - 1 not in at)
    for around in (lines[at[-1] + 1 :], lines[:last][::-1], lines[: at[0]][::-1]):
        line = next((line for line in around[:2] if not _NUMBER_OR_DAY.fullmatch(line)), "").strip(EDGES)
        line = _FILLED_IN_BY.sub("", line)
        if ORGAN.fullmatch(line) and "公开" not in line:
            return line
    return None


def read_signature(document: Document, year: int | None = None) -> tuple[str | None, date | None]:
    """Return the organ that signs at the end, before the day, and that day.

    A day alone is a signature's if it is the only one there, and one on which a report for ``year`` is due.
    """
    last = [with_days_in_digits("".join(text.split())) for text in document.paragraphs][-_MOST_SIGNING_LINES:]
    for line, below in pairwise([*last, ""]):
        match = _SIGNED.fullmatch(line)
        if match and (match["day"] or _DAY.fullmatch(below)) and ORGAN.fullmatch(match["organ"]):
            return match["organ"], day_in(match["day"] or below)
    days = [day for line in last if _DAY.fullmatch(line) and (day := day_in(line))]
    return None, next((day for day in days if len(days) == 1 and year and day.year == year + 1), None)


def _with_region(organ: str, source: str | None) -> str:
    """Return the source's name of an organ that its own title calls without the region: 水利局 of 青山县水利局."""
    if source and len(source) > len(organ) and source.endswith(organ) and REGION.fullmatch(source.removesuffix(organ)):
        return source
    return organ


def _organ_in_breadcrumb(texts: Sequence[str]) -> str | None:
    steps = (step.strip() for text in texts if ">" in text or "＞" in text for step in re.split(r"[>＞»]", text)[1:])
    return next((step for step in steps if ORGAN.fullmatch(step) and "公开" not in step), None)
