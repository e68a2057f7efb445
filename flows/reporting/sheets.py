"""Findings as a sheet to send to an organ: HTML or Markdown to read, CSV for a spreadsheet."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from flows.reporting.links import finding_page
from flows.reporting.words import SEVERITIES
from warehouse.errors import GoujiError
from warehouse.export.writing import as_csv
from warehouse.files import replaced
from warehouse.rows import Row

_COLUMNS = (
    "year",
    "organ",
    "rule",
    "severity",
    "table",
    "row",
    "column",
    "left",
    "right",
    "difference",
    "waiver",
    "url",
)
_INTRODUCTION = {
    "zh": "以下各处与表内或表间的勾稽关系不符，请核对；所引数字均为网页所载。",
    "en": "The figures below break a rule of the form; please check them. All are quoted as published.",
}


Finding = Row
"""A row of the view ``main.finding``."""

_TITLE = {"zh": "勾稽核对意见", "en": "Findings"}
_PAGE = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 12pt/1.6 serif; max-width: 48em; margin: 2em auto; padding: 0 1em; }}
table {{ border-collapse: collapse; width: 100%; }}
td {{ border: 1px solid #999; padding: .3em .6em; vertical-align: top; }}
td.critical {{ color: #a00; white-space: nowrap; }} td.warning, td.info {{ white-space: nowrap; }}
h2 {{ break-after: avoid; }}
</style></head>
<body>
<h1>{title}</h1>
<p>{introduction}</p>
{sections}</body>
</html>
"""


class SheetError(GoujiError):
    """The sheet cannot be written; the message is one line."""

    exit_code = 2


def write_sheet(findings: Sequence[Finding], path: Path, lang: str) -> None:
    """Write findings, given as rows with a sentence in each language, as the suffix of ``path`` says.

    Raises :class:`SheetError` for another suffix than ``.md``, ``.html`` or ``.csv``, or where nothing can be written.
    """
    writers = {".md": _markdown, ".html": _html, ".csv": _csv}
    if path.suffix.lower() not in writers:
        raise SheetError(f"{path}: end the name in .md, .html or .csv")
    try:
        with replaced(path) as aside:
            writers[path.suffix.lower()](findings, aside, lang)
    except OSError as error:
        raise SheetError(f"{path}: {error.strerror}") from error


_Report = tuple[str, int, str]
"""Organ, year and address."""


def _by_report(findings: Sequence[Finding]) -> Iterator[tuple[_Report, Iterator[Finding]]]:
    """Group findings by report."""

    def report(finding: Finding) -> _Report:
        return finding["organ"], finding["year"], finding["url"]

    return groupby(sorted(findings, key=report), key=report)


def _markdown(findings: Sequence[Finding], path: Path, lang: str) -> None:
    lines = [_INTRODUCTION[lang]]
    for (organ, year, url), group in _by_report(findings):
        lines += ["", f"## {organ} {year}", "", f"<{url}>", ""]
        lines += [
            f"- **{finding['rule']}** ({SEVERITIES[lang][finding['severity']]}) {finding[f'sentence_{lang}']}"
            f"{f' <{page}>' if (page := finding_page(finding['fingerprint'])) else ''}"
            for finding in group
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _html(findings: Sequence[Finding], path: Path, lang: str) -> None:
    sections = []
    for (organ, year, url), group in _by_report(findings):
        link = f'<a href="{escape(url)}">{escape(url)}</a>'
        rows = "".join(_html_row(finding, lang) for finding in group)
        sections.append(f"<h2>{escape(organ)} {year}</h2>\n<p>{link}</p>\n<table>\n{rows}</table>\n")
    path.write_text(
        _PAGE.format(lang=lang, title=_TITLE[lang], introduction=_INTRODUCTION[lang], sections="".join(sections)),
        encoding="utf-8",
    )


def _html_row(finding: Finding, lang: str) -> str:
    severity = finding["severity"]
    cells = (
        f"<td>{_rule(finding)}</td>",
        f'<td class="{severity}">{SEVERITIES[lang][severity]}</td>',
        f"<td>{escape(finding[f'sentence_{lang}'])}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>\n"


def _rule(finding: Finding) -> str:
    """Name the rule; where the explorer is to be found, it leads to the place on the report's sheet."""
    rule, page = escape(finding["rule"]), finding_page(finding["fingerprint"])
    return f'<a href="{escape(page)}">{rule}</a>' if page else rule


def _csv(findings: Sequence[Finding], path: Path, lang: str) -> None:
    rows = [[*(finding[name] for name in _COLUMNS), finding[f"sentence_{lang}"]] for finding in findings]
    # The byte-order mark tells Excel that the file is UTF-8.
    path.write_text(as_csv([[*_COLUMNS, "sentence"], *rows]), encoding="utf-8-sig")
