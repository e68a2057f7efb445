"""How the cells of tables span columns and rows, for whoever shows a table as it stood."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from lxml import etree

from tasks.extract.documents.document import Spans, Table

_WIDEST, _LONGEST = 60, 400

Rows = Sequence[Sequence[tuple[int, int]]]


def of_markup(root: etree._Element, tables: Iterable[Table]) -> Mapping[int, Spans]:
    """Return the spans of the tables of a page, as a browser has them."""
    return _matched(tables, (each for each in _innermost(root, "table") if not _is_hidden(each)), _markup_rows)


def of_word(root: etree._Element, tables: Iterable[Table]) -> Mapping[int, Spans]:
    """Return the spans of the tables of a Word document."""
    return _matched(tables, _innermost(root, "{*}tbl"), _word_rows)


def _innermost(root: etree._Element, tag: str) -> Iterable[etree._Element]:
    return (each for each in root.iter(tag) if each.find(f".//{tag}") is None)


def _is_hidden(element: etree._Element) -> bool:
    return next(element.iterancestors("hidden"), None) is not None


def _matched(
    tables: Iterable[Table], elements: Iterable[etree._Element], rows_of: Callable[[etree._Element], Rows]
) -> dict[int, Spans]:
    """Give each table the next element that has the same cells in its rows; none where no element has."""
    waiting = [rows_of(element) for element in elements]
    found: dict[int, Spans] = {}
    for table in tables:
        shape = [len(row) for row in table.rows]
        position = next((n for n, rows in enumerate(waiting) if [len(row) for row in rows] == shape), None)
        if position is not None:
            found[table.ordinal] = waiting[position]
            del waiting[: position + 1]
    return found


def _markup_rows(table: etree._Element) -> Rows:
    rows = []
    for row in table.iter("tr"):
        cells = [cell for cell in row.iter("td", "th") if not _is_hidden(cell)]
        if cells:
            rows.append([(_span(cell.get("colspan"), _WIDEST), _span(cell.get("rowspan"), _LONGEST)) for cell in cells])
    return rows


def _span(written: str | None, most: int) -> int:
    digits = (written or "").strip()[:6]
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdigit() else 1


def _word_rows(table: etree._Element) -> Rows:
    """Count for each cell the rows below that go on with it: a cell that goes on with the one above is none."""
    rows: list[list[list[int]]] = []
    open_cells: dict[int, list[int]] = {}
    for row in table.iterfind("{*}tr"):
        column, cells = 0, []
        for cell in row.iterfind("{*}tc"):
            width = _span(_property(cell, "gridSpan"), _WIDEST)
            merged = cell.find("{*}tcPr/{*}vMerge")
            if merged is not None and _value(merged) in (None, "continue"):
                if column in open_cells:
                    open_cells[column][1] += 1
            else:
                spans = [width, 1]
                cells.append(spans)
                open_cells[column] = spans
            column += width
        if cells:
            rows.append(cells)
    return [[(columns, lines) for columns, lines in row] for row in rows]


def _property(cell: etree._Element, name: str) -> str | None:
    found = cell.find(f"{{*}}tcPr/{{*}}{name}")
    return _value(found) if found is not None else None


def _value(element: etree._Element) -> str | None:
    return next((str(value) for name, value in element.attrib.items() if etree.QName(name).localname == "val"), None)
