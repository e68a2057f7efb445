"""The analysts' views: the SQL files beside this module, and the wide tables generated from the forms.

They live in the schema ``main``, speak of current report versions only, and are made anew whenever their
definition changes, so they need no migrations.
"""

from pathlib import Path

from warehouse.forms import EVERY_FORM, FORMS, STATUTORY_EDITIONS, Edition, Form, Measure, TableCode
from warehouse.forms.model import CellAddress
from warehouse.sql import literal
from warehouse.versions import history_statements


def view_statements() -> tuple[str, ...]:
    """Return the statements that make every view, in an order in which each finds what it builds on."""
    files = sorted(Path(__file__).parent.glob("*.sql"))
    return (
        _form_cell_view(),
        *(path.read_text(encoding="utf-8") for path in files),
        *_wide_views(),
        *history_statements(),
    )


def _form_cell_view() -> str:
    """Every statutory cell with its labels: the forms, as a table."""
    lines = [
        "("
        + ", ".join(
            [
                literal(form.table),
                literal(form.edition),
                str(position),
                literal(address.row.code),
                literal(address.row.label.chinese),
                literal(address.row.label.english),
                literal(address.column.code),
                literal(address.column.label.chinese),
                literal(address.column.label.english),
                literal("yuan" if address.column.measure is Measure.MONEY else "count"),
            ]
        )
        + ")"
        for form in EVERY_FORM.values()
        for position, address in enumerate(form.cells.values(), start=1)
    ]
    columns = (
        "table_code, edition, position, row_code, row_label, row_label_en, "
        "column_code, column_label, column_label_en, unit"
    )
    values = ",\n".join(lines)
    return f"CREATE OR REPLACE VIEW main.form_cell AS SELECT * FROM (VALUES\n{values}\n) AS form ({columns})"


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
    figures = ",\n    ".join(
        f"max(value) FILTER (row_code = '{row}' AND column_code = '{column}') AS {row}_{column}"
        for row, column in (cells or form.cells)
    )
    return (
        f"CREATE OR REPLACE VIEW main.{name} AS\n"
        f"SELECT report_id, organ_id, organ, year, edition,\n    {figures}\n"
        f"FROM main.cell WHERE table_code = '{form.table}'{edition}\n"
        "GROUP BY report_id, organ_id, organ, year, edition"
    )
