"""A list of addresses in a CSV file beside the source file, for reports that no list leads to."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from tasks.sources.adapter import Adapter, Ask, ListError, ListPage, Record, Start
from tasks.sources.markup import date_in_text
from tasks.web.encodings import decide_encoding

_COLUMNS = {"url", "title"}
_MOST_MISTAKES = 5


class AddressList(Adapter):
    """Columns ``url`` and ``title``, and where known ``year`` and ``listed_on`` (a day, as 2024-01-20 or 2024/1/20).

    The file may be in UTF-8 or, as Excel writes it in China, in GBK.
    """

    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*\.csv$")
    """The file's name, in the folder of the source files."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """All addresses at once."""
        if start.folder is None:
            raise ListError(f"{self.file}: this source was not read from a folder")
        mistakes: list[str] = []
        records = tuple(self._records(start.folder / self.file, mistakes))
        if records or not mistakes:
            yield ListPage(records)
        if mistakes:
            raise ListError("; ".join(mistakes[:_MOST_MISTAKES]))

    def _records(self, path: Path, mistakes: list[str]) -> Iterator[Record]:
        """The records of every line that can be read; what is wrong with the others is added to ``mistakes``."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ListError(f"{self.file} cannot be read: {error.strerror}") from None
        lines = csv.DictReader(decide_encoding(content).decode(content).splitlines())
        if lacking := _COLUMNS - set(lines.fieldnames or ()):
            raise ListError(f"{self.file}:1: there is no column {' and no column '.join(sorted(lacking))}")
        for line in lines:
            try:
                yield _record(line)
            except ValueError as error:
                mistakes.append(f"{self.file}:{lines.line_num}: {error}")


def _record(line: dict[str, str | None]) -> Record:
    """What a line says, days also as Excel writes them; ``ValueError`` where a day or a year is none."""
    written = {name: value.strip() for name, value in line.items() if isinstance(value, str)}
    listed_on, year = written.get("listed_on", ""), written.get("year", "").removesuffix("年")
    day = date_in_text(listed_on)
    if listed_on and day is None:
        raise ValueError(f"listed_on: {listed_on!r} is no day; write it as 2024-01-20")
    if year and re.fullmatch(r"20\d\d", year) is None:
        raise ValueError(f"year: {year!r} is no year; write it as 2023")
    return Record(written.get("url", ""), written.get("title", ""), day, int(year) if year else None)
