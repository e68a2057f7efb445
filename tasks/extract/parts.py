"""The parts of a document that are of different organs or years: several reports in one, last year's figures beside.

A part begins where a title, the caption of tables or a statistics period names another organ or year than before. Only
parts with statutory figures count; what stands before the first of them is the head of the page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tasks.chinese import year_in
from tasks.extract.documents import Block, Document
from tasks.extract.metadata import ORGAN, REPORT, Metadata, organ_in
from tasks.extract.tables import has_figures
from warehouse.labels import compact

_LONGEST_CAPTION, _LONGEST_YEAR = 70, 40
_YEAR_ALONE = re.compile(r"[(【]?(20\d\d)年(?:度|数|数据|度?情况|度?统计表)?[)】]?:?")
_CAPTION = re.compile("公开.*(?:统计表|情况|数据|报表)")
_SECTION = re.compile(r"\(?[一二三四五六七八九十]+[)、.]")
_NO_CAPTION = re.compile("[。;]|:.*:|发布|来源|浏览|上一|下一|相关|>|根据")
_LABEL = re.compile(r"(?:信息|文章|稿件)?来源|稿源|(?:发布|公开)(?:机构|单位|主体)|栏目|网站(?:名称)?")
"""What says of the next line that it names a portal or an organ, and announces nothing."""
_PERIOD = re.compile(r"统计[^。]{0,12}?(20\d\d)年1月1日[^。]{0,12}12月31日")


@dataclass(frozen=True)
class Part:
    """Some blocks of a document, and the organ and year that are announced for them.

    ``is_report`` tells a report from tables that are set beside one, for comparison or of a unit below the organ.
    """

    blocks: list[Block] = field(default_factory=list)
    organ: str | None = None
    year: int | None = None
    is_report: bool = True

    def of_same(self, other: "Part") -> bool:
        """Tell whether both are of one organ and year, whether or not its name is written with the region."""
        return self.year == other.year and _same_organ(self.organ, other.organ)


def parts_of(document: Document, page: Metadata) -> list[Part]:
    """Cut a document into its parts, the page's own first; that of one organ and year is one part, with every block."""
    pieces = [
        replace(piece, organ=piece.organ or page.organ, year=piece.year or page.year)
        for piece in _pieces(document.blocks)
    ]
    if all(map(pieces[0].of_same, pieces)) and not any(map(_year_alone, document.paragraphs)):
        return [Part(document.blocks)]
    own = Part([], page.organ, year_in(document.title) or page.year)
    head: list[Block] = []
    parts: list[Part] = []
    for piece in pieces:
        if not parts and not has_figures(piece.blocks):
            head += piece.blocks
            continue
        for part in _by_year_captions(piece):
            _merge(parts, part)
    parts = [part for part in parts if has_figures(part.blocks)]
    if len(parts) < 2:
        return [Part(document.blocks)]
    first = max(parts, key=lambda part: (part.of_same(own), part.is_report, part.year == own.year))
    rest = [part for part in parts if part is not first]
    return [replace(first, blocks=head + first.blocks) if first.of_same(own) else first, *rest]


def _pieces(blocks: Sequence[Block]) -> Iterator[Part]:
    """Cut before every title, caption and statistics period that names another organ or year than the one before."""
    piece = Part()
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
            piece = announced
        piece.blocks.append(block)
    yield piece


def _announced(text: str) -> Part | None:
    """Return the organ and year that a line announces for what follows."""
    names_period = "统计" in text
    if not names_period and ("公开" not in text or "。" in text or len(text) > 2 * _LONGEST_CAPTION):
        return None
    plain = compact(text)
    if len(plain) > _LONGEST_CAPTION or _NO_CAPTION.search(plain):
        period = _PERIOD.search(plain)
        return Part(year=int(period[1])) if period else None
    if _SECTION.match(plain) or (not (is_report := bool(REPORT.search(plain))) and not _CAPTION.search(plain)):
        return None
    organ, year = organ_in(plain), year_in(plain)
    organ = organ if organ and ORGAN.fullmatch(organ) else None
    return Part(organ=organ, year=year, is_report=is_report) if year or (organ and is_report) else None


def _by_year_captions(piece: Part) -> Iterator[Part]:
    """Part what stands below a year alone (2023年度), until a section or a sentence begins, from the rest."""
    part = replace(piece, blocks=[])
    for block in piece.blocks:
        year = _year_alone(block) if isinstance(block, str) else None
        if year is not None or (isinstance(block, str) and ("。" in block or _SECTION.match(compact(block)))):
            yield part
            is_own = year in (None, piece.year)
            part = replace(piece, blocks=[], year=year or piece.year, is_report=piece.is_report and is_own)
        part.blocks.append(block)
    yield part


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
