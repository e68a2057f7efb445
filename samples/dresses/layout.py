"""The plain page: a report laid out as the national template prints it."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from samples.dresses.document import Block, Document, Heading, Paragraph, PrintedCell, PrintedRow, PrintedTable, RowKind
from samples.reports import SampleReport
from tasks.extract.report import CellState
from warehouse.forms import APPLICANT_GROUP, FORMS, Edition, Form, Measure, TableCode

_HEADINGS = {
    TableCode.PROACTIVE: "二、主动公开政府信息情况",
    TableCode.APPLICATIONS: "三、收到和处理政府信息公开申请情况",
    TableCode.DISPUTES: "四、政府信息公开行政复议、行政诉讼情况",
}
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TEN_THOUSAND = Decimal(10_000)
YUAN = "yuan"
_LABEL_COLUMNS = 3
"""Columns of labels in section three: item, group, row."""


def lay_out(report: SampleReport) -> Document:
    """Lay a report out plainly: every figure written out, amounts in 元 in the cell or in 万元 as the header says."""
    prose = report.prose
    blocks: list[Block] = [*map(Paragraph, prose.opening), Heading("一、总体情况"), *map(Paragraph, prose.overview)]
    for table, heading in _HEADINGS.items():
        blocks += [Heading(heading), _table(report, table)]
    blocks += [Heading("五、存在的主要问题及改进情况"), *map(Paragraph, prose.shortcomings)]
    blocks += [Heading("六、其他需要报告的事项"), *map(Paragraph, prose.other_matters)]
    return Document(
        title=report.title,
        organ=report.organ.name,
        year=report.year,
        published_on=report.published_on,
        published=report.published_on.isoformat(),
        source=report.publisher,
        breadcrumb=("首页", "政务公开", "信息公开年报", str(report.year)),
        blocks=tuple(blocks),
    )


def _table(report: SampleReport, table: TableCode) -> PrintedTable:
    edition = report.editions[table]

    def filled(cell: PrintedCell) -> PrintedCell:
        if cell.key is None:
            return cell
        value = report.figures[cell.key]
        text = _figure_text(cell, value, edition)
        unit = YUAN if is_money(cell, edition) else None
        return PrintedCell(text, cell.column_span, cell.row_span, cell.key, value, CellState.NUMBER, unit)

    rows = tuple(PrintedRow(row.kind, row.block, tuple(map(filled, row.cells))) for row in _empty_rows(table, edition))
    return PrintedTable(code=table, edition=edition, rows=rows)


def _figure_text(cell: PrintedCell, value: Decimal, edition: Edition) -> str:
    if not is_money(cell, edition):
        return str(value)
    return f"{value}元" if edition is Edition.E2019 and value else plain_number(value / TEN_THOUSAND)


def is_money(cell: PrintedCell, edition: Edition) -> bool:
    """Whether a statutory cell holds an amount of money."""
    if cell.key is None:
        return False
    table, row, column = cell.key
    return FORMS[table, edition].cells[row, column].column.measure is Measure.MONEY


def plain_number(value: Decimal) -> str:
    """Write a number without an exponent and without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=8)
def _empty_rows(table: TableCode, edition: Edition) -> tuple[PrintedRow, ...]:
    """The rows of a form without figures; only what is no figure has a text."""
    form = FORMS[table, edition]
    rows = {TableCode.PROACTIVE: _proactive, TableCode.APPLICATIONS: _applications, TableCode.DISPUTES: _disputes}
    return tuple(rows[table](form))


def _proactive(form: Form) -> Iterator[PrintedRow]:
    width = max(len(block.columns) for block in form.blocks) + 1
    for ordinal, block in enumerate(form.blocks):
        last_span = width - len(block.columns)
        spans = (*(1 for _ in block.columns), last_span)
        if block.caption:
            yield PrintedRow(RowKind.CAPTION, ordinal, (PrintedCell(block.caption.chinese, width),))
        labels = ("信息内容", *(column.label.chinese for column in block.columns))
        yield PrintedRow(RowKind.HEADER, ordinal, tuple(map(PrintedCell, labels, spans)))
        for row in block.rows:
            keys = ((form.table, row.code, column.code) for column in block.columns)
            figures = (PrintedCell("", span, key=key) for span, key in zip(spans[1:], keys, strict=True))
            yield PrintedRow(RowKind.DATA, ordinal, (PrintedCell(row.label.chinese), *figures))


def _applications(form: Form) -> Iterator[PrintedRow]:
    columns = tuple(form.columns.values())
    natural_person, *organisations, total = (column.label.chinese for column in columns)
    yield _header(
        PrintedCell(BALANCE_NOTE, _LABEL_COLUMNS, 3),
        PrintedCell("申请人情况", len(columns)),
    )
    yield _header(
        PrintedCell(natural_person, 1, 2),
        PrintedCell(APPLICANT_GROUP.chinese, len(organisations)),
        PrintedCell(total, 1, 2),
    )
    yield _header(*map(PrintedCell, organisations))
    opened: set[str] = set()
    for row in form.rows.values():
        groups = tuple(form.groups_of(row))[::-1]
        labels = [
            PrintedCell(group.label.chinese, 1, len(form.rows_in(group.code)))
            for group in groups
            if group.code not in opened
        ]
        opened.update(group.code for group in groups)
        labels.append(PrintedCell(row.label.chinese, _LABEL_COLUMNS - len(groups)))
        figures = (PrintedCell("", key=(form.table, row.code, column.code)) for column in columns)
        yield PrintedRow(RowKind.DATA, 0, (*labels, *figures))


def _header(*cells: PrintedCell) -> PrintedRow:
    return PrintedRow(RowKind.HEADER, 0, cells)


def _disputes(form: Form) -> Iterator[PrintedRow]:
    columns = tuple(form.columns.values())
    review, *litigation = form.rows.values()
    group = next(form.groups_of(litigation[0]))
    yield _header(
        PrintedCell(review.label.chinese, len(columns)),
        PrintedCell(group.label.chinese, len(columns) * len(litigation)),
    )
    yield _header(
        *(PrintedCell(column.label.chinese, 1, 2) for column in columns),
        *(PrintedCell(row.label.chinese, len(columns)) for row in litigation),
    )
    yield _header(*(PrintedCell(column.label.chinese) for _ in litigation for column in columns))
    keys = ((form.table, row.code, column.code) for row in form.rows.values() for column in columns)
    yield PrintedRow(RowKind.DATA, 0, tuple(PrintedCell("", key=key) for key in keys))
