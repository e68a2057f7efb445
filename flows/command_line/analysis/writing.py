"""Rows into CSV, JSON and Parquet, batch by batch; a file appears whole or not at all."""

import csv
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from flows.command_line.output import json_text

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.snapshots.query import Answer


def write_answer(found: "Answer", form: str, output: Path | None) -> int:
    """Write a query's rows to a file, or to stdout, as ``csv``, ``json`` or ``parquet``; return how many there were.

    ``click.FileError`` if the file cannot be written; what was there before stays then, as it does on any error.
    """
    write = _write_csv if form == "csv" else _write_json
    if output is None:
        return write(found, sys.stdout)
    with _replaced(output) as aside:
        if form == "parquet":
            return _write_parquet(found, aside)
        # The byte-order mark tells Excel that a CSV file is UTF-8.
        encoding = "utf-8-sig" if form == "csv" else "utf-8"
        with aside.open("w", encoding=encoding, newline="") as file:
            return write(found, file)


@contextmanager
def _replaced(output: Path) -> Iterator[Path]:
    """Give a file beside the output, which takes its place if all goes well."""
    aside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        yield aside
        aside.replace(output)
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "cannot be written") from error
    finally:
        aside.unlink(missing_ok=True)


def _write_csv(found: "Answer", file: IO[str]) -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(found.schema.names)
    return _each_batch(found, lambda batch: writer.writerows(row.values() for row in batch.to_pylist()))


def _write_json(found: "Answer", file: IO[str]) -> int:
    separator = "["

    def write(batch: "pa.RecordBatch") -> None:
        nonlocal separator
        for row in batch.to_pylist():
            file.write(separator + json_text(row))
            separator = ", "

    count = _each_batch(found, write)
    file.write("]\n" if count else "[]\n")
    return count


def _write_parquet(found: "Answer", path: Path) -> int:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, found.schema, compression="zstd") as writer:
        return _each_batch(found, writer.write_batch)


def _each_batch(found: "Answer", write: Callable[["pa.RecordBatch"], object]) -> int:
    count = 0
    for batch in found.batches:
        write(batch)
        count += batch.num_rows
    return count
