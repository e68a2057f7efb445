"""Tables of a PDF without upright rules: which column a figure, and a heading, stands in, its place on the page tells.

Only rows of section three and four are put together so, and only below headings that name every column in its place.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from tasks.extract.documents.flat import without_marks
from tasks.extract.documents.lines import is_page_number
from tasks.extract.documents.placed import Box, Word, is_within
from tasks.extract.documents.unruled_rows import (
    FAR,
    FEWEST_FIGURES,
    MOST_HEAD_LINES,
    NEXT_LINE,
    PART_OF_HEADING,
    TABLE_OF,
    YEAR,
    Body,
    Line,
    across,
    are_same,
    bodies_of,
    columns_of_head,
    is_figure,
    is_near,
    lines_of,
    places_of,
    reach_of,
)
from tasks.extract.vocabulary import DISPUTE_WAYS, meaning_of
from warehouse.characters import folded
from warehouse.forms import TableCode
from warehouse.labels import compact, is_numbered, label_key

_CLOSE, _MOST_LABEL_LINES = 3.0, 5
"""Word's heights between a row and the farthest part of its label, and lines of it below the last row, at most."""
_SECTION = re.compile(r"^[一二三四五六][、.．].*情况$")
_NUMBERED = re.compile(r"^\d[.．、]")


class UnruledTables:
    """Finds the tables of one page after the other: one without headings goes on with the columns of that before it."""

    def __init__(self) -> None:
        self._before: tuple[list[tuple[float, float]], list[list[str]]] = ([], [])
        self._foot: list[Line] = []
        """The last lines of a page without figures: they may be the head of a table on the next one."""

    @property
    def may_go_on(self) -> bool:
        """Whether a table of the page before may go on, with rows of few figures alone."""
        return bool(self._before[0])

    def of_page(self, words: Sequence[Word], objects: Sequence[Box] = ()) -> list[tuple[Box, list[list[str]]]]:
        """Return the tables that some words of a page make, with the boxes that they stand in.

        One in which any of ``objects`` stands is none: what is no text may be a figure of it.
        """
        columns, before = self._before
        lines = lines_of(words)
        found: list[tuple[Box, list[list[str]]]] = []
        end, bodies = -1, bodies_of(lines, columns) or bodies_of(lines, *columns_of_head(lines))
        foot = self._foot
        self._foot = [line for line in lines if not is_page_number(_text(line.words))][-MOST_HEAD_LINES:]
        self._before = ([], [])
        for body in bodies:
            above = _above_body(lines, body, end)
            head = _head([lines[at] for at in above], body.columns)
            start = next((at for at in above if head and _over(lines[at], body.columns)), body.first)
            if not head and end < 0:
                head = _head(foot, body.columns)
            if not head and are_same(columns, body.columns):
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
    return len(words) >= FEWEST_FIGURES and all(map(is_figure, words[-FEWEST_FIGURES:]))


def may_be_head(line: str) -> bool:
    """Tell whether a line of text may be of a table's head."""
    return any(meaning_of(word).columns for word in line.split())


def _text(words: Iterable[Word]) -> str:
    return folded(without_marks("".join(word["text"] for word in words))).strip()


def _above_body(lines: Sequence[Line], body: Body, end: int) -> list[int]:
    """Return the lines that may be the head of a table, from the top; ``end`` is the last line of the table before."""
    above: list[int] = []
    for at in range(body.first - 1, max(end, body.first - 1 - MOST_HEAD_LINES), -1):
        line = lines[at]
        is_other = any(_SECTION.match(compact(word["text"])) for word in line.words) or not all(
            PART_OF_HEADING.fullmatch(word["text"]) or meaning_of(word["text"]).known
            for word in _over(line, body.columns)
        )
        if not is_near(lines, at, FAR) or line.figures or is_other:
            break
        above.append(at)
    return above[::-1]


def _over(line: Line, columns: Sequence[tuple[float, float]]) -> list[Word]:
    """Return the words of a line that stand over the columns, and not over the labels of rows."""
    left = sum(columns[0]) / 2 - 2 * reach_of(columns)
    return [word for word in line.words if across(word) > left]


def _head(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[list[str]]:
    """Return the rows of a table's head, none if it does not name every column above it."""
    table = TABLE_OF[len(columns)]
    over = [word for line in lines for word in _over(line, columns)]
    heads = [_heading([part for word in over for part in _parts(word, column, columns)], table) for column in columns]
    if not all(heads):
        return []
    if table is TableCode.APPLICATIONS:
        return [heads] if len(set(heads)) == len(heads) else []
    ways = [word for word in sorted(over, key=across) if label_key(word["text"]) in DISPUTE_WAYS]
    is_whole = {label_key(word["text"]) for word in ways} == set(DISPUTE_WAYS)
    return [[word["text"] for word in ways], heads] if is_whole else []


def _parts(word: Word, column: tuple[float, float], columns: Sequence[tuple[float, float]]) -> Iterable[str]:
    """Yield what of a word over the columns stands over one: the whole, or of headings set close its own letters."""
    over = [other for other in columns if word["x0"] < other[1] and word["x1"] > other[0]]
    if len(over) > 1 and not meaning_of(word["text"]).known:
        reach = reach_of(columns)
        yield "".join(glyph["text"] for glyph in word["chars"] if abs(across(glyph) - sum(column) / 2) < reach)
    elif column in over or (not over and abs(across(word) - sum(column) / 2) < reach_of(columns)):
        yield word["text"]


def _heading(parts: Sequence[str], table: TableCode) -> str:
    """Return the lowest parts that together name a column, as many as possible."""
    parts = [part for part in parts if part]
    names = ("".join(parts[at:]) for at in range(len(parts)))
    return next((name for name in names if any(owner is table for owner, _ in meaning_of(name).columns)), "")


def _labels(lines: Sequence[Line], body: Body, start: int) -> tuple[dict[int, str], int]:
    """Return the labels of rows by their lines, and the last line of a table, parts of labels below it among them.

    A label of several lines stands around its figures, begins beside them, or ends there: as most of them are known.
    """
    rows = [at for at in range(body.first, body.last + 1) if lines[at].figures]
    edge = body.columns[0][0]
    numbered = [
        word["x0"]
        for at in range(body.first, body.last + 1)
        for word in lines[at].words
        if _NUMBERED.match(word["text"]) and not is_figure(word["text"]) and word["x1"] <= edge
    ]
    inner = min(numbered, default=0.0)

    def innermost(at: int) -> str:
        beside = [
            word for word in lines[at].words[: len(lines[at].words) - len(lines[at].figures)] if word["x1"] <= edge
        ]
        inside = [word for word in beside if word["x1"] > inner]
        return _text(inside or [word for word in beside[-1:] if meaning_of(word["text"]).rows])

    last = body.last
    if start == body.first and start and _is_label(lines[start - 1], edge) and is_near(lines, start - 1):
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


def _goes_on(lines: Sequence[Line], at: int, edge: float) -> bool:
    """Tell whether the line below one is a part of its label."""
    return _is_label(lines[at + 1], edge) and is_near(lines, at, 2 * NEXT_LINE)


def _is_label(line: Line, edge: float) -> bool:
    return line.words[-1]["x1"] <= edge and not line.figures and not _SECTION.match(compact(_text(line.words)))


Owner = Callable[[Sequence[Line], int, int | None, int | None], int | None]
"""Tells to which of the rows above and below it a part of a label belongs."""


def _nearest(lines: Sequence[Line], at: int, above: int | None, below: int | None) -> int | None:
    rows = [row for row in (above, below) if row is not None]
    return min(rows, key=lambda row: abs(lines[row].middle - lines[at].middle), default=None)


def _above(lines: Sequence[Line], at: int, above: int | None, below: int | None) -> int | None:
    return above


def _below(lines: Sequence[Line], at: int, above: int | None, below: int | None) -> int | None:
    return below


def _joined(lines: Sequence[Line], rows: Sequence[int], texts: dict[int, str], owner: Owner) -> dict[int, str]:
    """Return the labels of rows with their parts in other lines: what is known as a whole has none.

    What is known as a whole beside no figures, and is no part of another label, is a row in which all are blank.
    """
    labels = dict.fromkeys(rows, "")
    whole = {row for row in rows if meaning_of(texts[row]).rows}
    for at, text in texts.items():
        row: int | None = at
        if at not in labels:
            above = max((one for one in rows if one < at), default=None)
            below = min((one for one in rows if one > at), default=None)
            above, below = (one if one not in whole and _is_close(lines, one, at) else None for one in (above, below))
            begins_label = is_numbered(text) and meaning_of(text).only_row is not None
            above = None if begins_label and above is not None and (texts[above] or at - above > 1) else above
            row = owner(lines, at, above, below) if above is not None and below is not None else (above or below)
        if row is not None:
            labels[row] += text
        elif meaning_of(text).only_row:
            labels[at] = text
    return dict(sorted(labels.items()))


def _is_close(lines: Sequence[Line], row: int | None, at: int) -> bool:
    """Tell whether a line that is above a row may be its label's, as one far above the first is not."""
    return row is not None and lines[row].middle - lines[at].middle <= _CLOSE * lines[at].height


def _known(labels: dict[int, str]) -> int:
    return sum(bool(meaning_of(label).rows) for label in labels.values())


def _rows(lines: Sequence[Line], body: Body, labels: dict[int, str]) -> Iterable[list[str]]:
    """Yield a row for each line of figures, its label first where rows have any; a year alone is called one."""
    for at, label in labels.items():
        row = [""] * len(body.columns)
        for place, word in zip(places_of(lines[at].figures, body.columns) or (), lines[at].figures, strict=True):
            row[place] = _text([word])
        called = f"{label}年" if YEAR.fullmatch(label) else label
        yield [called, *row] if any(labels.values()) else row


def _box(lines: Sequence[Line]) -> Box:
    words = [word for line in lines for word in line.words]
    return (
        min(word["x0"] for word in words),
        min(word["top"] for word in words),
        max(word["x1"] for word in words),
        max(word["bottom"] for word in words),
    )
