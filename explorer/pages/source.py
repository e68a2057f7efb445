"""A report as it stood: the text of the archived page, every figure of ours marked in its place. Never as HTML."""

from explorer.asking import Question
from explorer.pages.page import Context, NotThereError, Page, found
from explorer.pages.report import CELLS, FINDINGS, REPORT, figure_of
from explorer.sandbox import Limits, ask
from explorer.sheets import Figure, groups_of, marks_of
from tasks.archive.store import Archive, ArchiveError
from warehouse.snapshots.pool import Lease
from warehouse.text import Text

_LIMITS = Limits(seconds=20, megabytes=1_000)
_CONTENT_TYPE = "SELECT any_value(content_type) AS content_type FROM raw.page WHERE sha256 = $sha256"


def page(archive: str) -> Page:
    """Return the page for the archive at a place."""
    store = Archive(archive)

    def view(asked: Question, lease: Lease) -> Context:
        report = found(lease.row(REPORT, report=asked.parts["report"]), asked.parts["report"])
        sha256 = report["document_sha256"] or report["page_sha256"]
        try:
            body = store.get(sha256)
        except ArchiveError as error:
            raise NotThereError(
                Text("所抓取的原文件没有保存在这里", f"what was fetched is not kept here: {error}")
            ) from error
        stated = found(lease.row(_CONTENT_TYPE, sha256=sha256), sha256)
        read = ask("source", _LIMITS, [body], content_type=stated["content_type"])
        groups = groups_of(each for each in lease.rows(FINDINGS, **report) if each["verdict"] == "fail")
        marks = marks_of(groups, report["year"])
        figures = [figure_of(cell, marks) for cell in lease.rows(CELLS, **report)]
        return {"report": report, "sha256": sha256, "figures": _by_place(figures), **read}

    return Page("/reports/{report}/source", "source.html", view)


def _by_place(figures: list[Figure]) -> dict[str, dict[str, str]]:
    """Tell for each place in the document which figure was read there, and how it is marked."""
    return {
        each.place: {
            "address": "/".join(each.address),
            "mark": "likely" if each.likely is not None else "broken" if each.numbers else "",
        }
        for each in figures
    }
