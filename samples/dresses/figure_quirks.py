"""How pages write figures: what stands for zero, and in which unit money is given."""

from dataclasses import replace
from random import Random

from samples.dresses.document import Document, PrintedCell, PrintedRow, PrintedTable, Quirk, each_cell
from tasks.records import CellState
from warehouse.forms import TOTAL_COLUMN


def zeros_as(text: str, state: CellState, lost_totals: float = 0.0) -> Quirk:
    """Write zeros as ``text``; a share ``lost_totals`` of the total cells that are not zero is left out likewise."""

    def quirk(document: Document, random: Random) -> Document:
        def written(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
            if cell.key is None or cell.value is None:
                return cell
            lost = cell.key[2] == TOTAL_COLUMN and random.random() < lost_totals
            if cell.value and not lost:
                return cell
            return replace(cell, text=text, value=None, state=state)

        return each_cell(document, written)

    return quirk
