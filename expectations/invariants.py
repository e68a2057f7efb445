"""What must be true of the warehouse itself. A broken invariant is an error of ours, never a publisher's."""

from dataclasses import dataclass

from expectations.model import Severity
from expectations.relations import of_reports
from warehouse.forms import EVERY_FORM
from warehouse.forms.statistics import STATISTICS
from warehouse.text import Text


@dataclass(frozen=True)
class Invariant:
    """What must hold of the store: ``broken`` is a query that finds what does not.

    One that is ``critical`` stops the publication; a ``warning`` is only told. Where it is enough to look at some
    reports, a query says ``{cells}`` for their cells, ``{held}`` for what is in their tables (:func:`held`), and
    ``{of_reports}`` for what else is theirs.
    """

    id: str
    title: Text
    broken: str
    severity: Severity = Severity.CRITICAL

    def query(self, reports: str | None = None, counted: str | None = None) -> str:
        """Return the query over all reports, or over those that ``reports`` has the identities and numbers of.

        ``counted`` is the relation of :func:`held` where it was made before.
        """
        condition = f"report_id IN (SELECT report_id FROM {reports} AS wanted)" if reports else "true"
        filled = self.broken.replace("{held}", counted or f"({held(reports)})")
        return filled.replace("{cells}", _cells(reports)).replace("{of_reports}", condition)


def held(reports: str | None = None) -> str:
    """Compile how many cells every table of all or some reports holds, and the sum of their hashed places."""
    return f"""
        SELECT report_id, table_code, edition, count(*) AS cells, {_PLACES} AS places
        FROM {_cells(reports)} AS cell GROUP BY ALL
    """


def _cells(reports: str | None) -> str:
    return of_reports("core.cell", reports) if reports else "core.cell"


_PLACES = "sum(hash(row_code, column_code))"

_APPENDIX_CODES = ", ".join(f"'{code}'" for code in STATISTICS)

_FORM_CELLS = ", ".join(
    f"('{table}', '{edition}', '{row}', '{column}')"
    for (table, edition), form in EVERY_FORM.items()
    for row, column in form.cells
)

_UNLIKE_THEIR_FORMS = f"""(
    SELECT report_id, table_code, edition FROM {{held}} AS held WHERE (table_code, edition, cells, places) NOT IN (
        SELECT (table_code, edition, count(*), {_PLACES})
        FROM (VALUES {_FORM_CELLS}) AS form(table_code, edition, row_code, column_code) GROUP BY table_code, edition
    )
)"""
"""The tables of reports that do not have just the cells of their form: in the others nothing is looked for."""

_CELLS_OF_THESE = f"{{cells}} AS cell WHERE (report_id, table_code, edition) IN {_UNLIKE_THEIR_FORMS}"

INVARIANTS = (
    Invariant(
        "W1",
        Text("每机构每年仅一个现行版本", "An organ has one current report a year"),
        "SELECT organ_id, year, count(*) AS versions FROM core.report WHERE is_current "
        "GROUP BY organ_id, year HAVING count(*) > 1",
    ),
    Invariant(
        "W2",
        Text("一个单元格只有一个值", "A cell of a report stands once"),
        "SELECT report_id, table_code, edition, row_code, column_code, count(*) AS times "
        f"FROM {_CELLS_OF_THESE} GROUP BY ALL HAVING count(*) > 1",
    ),
    Invariant(
        "W3",
        Text("单元格、文句和结论均属于报告", "Cells, statements and findings belong to a report"),
        "SELECT DISTINCT report_id FROM (SELECT DISTINCT report_id FROM core.cell "
        "UNION ALL SELECT report_id FROM core.statistics_line "
        "UNION ALL SELECT report_id FROM core.statement UNION ALL SELECT report_id FROM audit.finding "
        "UNION ALL SELECT report_id FROM audit.not_assessable) AS child "
        "WHERE report_id NOT IN (SELECT report_id FROM core.report)",
    ),
    Invariant(
        "W4",
        Text("单元格均见于表式", "Every cell is one of its form"),
        f"(SELECT table_code, edition, row_code, column_code FROM {_CELLS_OF_THESE} "
        f"EXCEPT FROM (VALUES {_FORM_CELLS}) AS form) UNION ALL SELECT DISTINCT 'statistics', '2014', code, NULL "
        f"FROM core.statistics_line WHERE code NOT IN ({_APPENDIX_CODES})",
    ),
    Invariant(
        "W5",
        Text("数字与状态一致", "A cell has a value exactly when it is a number"),
        "SELECT report_id, table_code, row_code, column_code, state FROM {cells} AS cell "
        "WHERE (state = 'number') <> (value IS NOT NULL)",
    ),
    Invariant(
        "W6",
        Text("报告均可追溯到页面", "Every report stems from an archived page"),
        "SELECT report_id, page_id FROM core.report WHERE page_id NOT IN (SELECT page_id FROM raw.page)",
    ),
    Invariant(
        "W7",
        Text("报告均有机构和来源", "Every report has its organ and its source"),
        "SELECT report_id FROM core.report WHERE organ_id NOT IN (SELECT organ_id FROM core.organ) "
        "OR source_id NOT IN (SELECT source_id FROM core.source)",
    ),
    Invariant(
        "W8",
        Text("表格记录与所载单元格一致", "What a table is said to hold is there"),
        "SELECT report_id, table_code, edition, cells_read, coalesce(held.cells, 0) AS cells FROM core.report_table "
        "LEFT JOIN (SELECT report_id, table_code, edition, sum(cells)::BIGINT AS cells FROM ("
        "SELECT report_id, table_code, edition, cells FROM {held} AS held UNION ALL "
        "SELECT report_id, 'statistics', '2014', count(DISTINCT code) FROM core.statistics_line "
        "WHERE code IS NOT NULL AND {of_reports} GROUP BY report_id"
        ") GROUP BY ALL) AS held USING (report_id, table_code, edition) WHERE {of_reports} "
        "AND (cells_read <> coalesce(held.cells, 0) OR cells_read > cells_expected)",
    ),
    Invariant(
        "W9",
        Text("来源信息完整", "Provenance is present"),
        "SELECT report.report_id FROM core.report AS report LEFT JOIN raw.page AS page USING (page_id) "
        "WHERE report.is_current AND (page.page_id IS NULL OR page.sha256 IS NULL OR page.url = '' "
        "OR report.page_sha256 <> page.sha256 OR report.document_sha256 IS NULL)",
    ),
    Invariant(
        "W10",
        Text("各来源每年报告数不低于下限", "Every source has the reports that it declares to have for a year at least"),
        "SELECT source_id, source_floor.year, source_floor.reports AS at_least, count(report.report_id) AS held "
        "FROM core.source_floor LEFT JOIN core.report AS report USING (source_id) "
        "WHERE report.report_id IS NULL OR report.is_current AND report.year = source_floor.year "
        "GROUP BY ALL HAVING count(report.report_id) BETWEEN 1 AND source_floor.reports - 1",
        Severity.WARNING,
    ),
)
"""Everything that the suite ``warehouse`` watches."""
