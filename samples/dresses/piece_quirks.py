"""What stands in a cell beside its figure: older figures struck or hidden, raised notes. Figures typed into fields."""

from dataclasses import dataclass, replace
from random import Random

from samples.dresses.document import Document, Manner, Piece, PrintedCell, PrintedRow, PrintedTable, each_cell
from tasks.extract.report import CellState

_SHARE = 0.4
_OLDEST = 400
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True)
class Pieces:
    """Set a part of the figures in pieces of some manner. Goes after every quirk that writes figures."""

    manner: Manner

    def __call__(self, document: Document, random: Random) -> Document:
        """Change some cells of the tables."""

        def written(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
            if cell.key is None or cell.value is None or random.random() > _SHARE:
                return cell
            return self._in_pieces(cell, random)

        return each_cell(document, written)

    def _in_pieces(self, cell: PrintedCell, random: Random) -> PrintedCell:
        text = Piece(cell.text)
        if self.manner is Manner.RAISED:
            note = random.randrange(1, 10)
            return replace(cell, text=f"{cell.text}{_RAISED[note]}", pieces=(text, Piece(str(note), Manner.RAISED)))
        if self.manner is Manner.TYPED:
            return replace(cell, pieces=(Piece(cell.text, Manner.TYPED),))
        if self.manner is Manner.DRAWN:
            pieces = (Piece(cell.text, Manner.DRAWN),)
            return replace(cell, text="\ufffc", pieces=pieces, value=None, state=CellState.UNREADABLE, unit=None)
        older = Piece(str(random.randrange(_OLDEST)), self.manner)
        return replace(cell, pieces=random.choice(((older, text), (text, older))))
