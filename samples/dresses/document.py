"""A report on its way to a page: headings, paragraphs and printed tables, before any markup."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from random import Random

from samples.figures import FigureKey
from tasks.extract.report import CellState
from warehouse.forms import Edition, TableCode


class RowKind(StrEnum):
    """What a printed row is."""

    CAPTION = "caption"
    HEADER = "header"
    DATA = "data"
    NOTE = "note"


class Manner(StrEnum):
    """How a piece of a cell's text is set."""

    PLAIN = "plain"
    HIDDEN = "hidden"
    STRUCK = "struck"
    RAISED = "raised"
    TYPED = "typed"
    """In the field of a form, where the format has such fields."""
    DRAWN = "drawn"
    """As a picture."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a cell's text."""

    text: str
    manner: Manner = Manner.PLAIN


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell as printed. A newline in ``text`` is a line break inside the cell.

    Where it is not all plain, ``pieces`` say how it is set: what is hidden or struck is no part of ``text``, what is
    raised stands in it in Unicode's raised characters.

    A statutory cell has a ``key``, and says what a perfect reader gets from it: ``value``, ``state``, and ``unit``
    (``"yuan"``) for money whose unit can be known.
    """

    text: str
    column_span: int = 1
    row_span: int = 1
    key: FigureKey | None = None
    value: Decimal | None = None
    state: CellState | None = None
    unit: str | None = None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row as printed; ``block`` is the ordinal of the form's block that it belongs to."""

    kind: RowKind
    block: int
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Any table. ``hidden`` tells that readers do not see it."""

    rows: tuple[PrintedRow, ...]
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class PrintedTable(Grid):
    """A statutory table, or a part of one."""

    code: TableCode
    edition: Edition


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    text: str


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """What a page shows of a report. ``title``, ``published`` (the date as written) and ``source`` stand above it."""

    title: str
    organ: str
    year: int
    published_on: date
    published: str
    source: str
    breadcrumb: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> Iterator[PrintedTable]:
        """The tables in reading order, hidden copies included."""
        return (block for block in self.blocks if isinstance(block, PrintedTable))

    @property
    def statutory_cells(self) -> Iterator[PrintedCell]:
        """Every statutory cell in reading order; hidden copies are left out."""
        for table in self.tables:
            if not table.hidden:
                for row in table.rows:
                    yield from (cell for cell in row.cells if cell.key)


Quirk = Callable[[Document, Random], Document]
"""One way in which a page departs from the plain form. Quirks are combined freely."""


def each_table(document: Document, change: Callable[[PrintedTable], tuple[PrintedTable, ...]]) -> Document:
    """Replace every table by the tables that ``change`` makes of it."""
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.extend(change(block) if isinstance(block, PrintedTable) else (block,))
    return replace(document, blocks=tuple(blocks))


def each_cell(document: Document, change: Callable[[PrintedCell, PrintedRow, PrintedTable], PrintedCell]) -> Document:
    """Replace every cell of every table."""

    def changed(table: PrintedTable) -> tuple[PrintedTable, ...]:
        rows = tuple(
            PrintedRow(row.kind, row.block, tuple(change(cell, row, table) for cell in row.cells)) for row in table.rows
        )
        return (replace(table, rows=rows),)

    return each_table(document, changed)


def each_label(
    document: Document, change: Callable[[str], str], kinds: Container[RowKind] = frozenset(RowKind)
) -> Document:
    """Rewrite every label in rows of some kinds; figures, headings and prose stay."""

    def relabelled(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
        return cell if cell.key or row.kind not in kinds else replace(cell, text=change(cell.text))

    return each_cell(document, relabelled)


def each_heading(document: Document, change: Callable[[str], str]) -> Document:
    """Rewrite every section heading."""
    blocks = (Heading(change(block.text)) if isinstance(block, Heading) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def each_row(
    document: Document, table: TableCode, change: Callable[[tuple[PrintedRow, ...]], Iterable[PrintedRow]]
) -> Document:
    """Replace the rows of every part of one statutory table."""
    return each_table(
        document,
        lambda part: (replace(part, rows=tuple(change(part.rows))),) if part.code is table else (part,),
    )
