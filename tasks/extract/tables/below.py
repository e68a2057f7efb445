"""Tables in which the figures of several years stand one below another, each behind its year: one year's are read."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tasks.extract.figures import read_figure
from tasks.extract.tables.beside import COMPARISON, year_named
from tasks.extract.tables.readings import WRITTEN
from tasks.extract.tables.rows import ROWS_KEPT, Row
from warehouse.labels import compact

_FEWEST_YEARS = 2
_YEAR_ALONE = re.compile(r"20\d\d")
_HEADS_YEARS = frozenset({"年度", "年份"})


def rows_of_year_below(rows: Sequence[Row], year: int | None) -> list[Row]:
    """Return the rows of a table without those of other years than ``year``, where it has rows of several years.

    Where years stand alone in rows, each holds for the block below it. A row that begins with its year gets the labels
    of the row above it that has them. Where ``year`` is unknown or not among the years, no row of a year is left: which
    figures are the report's is not told.
    """
    if not any(_names_year(row.texts) for row in rows):
        return list(rows)
    rows = _blocks_of_year(rows, year)
    headed = any(_heads_years(row.texts) for row in rows)
    named = [_year_of(row.texts, headed) for row in rows]
    years = {year + at if at <= 0 and year else at for found in named if found and (at := found[1]) is not None}
    if len(years) < _FEWEST_YEARS:
        return list(rows)
    named = [found or _comparison_of(row.texts) for row, found in zip(rows, named, strict=True)]
    left: list[Row] = []
    labels = Row((), ())
    for row, found in zip(rows, named, strict=True):
        if found is None:
            left.append(row)
            continue
        cell, at = found
        labels = row.until(cell) if any(row.texts[:cell]) else labels
        if at in (0, year):
            texts = (*labels.texts, f"{row.texts[cell].removesuffix('年')}年", *row.texts[cell + 1 :])
            left.append(Row(texts, [*labels.places, *row.places[cell:]]))
    return left


@lru_cache(maxsize=ROWS_KEPT)
def _names_year(texts: tuple[str, ...]) -> bool:
    """Tell whether a row names a year, alone or before figures, or heads years."""
    return _year_alone(texts) is not None or _heads_years(texts) or _year_of(texts, headed=False) is not None


def _heads_years(texts: Sequence[str]) -> bool:
    return any(compact(text) in _HEADS_YEARS for text in texts if "年" in text)


def _blocks_of_year(rows: Sequence[Row], year: int | None) -> Sequence[Row]:
    """Return rows without the blocks of other years, where years stand alone in rows, each above its block."""
    named = [_year_alone(row.texts) for row in rows]
    if len({*named} - {None}) < _FEWEST_YEARS:
        return rows
    left: list[Row] = []
    block = None
    for row, found in zip(rows, named, strict=True):
        block = block if found is None else found
        if found is None and block in (None, 0, year):
            left.append(row)
    return left


def _year_alone(texts: Sequence[str]) -> int | None:
    if len(texts) - texts.count("") != 1:
        return None
    alone = next(filter(None, texts))
    return year_named(alone) if "年" in alone else None


def _year_of(texts: Sequence[str], headed: bool) -> tuple[int, int | None] | None:
    """Return which cell names the year of the figures behind it, and this year."""
    for cell, text in enumerate(texts):
        is_bare = headed and _YEAR_ALONE.fullmatch(text) is not None
        year = int(text) if is_bare else year_named(text) if "年" in text else None
        if year is not None:
            return (cell, year) if _has_figures(texts[cell + 1 :]) else None
    return None


def _comparison_of(texts: Sequence[str]) -> tuple[int, int | None] | None:
    """Return which cell says that the figures behind it compare those of years."""
    cell = next((cell for cell, text in enumerate(texts) if text and COMPARISON.fullmatch(compact(text))), None)
    return (cell, None) if cell is not None and _has_figures(texts[cell + 1 :]) else None


def _has_figures(texts: Sequence[str]) -> bool:
    return any(read_figure(text).state in WRITTEN for text in texts)
