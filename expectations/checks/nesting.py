"""The sums of the appendix of 2014 to 2018, whose tables may have lines of their own among the statutory ones."""

from dataclasses import dataclass

from expectations.checks.identity import Identity
from expectations.model import Batch, Reason
from expectations.relations import codes
from warehouse.forms import TableCode


@dataclass(frozen=True)
class NestingSum(Identity):
    """A line of the appendix and the lines below it must be in ``relation``.

    Where they are not, and the page has a line without a code behind one of them, the difference may be that line's:
    not assessable.
    """

    table: TableCode = TableCode.STATISTICS

    def _reason(self, batch: Batch) -> str:
        rows = codes(sorted({term.row for formula in self.formulas for _, term in formula.terms() if term.row}))
        return f"""coalesce({super()._reason(batch)}, CASE WHEN NOT holds AND report_id IN (
            SELECT report_id FROM (
                SELECT report_id, code, last_value(code IGNORE NULLS) OVER (PARTITION BY report_id ORDER BY ordinal)
                    AS code_before
                FROM core.statistics_line
            ) WHERE code IS NULL AND code_before IN {rows}
        ) THEN '{Reason.LOCAL_LINES}' END)"""
