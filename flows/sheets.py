"""Findings as a sheet to send to an organ: Markdown to read, CSV for a spreadsheet."""

import csv
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from warehouse.errors import GoujiError

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


class SheetError(GoujiError):
    """The sheet cannot be written; the message is one line."""

    exit_code = 2


def write_sheet(findings: Sequence[Mapping[str, Any]], path: Path, lang: str) -> None:
    """Write findings, given as rows with a sentence in each language, as the suffix of ``path`` says.

    Raises :class:`SheetError` for another suffix than ``.md`` or ``.csv``, or where nothing can be written.
    """
    writers = {".md": _markdown, ".csv": _csv}
    if path.suffix.lower() not in writers:
        raise SheetError(f"{path}: end the name in .md or .csv")
    try:
        writers[path.suffix.lower()](findings, path, lang)
    except OSError as error:
        raise SheetError(f"{path}: {error.strerror}") from error


def _markdown(findings: Sequence[Mapping[str, Any]], path: Path, lang: str) -> None:
    lines = [_INTRODUCTION[lang]]
    for (organ, year, url), group in groupby(
        sorted(findings, key=lambda finding: (finding["organ"], finding["year"])),
        key=lambda finding: (finding["organ"], finding["year"], finding["url"]),
    ):
        lines += ["", f"## {organ} {year}", "", f"<{url}>", ""]
        lines += [f"- **{finding['rule']}** ({finding['severity']}) {finding[f'sentence_{lang}']}" for finding in group]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _csv(findings: Sequence[Mapping[str, Any]], path: Path, lang: str) -> None:
    # The byte-order mark tells Excel that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_COLUMNS, "sentence"])
        writer.writerows([*(finding[name] for name in _COLUMNS), finding[f"sentence_{lang}"]] for finding in findings)
