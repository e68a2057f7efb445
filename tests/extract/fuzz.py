"""Fuzz target of the HTML and text readers: mutated reports, read within a time, under invariants.

``python -m tests.extract.fuzz --seconds 300 --seed 1`` (``make fuzz``) mutates the sample reports of every dress,
reads each, and stops at the first input that breaks an invariant; that input is written to ``--keep``. The same seed
gives the same inputs.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import click

from samples.dresses import DRESSES, render
from samples.reports import sample_reports
from tasks.extract.extraction import extract
from tasks.extract.figures import read_figure
from tasks.extract.report import CellState, Report

SLOWEST_SECONDS = 5.0
_FRAGMENTS = (
    b"<table>", b"</table>", b"<tr>", b"</tr>", b"<td>", b"</td>", b"<td colspan='100000' rowspan='0'>", b"<!--",
    b"]]>", b"<script>", b"</p>", b"<div style='display:none'>", b"\0", b"\xff\xfe", b"\xee\x83\xb0", b"&#x110000;",
    b"&nbsp;",
    "总计".encode(), "其他".encode(), "行政复议".encode(), "规章".encode(), "（六）其他处理".encode(), "—".encode(),
    b"99999999999999999999", b"1e9", b"0", b"\n", b"\t", b"|", "万元".encode(), "二〇一九年".encode(), b"2019",
)  # fmt: skip


def _delete(data: bytes, random: Random) -> bytes:
    start, length = random.randrange(len(data)), random.choice((1, 3, 20, 300))
    return data[:start] + data[start + length :]


def _repeat(data: bytes, random: Random) -> bytes:
    start, length = random.randrange(len(data)), random.choice((3, 40, 2000))
    return data[: start + length] + data[start : start + length] * random.choice((1, 2, 50)) + data[start + length :]


def _move(data: bytes, random: Random) -> bytes:
    first, second = sorted(random.randrange(len(data)) for _ in range(2))
    return data[:first] + data[second:] + data[first:second]


def _insert(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + random.choice(_FRAGMENTS) + data[at:]


def _flip(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


_MUTATIONS: Sequence[Callable[[bytes, Random], bytes]] = (_delete, _repeat, _move, _insert, _flip)


def mutate(data: bytes, random: Random) -> bytes:
    """Change a file in a few places."""
    for _ in range(random.choice((1, 2, 5, 20))):
        data = random.choice(_MUTATIONS)(data, random) or b"x"
    return data


def broken_invariant(report: Report) -> str | None:
    """Tell what does not hold of a report as read, whatever stood in the file."""
    if failed := [problem for problem in report.problems if problem.code == "extractor_failed"]:
        return failed[0].detail
    if any("\n" in problem.detail for problem in report.problems):
        return "a problem of several lines"
    keys = [(cell.table, cell.row, cell.column) for cell in report.cells]
    if len(keys) != len(set(keys)):
        return "a cell read twice"
    if len({cell.place for cell in report.cells}) != len(keys):
        return "two cells in one place"
    for cell in report.cells:
        if (cell.value is None) == (cell.state is CellState.NUMBER):
            return f"state and value contradict each other: {cell}"
        figure = read_figure(cell.raw)
        if cell.state is CellState.NUMBER and cell.unit is None and figure.value != cell.value:
            return f"not the figure that stood there: {cell}"
    incomplete = any(not counts.complete for counts in report.completeness.values())
    if incomplete and not report.problems:
        return "something is missing in silence"
    return None


@click.command()
@click.option("--seconds", type=click.FloatRange(min=1), default=300.0, show_default=True, help="How long to try.")
@click.option("--seed", default=1, show_default=True, help="Seed of the mutations.")
@click.option("--keep", type=click.Path(path_type=Path), default=Path("fuzz-input"), help="Where a bad input goes.")
def main(seconds: float, seed: int, keep: Path) -> None:
    """Mutate and read until the time is over or an invariant is broken (exit code 1)."""
    random = Random(seed)
    reports = list(sample_reports())
    files = [render(random.choice(reports), dress) for dress in DRESSES.values()]
    end, tried, slowest = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < end:
        data = mutate(random.choice(files), random)
        started = time.process_time()
        report = extract(data, item="fuzz")
        taken = time.process_time() - started
        tried, slowest = tried + 1, max(slowest, taken)
        broken = f"took {taken:.1f} s" if taken > SLOWEST_SECONDS else broken_invariant(report)
        if broken:
            keep.write_bytes(data)
            raise click.ClickException(f"{broken} (input {tried} of seed {seed}, kept in {keep})")
    click.echo(f"{tried} inputs, the slowest {slowest:.2f} s: every invariant held")


if __name__ == "__main__":
    main()
