"""The parts of a document that are of different organs or years: several reports in one, last year's figures beside.

A part begins where a title, the caption of tables or a statistics period names another organ or year than before. Only
parts with statutory figures count; what stands before the first of them is the head of the page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tasks.chinese import number, year_in
from tasks.extract.documents import Block, Document, Table
from tasks.extract.metadata import ORGAN, REPORT, Metadata, organ_in
from tasks.extract.tables import tables_with_figures
from warehouse.labels import compact

_LONGEST_CAPTION, _LONGEST_YEAR = 70, 40
_YEAR_ALONE = re.compile(r"[(【]?(20\d\d)年(?:度|数|数据|度?情况|度?统计表)?[)】]?(?:\([^()]{1,8}\))?:?")
_CAPTION = re.compile("公开.*(?:统计表|情况|数据|报表)")
_NUMBER = re.compile(r"^\s*(?:附?表|附件)\s*\d{1,2}[\s:：、.]+")
_ANOTHER_SCOPE = re.compile(
    r"全(?:省|市|县|区|州|盟|旗|镇|乡|街道|系统)(?=.*(?:汇总|情况|统计))"
    r"|(?:20\d\d年度?|本年度?)[比较与](?:20\d\d年度?|上年度?)(?:相比)?(?:增减|变化|对比|比较)"
)
"""What tables count that are set beside a report: all organs of an area, or by how much figures have changed."""
_GOVERNMENT = "人民政府"
_SECTION = re.compile(r"\(?[一二三四五六七八九十]+[)、.]")
_NUMBERED_SECTION = re.compile("([一二三四五六七八九十]+)、")
_NO_CAPTION = re.compile("[。;]|:.*:|发布|来源|浏览|上一|下一|相关|>|根据")
_LABEL = re.compile(r"(?:信息|文章|稿件)?来源|稿源|(?:发布|公开)(?:机构|单位|主体)|栏目|网站(?:名称)?")
"""What says of the next line that it names a portal or an organ, and announces nothing."""
_PERIOD = re.compile(r"统计[^。]{0,12}?(20\d\d)年1月1日[^。]{0,12}12月31日")


@dataclass(frozen=True)
class Part:
    """Some blocks of a document, and the organ and year that are announced for them.

    ``is_report`` tells a report from tables that are set beside one, for comparison or of a unit below the organ;
    ``is_of_another_scope`` that they count something else, which stands for the organ.
    """

    blocks: list[Block] = field(default_factory=list)
    organ: str | None = None
    year: int | None = None
    is_report: bool = True
    is_of_another_scope: bool = False

    def of_same(self, other: "Part") -> bool:
        """Tell whether both are of one organ and year, whether or not its name is written with the region."""
        return self.year == other.year and _same_organ(self.organ, other.organ)


def parts_of(document: Document, page: Metadata) -> list[Part]:
    """Cut a document into its parts, the page's own first; that of one organ and year is one part, with every block."""
    is_area = (page.organ or "").endswith(_GOVERNMENT)
    pieces = list(_pieces(document.blocks))
    if turned := _with_title_first(pieces, page):
        return [turned]
    pieces = [replace(piece, organ=piece.organ or page.organ, year=piece.year or page.year) for piece in pieces]
    if all(map(pieces[0].of_same, pieces)) and not any(
        _year_alone(text) or _another_scope(text, is_area) for text in document.paragraphs
    ):
        return [Part(document.blocks)]
    own = Part([], page.organ, year_in(document.title) or page.year)
    head: list[Block] = []
    parts: list[Part] = []
    for piece in pieces:
        if not parts and not tables_with_figures(piece.blocks):
            head += piece.blocks
            continue
        for part in _by_captions(piece, is_area):
            _merge(parts, part)
    filled = [(part, tables) for part in parts if (tables := tables_with_figures(part.blocks))]
    if len(filled) < 2:
        return [Part(document.blocks)]
    first, own_tables = max(
        filled, key=lambda each: (each[0].of_same(own), each[0].is_report, each[0].year == own.year)
    )
    if any(part.is_of_another_scope and not tables <= own_tables for part, tables in filled):
        return [Part(document.blocks)]
    rest = [part for part, _ in filled if part is not first]
    return [replace(first, blocks=head + first.blocks) if first.of_same(own) else first, *rest]


def _with_title_first(pieces: Sequence[Part], page: Metadata) -> Part | None:
    """Return a report whose title stands behind some of its tables, as where sheets are in reverse, title first.

    It is one only if nothing else is announced, and none of the tables stands on both sides.
    """
    if len(pieces) != 2 or page.organ or page.year:
        return None
    above, below = pieces
    both = [tables_with_figures(piece.blocks) for piece in (above, below)]
    if not (below.is_report and below.organ and below.year and all(both)) or both[0] & both[1]:
        return None
    return replace(below, blocks=[*below.blocks, *above.blocks])


def _pieces(blocks: Sequence[Block]) -> Iterator[Part]:
    """Cut before every title, caption and statistics period that names another organ or year than the one before.

    What a caption sets beside a report ends where the next section of the report begins.
    """
    piece = Part()
    interrupted: Part | None = None
    section = 0
    before = ""
    for block in blocks:
        is_value = _LABEL.fullmatch(before) is not None
        before = compact(block).strip(":") if isinstance(block, str) and len(block) < _LONGEST_YEAR else ""
        announced = _announced(block) if isinstance(block, str) and not is_value else None
        if announced is not None and (announced.organ or piece.organ, announced.year or piece.year) != (
            piece.organ,
            piece.year,
        ):
            yield piece
            interrupted = None if announced.is_report else interrupted or piece
            piece = announced
        elif numbered := _numbered_section(block):
            if interrupted and numbered == section + 1:
                yield piece
                piece, interrupted = replace(interrupted, blocks=[]), None
            section = section if interrupted else numbered
        piece.blocks.append(block)
    yield piece


def _numbered_section(block: Block) -> int | None:
    """Return the number of the section that a line begins, as 四 in 四、因政府信息公开工作被申请行政复议情况."""
    match = (
        _NUMBERED_SECTION.match(compact(block)) if isinstance(block, str) and len(block) < _LONGEST_CAPTION else None
    )
    return number(match[1]) if match else None


def _announced(text: str) -> Part | None:
    """Return the organ and year that a line announces for what follows."""
    names_period = "统计" in text
    if not names_period and ("公开" not in text or "。" in text or len(text) > 2 * _LONGEST_CAPTION):
        return None
    plain = compact(_NUMBER.sub("", text))
    if len(plain) > _LONGEST_CAPTION or _NO_CAPTION.search(plain):
        period = _PERIOD.search(plain)
        return Part(year=int(period[1])) if period else None
    if _SECTION.match(plain) or (not (is_report := bool(REPORT.search(plain))) and not _CAPTION.search(plain)):
        return None
    organ, year = organ_in(plain), year_in(plain)
    organ = organ if organ and ORGAN.fullmatch(organ) else None
    return Part(organ=organ, year=year, is_report=is_report) if year or (organ and is_report) else None


def _by_captions(piece: Part, is_area: bool) -> Iterator[Part]:
    """Part what stands below a year alone (2023年度), or a caption of another scope, from the rest.

    It ends where a section or a sentence begins.
    """
    part = replace(piece, blocks=[])
    for block, below in pairwise((*piece.blocks, None)):
        year = _year_alone(block) if isinstance(block, str) else None
        scope = _another_scope(block, is_area) if isinstance(block, str) and isinstance(below, Table) else None
        ends = isinstance(block, str) and ("。" in block or _SECTION.match(compact(block)))
        if year is not None or scope or ends:
            yield part
            is_own = year in (None, piece.year) and not scope
            part = replace(
                piece,
                blocks=[],
                organ=scope or piece.organ,
                year=year or piece.year,
                is_report=piece.is_report and is_own,
                is_of_another_scope=bool(scope),
            )
        if block is not None:
            part.blocks.append(block)
    yield part


def _another_scope(text: str, is_area: bool) -> str | None:
    """Return what a caption says that its tables count, if that is not the organ's own; a government's is its area."""
    if len(text) > _LONGEST_CAPTION or "。" in text:
        return None
    match = _ANOTHER_SCOPE.search(compact(text))
    return match[0] if match and not (is_area and match[0].startswith("全")) else None


def _year_alone(text: str) -> int | None:
    match = _YEAR_ALONE.fullmatch(compact(text)) if "年" in text and len(text) < _LONGEST_YEAR else None
    return int(match[1]) if match else None


def _merge(parts: list[Part], part: Part) -> None:
    """Add a part, to the one of the same organ and year if there is one."""
    for index, known in enumerate(parts):
        if known.of_same(part):
            blocks = known.blocks + part.blocks
            parts[index] = replace(known, blocks=blocks, is_report=known.is_report or part.is_report)
            return
    parts.append(part)


def _same_organ(organ: str | None, other: str | None) -> bool:
    if organ is None or other is None:
        return organ == other
    return organ.endswith(other) or other.endswith(organ)
