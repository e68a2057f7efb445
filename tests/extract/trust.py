"""How far what is read can be trusted: the cells of random dresses read right, refused, missing or wrong.

``python -m tests.extract.trust --dresses 20000`` reads that many random dresses of the sample reports, tells the
shares that stand in docs/trust.md, and ends with exit code 1 if a figure was wrong or lost in silence.
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import click

from samples import SampleReport, published_reports
from samples.dresses import Dress, expected_cells, random_document, random_dress, render
from tasks.extract.extraction import extract
from tasks.extract.report import CellState

OUTCOMES = ("right", "refused", "missing", "wrong")
_BATCH = 250
_MOST_SHOWN = 20
_DOCUMENT_EVERY = 20
"""Every so many dresses one of an office document, a PDF or an archive: they take their time."""


@cache
def _reports() -> tuple[SampleReport, ...]:
    return tuple(published_reports())


def outcomes(report: SampleReport, dress: Dress) -> Counter[str]:
    """Read a report in a dress, and count its cells by what came of them."""
    read = extract(render(report, dress), item=dress.name)
    cells = {(cell.table, cell.row, cell.column): cell for cell in read.cells}
    found: Counter[str] = Counter()
    for key, expected in expected_cells(report, dress).items():
        cell = cells.pop(key, None)
        if cell is not None and (cell.value, cell.state, cell.unit) == (expected.value, expected.state, expected.unit):
            found["right"] += 1
        elif cell is not None and cell.state is not CellState.UNREADABLE:
            found["wrong"] += 1
        else:
            found["refused" if read.problems else "missing"] += 1
    found["wrong"] += sum(cell.value is not None for cell in cells.values())
    return found


def _batch(seeds: range) -> tuple[Counter[str], list[str]]:
    total: Counter[str] = Counter()
    amiss = []
    reports = _reports()
    for seed in seeds:
        dress = random_document(seed) if seed % _DOCUMENT_EVERY == 0 else random_dress(seed)
        found = outcomes(reports[seed % len(reports)], dress)
        total += found
        if found["wrong"] or found["missing"]:
            amiss.append(dress.name)
    return total, amiss


@click.command()
@click.option("--dresses", type=click.IntRange(min=1), default=20_000, show_default=True, help="How many to read.")
@click.option("--first", default=0, show_default=True, help="The first seed.")
@click.option("--processes", default=2, show_default=True, help="How many at a time.")
def main(dresses: int, first: int, processes: int) -> None:
    """Read random dresses and print the shares of their cells."""
    total: Counter[str] = Counter()
    amiss: list[str] = []
    batches = [range(at, min(at + _BATCH, first + dresses)) for at in range(first, first + dresses, _BATCH)]
    with ProcessPoolExecutor(processes) as pool:
        for found, names in pool.map(_batch, batches):
            total += found
            amiss += names
    for outcome in OUTCOMES:
        click.echo(f"{outcome:8} {total[outcome]:>10,} {total[outcome] / total.total():.4%}")
    if amiss:
        raise click.ClickException(f"{len(amiss)} dresses amiss in silence, the first {', '.join(amiss[:_MOST_SHOWN])}")


if __name__ == "__main__":
    main()
