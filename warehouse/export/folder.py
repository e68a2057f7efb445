"""A snapshot as a folder of files: Parquet, CSV, workbooks and the snapshot itself, described as a data package.

An export appears whole or not at all::

    gouji.duckdb                            everything in one file
    parquet/report/year=2024/report.parquet partitioned by year, sorted, zstd
    csv/2024/report.csv                     UTF-8 with a byte-order mark; csv/all/ holds all years
    xlsx/gouji-2024.xlsx                    one sheet a table, Chinese headers; gouji.xlsx holds all years
    datapackage.json                        every file with its checksum, every CSV column with its meaning
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from warehouse.errors import StoreError
from warehouse.export.datasets import DATASETS, Dataset
from warehouse.export.package import FILE_NAME, Written, describe_package
from warehouse.export.writing import write_csv, write_parquet, write_sheet
from warehouse.rows import rows_of
from warehouse.snapshots.query import Answer, Limits, answer_on, rows
from warehouse.snapshots.reader import reader
from warehouse.sql import identifier
from warehouse.store import Connection

FORMATS = ("parquet", "csv", "xlsx", "duckdb")

_WHOLE = "gouji.duckdb"
_TEMPORARY = ".temporary"
_LIMITS = Limits(seconds=86400.0)
_YEARS = "SELECT DISTINCT year FROM main.report ORDER BY year"
_ORGANS = """
    SELECT organ_id FROM core.organ
    WHERE ($organ IS NULL OR contains(name, $organ)) AND ($region IS NULL OR starts_with(region_code, $region))
"""


class ExportError(StoreError):
    """An export cannot be made there, or of what was asked."""


@dataclass(frozen=True)
class Selection:
    """What of a snapshot is exported: report years, tables by name, organs by part of the name or region code's begin.

    What is left out is not narrowed. Tables that are about no organ in particular are exported whole, problems too:
    whose page a problem is of may not be known.
    """

    years: Sequence[int] = ()
    tables: Sequence[str] = ()
    organ: str | None = None
    region: str | None = None

    @property
    def is_of_organs(self) -> bool:
        """Whether it is about some organs only."""
        return self.organ is not None or self.region is not None


@dataclass(frozen=True)
class Export:
    """What an export wrote: its files, and the sheets that did not hold all rows of their table."""

    folder: Path
    files: tuple[Path, ...]
    cut_sheets: tuple[str, ...]


Progress = Callable[[str, int, int], None]
"""Told after every file: its path in the export, how many files there are so far, how many there will be."""


def export(
    snapshot: Path,
    folder: Path,
    selection: Selection = Selection(),
    *,
    formats: Sequence[str] = FORMATS,
    on_progress: Progress = lambda path, done, total: None,
) -> Export:
    """Export a snapshot into a folder: some report years, or all of them one by one and together.

    An earlier export in the folder is replaced, in one step. Raises :class:`ExportError` if the folder holds something
    else or cannot be written, or if there is nothing of what is selected, and ``QueryError`` as queries do.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / FILE_NAME).exists())):
        raise ExportError(f"{folder} is not empty and no earlier export: choose another folder")
    if "duckdb" in formats and selection.is_of_organs:
        raise ExportError("gouji.duckdb is always the whole snapshot: choose other formats for some organs")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        held = _held(snapshot, aside)
        settled, datasets = _settled(held, selection), _datasets(selection)
        with reader(held, megabytes=_LIMITS.megabytes, temporary=aside / _TEMPORARY) as connection:
            writing = _Writing(connection, aside, settled, not selection.years, datasets, formats)
            files = tuple(writing.files(on_progress))
        shutil.rmtree(aside / _TEMPORARY, ignore_errors=True)
        describe_package(aside, files, held, snapshot)
        if "duckdb" not in formats:
            held.unlink()
        _replace(folder, aside)
    except OSError as error:
        raise ExportError(f"{folder}: {error.strerror}; choose a folder you can write to") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    paths = tuple(folder / file.path.relative_to(aside) for file in files)
    return Export(folder, paths, tuple(writing.cut_sheets))


def _held(snapshot: Path, folder: Path) -> Path:
    """Copy the snapshot into the export, so that all of it is read from one, whatever is published meanwhile."""
    with reader(snapshot):
        return Path(shutil.copyfile(snapshot, folder / _WHOLE))


def _settled(snapshot: Path, selection: Selection) -> Selection:
    """Return the selection with its report years named: those that are wanted, or all."""
    there = [row["year"] for row in rows(snapshot, _YEARS)]
    if unknown := sorted(set(selection.years) - set(there)):
        raise ExportError(f"there are no reports for {unknown[0]}: there are {', '.join(map(str, there)) or 'none'}")
    organs = {"organ": selection.organ, "region": selection.region}
    if selection.is_of_organs and not rows(snapshot, f"{_ORGANS} LIMIT 1", organs):
        wanted = " in ".join(each for each in (selection.organ, selection.region) if each)
        raise ExportError(f"there is no organ {wanted}: `gouji query 'SELECT name, region_code FROM organ'` lists them")
    return Selection(sorted(selection.years) or there, selection.tables, **organs)


def _datasets(selection: Selection) -> Sequence[Dataset]:
    """Return the tables to export: those that are wanted, or all."""
    if unknown := sorted(set(selection.tables) - {dataset.name for dataset in DATASETS}):
        raise ExportError(
            f"no table {unknown[0]} is exported: there are {', '.join(dataset.name for dataset in DATASETS)}"
        )
    return [dataset for dataset in DATASETS if not selection.tables or dataset.name in selection.tables]


def _replace(folder: Path, aside: Path) -> None:
    """Put a finished export in its place."""
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


Step = tuple[Path, Callable[[Path], Written]]
"""A file to be, and what writes it."""


@dataclass
class _Writing:
    """An export under way, of a snapshot that lies in its folder. ``whole``: all years are also written together."""

    connection: Connection
    folder: Path
    selection: Selection
    whole: bool
    datasets: Sequence[Dataset]
    formats: Sequence[str]
    cut_sheets: list[str] = field(default_factory=list)

    def files(self, on_progress: Progress) -> Iterator[Written]:
        """Write file after file."""
        making = {"parquet": self._parquet, "csv": self._csv, "xlsx": self._xlsx, "duckdb": self._duckdb}
        steps = [step for form in FORMATS if form in self.formats for step in making[form]()]
        for done, (path, write) in enumerate(steps, start=1):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield write(path)
            on_progress(path.relative_to(self.folder).as_posix(), done, len(steps))

    def _parquet(self) -> Iterator[Step]:
        for dataset in self.datasets:
            base = self.folder / "parquet" / dataset.name
            columns = cache(partial(_whole_as_integers, self.connection, dataset))
            for year in self.selection.years if dataset.yearly else (None,):
                folder = base / f"year={year}" if year else base
                yield folder / f"{dataset.name}.parquet", self._parquet_file(dataset, year, columns)

    def _csv(self) -> Iterator[Step]:
        for dataset in self.datasets:
            years = self.selection.years if dataset.yearly else ()
            for year in (*years, *([None] if self.whole or not dataset.yearly else [])):
                yield self.folder / "csv" / str(year or "all") / f"{dataset.name}.csv", self._csv_file(dataset, year)

    def _xlsx(self) -> Iterator[Step]:
        years = self.selection.years if any(dataset.in_workbook for dataset in self.datasets) else ()
        for year in (*years, *([None] if self.whole and years else [])):
            yield self.folder / "xlsx" / (f"gouji-{year}.xlsx" if year else "gouji.xlsx"), self._workbook(year)

    def _duckdb(self) -> Iterator[Step]:
        yield self.folder / _WHOLE, Written

    def _parquet_file(
        self, dataset: Dataset, year: int | None, columns: Callable[[], str]
    ) -> Callable[[Path], Written]:
        # Within a partition the year stands in the folder's name.
        without_year = " EXCLUDE (year)" if year else ""

        def written(path: Path) -> Written:
            with self._ask(dataset, year, f"*{without_year} {columns()}") as found:
                write_parquet(found, path)
                return Written(path, dataset, year, found.count)

        return written

    def _csv_file(self, dataset: Dataset, year: int | None) -> Callable[[Path], Written]:
        def written(path: Path) -> Written:
            with self._ask(dataset, year) as found:
                write_csv(found, path)
                return Written(path, dataset, year, found.count, found.schema)

        return written

    def _workbook(self, year: int | None) -> Callable[[Path], Written]:
        def written(path: Path) -> Written:
            from openpyxl import Workbook

            workbook = Workbook(write_only=True)
            for dataset in self.datasets:
                if dataset.in_workbook:
                    with self._ask(dataset, year) as found:
                        headers = dataset.headers(found.schema.names)
                        if not write_sheet(found, workbook, dataset.sheet, headers):
                            self.cut_sheets.append(f"{path.name} {dataset.sheet}")
            workbook.save(path)
            return Written(path, year=year)

        return written

    def _ask(self, dataset: Dataset, year: int | None, columns: str = "*") -> AbstractContextManager[Answer]:
        """Ask for a dataset's rows of a year, or of all, and of the selected organs."""
        wanted: dict[str, object] = {}
        conditions = ["true"]
        if dataset.yearly and year is not None:
            conditions.append("year = $year")
            wanted["year"] = year
        if dataset.of_organs and self.selection.is_of_organs:
            conditions.append(f"organ_id IN ({_ORGANS})")
            wanted |= {"organ": self.selection.organ, "region": self.selection.region}
        sql = f"SELECT {columns} FROM {dataset.relation} WHERE {' AND '.join(conditions)} ORDER BY {dataset.order}"
        return answer_on(self.connection, sql, wanted, _LIMITS)


def _whole_as_integers(connection: Connection, dataset: Dataset) -> str:
    """Return the clause that makes integers of the decimals of a table that are all whole, in whichever year."""
    with answer_on(connection, f"SELECT * FROM {dataset.relation} LIMIT 0", (), _LIMITS) as found:
        decimals = [identifier(each.name) for each in found.schema if str(each.type).startswith("decimal")]
    if not decimals:
        return ""
    whole = ", ".join(f"coalesce(bool_and({name} = trunc({name})), true) AS {name}" for name in decimals)
    (row,) = rows_of(connection, f"SELECT {whole} FROM {dataset.relation}")
    casts = ", ".join(
        f"{name}::BIGINT AS {name}" for name, is_whole in zip(decimals, row.values(), strict=True) if is_whole
    )
    return f"REPLACE ({casts})" if casts else ""
