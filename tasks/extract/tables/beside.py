"""Tables in which the figures of several years stand side by side, below the years: only those of one year are read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tasks.extract.figures import read_figure
from tasks.extract.report import CellState
from tasks.extract.tables.rows import Row
from warehouse.labels import compact

_YEAR = re.compile(r"[(【]?(20\d\d)年?(?:度|数|数据|度?情况)?[)】]?")
_THIS_YEAR, _LAST_YEAR = re.compile("(?:本|今|当)年度?数?"), re.compile("(?:上|去)(?:一)?年度?数?")
_FEWEST_YEARS = 2


def rows_of_year(rows: Iterable[Row], year: int | None) -> Iterator[Row]:
    """Yield the rows of a table; below a line of years, only the cells of ``year``, and all where it is not there."""
    years: tuple[int, ...] = ()
    for row in rows:
        texts = row.texts
        named = _years_in(texts, year)
        if len(named) >= _FEWEST_YEARS:
            years = named if _is_plain(named) else ()
        cells = _cells_of_year(texts, years, year) if year in years else None
        if cells is None or named:
            yield row
        else:
            yield row.only(cells)._replace(beside=True)


def _years_in(texts: Sequence[str], year: int | None) -> tuple[int, ...]:
    """Return the years that stand alone in the cells of a row, this and last year by their words included."""
    found = []
    for text in texts:
        named = year_named(text) if "年" in text else None
        if named is not None and named > 0:
            found.append(named)
        elif named is not None and year is not None:
            found.append(year + named)
    return tuple(found)


def _is_plain(years: Sequence[int]) -> bool:
    """Tell whether every year is named once, or all of them as often and in the same order: one group a column."""
    period = len(set(years))
    return len(years) % period == 0 and all(year == years[at % period] for at, year in enumerate(years))


def _cells_of_year(texts: Sequence[str], years: Sequence[int], year: int) -> Sequence[int] | None:
    """Return the cells of a year: its share, or, below years that alternate, the figures below its name."""
    if len(set(years)) == len(years):
        return _cut(texts, len(years), years.index(year))
    labels = [index for index, text in enumerate(texts) if read_figure(text).state is CellState.UNREADABLE]
    behind = labels[-1] + 1 if labels else 0
    if len(texts) - behind != len(years):
        return None
    return (*range(behind), *(behind + at for at, named in enumerate(years) if named == year))


@lru_cache(maxsize=4096)
def year_named(text: str) -> int | None:
    """Return the year that a text is, 0 for this year and -1 for last year, ``None`` for any other text."""
    plain = compact(text)
    if match := _YEAR.fullmatch(plain):
        return int(match[1])
    if _THIS_YEAR.fullmatch(plain):
        return 0
    return -1 if _LAST_YEAR.fullmatch(plain) else None


def _cut(texts: Sequence[str], years: int, wanted: int) -> Sequence[int] | None:
    """Return the cells of one of several years: from its own label on, or its share behind the labels."""
    labels = [index for index, text in enumerate(texts) if read_figure(text).state is CellState.UNREADABLE]
    repeated = [index for index in labels if texts[index] == texts[labels[0]]]
    if len(repeated) == years:
        ends = (*repeated[1:], len(texts))
        return range(repeated[wanted], ends[wanted])
    behind = labels[-1] + 1 if labels else 0
    filled = max((index + 1 for index, text in enumerate(texts) if text), default=0)
    for end in (len(texts), filled):
        share, rest = divmod(end - behind, years)
        if share > 0 and not rest:
            start = behind + wanted * share
            return (*range(behind), *range(start, start + share))
    return None
