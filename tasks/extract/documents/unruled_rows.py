"""The rows of a PDF's table without upright rules: figures below each other, in columns that full rows tell.

A row in which zeros are left blank belongs to them if every figure of it stands below just one column of theirs.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from operator import itemgetter

from tasks.extract.documents.placed import Text, Word
from tasks.extract.documents.seen import OBJECT
from tasks.extract.figures import read_figure
from tasks.extract.report import CellState
from tasks.extract.vocabulary import meaning_of
from warehouse.characters import folded
from warehouse.forms import FORMS, Edition, TableCode
from warehouse.labels import label_key

FEWEST_FIGURES = 5
"""Figures at the end of a line that may be a row of such a table by themselves."""
TABLE_OF = {
    len(FORMS[TableCode.APPLICATIONS, Edition.E2021].columns): TableCode.APPLICATIONS,
    len(FORMS[TableCode.DISPUTES, Edition.E2021].cells): TableCode.DISPUTES,
}
"""The table that has so many figures in a row."""
_SAME_LINE, NEXT_LINE, FAR = 0.4, 1.0, 5.0
"""Word's heights between words of a line, a row and a part of its label, and rows, at most."""
_SHIFT = 6.0
"""Points by which the columns of a page may stand aside from those of the page before."""
YEAR = re.compile(r"20\d\d")
PART_OF_HEADING = re.compile(
    "[自然人商业企科研机构社会公益组织法律服务或其他总合计小结果维持纠正尚未审行政复议诉讼经直接起后申请情况]+"
)
_FIRST_ROW = re.compile(r"\d{0,2}(?:一、)?本年新收(?!的?\d)")
MOST_HEAD_LINES = 9
_ROW_KEYS = tuple({key for form in FORMS.values() for row in form.rows.values() for key in row.label.keys})
_SHORTEST_BEGIN = 2
"""Characters by which the begin of a row's label is known."""
_OF_SECTION_FOUR = re.compile("复议|诉讼|结果|维持|纠正|审结")


@dataclass(slots=True)
class Line:
    """Words from left to right; ``figures`` are those at its end if they may be the figures of a row."""

    words: list[Word]
    figures: list[Word] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """How far down the page the middle of its first word is."""
        return (self.words[0]["top"] + self.words[0]["bottom"]) / 2

    @property
    def height(self) -> float:
        """The height of its tallest word."""
        return max(word["bottom"] - word["top"] for word in self.words)


@dataclass(slots=True)
class Body:
    """Rows of figures below each other: the lines of the page from the first to the last, and their columns."""

    first: int
    last: int
    columns: list[tuple[float, float]]


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Return the lines that words make, from the top."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"]) / 2):
        near = _SAME_LINE * (word["bottom"] - word["top"])
        before = lines[-1][0] if lines else None
        if before and word["top"] + word["bottom"] - before["top"] - before["bottom"] <= 2 * near:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=itemgetter("x0"))) for line in lines]


def _line(words: list[Word]) -> Line:
    at = _begin_of_figures(words)
    if len(words) - at - 1 in TABLE_OF and YEAR.fullmatch(words[at]["text"]):
        at += 1
    return Line(words, words[at:] if len(words) - at >= FEWEST_FIGURES else [])


def _begin_of_figures(words: Sequence[Word]) -> int:
    at = len(words)
    while at and (OBJECT in words[at - 1]["text"] or is_figure(words[at - 1]["text"])):
        at -= 1
    return at


def is_figure(text: str) -> bool:
    """Tell whether a word is a figure, or a sign for none."""
    return read_figure(folded(text)).state is not CellState.UNREADABLE


def bodies_of(lines: Sequence[Line], before: Sequence[tuple[float, float]] = (), since: int = 0) -> list[Body]:
    """Return runs of rows with the same columns: between them stand only parts of labels, left of all figures.

    Section three may go on with the columns ``before``, those of the page before, or of its head above line ``since``.
    """
    bodies: list[Body] = []
    body: Body | None = None
    for at, line in enumerate(lines):
        if at == since and len(before) == min(TABLE_OF):
            body = Body(-1, -1, list(before))
        line.figures = line.figures or _with_blanks(lines, at, body)
        if line.figures and body is not None and _join(body, at, line):
            bodies += [body] if body.first < 0 else []
            body.first = at if body.first < 0 else body.first
        elif line.figures:
            columns = [(word["x0"], word["x1"]) for word in line.figures]
            body = Body(at, at, columns) if len(columns) in TABLE_OF else None
            bodies += [body] if body else []
        elif body is not None and line.words[-1]["x1"] > body.columns[0][0] and not _may_go_on(body, at, line):
            body = None
    for end, begun in zip((-1, *(each.last for each in bodies)), bodies, strict=False):
        _begin_with_blanks(lines, begun, end)
    return [body for body in bodies if all(left[1] < right[0] for left, right in pairwise(body.columns))]


def columns_of_head(lines: Sequence[Line]) -> tuple[list[tuple[float, float]], int]:
    """Return where the headings of section three stand right above its first row, and which line that is.

    Each is of the words below each other that do not stand across several. There are none where these are not as many
    as the columns.
    """
    first = next((at for at, line in enumerate(lines) if any(_FIRST_ROW.match(word["text"]) for word in line.words)), 0)
    above = range(first - 1, max(first - 1 - MOST_HEAD_LINES, -1), -1)
    near = list(takewhile(lambda at: is_near(lines, at, FAR) and not lines[at].figures, above))
    words = [word for at in near for word in lines[at].words if _heads_a_column(word["text"])]
    columns: list[tuple[float, float]] = []
    for word in sorted(words, key=itemgetter("x0")):
        below = [other for other in words if other["x0"] < word["x1"] and other["x1"] > word["x0"]]
        if any(left["x1"] < right["x0"] for left in below for right in below):
            continue
        if columns and word["x0"] < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], word["x1"]))
        else:
            columns.append((word["x0"], word["x1"]))
    return (columns, first) if len(columns) == min(TABLE_OF) else ([], 0)


def _heads_a_column(text: str) -> bool:
    """Tell whether a text is a column's heading or a part of one, and not that of several."""
    meaning = meaning_of(text)
    return bool(meaning.columns) if meaning.known else PART_OF_HEADING.fullmatch(text) is not None


def _may_go_on(body: Body, at: int, line: Line) -> bool:
    """Tell whether the rows of a table on the page before may still follow: below the page's head, and that table's."""
    over = [word["text"] for word in line.words if word["x1"] > body.columns[0][0]]
    heads = all(meaning_of(text).known or PART_OF_HEADING.fullmatch(text) for text in over)
    return body.first < 0 and (at == 0 or (heads and not any(map(_OF_SECTION_FOUR.search, over))))


def _with_blanks(lines: Sequence[Line], at: int, body: Body | None) -> list[Word]:
    """Return the figures of a line that may be a row of a body, with fewer than would make one by themselves.

    A label stands left of them all, or in a line right above or below. Outside the rows of the body that are found, and
    in the last line of a page, it is the begin of one that the forms know: heads and feet of pages have figures, too.
    """
    words = lines[at].words
    begin = _begin_of_figures(words)
    if body is None or begin == len(words) or places_of(words[begin:], body.columns) is None:
        return []
    edge = body.columns[0][0]
    if begin:
        is_inside = body.first >= 0 and body.last < at < len(lines) - 1
        is_known = is_inside or any(_begins_a_label(word["text"]) for word in words[:begin])
        is_labelled = words[begin - 1]["x1"] <= edge and is_known
    else:
        around = [(one, upper) for one, upper in ((at - 1, at - 1), (at + 1, at)) if 0 <= one < len(lines)]
        is_labelled = any(lines[one].words[-1]["x1"] <= edge and is_near(lines, upper) for one, upper in around)
    is_far = at > 0 and body.first >= 0 and not is_near(lines, at - 1, FAR)
    return words[begin:] if is_labelled and not is_far else []


def _begins_a_label(text: str) -> bool:
    key = label_key(text)
    return len(key) >= _SHORTEST_BEGIN and any(known.startswith(key) for known in _ROW_KEYS)


def _begin_with_blanks(lines: Sequence[Line], body: Body, end: int) -> None:
    """Let a body begin with the rows above it in which figures are blank, below ``end``, that of the body before."""
    last = body.last
    for at in range(body.first - 1, end, -1):
        line = lines[at]
        figures, edge = line.figures or _with_blanks(lines, at, body), body.columns[0][0]
        if not is_near(lines, at, FAR) or (not figures and line.words[-1]["x1"] > edge):
            break
        if figures:
            before, line.figures = line.figures, figures
            if not _join(body, at, line):
                line.figures = before
                break
            body.first = at
    body.last = last


def _join(body: Body, at: int, line: Line) -> bool:
    """Add a row to a body if its figures stand in the body's columns."""
    places = places_of(line.figures, body.columns)
    if places is None or any(word["x1"] > body.columns[0][0] for word in line.words[: -len(line.figures)]):
        return False
    for place, word in zip(places, line.figures, strict=True):
        left, right = body.columns[place]
        body.columns[place] = (min(left, word["x0"]), max(right, word["x1"]))
    body.last = at
    return True


def places_of(figures: Sequence[Word], columns: Sequence[tuple[float, float]]) -> list[int] | None:
    """Return the column that each figure stands in, ``None`` if one stands in none or two, or two in one."""
    if len(figures) == len(columns):
        middles = [across(word) for word in figures]
        bounds = [sum(column) / 2 for column in columns]
        if all(abs(middle - bound) < reach_of(columns) for middle, bound in zip(middles, bounds, strict=True)):
            return list(range(len(columns)))
    places = []
    for word in figures:
        over = [n for n, (left, right) in enumerate(columns) if word["x0"] < right and word["x1"] > left]
        if len(over) != 1:
            return None
        places += over
    return places if len(set(places)) == len(places) else None


def reach_of(columns: Sequence[tuple[float, float]]) -> float:
    """Return half of the least distance between two columns."""
    return min(sum(right) - sum(left) for left, right in pairwise(columns)) / 4


def are_same(before: Sequence[tuple[float, float]], columns: Sequence[tuple[float, float]]) -> bool:
    """Tell whether columns stand where those of the page before do."""
    return len(before) == len(columns) and all(
        abs(sum(one) - sum(other)) / 2 <= _SHIFT for one, other in zip(before, columns, strict=True)
    )


def is_near(lines: Sequence[Line], at: int, far: float = NEXT_LINE) -> bool:
    """Tell whether a line and the one below it are as near as so many heights of theirs."""
    line, below = lines[at], lines[at + 1]
    return below.middle - line.middle <= far * max(line.height, below.height)


def across(word: Text) -> float:
    """Return how far from the left the middle of a word is."""
    return (word["x0"] + word["x1"]) / 2
