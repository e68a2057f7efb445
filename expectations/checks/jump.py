"""A report's single figures beside those of the year before."""

from dataclasses import dataclass

from expectations.examples import broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.relations import NUMBER, THE_CELL, UNREADABLE, assessment, in_both_years, table_of, unread
from expectations.wording import place_of
from warehouse.forms import Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text

StatutoryCell = tuple[TableCode, str, str]
"""Table, row and column code."""


@dataclass(frozen=True)
class Watched:
    """Figures that must not grow beyond ``factor`` times, nor shrink below a ``factor``-th, of last year's.

    Only where one of the two reaches ``floor``; ``from_nothing`` if growing from zero, or shrinking to it, counts.
    """

    cells: tuple[StatutoryCell, ...]
    factor: int
    floor: int
    from_nothing: bool = True


@dataclass(frozen=True)
class Jump:
    """Watched figures must not jump from one year to the next.

    Only where both stand in the same edition of the table, and the organ was not merged in between.
    """

    watched: tuple[Watched, ...]
    editions: tuple[Edition, ...] = tuple(Edition)
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every pair of figures, one of which reaches the floor or was not read."""
        stated, not_read = batch.among((NUMBER, UNREADABLE)), unread(batch, "cell", "earlier")
        selected = assessment(
            **THE_CELL,
            right="earlier.value",
            severity=literal(severity),
            reason=not_read,
            holds="cell.value <= factor * earlier.value AND cell.value * factor >= earlier.value "
            "OR NOT from_nothing AND (cell.value = 0 OR earlier.value = 0)",
        )
        return f"""
            SELECT {selected}
            FROM {batch.cells} AS cell JOIN {self._watched(batch.code)} AS watched
                ON cell.table_code = watched.table_code AND cell.row_code = watched.row_code
                AND cell.column_code = watched.column_code
            JOIN {batch.cells} AS earlier ON earlier.next_organ_id = cell.organ_id AND earlier.year = cell.year - 1
                AND earlier.merged = 1
                AND earlier.table_code = cell.table_code AND earlier.edition = cell.edition
                AND earlier.row_code = cell.row_code AND earlier.column_code = cell.column_code
            WHERE cell.state IN {stated} AND earlier.state IN {stated}
                AND (({not_read}) IS NOT NULL OR greatest(cell.value, earlier.value) >= watched.floor)
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list of both figures, this year's first."""
        return in_both_years(places, batch, "place.column_code")

    def sentence(self, assessment: Assessment) -> Text:
        """Say both figures and by how much they differ at least."""
        place, (now, before) = place_of(assessment), assessment.sides
        cell = (assessment.table, assessment.row, assessment.column)
        factor = next(each.factor for each in self.watched if cell in each.cells)
        return Text(
            f"{place.chinese}：上年 {before}，本年 {now}，相差 {factor} 倍以上。",
            f"{place.english}: {before} in the previous year, {now} in this one, more than a factor of {factor}.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up a figure that is six times last year's."""
        table, row, column = self.watched[0].cells[-1]
        return broken(rule, 600, 100, table=table, row=row, column=column)

    def _watched(self, code: str) -> str:
        rows = (
            (*map(literal, cell), str(each.factor), str(each.floor), str(each.from_nothing).lower())
            for each in self.watched
            for cell in each.cells
        )
        return table_of(("table_code", "row_code", "column_code", "factor", "floor", "from_nothing"), rows, code)
