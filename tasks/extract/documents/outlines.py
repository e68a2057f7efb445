"""The outlines of what a PDF paints, or clips to: which points of the page lie within."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pdfminer.utils import Matrix, PathSegment, Point, Rect, apply_matrix_pt

_STEPS = 8
"""Straight lines that a curve is made of."""
_NEAR = 0.01
_CURVE = _CORNERS = 4


class Outline(NamedTuple):
    """Closed lines: their bounding box (left, bottom, right, top), and the lines where they are not that box itself."""

    box: Rect
    polygons: tuple[tuple[Point, ...], ...] = ()
    is_evenodd: bool = False

    def has(self, x: float, y: float) -> bool:
        """Tell whether a point lies within."""
        left, bottom, right, top = self.box
        if not (left <= x <= right and bottom <= y <= top):
            return False
        if not self.polygons:
            return True
        winding = sum(_winding(polygon, x, y) for polygon in self.polygons)
        return winding % 2 != 0 if self.is_evenodd else winding != 0


class Clip(NamedTuple):
    """The part of a page that is drawn on: a box, and outlines within it that are no boxes."""

    box: Rect
    outlines: tuple[Outline, ...] = ()

    def within(self, outline: Outline) -> "Clip":
        """Return what is left of it within an outline."""
        return Clip(shared(self.box, outline.box), (*self.outlines, outline) if outline.polygons else self.outlines)

    def has(self, x: float, y: float) -> bool:
        """Tell whether a point is drawn on."""
        left, bottom, right, top = self.box
        return left <= x <= right and bottom <= y <= top and all(outline.has(x, y) for outline in self.outlines)


def shared(one: Rect, other: Rect) -> Rect:
    """Return what two boxes have in common; its left is right of its right if that is nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def outline_of(path: Sequence[PathSegment], matrix: Matrix, *, is_evenodd: bool = False) -> Outline:
    """Return the outline of a path of pdfminer's, of a box of nothing if it has no points."""
    polygons = [polygon for polygon in _polygons(path, matrix) if polygon]
    if not polygons:
        return Outline((0.0, 0.0, -1.0, -1.0))
    xs, ys = zip(*(point for polygon in polygons for point in polygon), strict=True)
    box = (min(xs), min(ys), max(xs), max(ys))
    if len(polygons) == 1 and _is_box(polygons[0], box):
        return Outline(box)
    return Outline(box, tuple(map(tuple, polygons)), is_evenodd)


def outline_of_box(box: Sequence[float], matrix: Matrix) -> Outline:
    """Return the outline of a box that a matrix moves."""
    left, bottom, right, top = map(float, box)
    return outline_of([("m", left, bottom), ("l", right, bottom), ("l", right, top), ("l", left, top), ("h",)], matrix)


def _polygons(path: Sequence[PathSegment], matrix: Matrix) -> Iterator[list[Point]]:
    polygon: list[Point] = []
    for step in path:
        numbers = [float(number) for number in step[1:]]
        points = [apply_matrix_pt(matrix, (x, y)) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
        if step[0] == "m":
            yield polygon
            polygon = points
        elif step[0] == "l" or (points and not polygon):
            polygon += points
        elif points:
            ends = {"v": [polygon[-1], *points], "y": [*points, points[-1]]}.get(step[0], points)
            polygon += _curve([polygon[-1], *ends])
    yield polygon


def _curve(ends: list[Point]) -> list[Point]:
    if len(ends) != _CURVE:
        return ends[1:]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ends
    points = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return points


def _is_box(polygon: list[Point], box: Rect) -> bool:
    """Tell whether a polygon goes round the corners of its bounding box, and nowhere else."""
    corners = [(_side(x, box[0], box[2]), _side(y, box[1], box[3])) for x, y in polygon]
    turns = [corner for at, corner in enumerate(corners) if at == 0 or corner != corners[at - 1]]
    if len(turns) > 1 and turns[0] == turns[-1]:
        turns.pop()
    return (
        all(None not in corner for corner in turns) and len(turns) == len(set(turns)) == _CORNERS and _is_round(turns)
    )


def _side(value: float, low: float, high: float) -> int | None:
    return 0 if value - low <= _NEAR else 1 if high - value <= _NEAR else None


def _is_round(turns: list[tuple[int | None, int | None]]) -> bool:
    return all((one[0] == other[0]) != (one[1] == other[1]) for one, other in pairwise(turns))


def _winding(polygon: Sequence[Point], x: float, y: float) -> int:
    """Return how often a polygon goes round a point, to the left or the right."""
    winding = 0
    (x0, y0) = polygon[-1]
    for x1, y1 in polygon:
        if (y0 <= y) != (y1 <= y):
            is_left = (x1 - x0) * (y - y0) > (x - x0) * (y1 - y0)
            if y1 > y0 and is_left:
                winding += 1
            elif y1 <= y0 and not is_left:
                winding -= 1
        x0, y0 = x1, y1
    return winding
