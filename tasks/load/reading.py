"""Archived pages, read into a batch."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.archive.store import Archive, ArchiveError
from tasks.extract.extraction import extract
from tasks.extract.report import Report
from tasks.load.batch import Batch
from tasks.pages import Attachment, Page
from tasks.problems import Problem, Stage


def read_pages(pages: Sequence[Page], archive: Archive, batch: Batch) -> None:
    """Extract every page from the archive and record what was read in it, problems included.

    Where the page does not state its year, the year of its link counts. A page that is damaged or no longer in the
    archive is a problem, and what was read in it before stays.
    """
    for page in sorted(pages, key=lambda page: (page.exchange.fetched_at, page.link.url)):
        batch.add_item(Stage.EXTRACT, page.link.url)
        try:
            report, attachment = read_page(page, archive)
        except ArchiveError as error:
            batch.add_problems([Problem(Stage.EXTRACT, page.link.url, "not_in_archive", str(error))], page.link.year)
            continue
        batch.add_page(page)
        report = _wanted(report, page.link.year)
        batch.add_problems((*report.problems, *_of_another_year(report, page)), report.year)
        batch.add_report(page, report, attachment)


def _wanted(report: Report, year: int) -> Report:
    """Put first the report of the year that the link is for; one without a year takes the link's."""
    if report.year is None:
        return replace(report, year=year)
    if report.year == year:
        return report
    wanted = next((one for one in report.others if (one.organ, one.year) == (report.organ, year)), None)
    if wanted is None:
        return report
    others = (replace(report, others=(), problems=()), *(one for one in report.others if one is not wanted))
    return replace(wanted, others=others, problems=(*wanted.problems, *report.problems))


def _of_another_year(report: Report, page: Page) -> tuple[Problem, ...]:
    if report.year == page.link.year:
        return ()
    detail = f"The list has it for {page.link.year}, the document is for {report.year}."
    return (Problem(Stage.EXTRACT, page.link.url, "year_disputed", detail),)


def read_page(page: Page, archive: Archive) -> tuple[Report, Attachment | None]:
    """Read the report in the page, else in the first attached document that holds it; return it with that document."""
    report = extract(archive.get(page.sha256), item=page.link.url, content_type=page.exchange.content_type)
    if report.has_figures:
        return report, None
    problems = list(report.problems)
    for attachment in page.attachments:
        attached = extract(archive.get(attachment.sha256), item=page.link.url, content_type=attachment.content_type)
        if attached.has_figures:
            return _completed(attached, report), attachment
        problems += [replace(one, detail=f"{attachment.name}: {one.detail}") for one in attached.problems]
    return replace(report, problems=tuple(problems)), None


def _completed(attached: Report, page: Report) -> Report:
    """What a document says, and for what it does not say, the page that it is attached to."""
    return replace(
        attached,
        organ=attached.organ or page.organ,
        year=attached.year or page.year,
        title=attached.title or page.title,
        published_on=attached.published_on or page.published_on,
        publisher=attached.publisher or page.publisher,
    )
