"""Reading by text order: labels followed by figures, without rows or columns.

It serves plain text in which every cell stands on its own line, and is the second, structurally different reading
of every document that has tables.
"""

from collections.abc import Iterable, Iterator, Sequence

from tasks.extract.documents.seen import OBJECT
from tasks.extract.figures import read_figure
from tasks.extract.report import UNREADABLE
from tasks.extract.tables.alignment import possible_starts
from tasks.extract.tables.beside import year_named
from tasks.extract.tables.disputes import DISPUTE_FIGURES, dispute_rows
from tasks.extract.tables.headers import APPLICANTS, may_be_in_order, order_in_text
from tasks.extract.tables.readings import WRITTEN, PlacedText, RowReading
from tasks.extract.vocabulary import RowLabel, group_of, meaning_of, stands_in
from warehouse.forms import TableCode

_LABEL_LINES = 4
"""Lines over which one label may be broken."""
_HEADER_LINES, _FEWEST_COLUMN_LABELS = 40, 5
"""Lines before a row that are kept as its header, and labels without which there is none."""
_FEWEST_YEARS = 2


Run = tuple[list[str], list[PlacedText]]
"""Labels, and the figures behind the last of them."""


def read_order(texts: Iterable[PlacedText], year: int | None = None) -> list[RowReading]:
    """Read rows of figures from texts in reading order: each a label, a part of a label, or a figure.

    What is no figure is a label, but for an object, such as a picture, where the forms know no such label. Where years
    head the figures of one row one after the other, they are those of ``year``.
    """
    reader = _OrderReader()
    for labels, figures in _of_year(list(_runs(texts)), year):
        reader.read_run(labels, figures)
    return reader.readings


def _runs(texts: Iterable[PlacedText]) -> Iterator[Run]:
    labels: list[str] = []
    figures: list[PlacedText] = []
    for placed in texts:
        text = placed[0]
        is_label = read_figure(text)[0] is UNREADABLE and (OBJECT not in text or meaning_of(text).known)
        if is_label:
            if figures:
                yield labels, figures
                labels, figures = [], []
            labels.append(text)
        elif labels:
            figures.append(placed)
    yield labels, figures


def _of_year(runs: Sequence[Run], year: int | None) -> Sequence[Run]:
    """Leave out runs whose last label is another year, where there are such of several years."""
    years = [year_named(labels[-1]) if figures else None for labels, figures in runs]
    if len({*years} - {None}) < _FEWEST_YEARS:
        return runs
    left: list[Run] = []
    before: list[str] = []
    for (labels, figures), named in zip(runs, years, strict=True):
        before += labels if named is None else labels[:-1]
        if named in (None, 0, year):
            left.append((before, figures))
            before = []
    return left


class _OrderReader:
    """Takes labels with the figures behind them, and remembers the table, the group and the header in force."""

    def __init__(self) -> None:
        self.readings: list[RowReading] = []
        self._header: tuple[str, ...] = ()
        self._columns: dict[TableCode, tuple[str, ...]] = {}
        self._table: TableCode | None = None
        self._group: str | None = None
        self._unclear: set[TableCode] = set()
        """Tables whose headers have columns in another order than the form, and do not tell which."""
        self._unnamed: tuple[list[str], list[PlacedText]] = ([], [])

    def read_run(self, labels: list[str], figures: list[PlacedText]) -> None:
        """Read a run of figures: it belongs to the label right before it, or around it."""
        labels = self._without_rest_of_label(labels)
        for text in labels:
            meaning = meaning_of(text)
            self._table = meaning.only_table or self._table
            for _, group in meaning.groups:
                self._group = group
        if len(labels) >= _FEWEST_COLUMN_LABELS:
            of_applicants = any(APPLICANTS in text for text in labels[-_HEADER_LINES:])
            if table := self._table or (TableCode.APPLICATIONS if of_applicants else None):
                self._remember_header(table, labels[-_HEADER_LINES:])
        if len(figures) >= DISPUTE_FIGURES and self._is_header_of_disputes(labels):
            self._read_disputes(labels, figures)
            self._table = None
            return
        found = self._row_label(labels) if figures else None
        if found is None:
            self._unnamed = (labels, figures)
            return
        label, printed, lines = found
        if len(labels) > lines:
            self._header = tuple(labels[-_HEADER_LINES:-lines])
        self._read_row(label, printed, figures)

    def _remember_header(self, table: TableCode, labels: list[str]) -> None:
        if order := order_in_text(labels, table):
            self._columns[table] = order
            self._unclear.discard(table)
        elif table is TableCode.APPLICATIONS and any(APPLICANTS in text for text in labels):
            if may_be_in_order(labels):
                self._unclear.discard(table)
            else:
                self._unclear.add(table)

    def _is_header_of_disputes(self, labels: list[str]) -> bool:
        """Tell whether the labels before a run of figures are those of section four, whole or broken over lines."""
        return self._table is TableCode.DISPUTES or bool(order_in_text(labels[-_HEADER_LINES:], TableCode.DISPUTES))

    def _read_row(self, label: RowLabel, printed: str, figures: list[PlacedText]) -> None:
        self._table, self._group = label.table, group_of(label)
        columns = self._columns.get(label.table)
        unclear = label.table in self._unclear
        self.readings.append(
            RowReading(label.table, label.row, printed, figures, self._header, columns, unclear=unclear)
        )

    def _without_rest_of_label(self, labels: list[str]) -> list[str]:
        """Name the run before, if its label goes on behind its figures, as in a cell set in several lines."""
        (before, figures), self._unnamed = self._unnamed, ([], [])
        if not figures or not labels or meaning_of(labels[0]).known:
            return labels
        for lines in range(1, min(_LABEL_LINES, len(labels) + 1)):
            found = self._row_label([*before, "".join(labels[:lines])], fewest=2)
            if found is not None:
                self._read_row(found[0], found[1], figures)
                return labels[lines:]
        return labels

    def _read_disputes(self, labels: list[str], figures: list[PlacedText]) -> None:
        """Cut section four out of a run of figures; where blanks on either side leave it open, say nothing."""
        starts = possible_starts(figures, DISPUTE_FIGURES)
        if not starts:
            return
        cells = figures[starts[-1] : starts[-1] + DISPUTE_FIGURES]
        if len(figures) == DISPUTE_FIGURES or all(read_figure(placed[0]).state in WRITTEN for placed in cells):
            self.readings += dispute_rows(cells, tuple(labels[-_HEADER_LINES:]))

    def _row_label(self, labels: list[str], fewest: int = 1) -> tuple[RowLabel, str, int] | None:
        """Return the row that the last lines name, their text, and how many lines that are.

        A group's label may stand between them, beside a label of several lines.
        """
        for lines in range(fewest, min(_LABEL_LINES, len(labels)) + 1):
            last = labels[-lines:]
            printed = "".join(last if lines == 1 else (text for text in last if not meaning_of(text).groups))
            meaning = meaning_of(printed)
            for row in meaning.rows:
                if not meaning.columns or (row.table is self._table and stands_in(self._group, group_of(row))):
                    return row, printed, lines
        return None
