"""One figure: the text that stood there and where, the formulas it takes part in, its other versions and years."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from expectations import RULES, Rule
from expectations.checks.identity import Identity, Relation, Term
from expectations.model import Side
from expectations.naming import column_name, row_name
from explorer.asking import Question
from explorer.pages.page import Context, Page, found
from explorer.pages.report import FINDINGS, REPORT, VERSIONS, figure_of, not_assessable
from warehouse.forms import EVERY_FORM, Edition, Form, TableCode
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease
from warehouse.text import Text

_TABLE_CELLS = """
    SELECT table_code, row_code, column_code, value, unit, state, raw, place_table, place_row, place_cell, edition
    FROM core.cell WHERE report_no = $report_no AND table_code = $table
"""
_SAME_CELL = """
    SELECT cell.report_no, cell.value, cell.raw, cell.state FROM core.cell AS cell
    WHERE list_contains($numbers, cell.report_no) AND cell.table_code = $table
        AND cell.row_code = $row AND cell.column_code = $column
"""
_SAME_ROW = """
    WITH near AS (
        SELECT report_no, row_code, column_code, raw, place_table, place_row, place_cell FROM core.cell
        WHERE list_contains($numbers, report_no) AND table_code = $table
    )
    SELECT near.report_no, near.row_code, near.column_code, near.raw FROM near
    JOIN near AS here USING (report_no, place_table, place_row)
    WHERE here.row_code = $row AND here.column_code = $column ORDER BY near.report_no, near.place_cell
"""
"""The figures that stand in one row of the document with a cell, as they stand there."""
_YEARS = "SELECT year, report_id, report_no FROM mart.report WHERE organ_id = $organ_id ORDER BY year"

_SIGNS = {
    Relation.EQUAL: "=",
    Relation.AT_LEAST: "≥",
    Relation.AT_MOST: "≤",
    Relation.ZERO_TOGETHER: "⇔",
    Relation.NOT_ALONE: "⇒",
}


@dataclass(frozen=True)
class Part:
    """One term of a formula with what stands there; ``value`` is ``None`` where nothing is stated, or read."""

    name: Text
    weight: int
    years_back: int
    value: Decimal | None
    state: str
    address: tuple[str, str]
    is_this: bool


@dataclass(frozen=True)
class Formula:
    """A formula that the figure takes part in, filled in. ``verdict``: pass, fail, not_assessable or not_assessed."""

    rule: Rule
    sign: str
    left: tuple[Part, ...]
    right: tuple[Part, ...]
    verdict: str
    finding: Row | None

    @staticmethod
    def total(parts: tuple[Part, ...]) -> Decimal | None:
        """Add a side up, a blank as zero; ``None`` where a part was not read."""
        if any(part.state in ("unreadable", "absent") for part in parts):
            return None
        return sum((part.weight * (part.value or Decimal(0)) for part in parts), Decimal(0))


def view(asked: Question, lease: Lease) -> Context:
    """Gather everything that is known of one cell."""
    report = found(lease.row(REPORT, report=asked.parts["report"]), asked.path)
    table, row, column = (asked.parts[name] for name in ("table", "row", "column"))
    cells = {(cell["row_code"], cell["column_code"]): cell for cell in lease.rows(_TABLE_CELLS, table=table, **report)}
    cell = found(cells.get((row, column)), asked.path)
    form = EVERY_FORM[TableCode(table), Edition(cell["edition"])]
    findings = [*lease.rows(FINDINGS, **report), *not_assessable(lease, report["report_id"])]
    years = lease.rows(_YEARS, **report)
    before = next((each for each in years if each["year"] == report["year"] - 1), None)
    earlier = (
        {(each["row_code"], each["column_code"]): each for each in lease.rows(_TABLE_CELLS, table=table, **before)}
        if before
        else {}
    )
    versions = lease.rows(VERSIONS, **report)
    same = _same_cell(lease, table, row, column, years)
    printed = _same_row(lease, table, row, column, versions)
    return {
        "report": report,
        "cell": cell,
        "figure": figure_of(cell),
        "likely": _likely(findings, cell),
        "form": form,
        "place": (row, column),
        "row_label": form.rows[row].label,
        "column_label": form.columns[column].label,
        "row_name": row_name(form, row),
        "column_name": column_name(form, column),
        "formulas": list(_formulas(form, (row, column), cells, earlier, findings)),
        "others": [each for each in findings if _concerns(each, table, row, column) and not _is_identity(each)],
        "versions": [{**each, "row": printed.get(each["report_no"], {})} for each in versions],
        "row_cells": {
            address: _cell_name(form, address, row)
            for each in printed.values()
            for address in each
            if address[0] in form.rows and address[1] in form.columns
        },
        "years": [{**each, "cell": same.get(each["report_no"])} for each in years],
    }


def _same_cell(lease: Lease, table: str, row: str, column: str, reports: list[Row]) -> dict[int, Row]:
    numbers = sorted({each["report_no"] for each in reports})
    rows = lease.rows(_SAME_CELL, numbers=numbers, table=table, row=row, column=column)
    return {each["report_no"]: each for each in rows}


def _same_row(
    lease: Lease, table: str, row: str, column: str, versions: list[Row]
) -> dict[int, dict[tuple[str, str], str]]:
    """Return, for each version, the texts of the row that the cell stands in, from left to right."""
    printed: dict[int, dict[tuple[str, str], str]] = {}
    numbers = [each["report_no"] for each in versions]
    for each in lease.rows(_SAME_ROW, numbers=numbers, table=table, row=row, column=column):
        printed.setdefault(each["report_no"], {})[each["row_code"], each["column_code"]] = each["raw"]
    return printed


def _cell_name(form: Form, address: tuple[str, str], row: str) -> Text:
    """Name a cell of the printed row: its column, and its row where that is another one."""
    column = column_name(form, address[1])
    if address[0] == row:
        return column
    other = row_name(form, address[0])
    return Text(f"{other.chinese} · {column.chinese}", f"{other.english} · {column.english}")


def _is_identity(finding: Row) -> bool:
    rule = RULES.get(finding["rule_id"])
    return rule is not None and isinstance(rule.check, Identity)


def _concerns(finding: Row, table: str, row: str, column: str) -> bool:
    """Whether a finding that is no identity speaks of a cell: it stands there, or among its cells."""
    if finding["verdict"] != "fail" or finding["table_code"] != table:
        return False
    here = any(each["row_code"] == row and each["column_code"] == column for each in finding["cells"] or ())
    return here or (finding["row_code"] == row and finding["column_code"] in (None, column))


def _formulas(
    form: Form,
    address: tuple[str, str],
    cells: Mapping[tuple[str, str], Row],
    earlier: Mapping[tuple[str, str], Row],
    findings: list[Row],
) -> Iterator[Formula]:
    """Yield every declared identity that has the cell among its terms, in its place, with what stands there."""
    row, column = address
    for rule in RULES.values():
        check = rule.check
        if not isinstance(check, Identity) or check.table is not form.table or form.edition not in check.editions:
            continue
        if check.rows and row not in check.rows and not check.names_rows:
            continue
        place = (None if check.names_rows else row, None if check.names_columns else column)
        formula = check.formula(form.edition)

        def parts(terms: tuple[Term, ...], place: tuple[str | None, str | None] = place) -> tuple[Part, ...]:
            return tuple(_part(form, term, place, address, cells, earlier) for term in terms)

        left, right = parts(formula.left), parts(formula.right)
        if not any(part.is_this for part in (*left, *right)):
            continue
        finding = next(
            (
                each
                for each in findings
                if each["rule_id"] == rule.id
                and each["table_code"] == form.table
                and (each["row_code"], each["column_code"]) == place
            ),
            None,
        )
        if finding is None and check.publishers is not None:
            continue
        looks_back = any(part.years_back for part in (*left, *right))
        missing = looks_back and not earlier
        verdict = finding["verdict"] if finding else ("not_assessed" if missing else "pass")
        yield Formula(rule, _SIGNS[check.relation], left, right, verdict, finding)


def _part(
    form: Form,
    term: Term,
    place: tuple[str | None, str | None],
    address: tuple[str, str],
    cells: Mapping[tuple[str, str], Row],
    earlier: Mapping[tuple[str, str], Row],
) -> Part:
    row, column = term.row or place[0] or "", term.column or place[1] or ""
    name = row_name(form, row) if term.row else column_name(form, column)
    stands = (earlier if term.years_back else cells).get((row, column))
    return Part(
        name,
        term.weight,
        term.years_back,
        stands["value"] if stands else None,
        stands["state"] if stands else "absent",
        (row, column),
        (row, column) == address and not term.years_back,
    )


def _data(context: Context) -> dict[str, object]:
    report, cell = context["report"], context["cell"]
    return {
        **{name: report[name] for name in ("report_id", "organ_id", "organ", "year", "url", "page_sha256")},
        "fetched_at": report["fetched_at"],
        **{key: value for key, value in cell.items() if key != "report_no"},
        "formulas": [
            {
                "rule": formula.rule.id,
                "verdict": formula.verdict,
                **{
                    str(side): [
                        {
                            "row": part.address[0],
                            "column": part.address[1],
                            "weight": part.weight,
                            "years_back": part.years_back,
                            "value": part.value,
                            "state": part.state,
                        }
                        for part in parts
                    ]
                    for side, parts in ((Side.LEFT, formula.left), (Side.RIGHT, formula.right))
                },
            }
            for formula in context["formulas"]
        ],
        "years": [{"year": each["year"], "value": each["cell"] and each["cell"]["value"]} for each in context["years"]],
    }


def _likely(findings: list[Row], cell: Row) -> object:
    """Return what a finding says that a cell should be, ``None`` where none suspects it."""
    address = tuple(cell[name] for name in ("table_code", "row_code", "column_code"))
    for finding in findings:
        for each in finding["likely"] or ():
            if finding["verdict"] == "fail" and (each["table_code"], each["row_code"], each["column_code"]) == address:
                return each["value"]
    return None


PAGE = Page("/reports/{report}/cells/{table}/{row}/{column}", "figure.html", view, data=_data)
