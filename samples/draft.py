"""A report on its way to publication: last year's, a draft with one figure mistyped, and the draft mended."""

from dataclasses import replace
from pathlib import Path

from samples.city import organs
from samples.dresses import DOCUMENTS, render
from samples.reports import SampleReport, sample_reports
from warehouse.forms import TableCode

ORGAN, YEAR = "云泽市望湖区自然资源局", 2023
_MISTYPED = (TableCode.APPLICATIONS, "granted", "natural_person")


def write_drafts(folder: Path) -> None:
    """Write ``last-year.docx``, ``draft.docx`` and ``mended.docx`` into a folder."""
    (organ,) = (organ for organ in organs() if organ.name == ORGAN)
    before, right = sample_reports(years=[YEAR - 1, YEAR], organs=[organ])
    mistyped = replace(right, figures={**right.figures, _MISTYPED: right.figures[_MISTYPED] + 10}, slipped=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, report in (("last-year", before), ("draft", mistyped), ("mended", right)):
        _write(report, folder / f"{name}.docx")


def _write(report: SampleReport, path: Path) -> None:
    path.write_bytes(render(report, DOCUMENTS["docx"]))
