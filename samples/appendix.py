"""Reports of 2014 to 2018 with their appendix 《政府信息公开情况统计表》, consistent in its nesting sums.

The reports of these years have no statutory tables: the figures stand in one table of about 65 lines.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from random import Random

from samples.city import Organ, organs
from samples.dresses.document import Block, Document, Grid, Heading, Paragraph, PrintedCell, PrintedRow, RowKind
from samples.dresses.layout import plain_number
from samples.dresses.writers import Html, Writer
from samples.reports import SEED
from warehouse.forms.statistics import STATISTICS

APPENDIX_YEARS = range(2014, 2019)

_SUMS = {
    "3.1": ("3.1.1", "3.1.2", "3.1.3", "3.1.4"),
    "3.2": ("3.2.1", "3.2.2"),
    "3.3.4": tuple(f"3.3.4.{item}" for item in range(1, 7)),
    "3.3": tuple(f"3.3.{item}" for item in range(1, 9)),
    "4": ("4.1", "4.2", "4.3"),
    "5": ("5.1", "5.2", "5.3"),
    "8.3": ("8.3.1", "8.3.2"),
}
"""Lines that are the sum of others, inner sums before outer ones."""
_MONEY = ("7", "8.4")
_LOCAL_LINES = {
    "3.1.4": ("5.其他形式申请数", "件"),
    "6": ("其中：网上举报投诉数", "件"),
    "9.3": ("（四）政务公开检查次数", "次"),
}
"""Lines that local tables add, by the code of the line before them."""


class AppendixLayout(StrEnum):
    """The columns of the appendix."""

    PLAIN = "plain"
    """统计指标, 单位, 统计数."""
    NUMBERED = "numbered"
    """The same behind a column of running numbers."""
    WITHOUT_UNITS = "without-units"
    """统计指标 and 统计数 only."""


@dataclass(frozen=True, slots=True)
class AppendixLine:
    """One line with a figure; ``code`` is ``None`` for a line that only this table has. Money is in 万元."""

    code: str | None
    label: str
    unit: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class AppendixReport:
    """One organ's report for a year before 2019."""

    organ: Organ
    year: int
    title: str
    published_on: date
    lines: tuple[AppendixLine, ...]


def appendix_reports(
    seed: int = SEED, years: Sequence[int] = APPENDIX_YEARS, members: Iterable[Organ] | None = None
) -> Iterator[AppendixReport]:
    """Yield reports, organ by organ and year by year; ``members`` defaults to the organs of 云泽."""
    for organ in organs() if members is None else members:
        for year in years:
            random = Random(f"{seed}/{organ.name}/{year}/appendix")
            yield AppendixReport(
                organ=organ,
                year=year,
                title=f"{organ.name}{year}年政府信息公开工作年度报告",
                published_on=date(year + 1, 3, random.randint(1, 31)),
                lines=tuple(_lines(organ, random)),
            )


def _lines(organ: Organ, random: Random) -> Iterator[AppendixLine]:
    values = {code: Decimal(_figure(organ, code, random)) for code, indicator in STATISTICS.items() if indicator.unit}
    for total, parts in _SUMS.items():
        values[total] = sum((values[part] for part in parts), Decimal(0))
    for code in _MONEY:
        values[code] = Decimal(random.randint(0, 400)) / 100
    adds_lines = random.random() < 0.3
    for code, value in values.items():
        yield AppendixLine(code, STATISTICS[code].label.chinese, STATISTICS[code].unit or "", value)
        if adds_lines and code in _LOCAL_LINES:
            yield AppendixLine(None, *_LOCAL_LINES[code], Decimal(random.randint(0, 9)))


def _figure(organ: Organ, code: str, random: Random) -> int:
    """A count: hundreds for channels, a few applications by the organ's activity, mostly zero in the rare cases."""
    mean = {"1": 120.0, "2": 4.0, "3": organ.activity / 6, "4": organ.activity / 60, "5": organ.activity / 80}.get(
        code[0], 3.0
    )
    return int(random.expovariate(1 / (mean + 0.01)))


_Row = Callable[[str, str, str, str], tuple[str, ...]]
_ROWS: dict[AppendixLayout, _Row] = {
    AppendixLayout.PLAIN: lambda number, label, unit, figure: (label, unit, figure),
    AppendixLayout.NUMBERED: lambda number, label, unit, figure: (number, label, unit, figure),
    AppendixLayout.WITHOUT_UNITS: lambda number, label, unit, figure: (label, figure),
}


def render_appendix(
    report: AppendixReport, layout: AppendixLayout = AppendixLayout.PLAIN, writer: Writer | None = None
) -> bytes:
    """Make the file that shows a report with its appendix, an HTML page unless another writer is given."""
    cells = _ROWS[layout]
    rows = [cells("序号", "统计指标", "单位", "统计数")]
    lines = {line.code: line for line in report.lines if line.code}
    for code, indicator in STATISTICS.items():
        line = lines.get(code)
        figure = plain_number(line.value) if line else ""
        rows.append(cells(str(len(rows)), indicator.label.chinese, indicator.unit or "——", figure))
        for local in _local_lines_behind(report, code):
            rows.append(cells(str(len(rows)), local.label, local.unit, plain_number(local.value)))
    printed = tuple(PrintedRow(RowKind.DATA, 0, tuple(map(PrintedCell, texts))) for texts in rows)
    return (writer or Html()).write(_document(report, Grid(rows=printed)))


def _local_lines_behind(report: AppendixReport, code: str) -> Iterator[AppendixLine]:
    for before, line in zip(report.lines, report.lines[1:], strict=False):
        if before.code == code and line.code is None:
            yield line


def _document(report: AppendixReport, table: Grid) -> Document:
    received = next(line.value for line in report.lines if line.code == "3.1")
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"根据《中华人民共和国政府信息公开条例》要求，现公布{report.organ.name}{report.year}年政府信息公开工作年度报告。"
            f"本报告所列数据的统计期限为{report.year}年1月1日至{report.year}年12月31日。"
        ),
        Heading("一、概述"),
        Paragraph(f"{report.year}年，按照上级部署推进政府信息公开工作，各项制度逐步健全。"),
        Heading("二、依申请公开政府信息情况"),
        Paragraph(f"全年共收到政府信息公开申请{received}件，均按规定办理。"),
        Heading("附件：政府信息公开情况统计表"),
        table,
    )
    return Document(
        title=report.title,
        organ=report.organ.name,
        year=report.year,
        published_on=report.published_on,
        published=report.published_on.isoformat(),
        source=report.organ.short_name,
        breadcrumb=("首页", "信息公开年报", str(report.year)),
        blocks=blocks,
    )
