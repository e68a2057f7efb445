"""Declarations into SQL. Every rule becomes one query that assesses it in every place, and one that lists the cells.

The queries read a relation of cells (``CURRENT_CELLS`` by default, a batch of Great Expectations elsewhere) and
use no bound parameters and no braces, so that they can be put anywhere. Codes come from the forms, never from pages.
"""

from collections.abc import Iterable

from expectations.model import CellLimits, Identity, Rule, Side
from warehouse.forms import FORMS, Measure

BLANK = "('blank', 'dash')"
"""The states that count as blank."""

CURRENT_CELLS = """(
    SELECT cell.*, report.organ_id, report.year
    FROM core.cell AS cell JOIN core.report AS report ON report.report_id = cell.report_id
    WHERE report.is_current
)"""
"""The cells of current report versions, with organ and year."""

ASSESSMENT_COLUMNS = (
    "report_id, year, edition, table_code, row_code, column_code, "
    "left_value, right_value, severity, breach, reason, verdict, strict_verdict"
)
"""What :func:`assess` selects: one row a place. ``breach`` is the position of the violated limit, if any."""


def current_cells(years: Iterable[int] | None) -> str:
    """Return the relation of current cells, of all years or some."""
    if years is None:
        return CURRENT_CELLS
    listed = ", ".join(str(int(year)) for year in years) or "NULL"
    return f"(SELECT * FROM {CURRENT_CELLS} WHERE year IN ({listed}))"


def assess(rule: Rule, cells: str = CURRENT_CELLS) -> str:
    """Compile the query that assesses a rule: ``ASSESSMENT_COLUMNS``, one row a place, passes included."""
    if isinstance(rule.check, Identity):
        return _assess_identity(rule, rule.check, cells)
    return _assess_limits(rule.check, cells)


def evidence(rule: Rule, places: str, cells: str = CURRENT_CELLS) -> str:
    """Compile the query that lists the cells contributing to a rule in ``places`` (a relation of assessments).

    Selects ``report_id, edition, row_code, column_code`` of the place, and ``cells``, in the order of the formula;
    a cell that the page lacks has the state ``absent``.
    """
    if isinstance(rule.check, Identity):
        return _identity_evidence(rule.check, places, cells)
    return f"""
        SELECT place.report_id, place.edition, place.table_code, place.row_code, place.column_code,
            [{_cell_struct("'left'", "1", "cell")}] AS cells
        FROM {places} AS place JOIN {cells} AS cell ON cell.report_id = place.report_id
            AND cell.table_code = place.table_code AND cell.row_code = place.row_code
            AND cell.column_code = place.column_code
    """


def terms(identity: Identity) -> str:
    """Compile the terms of an identity into a relation of constants."""
    rows = []
    for formula in identity.formulas:
        count = len(formula.left) + len(formula.right)
        for position, (side, term) in enumerate(formula.terms()):
            rows.append(
                f"({literal(formula.edition)}, {literal(side)}, {position}, {term.weight}, {literal(term.row)}, "
                f"{literal(term.column)}, {str(term.is_result).lower()}, {count})"
            )
    return (
        f"(SELECT * FROM (VALUES {', '.join(rows)}) "
        "AS term(edition, side, position, weight, row_code, column_code, is_result, terms))"
    )


def literal(text: str | None) -> str:
    """Write a code as an SQL literal."""
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


def _assess_identity(rule: Rule, identity: Identity, cells: str) -> str:
    limit = identity.blank_limit
    mostly_blank = f"blank_parts * {limit.denominator} > parts * {limit.numerator}" if limit else "false"
    row, column = _place(identity, "cell")
    return f"""
        WITH weighed AS (
            SELECT cell.report_id, cell.year, cell.edition, cell.table_code,
                {row} AS row_code, {column} AS column_code,
                coalesce(sum(term.weight * cell.value) FILTER (term.side = '{Side.LEFT}'), 0) AS left_value,
                coalesce(sum(term.weight * cell.value) FILTER (term.side = '{Side.RIGHT}'), 0) AS right_value,
                count(*) < any_value(term.terms) AS incomplete,
                bool_or(cell.state = 'unreadable') AS unreadable,
                bool_or(term.is_result AND cell.state IN {BLANK}) AS result_blank,
                coalesce(bool_and(cell.state IN {BLANK}) FILTER (term.side = '{Side.LEFT}'), true)
                    OR coalesce(bool_and(cell.state IN {BLANK}) FILTER (term.side = '{Side.RIGHT}'), true)
                    AS parts_blank,
                count(*) FILTER (cell.state IN {BLANK} AND NOT term.is_result) AS blank_parts,
                count(*) FILTER (NOT term.is_result) AS parts
            FROM {cells} AS cell JOIN {terms(identity)} AS term ON {_term_of_cell(identity)}
            WHERE cell.table_code = {literal(identity.table)}
            GROUP BY ALL
        ), reasoned AS (
            SELECT *, CASE
                WHEN incomplete THEN 'table_incomplete'
                WHEN unreadable THEN 'unreadable'
                WHEN result_blank THEN 'result_blank'
                WHEN parts_blank THEN 'parts_blank'
                WHEN {mostly_blank} THEN 'mostly_blank'
            END AS reason, left_value = right_value AS holds
            FROM weighed
        )
        SELECT report_id, year, edition, table_code, row_code, column_code, left_value, right_value,
            '{rule.severity}' AS severity, NULL::INTEGER AS breach, reason,
            CASE WHEN reason IS NOT NULL THEN 'not_assessable' WHEN holds THEN 'pass' ELSE 'fail' END AS verdict,
            CASE WHEN incomplete OR unreadable THEN 'not_assessable' WHEN holds THEN 'pass' ELSE 'fail' END
                AS strict_verdict
        FROM reasoned
    """


def _identity_evidence(identity: Identity, places: str, cells: str) -> str:
    row, column = _place(identity, "place")
    term_row = "term.row_code" if identity.names_rows else "place.row_code"
    term_column = "term.column_code" if identity.names_columns else "place.column_code"
    struct = _cell_struct("term.side", "term.weight", "cell", f"{term_row}", f"{term_column}")
    return f"""
        SELECT place.report_id, place.edition, place.table_code, {row} AS row_code, {column} AS column_code,
            list({struct} ORDER BY term.position) AS cells
        FROM {places} AS place
        JOIN {terms(identity)} AS term ON term.edition = place.edition
        LEFT JOIN {cells} AS cell ON cell.report_id = place.report_id AND cell.table_code = place.table_code
            AND cell.edition = place.edition AND cell.row_code = {term_row} AND cell.column_code = {term_column}
        GROUP BY place.report_id, place.edition, place.table_code, place.row_code, place.column_code
    """


def _assess_limits(check: CellLimits, cells: str) -> str:
    breaches = " ".join(
        f"WHEN {limit.violated} AND measure IN ({', '.join(map(literal, sorted(limit.measures)))}) THEN {position}"
        for position, limit in enumerate(check.limits)
    )
    severities = " ".join(f"WHEN {position} THEN '{limit.severity}'" for position, limit in enumerate(check.limits))
    gravest = check.limits[0].severity
    return f"""
        WITH judged AS (
            SELECT cell.*, CASE WHEN state = 'number' THEN CASE {breaches} END END AS breach
            FROM {cells} AS cell JOIN {_measures(check.measures)} AS measured
                ON cell.table_code = measured.table_code AND cell.edition = measured.edition
                AND cell.column_code = measured.column_code
            WHERE cell.state IN ('number', 'unreadable')
        )
        SELECT report_id, year, edition, table_code, row_code, column_code,
            value AS left_value, NULL::DECIMAL(20, 4) AS right_value,
            CASE breach {severities} ELSE '{gravest}' END AS severity, breach,
            CASE WHEN state = 'unreadable' THEN 'unreadable' END AS reason,
            CASE WHEN state = 'unreadable' THEN 'not_assessable' WHEN breach IS NULL THEN 'pass' ELSE 'fail' END
                AS verdict,
            verdict AS strict_verdict
        FROM judged
    """


def _measures(wanted: frozenset[Measure]) -> str:
    rows = ", ".join(
        f"({literal(table)}, {literal(edition)}, {literal(column.code)}, {literal(column.measure)})"
        for (table, edition), form in FORMS.items()
        for column in form.columns.values()
        if column.measure in wanted
    )
    return f"(SELECT * FROM (VALUES {rows}) AS measured(table_code, edition, column_code, measure))"


def _place(identity: Identity, relation: str) -> tuple[str, str]:
    """Return the expressions of the place's row and column: ``NULL`` for the axis that the terms name."""
    row = "NULL::VARCHAR" if identity.names_rows else f"{relation}.row_code"
    column = "NULL::VARCHAR" if identity.names_columns else f"{relation}.column_code"
    return row, column


def _term_of_cell(identity: Identity) -> str:
    axes = (("row_code", identity.names_rows), ("column_code", identity.names_columns))
    named = [f"cell.{axis} = term.{axis}" for axis, is_named in axes if is_named]
    return " AND ".join(["cell.edition = term.edition", *named])


def _cell_struct(side: str, weight: str, cell: str, row: str | None = None, column: str | None = None) -> str:
    return (
        f"struct_pack(side := {side}, weight := {weight}, row_code := {row or f'{cell}.row_code'}, "
        f"column_code := {column or f'{cell}.column_code'}, value := {cell}.value, "
        f"state := coalesce({cell}.state, 'absent'))"
    )
