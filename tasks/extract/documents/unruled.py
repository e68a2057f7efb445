"""Tables of a PDF without upright rules: which column a figure, and a heading, stands in, its place on the page tells.

Only rows of section three and four are put together so, and only below headings that name every column in its place.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tasks.extract.documents.flat import without_marks
from tasks.extract.documents.form_fields import Box
from tasks.extract.documents.lines import is_page_number
from tasks.extract.documents.seen import OBJECT
from tasks.extract.figures import read_figure
from tasks.extract.report import CellState
from tasks.extract.vocabulary import meaning_of
from warehouse.characters import folded
from warehouse.forms import FORMS, Edition, TableCode
from warehouse.labels import compact, label_key

_FEWEST_FIGURES = 5
"""Figures at the end of a line that may be a row of such a table."""
_TABLE_OF = {
    len(FORMS[TableCode.APPLICATIONS, Edition.E2021].columns): TableCode.APPLICATIONS,
    len(FORMS[TableCode.DISPUTES, Edition.E2021].cells): TableCode.DISPUTES,
}
"""The table that has so many figures in a row."""
_SAME_LINE, _NEXT_LINE, _CLOSE, _FAR = 0.4, 1.0, 3.0, 5.0
"""Word's heights between words of a line, a row and the next part of its label, or the farthest, and rows and head."""
MOST_HEAD_LINES, _MOST_LABEL_LINES = 9, 5
_SHIFT = 6.0
"""Points by which the columns of a page may stand aside from those of the page before."""
_SECTION = re.compile(r"^[一二三四五六][、.．].*情况$")
_YEAR = re.compile(r"20\d\d")
_PART_OF_HEADING = re.compile(
    "[自然人商业企科研机构社会公益组织法律服务或其他总合计小结果维持纠正尚未审行政复议诉讼经直接起后申请情况]+"
)
_NUMBERED = re.compile(r"^\d[.．、]")
_SECTION_FOUR = tuple(map(label_key, ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")))


@dataclass(slots=True)
class _Line:
    """Words from left to right; ``figures`` are those at its end if they may be the figures of a row."""

    words: list[dict[str, Any]]
    figures: list[dict[str, Any]] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return float(self.words[0]["top"] + self.words[0]["bottom"]) / 2

    @property
    def height(self) -> float:
        return float(max(word["bottom"] - word["top"] for word in self.words))


@dataclass(slots=True)
class _Body:
    """Rows of figures below each other: the lines of the page from the first to the last, and their columns."""

    first: int
    last: int
    columns: list[tuple[float, float]]


class UnruledTables:
    """Finds the tables of one page after the other: one without headings goes on with the columns of that before it."""

    def __init__(self) -> None:
        self._before: tuple[list[tuple[float, float]], list[list[str]]] = ([], [])
        self._foot: list[_Line] = []
        """The last lines of a page without figures: they may be the head of a table on the next one."""

    def of_page(
        self, words: Sequence[dict[str, Any]], objects: Sequence[Box] = ()
    ) -> list[tuple[Box, list[list[str]]]]:
        """Return the tables that some words of a page make, with the boxes that they stand in.

        One in which any of ``objects`` stands is none: what is no text may be a figure of it.
        """
        lines = _lines(words)
        found: list[tuple[Box, list[list[str]]]] = []
        end, bodies = -1, _bodies(lines)
        foot = self._foot
        self._foot = [line for line in lines if not is_page_number(_text(line.words))][-MOST_HEAD_LINES:]
        (columns, before), self._before = self._before, ([], [])
        for body in bodies:
            above = _above_body(lines, body, end)
            head = _head([lines[at] for at in above], body.columns)
            start = next((at for at in above if head and _over(lines[at], body.columns)), body.first)
            if not head and end < 0:
                head = _head(foot, body.columns)
            if not head and _are_same(columns, body.columns):
                head = before
            end = body.last
            if head:
                labels, end = _labels(lines, body, start)
                rows = list(_rows(lines, body, labels))
                blanks = [""] * (len(rows[0]) - len(body.columns))
                box = _box(lines[start : end + 1])
                if any(is_within(one, box) for one in objects):
                    head = []
                else:
                    found.append((box, [*([*blanks, *row] for row in head), *rows]))
            columns, before = self._before = (body.columns, head) if head else ([], [])
            self._foot = []
        return found


def may_be_row(line: str) -> bool:
    """Tell whether a line of text ends in as many figures as a row has at least."""
    words = line.split()
    return len(words) >= _FEWEST_FIGURES and all(map(_is_figure, words[-_FEWEST_FIGURES:]))


def may_be_head(line: str) -> bool:
    """Tell whether a line of text may be of a table's head."""
    return any(meaning_of(word).columns for word in line.split())


def _text(words: Iterable[dict[str, Any]]) -> str:
    return folded(without_marks("".join(word["text"] for word in words))).strip()


def _lines(words: Iterable[dict[str, Any]]) -> list[_Line]:
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"]) / 2):
        near = _SAME_LINE * (word["bottom"] - word["top"])
        before = lines[-1][0] if lines else None
        if before and word["top"] + word["bottom"] - before["top"] - before["bottom"] <= 2 * near:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=lambda word: float(word["x0"]))) for line in lines]


def _line(words: list[dict[str, Any]]) -> _Line:
    at = len(words)
    while at and (OBJECT in words[at - 1]["text"] or _is_figure(words[at - 1]["text"])):
        at -= 1
    if len(words) - at - 1 in _TABLE_OF and _YEAR.fullmatch(words[at]["text"]):
        at += 1
    return _Line(words, words[at:] if len(words) - at >= _FEWEST_FIGURES else [])


def _is_figure(text: str) -> bool:
    return read_figure(folded(text)).state is not CellState.UNREADABLE


def _bodies(lines: Sequence[_Line]) -> list[_Body]:
    """Return runs of rows with the same columns: between them stand only parts of labels, left of all figures."""
    bodies: list[_Body] = []
    body: _Body | None = None
    for at, line in enumerate(lines):
        if line.figures:
            if body is None or not _join(body, at, line):
                columns = [(word["x0"], word["x1"]) for word in line.figures]
                body = _Body(at, at, columns) if len(columns) in _TABLE_OF else None
                bodies += [body] if body else []
        elif body is not None and line.words[-1]["x1"] > body.columns[0][0]:
            body = None
    return [body for body in bodies if all(left[1] < right[0] for left, right in pairwise(body.columns))]


def _join(body: _Body, at: int, line: _Line) -> bool:
    """Add a row to a body if its figures stand in the body's columns."""
    places = _places(line.figures, body.columns)
    if places is None or any(word["x1"] > body.columns[0][0] for word in line.words[: -len(line.figures)]):
        return False
    for place, word in zip(places, line.figures, strict=True):
        left, right = body.columns[place]
        body.columns[place] = (min(left, word["x0"]), max(right, word["x1"]))
    body.last = at
    return True


def _places(figures: Sequence[dict[str, Any]], columns: Sequence[tuple[float, float]]) -> list[int] | None:
    """Return the column that each figure stands in, ``None`` if one stands in none or two, or two in one."""
    if len(figures) == len(columns):
        middles = [(word["x0"] + word["x1"]) / 2 for word in figures]
        bounds = [sum(column) / 2 for column in columns]
        if all(abs(middle - bound) < _reach(columns) for middle, bound in zip(middles, bounds, strict=True)):
            return list(range(len(columns)))
    places = []
    for word in figures:
        over = [n for n, (left, right) in enumerate(columns) if word["x0"] < right and word["x1"] > left]
        if len(over) != 1:
            return None
        places += over
    return places if len(set(places)) == len(places) else None


def _reach(columns: Sequence[tuple[float, float]]) -> float:
    """Return half of the least distance between two columns."""
    return min(sum(right) - sum(left) for left, right in pairwise(columns)) / 4


def _are_same(before: Sequence[tuple[float, float]], columns: Sequence[tuple[float, float]]) -> bool:
    return len(before) == len(columns) and all(
        abs(sum(one) - sum(other)) / 2 <= _SHIFT for one, other in zip(before, columns, strict=True)
    )


def _above_body(lines: Sequence[_Line], body: _Body, end: int) -> list[int]:
    """Return the lines that may be the head of a table, from the top; ``end`` is the last line of the table before."""
    above: list[int] = []
    for at in range(body.first - 1, max(end, body.first - 1 - MOST_HEAD_LINES), -1):
        line, below = lines[at], lines[at + 1]
        is_far = below.middle - line.middle > _FAR * max(below.height, line.height)
        is_other = any(_SECTION.match(compact(word["text"])) for word in line.words) or not all(
            _PART_OF_HEADING.fullmatch(word["text"]) or meaning_of(word["text"]).known
            for word in _over(line, body.columns)
        )
        if is_far or line.figures or is_other:
            break
        above.append(at)
    return above[::-1]


def _over(line: _Line, columns: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    """Return the words of a line that stand over the columns, and not over the labels of rows."""
    left = sum(columns[0]) / 2 - 2 * _reach(columns)
    return [word for word in line.words if _across(word) > left]


def _head(lines: Sequence[_Line], columns: Sequence[tuple[float, float]]) -> list[list[str]]:
    """Return the rows of a table's head, none if it does not name every column above it."""
    table = _TABLE_OF[len(columns)]
    over = [word for line in lines for word in _over(line, columns)]
    heads = [_heading([part for word in over for part in _parts(word, column, columns)], table) for column in columns]
    if not all(heads):
        return []
    if table is TableCode.APPLICATIONS:
        return [heads] if len(set(heads)) == len(heads) else []
    ways = [word for word in sorted(over, key=_across) if label_key(word["text"]) in _SECTION_FOUR]
    is_whole = {label_key(word["text"]) for word in ways} == set(_SECTION_FOUR)
    return [[word["text"] for word in ways], heads] if is_whole else []


def _across(word: dict[str, Any]) -> float:
    return float(word["x0"] + word["x1"]) / 2


def _parts(word: dict[str, Any], column: tuple[float, float], columns: Sequence[tuple[float, float]]) -> Iterable[str]:
    """Yield what of a word over the columns stands over one: the whole, or of headings set close its own letters."""
    over = [other for other in columns if word["x0"] < other[1] and word["x1"] > other[0]]
    if len(over) > 1 and not meaning_of(word["text"]).known:
        reach = _reach(columns)
        yield "".join(glyph["text"] for glyph in word["chars"] if abs(_across(glyph) - sum(column) / 2) < reach)
    elif column in over or (not over and abs(_across(word) - sum(column) / 2) < _reach(columns)):
        yield word["text"]


def _heading(parts: Sequence[str], table: TableCode) -> str:
    """Return the lowest parts that together name a column, as many as possible."""
    parts = [part for part in parts if part]
    names = ("".join(parts[at:]) for at in range(len(parts)))
    return next((name for name in names if any(owner is table for owner, _ in meaning_of(name).columns)), "")


def _labels(lines: Sequence[_Line], body: _Body, start: int) -> tuple[dict[int, str], int]:
    """Return the labels of rows by their lines, and the last line of a table, parts of labels below it among them.

    A label of several lines stands around its figures, begins beside them, or ends there: as most of them are known.
    """
    rows = [at for at in range(body.first, body.last + 1) if lines[at].figures]
    edge = body.columns[0][0]
    numbered = [
        word["x0"]
        for at in range(body.first, body.last + 1)
        for word in lines[at].words
        if _NUMBERED.match(word["text"]) and not _is_figure(word["text"]) and word["x1"] <= edge
    ]
    inner = min(numbered, default=0.0)

    def innermost(at: int) -> str:
        beside = [
            word for word in lines[at].words[: len(lines[at].words) - len(lines[at].figures)] if word["x1"] <= edge
        ]
        inside = [word for word in beside if word["x1"] > inner]
        return _text(inside or [word for word in beside[-1:] if meaning_of(word["text"]).rows])

    last = body.last
    if start == body.first and start and _is_label(lines[start - 1], edge) and _is_near(lines, start - 1):
        start -= 1
    while last + 1 < len(lines) and last - body.last < _MOST_LABEL_LINES and _goes_on(lines, last, edge):
        last += 1
    texts = {at: innermost(at) for at in range(start, last + 1)}
    best: dict[int, str] = {}
    for owner in (_nearest, _above, _below):
        labels = _joined(lines, rows, texts, owner)
        if not best or _known(labels) > _known(best):
            best = labels
    return best, last


def _goes_on(lines: Sequence[_Line], at: int, edge: float) -> bool:
    """Tell whether the line below one is a part of its label."""
    return _is_label(lines[at + 1], edge) and _is_near(lines, at, 2 * _NEXT_LINE)


def _is_label(line: _Line, edge: float) -> bool:
    return line.words[-1]["x1"] <= edge and not line.figures and not _SECTION.match(compact(_text(line.words)))


def _is_near(lines: Sequence[_Line], at: int, far: float = _NEXT_LINE) -> bool:
    line, below = lines[at], lines[at + 1]
    return below.middle - line.middle <= far * max(line.height, below.height)


Owner = Callable[[Sequence[_Line], int, int | None, int | None], int | None]
"""Tells to which of the rows above and below it a part of a label belongs."""


def _nearest(lines: Sequence[_Line], at: int, above: int | None, below: int | None) -> int | None:
    rows = [row for row in (above, below) if row is not None]
    return min(rows, key=lambda row: abs(lines[row].middle - lines[at].middle), default=None)


def _above(lines: Sequence[_Line], at: int, above: int | None, below: int | None) -> int | None:
    return above


def _below(lines: Sequence[_Line], at: int, above: int | None, below: int | None) -> int | None:
    return below


def _joined(lines: Sequence[_Line], rows: Sequence[int], texts: dict[int, str], owner: Owner) -> dict[int, str]:
    """Return the labels of rows with their parts in other lines: what is known as a whole has none."""
    labels = dict.fromkeys(rows, "")
    whole = {row for row in rows if meaning_of(texts[row]).rows}
    for at, text in texts.items():
        row: int | None = at
        if at not in labels:
            above = max((one for one in rows if one < at), default=None)
            below = min((one for one in rows if one > at), default=None)
            above, below = (one if one not in whole and _is_close(lines, one, at) else None for one in (above, below))
            row = owner(lines, at, above, below) if above is not None and below is not None else (above or below)
        if row is not None:
            labels[row] += text
    return labels


def _is_close(lines: Sequence[_Line], row: int | None, at: int) -> bool:
    """Tell whether a line that is above a row may be its label's, as one far above the first is not."""
    return row is not None and lines[row].middle - lines[at].middle <= _CLOSE * lines[at].height


def _known(labels: dict[int, str]) -> int:
    return sum(bool(meaning_of(label).rows) for label in labels.values())


def _rows(lines: Sequence[_Line], body: _Body, labels: dict[int, str]) -> Iterable[list[str]]:
    """Yield a row for each line of figures, its label first where rows have any; a year alone is called one."""
    for at, label in labels.items():
        row = [""] * len(body.columns)
        for place, word in zip(_places(lines[at].figures, body.columns) or (), lines[at].figures, strict=True):
            row[place] = _text([word])
        called = f"{label}年" if _YEAR.fullmatch(label) else label
        yield [called, *row] if any(labels.values()) else row


def is_within(inner: Box, outer: Box) -> bool:
    """Tell whether the middle of a box lies in another."""
    across, middle = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= middle <= outer[3]


def _box(lines: Sequence[_Line]) -> Box:
    words = [word for line in lines for word in line.words]
    return (
        min(word["x0"] for word in words),
        min(word["top"] for word in words),
        max(word["x1"] for word in words),
        max(word["bottom"] for word in words),
    )
