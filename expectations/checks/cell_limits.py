"""What a single figure must not be."""

from dataclasses import dataclass

from expectations.checks.limit import Limit, severity_of_breach
from expectations.examples import broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.naming import figure
from expectations.relations import NUMBER, THE_CELL, UNREADABLE, assessment, one_cell, table_of, unread
from expectations.wording import place_of
from warehouse.forms import EVERY_FORM, Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text


@dataclass(frozen=True)
class CellLimits:
    """Limits on every single figure of some measures, in every table. The first violated limit is the finding's."""

    limits: tuple[Limit, ...]
    editions: tuple[Edition, ...] = tuple(Edition)
    table: TableCode | None = None

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every cell that has a figure, or something that should have been one."""
        breaches = " ".join(
            f"WHEN is_limited_{position} AND {limit.violated} THEN {position}"
            for position, limit in enumerate(self.limits)
        )
        selected = assessment(
            **THE_CELL,
            severity=severity_of_breach(self.limits, severity),
            breach="cell.breach",
            reason=unread(batch, "cell"),
            holds="cell.breach IS NULL",
        )
        return f"""
            SELECT {selected} FROM (
                SELECT cell.*, CASE WHEN state = {batch.coded(NUMBER)} THEN CASE {breaches} END END AS breach
                FROM {batch.cells} AS cell
                JOIN {self._measures(batch.code)} AS measured ON cell.column_code = measured.column_code
                    AND cell.table_code = measured.table_code AND cell.edition = measured.edition
                WHERE cell.state IN {batch.among((NUMBER, UNREADABLE))}
            ) AS cell
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list that holds the one cell."""
        return one_cell(places, batch.cells)

    def sentence(self, assessment: Assessment) -> Text:
        """Say what the figure is and what it must be."""
        place = place_of(assessment)
        if assessment.breach is None or assessment.left is None:
            return Text(
                f"{place.chinese}：所填内容无法识读，不作判断。",
                f"{place.english}: what stands there cannot be read, not assessable.",
            )
        must, value = self.limits[assessment.breach].must, figure(assessment.left)
        return Text(
            f"{place.chinese}：填报 {value}，件数{must.chinese}。",
            f"{place.english}: {value} reported, a count {must.english}.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up a negative count."""
        return broken(rule, -3, table=TableCode.APPLICATIONS, row="granted", column="other", breach=0)

    def _measures(self, code: str) -> str:
        wanted = frozenset().union(*(limit.measures for limit in self.limits))
        rows = (
            (
                *map(literal, (table, edition, column.code)),
                *(str(column.measure in limit.measures).lower() for limit in self.limits),
            )
            for (table, edition), form in EVERY_FORM.items()
            for column in form.columns.values()
            if column.measure in wanted
        )
        limited = (f"is_limited_{position}" for position in range(len(self.limits)))
        return table_of(("table_code", "edition", "column_code", *limited), rows, code)
