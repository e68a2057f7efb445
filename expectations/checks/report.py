"""What checks of a report as a whole have in common."""

from typing import ClassVar

from expectations.model import Batch
from expectations.relations import contribution, evidence
from warehouse.forms import Edition, TableCode


class ReportCheck:
    """A check that looks at no table by itself, in every edition, and to which no single cell contributes."""

    table: ClassVar[TableCode | None] = None
    editions: ClassVar[tuple[Edition, ...]] = tuple(Edition)

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile an empty list for each place."""
        empty = contribution("''", "0", "place.year", "''", "''")
        return evidence(f"list({empty}) FILTER (false)", f"{places} AS place LEFT JOIN {batch.cells} AS cell ON false")
