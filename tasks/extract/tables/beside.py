"""Tables in which the figures of several years stand side by side, below the years: only those of one year are read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from tasks.extract.figures import read_figure
from tasks.extract.report import UNREADABLE
from tasks.extract.tables.rows import ROWS_KEPT, Row
from tasks.extract.vocabulary import meaning_of
from warehouse.labels import compact

_YEAR = re.compile(r"[(【]?(20\d\d)年?(?:度|数|数据|度?情况)?[)】]?(?:[(](?:对比|比较|对照|参考)(?:数据?)?[)])?")
_THIS_YEAR, _LAST_YEAR = re.compile("(?:本|今|当)年度?数?"), re.compile("(?:上|去)(?:一)?年度?数?")
_LABEL_OF_YEAR = re.compile(r"(20\d\d)年度?(\D+)|(\D+?)[(]?(20\d\d)年度?[)]?")
_YEAR_OF_LABEL = re.compile(r"[(]?20\d\d年度?[)]?")
COMPARISON = re.compile(r"同比.{0,8}|[较比](?:上|去)年.{0,6}|增减.{0,6}|增长.{0,6}|变化.{0,4}")
"""What heads figures that compare those of the years."""
_COMPARED = -1
"""Stands for a comparison among years, and for what is but a part of the figures beside it."""
_OF_WHICH = re.compile("(?:其中|内含)[:：].+")
_PERCENT = re.compile(r"[+-]?[\d.]+\s*[%％]")
_FEWEST_YEARS = 2


class YearColumns:
    """Reads tables in which years stand above the figures, and knows which of them a row's figures are below.

    So it does where the whole, of any name, stands beside its part, 其中：…, below each column.
    """

    def __init__(self, year: int | None) -> None:
        self._year = year or 0
        self._labelled: tuple[int, ...] = ()

    def rows_of_year(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows of a table; below years, only the cells of the wanted one, and all where it is not there.

        Years that stand with the labels of columns (2021年自然人) hold in the tables below as well, until others do.
        """
        years: tuple[int, ...] = self._labelled
        for row in rows:
            texts = row.texts
            is_dated, named = _years_named(texts, self._year)
            if named and (len({*named} - {_COMPARED}) >= _FEWEST_YEARS or _OF_WHICH.search("".join(texts))):
                years, self._labelled = named if _is_plain(named) else (), ()
            elif is_dated and (headed := _years_in_labels(texts)):
                years = self._labelled = tuple(headed.values())
                if self._year in years:
                    yield _header_of_year(row, headed, self._year)
                    continue
            cells = _cells_of_year(texts, years, self._year) if self._year in years else None
            if cells is None or named:
                yield row
            else:
                yield row.only(cells)._replace(beside=True)


@lru_cache(maxsize=ROWS_KEPT)
def _years_named(texts: tuple[str, ...], year: int) -> tuple[bool, tuple[int, ...]]:
    """Tell whether a row may name years, and return the year that each group of figures below is of, if it says so."""
    is_dated = "年" in "".join(texts)
    return is_dated, (is_dated and _years_in(texts, year)) or _whole_and_part(texts, year)


def _years_in_labels(texts: Sequence[str]) -> dict[int, int]:
    """Return the years in the labels of a header's columns by their cells, if these are of several years."""
    found = {}
    for cell, text in enumerate(texts):
        match = _LABEL_OF_YEAR.fullmatch(compact(text)) if "年" in text else None
        if match and meaning_of(match[2] or match[3]).columns:
            found[cell] = int(match[1] or match[4])
    return found if len({*found.values()}) >= _FEWEST_YEARS else {}


def _header_of_year(row: Row, years: Mapping[int, int], year: int) -> Row:
    """Return a header with only the columns of one year, without the year in their labels."""
    texts = [_YEAR_OF_LABEL.sub("", compact(text)) if cell in years else text for cell, text in enumerate(row.texts)]
    return row._replace(texts=tuple(texts)).only([cell for cell in range(len(texts)) if years.get(cell, year) == year])


def _whole_and_part(texts: Sequence[str], year: int) -> tuple[int, ...]:
    """Return the year for each whole, and for its part that there is none, if a row names them in turn."""
    if len(texts) - texts.count("") <= _FEWEST_YEARS:
        return ()
    filled = [compact(text) for text in texts if text]
    if len(set(filled)) != _FEWEST_YEARS:
        return ()
    parts = [_OF_WHICH.fullmatch(text) is not None for text in filled]
    return tuple(_COMPARED if is_part else year for is_part in parts) if len({*parts}) == _FEWEST_YEARS else ()


def _years_in(texts: Sequence[str], year: int) -> tuple[int, ...]:
    """Return the years that stand alone in the cells of a row, this and last year by their words included.

    Comparisons of them (增减) are among them.
    """
    found = []
    for text in texts:
        named = year_named(text) if "年" in text else None
        if named is not None and named > 0:
            found.append(named)
        elif named is not None and year:
            found.append(year + named)
        elif found and text and COMPARISON.fullmatch(compact(text)):
            found.append(_COMPARED)
    return tuple(found)


def _is_plain(years: Sequence[int]) -> bool:
    """Tell whether every year is named once, or all of them as often and in the same order: one group a column."""
    period = len(set(years))
    return len(years) % period == 0 and all(year == years[at % period] for at, year in enumerate(years))


def _cells_of_year(texts: Sequence[str], years: Sequence[int], year: int) -> Sequence[int] | None:
    """Return the cells of a year: its share, or, below years that alternate, the figures below its name."""
    if len(set(years)) == len(years):
        return _cut(texts, len(years), years.index(year))
    labels = [index for index, text in enumerate(texts) if _is_label(text)]
    behind = labels[-1] + 1 if labels else 0
    if len(texts) - behind != len(years):
        return None
    return (*range(behind), *(behind + at for at, named in enumerate(years) if named == year))


def _is_label(text: str) -> bool:
    return read_figure(text).state is UNREADABLE and not _PERCENT.fullmatch(text)


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
    labels = [index for index, text in enumerate(texts) if _is_label(text)]
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
