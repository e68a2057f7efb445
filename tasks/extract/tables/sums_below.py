"""Section four with a line for each part of an organ and their sum below: the sum is the report."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tasks.extract.figures import read_figure
from tasks.extract.tables.disputes import DISPUTE_FIGURES
from tasks.extract.tables.rows import Row
from warehouse.labels import compact

SUMS = frozenset({"合计", "总计", "小计", "总数", "汇总", "全局合计", "全市合计", "全县合计", "全区合计"})
_FEWEST_PARTS = 2


def rows_with_sums_for_parts(rows: Sequence[Row]) -> list[Row]:
    """Return rows without lines of section four that the line below them, 合计, adds up, and that without its label.

    One that adds up none of those before it stays as another line of figures.
    """
    left: list[Row] = []
    for row in rows:
        figures = _figures(row)
        if figures and compact(row.texts[0]) in SUMS:
            parts = _parts_above(left)
            if len(parts) >= _FEWEST_PARTS and adds_up(figures, parts):
                del left[-len(parts) :]
            row = row._replace(texts=("", *row.texts[1:]))
        left.append(row)
    return left


def adds_up(total: Sequence[Decimal], parts: Iterable[Sequence[Decimal]]) -> bool:
    """Tell whether each figure of a line is the sum of those of its parts."""
    return [sum(column, Decimal(0)) for column in zip(*parts, strict=True)] == list(total)


def _parts_above(rows: Sequence[Row]) -> list[list[Decimal]]:
    parts: list[list[Decimal]] = []
    for row in reversed(rows):
        figures = _figures(row)
        if not figures:
            break
        parts.append(figures)
    return parts


def _figures(row: Row) -> list[Decimal]:
    """Return the figures of a line of section four behind its label, none if it is no such line."""
    if len(row.texts) != DISPUTE_FIGURES + 1:
        return []
    values = [read_figure(text).value for text in row.texts[1:]]
    return [value for value in values if value is not None] if None not in values else []
