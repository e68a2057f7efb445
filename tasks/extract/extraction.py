"""Document → report: what each part of it says, put together, and why there is nothing where nothing was read."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from tasks.extract.documents import Document, Picture, Table, UnreadableDocumentError, read_document
from tasks.extract.metadata import Metadata, is_about_disclosure, is_traditional, read_metadata
from tasks.extract.parts import Part, parts_of
from tasks.extract.problems import problem
from tasks.extract.prose import prose_digest, read_prose
from tasks.extract.report import CellState, Report, StatisticsLine
from tasks.extract.tables import read_statistics, read_tables
from tasks.problems import Problem

_MOST_SHOWN = 5
_SECTION_TWO = re.compile(r"^\W*二\W.{0,4}主动公开政府信息")


def extract(data: bytes, *, item: str, content_type: str | None = None) -> Report:
    """Read a published report.

    ``item`` is the address or file that problems name; ``content_type`` is what the server said, and may be wrong.
    Never raises on bad input: what cannot be read is a problem of the returned report.
    """
    try:
        return _read_report(read_document(data, content_type), item)
    except UnreadableDocumentError as unreadable:
        return Report(problems=(problem(item, unreadable.code, unreadable.detail),))
    except Exception as error:  # our own mistake on one document must not stop the others
        return Report(problems=(problem(item, "extractor_failed", f"{type(error).__name__}: {error}"),))


def _read_report(document: Document, item: str) -> Report:
    if is_traditional(document):
        return Report(problems=(problem(item, "traditional_characters", "The page is in traditional characters."),))
    page = read_metadata(document)
    first, *rest = parts_of(document, page)
    if not rest and first.blocks is document.blocks:
        return _read_part(document, page, item)
    own = replace(document, blocks=first.blocks)
    report = _read_part(own, _own(page, first, own), item)
    others = tuple(
        _read_part(Document(part.blocks), _own(page, part, Document(part.blocks)), item)
        for part in rest
        if part.is_report
    )
    return replace(report, others=others, problems=(*report.problems, *_told(rest, item)))


def _own(page: Metadata, part: Part, document: Document) -> Metadata:
    """Return what a part of a page says of itself, ``document`` being the part alone."""
    if part.organ in (None, page.organ) and part.year in (None, page.year):
        return read_metadata(document)
    own = read_metadata(Document(part.blocks))
    origins = {"organ": "title", "year": "title", **own.origins}
    published_on = own.published_on or page.published_on
    return replace(own, organ=part.organ, year=part.year, published_on=published_on, origins=origins, conflicts=[])


def _told(parts: Sequence[Part], item: str) -> list[Problem]:
    """Tell of the reports, and of the figures set beside one, that are of other organs or years."""
    problems = []
    if reports := _named(part for part in parts if part.is_report):
        problems.append(problem(item, "several_reports", f"Reports stand in it as well: {reports}."))
    if tables := _named(part for part in parts if not part.is_report):
        problems.append(problem(item, "figures_left_out", f"Tables stand beside the report: {tables}."))
    return problems


def _named(parts: Iterable[Part]) -> str:
    return "; ".join(f"{part.organ or '?'} {part.year or '?'}" for part in parts)


def _read_part(document: Document, metadata: Metadata, item: str) -> Report:
    told = _told_of_itself(document, metadata)
    tables = read_tables(document, item, metadata.year)
    if tables is None:
        statistics = read_statistics(document)
        if not statistics:
            return told(problems=(_why_no_tables(document, item),))
        problems = (*_unreadable_lines(statistics, item), *_metadata_problems(metadata, item))
        return told(statistics=statistics, problems=problems)
    return told(
        tables=tables.editions,
        cells=tuple(tables.cells),
        statements=tuple(read_prose(document.paragraphs, metadata.year, metadata.organ)),
        problems=(*tables.problems, *_metadata_problems(metadata, item)),
        completeness=tables.completeness,
        doubtful=frozenset(tables.doubtful),
    )


def _told_of_itself(document: Document, metadata: Metadata) -> Callable[..., Report]:
    """Make a report of what a document says of itself, and of what else is read in it."""
    return partial(
        Report,
        organ=metadata.organ,
        year=metadata.year,
        title=metadata.title,
        published_on=metadata.published_on,
        publisher=metadata.publisher,
        period=metadata.period,
        document_number=metadata.document_number,
        contact=metadata.contact,
        origins=metadata.origins,
        prose_digest=prose_digest(document.paragraphs, metadata.organ),
    )


def _why_no_tables(document: Document, item: str) -> Problem:
    """Tell why no statutory table was found."""
    if not is_about_disclosure(document):
        return problem(
            item, "not_a_report", "Nothing in it speaks of government information disclosure (政府信息公开)."
        )
    if document.attachments:
        return problem(item, "tables_in_attachment", f"The tables may stand in {'; '.join(document.attachments)}.")
    if _pictures_for_tables(document):
        return problem(item, "tables_are_images", "No statutory table stands in it as text, but pictures do.")
    return problem(item, "no_tables", "None of the three statutory tables stands in it.")


def _pictures_for_tables(document: Document) -> bool:
    """Tell whether pictures stand where the tables should: behind the heading of section two, where there is one."""
    headings = [n for n, block in enumerate(document.blocks) if isinstance(block, str) and _SECTION_TWO.search(block)]
    blocks = document.blocks[headings[-1] if headings else 0 :]
    return any(isinstance(block, Picture) or (isinstance(block, Table) and block.pictured) for block in blocks)


def _unreadable_lines(statistics: Sequence[StatisticsLine], item: str) -> list[Problem]:
    lines = [line for line in statistics if line.state is CellState.UNREADABLE]
    if not lines:
        return []
    shown = "; ".join(f"{line.label}: {line.raw!r}" for line in lines[:_MOST_SHOWN])
    return [problem(item, "figure_unreadable", f"{len(lines)} lines of the appendix hold no figure: {shown}.")]


def _metadata_problems(metadata: Metadata, item: str) -> list[Problem]:
    problems = [problem(item, code, detail) for code, detail in metadata.conflicts]
    if metadata.year is None:
        problems.append(problem(item, "year_unknown", "Neither the title nor a statistics period names a year."))
    if metadata.organ is None:
        problems.append(problem(item, "organ_unknown", "Neither title, source nor breadcrumb names an organ."))
    return problems
