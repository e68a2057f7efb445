"""One finding, under an address that can be cited: it leads to its place on the report's sheet."""

from explorer.asking import Question
from explorer.pages.page import Context, MovedError, Page, found
from explorer.rendering import segment
from warehouse.snapshots.pool import Lease


def view(asked: Question, lease: Lease) -> Context:
    """Lead to the sheet."""
    row = lease.row("SELECT report_id FROM audit.finding WHERE finding_id = $finding", finding=asked.parts["finding"])
    report = found(row, asked.path)["report_id"]
    raise MovedError(f"{asked.address(f'/reports/{segment(report)}')}#f-{segment(asked.parts['finding'])}")


PAGE = Page("/findings/{finding}", "error.html", view)
