"""A list of addresses in a CSV file beside the source file, for reports that no list leads to."""

import csv
from collections.abc import Iterator
from datetime import date

from pydantic import Field

from tasks.sources.adapter import Adapter, Ask, ListError, ListPage, Record, Start

_COLUMNS = {"url", "title"}


class AddressList(Adapter):
    """Columns ``url`` and ``title``, and where known ``year`` and ``listed_on`` (ISO date)."""

    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*\.csv$")
    """The file's name, in the folder of the source files."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """All addresses at once."""
        if start.folder is None:
            raise ListError(f"{self.file}: this source was not read from a folder")
        try:
            with (start.folder / self.file).open(encoding="utf-8-sig", newline="") as lines:
                rows = list(csv.DictReader(lines))
        except (OSError, UnicodeDecodeError) as error:
            raise ListError(f"{self.file} cannot be read: {error}") from None
        if rows and not set(rows[0]) >= _COLUMNS:
            raise ListError(f"{self.file} needs the columns url and title")
        try:
            yield ListPage(tuple(_record(row) for row in rows))
        except ValueError as error:
            raise ListError(f"{self.file}: {error}") from None


def _record(row: dict[str, str]) -> Record:
    listed_on, year = row.get("listed_on"), row.get("year")
    return Record(
        row["url"], row["title"], date.fromisoformat(listed_on) if listed_on else None, int(year) if year else None
    )
