"""Weighted sums of cells that must agree, within a report or with that of the year before."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from expectations.checks.identity import words
from expectations.checks.identity.formula import Formula, Relation, Term
from expectations.model import Assessment, Batch, Reason, Rule, Severity, Side, Verdict
from expectations.relations import BLANK, UNREADABLE, assessment, contribution, evidence, table_of
from warehouse.forms import EVERY_FORM, TOTAL_COLUMN, Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text

__all__ = ["Formula", "Identity", "Relation", "Term"]


_ORGAN_OF_CELL = "CASE WHEN term.years_back > 0 THEN cell.next_organ_id ELSE cell.organ_id END"
"""The organ in whose assessed report a cell counts."""

_TERM = (
    "edition",
    "side",
    "row_code",
    "column_code",
    "is_result",
    "position",
    "weight",
    "years_back",
    "terms",
    "terms_back",
)


@dataclass(frozen=True)
class Identity:
    """Left and right must be in ``relation``, in every place of a table: in every column where the terms name
    rows, in every row where they name columns, once a report where they name both.

    A blank part counts as zero while some cell of its side is filled, or always if ``blank_is_zero``;
    ``blank_limit`` is the share of blank parts above which a sum is not assessable. In the column of totals, a blank
    whose row has figures is a result not stated. ``rows`` restricts the places to some rows, ``publishers`` to the
    reports of some organs (an SQL condition on ``report.kind`` and ``report.level``).
    """

    table: TableCode
    formulas: tuple[Formula, ...] = ()
    relation: Relation = Relation.EQUAL
    blank_limit: Fraction | None = None
    blank_is_zero: bool = False
    rows: tuple[str, ...] = ()
    publishers: str | None = None

    def __post_init__(self) -> None:
        axes = {(term.row is None, term.column is None) for formula in self.formulas for _, term in formula.terms()}
        if len(axes) != 1 or axes == {(True, True)}:
            raise ValueError("the terms of an identity must all name rows, or all columns, or all both")

    @cached_property
    def names_rows(self) -> bool:
        """Whether the terms name rows, so that the identity holds within a column."""
        return self.formulas[0].left[0].row is not None

    @cached_property
    def names_columns(self) -> bool:
        """Whether the terms name columns, so that the identity holds within a row."""
        return self.formulas[0].left[0].column is not None

    @cached_property
    def looks_back(self) -> bool:
        """Whether some term is of an earlier year."""
        return any(term.years_back for formula in self.formulas for _, term in formula.terms())

    @cached_property
    def _is_plain(self) -> bool:
        """Whether every term counts once."""
        return all(term.weight == 1 for formula in self.formulas for _, term in formula.terms())

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions it is declared for."""
        return tuple(formula.edition for formula in self.formulas)

    def formula(self, edition: Edition) -> Formula:
        """Return the formula of one edition."""
        return next(formula for formula in self.formulas if formula.edition == edition)

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment: weigh both sides in every place, then judge."""
        selected = assessment(
            "reasoned",
            table="table_code",
            row="row_code",
            column="column_code",
            left="left_value",
            right="right_value",
            severity=literal(severity),
            reason="reason",
            holds="holds",
            strict=f"""CASE
                WHEN incomplete OR unreadable OR reason = '{Reason.LOCAL_LINES}' THEN '{Verdict.NOT_ASSESSABLE}'
                WHEN holds THEN '{Verdict.PASS}' ELSE '{Verdict.FAIL}' END""",
        )
        return f"""
            WITH weighed AS ({self._weighed(batch)}), reasoned AS (
                SELECT *, {self.relation} AS holds, {self._reason(batch)} AS reason FROM weighed
            )
            SELECT {selected}
            FROM reasoned
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list of contributing cells, in the order of the formula."""
        row = "term.row_code" if self.names_rows else "place.row_code"
        column = "term.column_code" if self.names_columns else "place.column_code"
        struct = contribution("term.side", "term.weight", "place.year - term.years_back", row, column)
        organ = f"JOIN {batch.reports} AS report ON report.report_id = place.report_id" if self.looks_back else ""
        source = (
            f"{_ORGAN_OF_CELL} = report.organ_id AND cell.year = place.year - term.years_back "
            "AND (term.years_back > 0 OR cell.edition = place.edition)"
            if self.looks_back
            else "cell.report_id = place.report_id AND cell.edition = place.edition"
        )
        return evidence(
            f"list({struct} ORDER BY term.position, cell.report_id)",
            f"""{places} AS place {organ}
            JOIN {self._terms()} AS term ON term.edition = place.edition
            LEFT JOIN {batch.cells} AS cell ON {source} AND cell.table_code = place.table_code
                AND cell.row_code = {row} AND cell.column_code = {column}""",
        )

    def sentence(self, assessment: Assessment) -> Text:
        """Fill the formula in with labels and values, or say why it could not be assessed."""
        return words.sentence(self.relation, self.formula(assessment.edition), assessment)

    def example(self, rule: Rule) -> Assessment:
        """Make up figures that break the relation, in the first place of the form where the identity stands."""
        edition = self.editions[-1]
        return words.example(rule, EVERY_FORM[self.table, edition], self.formula(edition), self.relation, self.rows)

    def written(self, edition: Edition) -> Text:
        """Write the identity with the labels of one edition of the form."""
        return words.written(EVERY_FORM[self.table, edition], self.formula(edition), self.relation)

    def _weighed(self, batch: Batch) -> str:
        row = "NULL::VARCHAR" if self.names_rows else "cell.row_code"
        column = "NULL::VARCHAR" if self.names_columns else "cell.column_code"
        blank, left, right = (
            f"cell.state IN {batch.among(BLANK)}",
            f"term.side = '{Side.LEFT}'",
            f"term.side = '{Side.RIGHT}'",
        )
        value = "cell.value" if self._is_plain else "term.weight * cell.value"
        report, assessed, has_previous = self._assessed_report(batch)
        return f"""
            SELECT {report}.report_id, {report}.year, term.edition, cell.table_code,
                {row} AS row_code, {column} AS column_code,
                coalesce(sum({value}) FILTER ({left}), 0) AS left_value,
                coalesce(sum({value}) FILTER ({right}), 0) AS right_value,
                count(*) < {self._expected_cells()} AS incomplete,
                NOT {has_previous} AS previous_missing,
                bool_or(cell.state = {batch.coded(UNREADABLE)}) AS unreadable,
                bool_or(term.is_result AND {blank}) AS result_blank,
                coalesce(bool_and({blank}) FILTER ({left}), false)
                    OR coalesce(bool_and({blank}) FILTER ({right}), false) AS parts_blank,
                count(*) FILTER ({blank} AND NOT term.is_result) AS blank_parts,
                count(*) FILTER (NOT term.is_result) AS parts
            FROM {batch.cells} AS cell JOIN {self._terms(batch.code)} AS term ON {self._term_of_cell()} {assessed}
            WHERE cell.table_code = {batch.coded(self.table)} {self._restriction(batch)}
            GROUP BY ALL {self._in_the_year_itself()}
        """

    def _assessed_report(self, batch: Batch) -> tuple[str, str, str]:
        """Return the alias of the assessed report, the join that finds it, and whether it has a predecessor."""
        if self.looks_back:
            join = (
                f"JOIN {batch.reports} AS report ON report.organ_id = {_ORGAN_OF_CELL} "
                "AND report.year = cell.year + term.years_back"
            )
            return "report", join, "report.has_previous"
        if self.publishers:
            return "report", f"JOIN {batch.reports} AS report ON report.report_id = cell.report_id", "true"
        return "cell", "", "true"

    def _expected_cells(self) -> str:
        """Compile how many cells a place needs: those of the year before once for every report that it goes on from."""
        if not self.looks_back:
            return "any_value(term.terms)"
        return "any_value(term.terms + term.terms_back * (greatest(report.predecessors, 1) - 1))"

    def _restriction(self, batch: Batch) -> str:
        conditions = [f"AND cell.row_code IN {batch.among(self.rows)}"] if self.rows else []
        if self.publishers:
            conditions.append(f"AND {self.publishers}")
        return " ".join(conditions)

    def _in_the_year_itself(self) -> str:
        """Drop places without a cell in the assessed report, or without any in a predecessor that is loaded."""
        if not self.looks_back:
            return ""
        return (
            "HAVING bool_or(term.years_back = 0) "
            "AND (bool_or(term.years_back > 0) OR NOT any_value(report.has_previous))"
        )

    def _reason(self, batch: Batch) -> str:
        limit = self.blank_limit
        mostly_blank = f"blank_parts * {limit.denominator} > parts * {limit.numerator}" if limit else "false"
        return f"""CASE
            WHEN previous_missing THEN 'previous_year_missing'
            WHEN incomplete THEN 'table_incomplete'
            WHEN unreadable THEN 'unreadable'
            WHEN result_blank OR {self._is_unstated_total(batch)} THEN 'result_blank'
            WHEN parts_blank AND NOT {str(self.blank_is_zero).lower()} THEN 'parts_blank'
            WHEN {mostly_blank} THEN 'mostly_blank'
        END"""

    def _is_unstated_total(self, batch: Batch) -> str:
        """Compile whether the column of totals lacks one that its row would need: blank is not zero there either."""
        if not self.names_rows or self.names_columns:
            return "false"
        rows = batch.among(sorted({term.row for formula in self.formulas for _, term in formula.terms() if term.row}))
        in_rows, total = f"table_code = {batch.coded(self.table)} AND row_code IN {rows}", batch.coded(TOTAL_COLUMN)
        return f"""column_code = {total} AND report_id IN (
            SELECT blank.report_id
            FROM (SELECT * FROM {batch.cells} AS cell WHERE {in_rows} AND column_code = {total}) AS blank
            JOIN (SELECT * FROM {batch.cells} AS cell WHERE {in_rows} AND value <> 0) AS filled
                ON filled.report_id = blank.report_id AND filled.row_code = blank.row_code
            WHERE blank.state IN {batch.among(BLANK)}
        )"""

    def _terms(self, code: str = "VARCHAR") -> str:
        rows: list[tuple[str, ...]] = []
        for formula in self.formulas:
            count = len(formula.left) + len(formula.right)
            count_back = sum(term.years_back > 0 for _, term in formula.terms())
            for position, (side, term) in enumerate(formula.terms()):
                named = (literal(formula.edition), literal(side), literal(term.row), literal(term.column))
                numbers = (position, term.weight, term.years_back, count, count_back)
                rows.append((*named, str(term.is_result).lower(), *map(str, numbers)))
        return table_of(_TERM, rows, code)

    def _term_of_cell(self) -> str:
        axes = (("row_code", self.names_rows), ("column_code", self.names_columns))
        named = [f"cell.{axis} = term.{axis}" for axis, is_named in axes if is_named]
        edition = "(term.years_back > 0 OR cell.edition = term.edition)"
        return " AND ".join([*named, edition if self.looks_back else "cell.edition = term.edition"])
