"""Pages of a few tables, and what was read of them."""

from collections.abc import Sequence

from tasks.extract.extraction import extract
from tasks.extract.report import Report


def read(*tables: Sequence[Sequence[str]]) -> Report:
    """Read a page with a title and these tables, given as rows of the markup of cells."""
    markup = "".join(f"<table>{''.join(map(_markup_of, rows))}</table>" for rows in tables)
    title = "<h1>某市某局2021年政府信息公开工作年度报告</h1>"
    return extract(f"<html><body>{title}{markup}</body></html>".encode(), item="x")


def _markup_of(row: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>"


def figures_of(report: Report, row: str) -> list[str]:
    """Return the raw texts of a row's cells."""
    return [cell.raw for cell in report.cells if cell.row == row]


def codes(report: Report) -> set[str]:
    """Return the codes of a report's problems."""
    return {problem.code for problem in report.problems}
