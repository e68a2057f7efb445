"""Rows of tables that the end of a page cuts: their figures above, the rest of their labels below."""

from collections.abc import Sequence

from tasks.extract.documents.document import Block, Table
from tasks.extract.figures import read_figure
from tasks.extract.report import CellState
from tasks.extract.vocabulary import meaning_of

_FEWEST_FIGURES = 3
_MOST_HEADINGS = 6
"""Rows of headings that are printed again on a page."""


def join_cut_row(before: Sequence[Block], after: Sequence[Block]) -> None:
    """Put what the first table of a page goes on with to the last row before it, if that makes a label of the forms."""
    above = next((block for block in reversed(before) if isinstance(block, Table)), None)
    below = next((block for block in after if isinstance(block, Table)), None)
    if above is None or below is None or not above.rows:
        return
    row = above.rows[-1]
    for at, rest in enumerate(below.rows[:_MOST_HEADINGS]):
        labels, blanks = _labels(rest)
        figures = row[len(row) - blanks :]
        if blanks < _FEWEST_FIGURES or len(row) <= blanks or not all(map(_is_figure, figures)):
            continue
        own = row[: len(row) - blanks]
        missing = len(own) - len(labels)
        joined = [f"{text}{more}" for text, more in zip(own, [*[""] * missing, *labels][-len(own) :], strict=True)]
        if meaning_of(joined[-1]).rows:
            above.rows[-1] = [*joined, *figures]
            del below.rows[at]
            return


def _labels(row: list[str]) -> tuple[list[str], int]:
    """Return the texts in front of a row's blank cells, and how many of those there are."""
    filled = max((at for at, text in enumerate(row) if text), default=-1)
    return row[: filled + 1], len(row) - filled - 1


def _is_figure(text: str) -> bool:
    return read_figure(text).state in (CellState.NUMBER, CellState.DASH)
