"""Archived pages, read into a batch."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.archive import Archive
from tasks.extract import extract
from tasks.load import Batch
from tasks.records import Page, Stage


def read_pages(pages: Sequence[Page], archive: Archive, batch: Batch) -> None:
    """Extract every page from the archive and record what was read in it, problems included.

    Where the page does not state its year, the year of its link counts.
    """
    for page in pages:
        batch.add_page(page)
        batch.add_item(Stage.EXTRACT, page.link.url)
        report = extract(
            archive.get(page.sha256), item=page.link.url, content_type=page.content_type, encoding=page.encoding
        )
        if report.year is None:
            report = replace(report, year=page.link.year)
        batch.add_problems(report.problems, report.year)
        batch.add_report(page, report)
