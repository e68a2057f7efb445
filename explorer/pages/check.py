"""Reports that a visitor sends, as sheets with their findings and likely values; can they be published?"""

from collections.abc import Sequence
from decimal import Decimal

from explorer.asking import Question
from explorer.pages.page import Context, Page
from explorer.pages.report import figure_of
from explorer.sandbox import Limits, ask
from explorer.sheets import by_quote, extent_of, groups_of, marks_of, sections
from explorer.uploads import Upload
from warehouse.snapshots.pool import Lease

LIMITS = Limits(seconds=30, megabytes=1_500)


def view(asked: Question, lease: Lease) -> Context:
    """Show the form."""
    return refused("")


def refused(why: str) -> Context:
    """Show the form, and why what was sent cannot be checked."""
    return {"sheets": (), "refusal": why}


def checked(uploads: Sequence[Upload]) -> Context:
    """Hold reports against the rules. Raises ``SandboxError`` where that takes too long or too much."""
    names = [upload.name for upload in uploads]
    told = ask("check", LIMITS, [upload.body for upload in uploads], names=names)
    return {"sheets": [_sheet(number, each) for number, each in enumerate(told, start=1)], "refusal": ""}


def _sheet(number: int, told: Context) -> Context:
    ordinals: dict[str, int] = {}
    for each in told["statements"]:
        ordinals.setdefault(each["quote"], each["ordinal"])
    findings = [{**each, "statement_ordinal": ordinals.get(each["quote"])} for each in told["findings"]]
    groups = groups_of(findings)
    cells = [figure_of({**cell, "value": _exact(cell["value"])}) for cell in told["cells"]]
    tables = {row["table_code"]: row for row in told["tables"]}
    figures = {cell.address: cell for cell in cells}
    return {
        **told,
        "extent": extent_of(cells, tables),
        "mark": f"r{number}-",
        "groups": groups,
        "sections": sections(tables, figures, marks_of(groups, told["year"] or 0)),
        "quotes": by_quote(told["statements"], groups),
    }


def _exact(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


PAGE = Page("/check", "check.html", view)
