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
    edition = f" AND edition = '{form.edition}'" if form.table is TableCode.PROACTIVE else ""
    codes = ", ".join(literal(f"{row}_{column}") for row, column in (cells or form.cells))
    return (
        f"CREATE OR REPLACE VIEW main.{name} AS\n"
        f"FROM (PIVOT (\n"
        f"    SELECT report_id, organ_id, organ, year, edition, row_code || '_' || column_code AS code, value\n"
        f"    FROM main.cell WHERE table_code = '{form.table}'{edition}\n"
        f") ON code IN ({codes}) USING max(value))"
    )
