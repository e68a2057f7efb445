"""The vocabulary of what can go wrong when a report is read. The runbook is generated from it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tasks.records import Problem, Stage


class ProblemKind(NamedTuple):
    """One code, what it means, and what an operator or a publisher does about it."""

    code: str
    meaning: str
    remedy: str


_KINDS = (
    ProblemKind("empty_file", "The file holds nothing.", "Fetch the page again; look at the address in a browser."),
    ProblemKind(
        "binary_file",
        "The bytes are none of the formats that Gouji reads.",
        "Convert the file to HTML, DOCX, XLSX, PDF or text.",
    ),
    ProblemKind(
        "damaged_file",
        "The file says which format it is, but its reader could not open it.",
        "Fetch it again; open it by hand; convert it to another format.",
    ),
    ProblemKind(
        "encrypted_file",
        "The file is protected by a password.",
        "Ask the publisher for a file without one.",
    ),
    ProblemKind(
        "too_large",
        "The file, or what it unpacks to, is larger than any report.",
        "Check that this is the report and not an archive or a bomb.",
    ),
    ProblemKind(
        "converter_missing",
        "A legacy DOC or XLS needs LibreOffice, which is not installed.",
        "Install LibreOffice (soffice on the PATH), or convert the file to DOCX or XLSX.",
    ),
    ProblemKind(
        "not_a_report",
        "Nothing in the document says that it is an annual report on government information disclosure.",
        "Correct the source's list, or ignore the address.",
    ),
    ProblemKind(
        "traditional_characters",
        "The page is in traditional characters: a mirror, not the publisher's page.",
        "Fetch the publisher's own page.",
    ),
    ProblemKind(
        "no_tables",
        "The document speaks of the report, but none of the statutory tables stands in it.",
        "Look at the page: the tables may be published elsewhere.",
    ),
    ProblemKind(
        "tables_are_images",
        "The tables are pictures, or the document is a scan without text.",
        "Kept for later: ask the publisher for text, or type the tables.",
    ),
    ProblemKind(
        "tables_in_attachment",
        "The tables stand in an attachment of the page.",
        "Extract the attachment named in the detail.",
    ),
    ProblemKind(
        "table_missing",
        "One of the three statutory tables was not found.",
        "Look at the page; its rules are not assessable.",
    ),
    ProblemKind(
        "table_incomplete",
        "Some statutory cells of a table were not found.",
        "Compare the table with the page (gouji show); its rules are not assessable.",
    ),
    ProblemKind(
        "edition_unknown",
        "A table's own labels do not tell which edition of the form it follows.",
        "Compare the table's headers with the form.",
    ),
    ProblemKind(
        "labels_conflict",
        "A row's header belongs to another edition of the form than the rest of its table.",
        "Compare the block with the form; the row was not read.",
    ),
    ProblemKind(
        "columns_unclear",
        "Blank cells around a row's figures leave open which columns they stand in, or there are too many figures.",
        "Compare the rows with the page; they were not read.",
    ),
    ProblemKind(
        "copies_differ",
        "The same table stands twice in the document, with different figures.",
        "Ask the publisher which one holds; no finding is raised from it.",
    ),
    ProblemKind(
        "readings_disagree",
        "Reading by grid and reading by text order gave different figures.",
        "Compare the table with the page; no finding is raised from it. Report the page to Gouji's developers.",
    ),
    ProblemKind(
        "figure_unreadable",
        "A statutory cell holds something that is not a figure.",
        "Compare the cell with the page; ask the publisher.",
    ),
    ProblemKind(
        "unknown_unit",
        "An amount of money has no unit in its cell, header or caption.",
        "Ask the publisher; the figure is kept without a unit.",
    ),
    ProblemKind("year_unknown", "The document does not say its report year.", "The year of the list's link is used."),
    ProblemKind("organ_unknown", "The document does not name its organ.", "Name it in the source, or ignore the page."),
    ProblemKind(
        "year_disputed",
        "The title and the statistics period name different years.",
        "Look at the page; the title's year is used.",
    ),
    ProblemKind(
        "organ_disputed",
        "The title and the publishing source name different organs.",
        "Look at the page; the title's organ is used.",
    ),
    ProblemKind(
        "extractor_failed",
        "The extractor itself failed on this document: an error of Gouji's.",
        "Report the page to Gouji's developers.",
    ),
)

PROBLEM_KINDS: Mapping[str, ProblemKind] = MappingProxyType({kind.code: kind for kind in _KINDS})
"""Every code that extraction can give."""


def problem(item: str, code: str, detail: str) -> Problem:
    """Record a problem of the extraction; ``KeyError`` if the code is not declared."""
    return Problem(Stage.EXTRACT, item, PROBLEM_KINDS[code].code, " ".join(detail.split()))
