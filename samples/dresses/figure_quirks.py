"""How pages write figures: what stands for zero, and how counts are written."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from samples.dresses.document import Document, PrintedCell, PrintedRow, PrintedTable, Quirk, each_cell
from samples.dresses.layout import is_money
from tasks.extract.report import CellState
from warehouse.forms import TOTAL_COLUMN

CountStyle = Callable[[Decimal, Random], str]
"""Writes one count that is not zero."""

_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
_UNREADABLE = ("见附件", "约20", "3~5", "12.5.3", "1/2", "50%", "待统计", "#REF!", "10余件", "2件(应为3件)")
_UNREADABLE_SHARE = 0.03
_NOTES = ("¹", "①", "*", "（注1）", "（其中补报3件）", "[2]", "〔注〕")
_INVISIBLE = ("\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u202c")
_SPACES = (" ", "  ", "\u00a0", "\u3000")


def zeros_left_out(text: str, state: CellState, lost_totals: float = 0.0, share: float = 1.0) -> Quirk:
    """Write zeros as ``text``, which is no figure: all of them, or a ``share``.

    A share ``lost_totals`` of the total cells is left out likewise, though it is not zero.
    """

    def quirk(document: Document, random: Random) -> Document:
        def written(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
            if cell.key is None or cell.value is None:
                return cell
            is_lost = cell.key[2] == TOTAL_COLUMN and random.random() < lost_totals
            is_zero = not cell.value and random.random() < share
            return replace(cell, text=text, value=None, state=state, unit=None) if is_lost or is_zero else cell

        return each_cell(document, written)

    return quirk


def zeros_as(*texts: str) -> Quirk:
    """Write zeros in other ways that still say zero."""

    def quirk(document: Document, random: Random) -> Document:
        def written(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
            is_zero = cell.key is not None and cell.value == 0 and not is_money(cell, table.edition)
            return replace(cell, text=random.choice(texts)) if is_zero else cell

        return each_cell(document, written)

    return quirk


def counts_as(style: CountStyle) -> Quirk:
    """Write the counts that are not zero in a style."""

    def quirk(document: Document, random: Random) -> Document:
        def written(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
            if cell.key is None or not cell.value or is_money(cell, table.edition):
                return cell
            return replace(cell, text=style(cell.value, random))

        return each_cell(document, written)

    return quirk


def with_unit(value: Decimal, random: Random) -> str:
    """``12件``."""
    return f"{value}{random.choice('件件件项')}"


def full_width(value: Decimal, random: Random) -> str:
    """``１２``."""
    return str(value).translate(_FULL_WIDTH)


def with_separators(value: Decimal, random: Random) -> str:
    """``1,234`` or ``1，234``."""
    return f"{value:,}".replace(",", random.choice(",，"))


def with_decimals(value: Decimal, random: Random) -> str:
    """``12.00``, as a spreadsheet prints it."""
    return f"{value}.00" if value == value.to_integral_value() else str(value)


def padded(value: Decimal, random: Random) -> str:
    """A figure with some kind of space before or behind it."""
    space = random.choice(_SPACES)
    return random.choice((f"{space}{value}", f"{value}{space}", f"{space}{value}{space}"))


def with_note(value: Decimal, random: Random) -> str:
    """``12¹`` or ``12（注1）``: a sign that leads to a remark, or the remark itself."""
    return f"{value}{random.choice(_NOTES)}"


def with_invisible(value: Decimal, random: Random) -> str:
    """A figure with a character in it that is drawn as nothing."""
    digits = str(value)
    at = random.randrange(len(digits) + 1)
    return f"{digits[:at]}{random.choice(_INVISIBLE)}{digits[at:]}"


def unreadable_figures(document: Document, random: Random) -> Document:
    """A few figures replaced by what is none, or not plainly one."""

    def written(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
        if cell.key is None or random.random() > _UNREADABLE_SHARE:
            return cell
        text = random.choice(_UNREADABLE)
        return replace(cell, text=text, value=None, state=CellState.UNREADABLE, unit=None)

    return each_cell(document, written)


def changes_as(increase: str, decrease: str) -> Quirk:
    """Write 本年增/减 with words or signs: ``增加5``, ``减少3``, ``+3``, ``--253``."""

    def quirk(document: Document, random: Random) -> Document:
        def written(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
            if cell.key is None or cell.key[2] != "change" or not cell.value:
                return cell
            return replace(cell, text=f"{increase if cell.value > 0 else decrease}{abs(cell.value)}")

        return each_cell(document, written)

    return quirk
