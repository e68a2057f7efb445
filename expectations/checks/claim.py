"""Figures claimed in the prose beside those of the tables."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from expectations.examples import broken
from expectations.model import Assessment, Batch, Contribution, Reason, Rule, Severity
from expectations.naming import figure, measure_name
from expectations.relations import BLANK, NUMBER, assessment, codes, contribution, evidence, table_of
from expectations.wording import REASONS
from warehouse.forms import FORMS, STATUTORY_EDITIONS, TOTAL_COLUMN, Edition, TableCode
from warehouse.sql import literal
from warehouse.text import Text

_TEN_THOUSAND = 10_000
_DIGITS = "list_sort(string_split(CAST(CAST(CAST({} AS DECIMAL(20, 0)) AS BIGINT) AS VARCHAR), ''))"
_WHOLE_AREA = "全[省市区县州盟旗](各级[^，。；]*)?(共|因|收到|新收|受理|办结|答复|被)|表[^，。；]{0,6}所示"
_OF_THE_WHOLE = f"""regexp_matches(statement.quote, '{_WHOLE_AREA}')
    OR {_DIGITS.format("stated")} = {_DIGITS.format("matched.value")}"""
"""Whether a claim is surely of all that a government's table counts."""


@dataclass(frozen=True)
class Reading:
    """One thing that a claim of a ``measure`` may mean: the sum of some rows of the table, in some of its columns.

    ``columns`` are added up; ``subtracted`` columns are taken off again. ``name`` says what the prose claims, where the
    code of the form does not; ``of`` what the table's figure is, where a measure has several readings. Measures are
    those of ``warehouse.prose.MEASURES``.
    """

    measure: str
    rows: tuple[str, ...]
    columns: tuple[str, ...] = (TOTAL_COLUMN,)
    subtracted: tuple[str, ...] = ()
    name: Text | None = None
    of: Text | None = None

    def value(self, cells: Iterable[Contribution]) -> Decimal | None:
        """Add up the cells of the reading; ``None`` if one has no figure."""
        weights = dict.fromkeys(self.columns, 1) | dict.fromkeys(self.subtracted, -1)
        own = [cell for cell in cells if cell["row_code"] in self.rows and cell["column_code"] in weights]
        values = [weights[cell["column_code"]] * cell["value"] for cell in own if cell["value"] is not None]
        return sum(values, Decimal(0)) if own and len(values) == len(own) else None


@dataclass(frozen=True)
class Claim:
    """A figure in the prose must be one of the readings of its measure; the nearest one is named if none is.

    Where the table leaves its total column blank, its parts are added up instead. A reading without any figure holds
    for a claim of zero, and for no other; a claim without another reading is not assessable. Nor is one that agrees
    with no reading while some row of a reading was not read. A government may state what its own office handled
    alone: a claim of it that is less than every reading is not assessable, unless the sentence speaks of the whole
    area or of the table, or the figure has the table's digits in another order. An amount of money agrees as far as
    the prose gives it, to the digit in its ``parts``, in yuan or, where the table does not say its unit, in 万元.
    """

    table: TableCode
    readings: tuple[Reading, ...]
    editions: tuple[Edition, ...] = STATUTORY_EDITIONS

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of the claims."""
        return tuple(sorted({reading.measure for reading in self.readings}))

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every statement of the measures."""
        counted = Counter(each.measure for each in self.readings)
        readings = " ".join(f"WHEN {literal(measure)} THEN {counted[measure]}" for measure in self.measures)
        readings = f"CASE statement.measure {readings} END"
        selected = assessment(
            "matched",
            table=literal(self.table),
            row="matched.measure",
            statement="matched.ordinal",
            quote="statement.quote",
            left="matched.stated",
            right="matched.value",
            severity=literal(severity),
            reason=f"""CASE WHEN matched.value IS NULL THEN '{Reason.TABLE_INCOMPLETE}'
                WHEN kind = 'government' AND stated < matched.value AND NOT ({_OF_THE_WHOLE})
                THEN '{Reason.OWN_OFFICE}' END""",
            holds=f"stated = matched.value OR coalesce(least(abs(stated - matched.value), "
            f"abs(stated - {_TEN_THOUSAND} * matched.value)) < statement.parts[1], false)",
        )
        return f"""
            WITH figure AS ({self._figures(batch)}), reading AS (
                SELECT figure.report_id, reading.measure, reading.position, figure.edition,
                    CASE WHEN count(*) = any_value(reading.cells) THEN sum(reading.weight * figure.value) END AS value,
                    bool_or(figure.is_stated) AS is_stated
                FROM figure JOIN {self._readings(batch.code)} AS reading ON figure.edition = reading.edition
                    AND figure.row_code = reading.row_code AND figure.column_code = reading.column_code
                WHERE (figure.report_id, reading.measure) IN (
                    SELECT (report_id, measure) FROM {batch.statements} AS statement
                )
                GROUP BY figure.report_id, figure.edition, reading.measure, reading.position
            ), matched AS (
                SELECT statement.report_id, report.year, report.kind,
                    coalesce(max(reading.edition), report.edition) AS edition,
                    statement.ordinal, statement.measure, statement.value AS stated,
                    arg_min(reading.value, 1000 * abs(reading.value - statement.value) + reading.position)
                        FILTER (reading.is_stated OR reading.value = statement.value) AS nearest,
                    CASE WHEN nearest = stated OR count(reading.value) = {readings} THEN nearest END AS value
                FROM (
                    SELECT * EXCLUDE (quote) FROM {batch.statements} AS statement
                    WHERE measure IN {codes(self.measures)}
                ) AS statement
                JOIN {batch.reports_with_cells} AS report ON report.report_id = statement.report_id
                LEFT JOIN reading ON reading.report_id = statement.report_id AND reading.measure = statement.measure
                GROUP BY statement.report_id, report.year, report.kind, report.edition, statement.ordinal,
                    statement.measure, stated
            )
            SELECT {selected}
            FROM matched JOIN {batch.statements} AS statement
                ON statement.report_id = matched.report_id AND statement.ordinal = matched.ordinal
            WHERE matched.edition IN {batch.among(self.editions)}
        """

    def evidence(self, places: str, batch: Batch) -> str:
        """Compile the list of the cells of every reading, each once."""
        struct = contribution("'right'", "1", "place.year", "cell.row_code", "cell.column_code")
        return evidence(
            f"coalesce(list_sort(list(DISTINCT {struct}) FILTER (cell.row_code IS NOT NULL)), [])",
            f"""{places} AS place
            LEFT JOIN {self._readings()} AS reading ON reading.measure = place.row_code
            LEFT JOIN {batch.cells} AS cell ON cell.report_id = place.report_id AND cell.table_code = place.table_code
                AND cell.row_code = reading.row_code AND cell.column_code = reading.column_code""",
        )

    def sentence(self, assessment: Assessment) -> Text:
        """Say what the prose claims and what the table has for it."""
        name, (stated, table) = self._name(assessment), assessment.sides
        chinese, english = f"文中称「{assessment.quote}」", f"The prose says “{assessment.quote}”"
        if assessment.right is None:
            return Text(
                f"{chinese}，表中所涉数字没有填写或者没有读全，不作判断。",
                f"{english}; the table's figures were not stated, or not all of them read: not assessable.",
            )
        if assessment.reason is Reason.OWN_OFFICE:
            why = REASONS[Reason.OWN_OFFICE]
            return Text(
                f"{chinese}，{name.chinese} {stated}，表中为 {table}；{why.chinese}，不作判断。",
                f"{english}: {name.english.lower()} {stated}, and the table says {table}; {why.english}, "
                "not assessable.",
            )
        says = self._said(assessment)
        if assessment.right == (assessment.left or 0) * _TEN_THOUSAND != 0:
            says = Text(
                f"{says.chinese}（一万倍，疑将元填入万元栏）", f"{says.english} (yuan entered under 万元, it seems)"
            )
        return Text(
            f"{chinese}，{name.chinese} {stated}，而表中{says.chinese}，相差 {assessment.difference}。",
            f"{english}: {name.english.lower()} {stated}, but the table says {says.english}; "
            f"difference {assessment.difference}.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up a claim that is one more than the table's figure."""
        measure = self.readings[0].measure
        named = self._name(broken(rule, table=self.table, row=measure))
        return broken(rule, 12, 11, table=self.table, row=measure, quote=f"{named.chinese}12件")

    def _name(self, assessment: Assessment) -> Text:
        """Name what the prose claims."""
        code = assessment.row or ""
        named = (reading.name for reading in self.readings if reading.measure == code and reading.name)
        return next(named, None) or measure_name(assessment.form, code)

    def _said(self, assessment: Assessment) -> Text:
        """Say what the table has for a claim: the nearest figure first, and what each is where there are several."""
        nearest = assessment.right or Decimal(0)
        said: dict[Decimal, Text] = {}
        for reading in self.readings:
            value = reading.value(assessment.cells) if reading.measure == assessment.row else None
            if value is not None and reading.of is not None:
                said.setdefault(value, reading.of)
        if nearest not in said or len(said) == 1:
            return Text(f"为 {figure(nearest)}", figure(nearest))
        ordered = sorted(said.items(), key=lambda each: each[0] != nearest)
        return Text(
            "，".join(f"{of.chinese}为 {figure(value)}" for value, of in ordered),
            " or ".join(f"{figure(value)} ({of.english})" for value, of in ordered),
        )

    def _figures(self, batch: Batch) -> str:
        """Compile the table's figures: blanks as zero but not stated, a total left blank added up from its parts.

        What was not read is no figure, nor is a blank total with a part that was not read.
        """
        columns = {column for reading in self.readings for column in (*reading.columns, *reading.subtracted)}
        parts = len(FORMS[self.table, self.editions[-1]].columns) - 1
        wanted = f"table_code = {batch.coded(self.table)} AND row_code IN {batch.among(self._rows())}"
        is_total, is_number = f"column_code = {batch.coded(TOTAL_COLUMN)}", f"state = {batch.coded(NUMBER)}"
        is_blank = f"state IN {batch.among(BLANK)}"
        return f"""
            SELECT report_id, edition, row_code, column_code, coalesce(value, 0) AS value, {is_number} AS is_stated
            FROM {batch.cells} AS cell
            WHERE {wanted} AND column_code IN {batch.among(sorted(columns))}
                AND ({is_number} OR {is_blank} AND NOT {is_total})
            UNION ALL
            SELECT part.report_id, part.edition, part.row_code, total.column_code, coalesce(sum(part.value), 0),
                count(part.value) > 0
            FROM (SELECT * FROM {batch.cells} AS cell WHERE {wanted} AND {is_total} AND {is_blank}) AS total
            JOIN (SELECT * FROM {batch.cells} AS cell WHERE {wanted} AND NOT {is_total}) AS part
                ON part.report_id = total.report_id AND part.row_code = total.row_code
            GROUP BY part.report_id, part.edition, part.row_code, total.column_code
            HAVING count(*) FILTER (part.{is_number} OR part.{is_blank}) = {parts}
        """

    def _rows(self) -> list[str]:
        return sorted({row for reading in self.readings for row in reading.rows})

    def _readings(self, code: str = "VARCHAR") -> str:
        """Compile the cells of every reading, edition by edition, and how many they are."""
        rows: list[tuple[str, ...]] = []
        for edition, (position, reading) in product(self.editions, enumerate(self.readings)):
            weights = dict.fromkeys(reading.columns, 1) | dict.fromkeys(reading.subtracted, -1)
            held = [row for row in reading.rows if row in FORMS[self.table, edition].rows]
            cells = len(held) * len(weights)
            rows += [
                (*map(literal, (edition, reading.measure, row, column)), *map(str, (position, weight, cells)))
                for row, (column, weight) in product(held, weights.items())
            ]
        columns = ("edition", "measure", "row_code", "column_code", "position", "weight", "cells")
        return table_of(columns, rows, code)
