"""Exports of a published snapshot: Parquet, CSV, workbooks and the snapshot itself, described as a data package.

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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from warehouse.errors import StoreError
from warehouse.export.datasets import DATASETS, Dataset
from warehouse.export.files import MOST_SHEET_ROWS, write_csv, write_parquet, write_sheet
from warehouse.export.package import FILE_NAME, Written, describe_package
from warehouse.snapshots.query import Answer, Limits, answer, rows
from warehouse.snapshots.reader import reader

FORMATS = ("parquet", "csv", "xlsx", "duckdb")

_LIMITS = Limits(seconds=3600.0, megabytes=4000)
_YEARS = "SELECT DISTINCT year FROM main.report ORDER BY year"
_STATE = "SELECT max(finished_at) AS finished_at, count(*) AS runs FROM audit.run"


class ExportError(StoreError):
    """An export cannot be made there, or of what was asked."""


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
    *,
    years: Sequence[int] = (),
    formats: Sequence[str] = FORMATS,
    on_progress: Progress = lambda path, done, total: None,
) -> Export:
    """Export a snapshot into a folder: some report years, or all of them one by one and together.

    An earlier export in the folder is replaced, in one step. Raises :class:`ExportError` if the folder holds something
    else or cannot be written, or if there is no report of a year, and ``QueryError`` as queries do.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / FILE_NAME).exists())):
        raise ExportError(f"{folder} is not empty and no earlier export: choose another folder")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        held = _held(snapshot, aside)
        writing = _Writing(held, aside, _years(held, years), not years, formats, on_progress)
        files = tuple(writing.files())
        (state,) = rows(held, _STATE)
        moment = state["finished_at"].isoformat() if state["finished_at"] else None
        if "duckdb" not in formats:
            held.unlink()
        describe_package(aside, files, {"created": moment} if moment else {})
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
        return Path(shutil.copyfile(snapshot, folder / "gouji.duckdb"))


def _years(snapshot: Path, wanted: Sequence[int]) -> Sequence[int]:
    """Return the report years to export: those that are wanted, or all."""
    there = [row["year"] for row in rows(snapshot, _YEARS)]
    if unknown := sorted(set(wanted) - set(there)):
        raise ExportError(f"there are no reports for {unknown[0]}: there are {', '.join(map(str, there)) or 'none'}")
    return sorted(wanted) or there


def _replace(folder: Path, aside: Path) -> None:
    """Put a finished export in its place."""
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


@dataclass
class _Writing:
    """An export under way, of a snapshot that lies in its folder. ``whole``: all years are also written together."""

    snapshot: Path
    folder: Path
    years: Sequence[int]
    whole: bool
    formats: Sequence[str]
    on_progress: Progress

    def __post_init__(self) -> None:
        self.cut_sheets: list[str] = []

    def files(self) -> Iterator[Written]:
        """Write file after file."""
        steps = [step for form in FORMATS if form in self.formats for step in getattr(self, f"_{form}")()]
        for done, (path, write) in enumerate(steps, start=1):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield write(path)
            self.on_progress(path.relative_to(self.folder).as_posix(), done, len(steps))

    def _parquet(self) -> Iterator[tuple[Path, Callable[[Path], Written]]]:
        for dataset in DATASETS:
            base = self.folder / "parquet" / dataset.name
            for year in self.years if dataset.yearly else (None,):
                folder = base / f"year={year}" if year else base
                yield folder / f"{dataset.name}.parquet", self._table(dataset, year, write_parquet)

    def _csv(self) -> Iterator[tuple[Path, Callable[[Path], Written]]]:
        for dataset in DATASETS:
            each = [*(self.years if dataset.yearly else ()), *([None] if self.whole or not dataset.yearly else [])]
            for year in each:
                path = self.folder / "csv" / str(year or "all") / f"{dataset.name}.csv"
                yield path, self._table(dataset, year, write_csv)

    def _xlsx(self) -> Iterator[tuple[Path, Callable[[Path], Written]]]:
        for year in [*self.years, *([None] if self.whole else [])]:
            name = f"gouji-{year}.xlsx" if year else "gouji.xlsx"
            yield self.folder / "xlsx" / name, self._workbook(year)

    def _duckdb(self) -> Iterator[tuple[Path, Callable[[Path], Written]]]:
        yield self.snapshot, Written

    def _table(
        self, dataset: Dataset, year: int | None, write: Callable[[Answer, Path], int]
    ) -> Callable[[Path], Written]:
        def written(path: Path) -> Written:
            with self._ask(dataset, year, with_year=write is write_csv) as found:
                schema = found.schema if write is write_csv else None
                return Written(path, dataset, year, write(found, path), schema)

        return written

    def _workbook(self, year: int | None) -> Callable[[Path], Written]:
        def written(path: Path) -> Written:
            workbook = Workbook(write_only=True)
            for dataset in DATASETS:
                if dataset.in_workbook:
                    with self._ask(dataset, year) as found:
                        if write_sheet(found, workbook, dataset) > MOST_SHEET_ROWS:
                            self.cut_sheets.append(f"{path.name} {dataset.sheet}")
            workbook.save(path)
            return Written(path, year=year)

        return written

    def _ask(self, dataset: Dataset, year: int | None, *, with_year: bool = True) -> Any:
        """Ask for a dataset's rows of a year, or all; within a partition the year stands in the folder's name."""
        of_year = dataset.yearly and year is not None
        columns = "*" if with_year or not of_year else "* EXCLUDE (year)"
        condition = "WHERE year = $year" if of_year else ""
        sql = f"SELECT {columns} FROM {dataset.relation} {condition} ORDER BY {dataset.order}"
        return answer(self.snapshot, sql, {"year": year} if of_year else (), _LIMITS)
