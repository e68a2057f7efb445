"""How pages write amounts of money: in which unit, and where the unit stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from types import MappingProxyType

from samples.dresses.document import Document, PrintedCell, PrintedRow, PrintedTable, RowKind, each_cell
from samples.dresses.layout import YUAN, is_money, plain_number
from warehouse.forms import Edition, TableCode

_YUAN_PER_UNIT: Mapping[str, Decimal] = MappingProxyType(
    {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
)
_HEADERS = {Edition.E2019: "采购总金额", Edition.E2021: "本年收费金额"}
_BLOCKS = {Edition.E2019: 4, Edition.E2021: 3}
"""The ordinal of the block with the money in section two."""


@dataclass(frozen=True)
class Money:
    """A quirk: amounts in ``unit``, which stands where one of the patterns names it.

    ``cell`` takes ``{figure}``, ``header`` takes ``{header}``, ``caption`` takes ``{caption}``. Without ``is_told``
    the page says nothing of the unit, and a reader can only take the figure as it stands.
    """

    unit: str
    cell: str = "{figure}"
    header: str = "{header}"
    caption: str = "{caption}"
    separators: bool = False
    is_told: bool = True

    def __call__(self, document: Document, random: Random) -> Document:
        """Rewrite the amounts, their header and their caption."""
        return each_cell(document, self._rewritten)

    def _rewritten(self, cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> PrintedCell:
        if table.code is not TableCode.PROACTIVE or row.block != _BLOCKS[table.edition]:
            return cell
        if row.kind is RowKind.CAPTION:
            return replace(cell, text=self.caption.format(caption=cell.text))
        if row.kind is RowKind.HEADER:
            header = _HEADERS[table.edition]
            return replace(cell, text=self.header.format(header=header)) if cell.text.startswith(header) else cell
        return self._amount(cell) if is_money(cell, table.edition) and cell.value is not None else cell

    def _amount(self, cell: PrintedCell) -> PrintedCell:
        value = cell.value or Decimal(0)
        figure = value / _YUAN_PER_UNIT[self.unit]
        digits = plain_number(figure)
        if self.separators:
            digits = f"{Decimal(digits):,}"
        text = self.cell.format(figure=digits) if value else digits
        if self.is_told or not value:
            return replace(cell, text=text, value=value, unit=YUAN)
        return replace(cell, text=text, value=Decimal(plain_number(figure)), unit=None)
