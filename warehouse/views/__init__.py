"""The analysts' views and macros: the SQL files beside this module, and the wide tables generated from the forms.

They live in the schema ``main``, speak of current report versions only, and are made anew whenever their
definition changes, so they need no migrations.
"""

from pathlib import Path

from warehouse.forms import (
    CONCLUDED_TOTAL,
    EVERY_FORM,
    FORMS,
    STATUTORY_EDITIONS,
    TOTAL_COLUMN,
    Column,
    Edition,
    Form,
    Measure,
    TableCode,
)
from warehouse.forms.model import CellAddress
from warehouse.sql import literal
from warehouse.views.history import history_statements


def view_statements() -> tuple[str, ...]:
    """Return the statements that make every view, in an order in which each finds what it builds on."""
    files = sorted(Path(__file__).parent.glob("*.sql"))
    return (
        _form_cell_view(),
        *history_statements(),
        *(path.read_text(encoding="utf-8") for path in files),
        *_wide_views(),
    )


_FORM_CELL = {
    "table_code": "VARCHAR",
    "edition": "VARCHAR",
    "position": "INTEGER",
    "group_label": "VARCHAR",
    "row_code": "VARCHAR",
    "row_label": "VARCHAR",
    "row_label_en": "VARCHAR",
    "column_code": "VARCHAR",
    "column_label": "VARCHAR",
    "column_label_en": "VARCHAR",
    "unit": "VARCHAR",
    "is_total": "BOOLEAN",
}


def _form_cell_view() -> str:
    """Every statutory cell with its labels: the forms, as a table.

    It is one text of lines and fields, not ``VALUES``: whatever query meets the view binds one constant instead of
    thousands.
    """
    lines = [
        "\t".join(_form_cell(form, position, address))
        for form in EVERY_FORM.values()
        for position, address in enumerate(form.cells.values(), start=1)
    ]
    columns = ", ".join(
        f"CAST(nullif(field[{place}], '') AS {data_type}) AS {name}"
        for place, (name, data_type) in enumerate(_FORM_CELL.items(), start=1)
    )
    return (
        f"CREATE OR REPLACE VIEW main.form_cell AS\nSELECT {columns}\n"
        f"FROM (SELECT string_split(line, chr(9)) AS field FROM unnest(string_split(\n{literal(chr(10).join(lines))}\n"
        f", chr(10))) AS form (line))"
    )


def _form_cell(form: Form, position: int, address: CellAddress) -> tuple[str, ...]:
    """One row of the forms' table; an empty text is NULL."""
    row, column = address.row, address.column
    group = next(form.groups_of(row), None)
    return (
        form.table,
        form.edition,
        str(position),
        group.label.chinese if group else "",
        row.code,
        row.label.chinese,
        row.label.english,
        column.code,
        column.name.chinese,
        column.name.english,
        _unit(form, column),
        str(column.code == TOTAL_COLUMN or row.code == CONCLUDED_TOTAL).lower(),
    )


def _unit(form: Form, column: Column) -> str:
    if column.measure is not Measure.MONEY:
        return "count"
    return "as printed" if form.table is TableCode.STATISTICS else "yuan"


def _wide_views() -> tuple[str, ...]:
    """One row per report, one column per statutory cell."""
    applications = {
        key: address
        for edition in STATUTORY_EDITIONS
        for key, address in FORMS[TableCode.APPLICATIONS, edition].cells.items()
    }
    return (
        _wide_view("proactive_2019", FORMS[TableCode.PROACTIVE, Edition.E2019]),
        _wide_view("proactive_2021", FORMS[TableCode.PROACTIVE, Edition.E2021]),
        _wide_view("applications_wide", FORMS[TableCode.APPLICATIONS, Edition.E2021], applications),
        _wide_view("disputes_wide", FORMS[TableCode.DISPUTES, Edition.E2021]),
    )


def _wide_view(name: str, form: Form, cells: dict[tuple[str, str], CellAddress] | None = None) -> str:
    """A row's figures are gathered first, then a report's rows: what nobody asks for is not gathered."""
    addresses = list(cells or form.cells)
    rows = tuple(dict.fromkeys(row for row, _ in addresses))
    columns = tuple(dict.fromkeys(column for _, column in addresses))
    edition = f" AND cell.edition = '{form.edition}'" if form.table is TableCode.PROACTIVE else ""
    figures = ", ".join(f"max(value) FILTER (column_code = {literal(column)})" for column in columns)
    gathered = ", ".join(f"any_value(figures) FILTER (row_code = {literal(row)}) AS {row}" for row in rows)
    wide = ", ".join(f"{row}[{columns.index(column) + 1}] AS {row}_{column}" for row, column in addresses)
    return (
        f"CREATE OR REPLACE VIEW main.{name} AS\n"
        f"SELECT report.report_id, report.organ_id, organ.name AS organ, by_row.year, by_row.edition, {wide}\n"
        f"FROM (\n"
        f"    SELECT report_no, year, edition, {gathered}\n"
        f"    FROM (\n"
        f"        SELECT cell.report_no, report.year, cell.edition, cell.row_code, [{figures}] AS figures\n"
        f"        FROM core.cell AS cell\n"
        f"        JOIN core.report AS report ON report.report_no = cell.report_no AND report.is_current\n"
        f"        WHERE cell.table_code = '{form.table}'{edition}\n"
        f"        GROUP BY ALL\n"
        f"    )\n"
        f"    GROUP BY ALL\n"
        f") AS by_row\n"
        f"JOIN core.report AS report ON report.report_no = by_row.report_no\n"
        f"JOIN core.organ AS organ ON organ.organ_id = report.organ_id"
    )
