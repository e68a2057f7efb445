"""What happens on the sample portal of the demo, as it does on real ones: figures silently corrected, a page gone, a
report that never comes.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from samples.city import CITY
from samples.inconsistencies import published_reports
from samples.portal import SOURCE_FILE, Portal
from samples.reports import SampleReport
from samples.warehouse import NEVER_PUBLISHED
from warehouse.forms import TableCode

CORRECTED, GONE = f"{CITY}水利局", f"{CITY}交通运输局"
MISSING = NEVER_PUBLISHED
_MISPRINTED, _ERROR = (TableCode.APPLICATIONS, "received_new", "total"), Decimal(10)


def eventful_portal(port: int, year: int) -> tuple[Portal, Callable[[], object]]:
    """Return a portal on which all that happens to the reports of a year, and what corrects the misprinted one.

    Raises:
        OSError: the port is taken.
    """
    reports = list(published_reports())
    (right,) = (report for report in reports if (report.organ.name, report.year) == (CORRECTED, year))
    (gone,) = (report for report in reports if (report.organ.name, report.year) == (GONE, year))
    portal = Portal(port, [_misprinted(right) if report is right else report for report in reports])
    portal.withdraw(gone)
    return portal, lambda: portal.correct(right)


def write_source(portal: Portal, directory: Path, year: int) -> Path:
    """Write the portal's source file into a folder, with an organ that owes a report; return the folder."""
    folder = portal.write_source(directory)
    file = folder / SOURCE_FILE.name
    shown = sum(entry.report is not None and entry.report.year == year for entry in portal.entries.values())
    owed = f"expected: [{{organ: {MISSING}, since: {year}, until: {year}}}]\n"
    file.write_text(
        file.read_text(encoding="utf-8").replace("floor: 90", f"floor: {max(0, shown - 10)}") + owed, encoding="utf-8"
    )
    return folder


def _misprinted(report: SampleReport) -> SampleReport:
    return replace(report, figures={**report.figures, _MISPRINTED: report.figures[_MISPRINTED] + _ERROR}, slipped=True)
