"""Dresses: the ways in which real pages show the same report.

A *dress* is a list of quirks, applied to the plainly laid out report one after the other, and a writer that makes
bytes of the outcome. Because quirks change figures and what a perfect reader gets from them together,
:func:`expected_cells` is exact for every combination.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from samples.dresses.document import Document, Quirk
from samples.dresses.figure_quirks import zeros_as
from samples.dresses.furniture import LAYOUT_TABLES, TRS_EDITOR, ZOOM
from samples.dresses.layout import lay_out
from samples.dresses.markup import CENTRED, WORD
from samples.dresses.shape_quirks import blocks_apart, misaligned_spans, page_break
from samples.dresses.writers import Html, Text, Writer
from samples.figures import FigureKey
from samples.reports import SampleReport
from tasks.records import CellState


@dataclass(frozen=True)
class Dress:
    """One way to show a report. ``writes_zeros`` tells that every figure is written out, none as a blank or dash."""

    name: str
    quirks: tuple[Quirk, ...] = ()
    writer: Writer = field(default_factory=Html)
    writes_zeros: bool = True


class ExpectedCell(NamedTuple):
    """What a perfect reader gets from one statutory cell. Money is in yuan; ``raw`` is stripped at both ends."""

    value: Decimal | None
    state: CellState
    raw: str


DRESSES: Mapping[str, Dress] = MappingProxyType(
    {
        dress.name: dress
        for dress in (
            Dress("plain"),
            Dress("hanweb", writer=Html(CENTRED, ZOOM)),
            Dress("trs", writer=Html(furniture=TRS_EDITOR)),
            Dress("word", writer=Html(WORD, ZOOM)),
            Dress("layout-tables", writer=Html(furniture=LAYOUT_TABLES)),
            Dress(
                "blank-zeros",
                (zeros_as("", CellState.BLANK, lost_totals=0.1),),
                Html(CENTRED, ZOOM),
                writes_zeros=False,
            ),
            Dress("misaligned", (misaligned_spans(),), Html(CENTRED, TRS_EDITOR)),
            Dress("split-tables", (blocks_apart, page_break()), Html(furniture=ZOOM)),
            Dress("gb2312", writer=Html(CENTRED, LAYOUT_TABLES, charset="gb2312", codec="gbk", header_charset=None)),
            Dress("dash-zeros", (zeros_as("—", CellState.DASH),), Html(furniture=TRS_EDITOR), writes_zeros=False),
            Dress("text", writer=Text()),
        )
    }
)
"""Every named dress."""

_PORTAL_WEIGHTS = {
    "plain": 8,
    "hanweb": 24,
    "trs": 18,
    "word": 14,
    "layout-tables": 8,
    "blank-zeros": 8,
    "misaligned": 8,
    "split-tables": 6,
    "gb2312": 4,
    "dash-zeros": 2,
}


def dress_of(report: SampleReport) -> Dress:
    """Return the dress that a report wears on the portal; one with a slip shows all its figures."""
    names = [name for name in _PORTAL_WEIGHTS if DRESSES[name].writes_zeros or not report.slipped]
    weights = [_PORTAL_WEIGHTS[name] for name in names]
    return DRESSES[Random(f"dress/{report.identity}").choices(names, weights)[0]]


def render(report: SampleReport, dress: Dress) -> bytes:
    """Make the file that shows a report in a dress."""
    return dress.writer.write(_dressed(report, dress))


def expected_cells(report: SampleReport, dress: Dress) -> dict[FigureKey, ExpectedCell]:
    """Return what a perfect reader gets from that file, by table, row code and column code."""
    return {
        cell.key: ExpectedCell(cell.value, cell.state, cell.text.strip())
        for cell in _dressed(report, dress).statutory_cells
        if cell.key and cell.state
    }


def _dressed(report: SampleReport, dress: Dress) -> Document:
    document = lay_out(report)
    random = Random(f"{dress.name}/{report.identity}")
    for quirk in dress.quirks:
        document = quirk(document, random)
    return document
