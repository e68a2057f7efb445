"""What is exported: the tables of a package, in the order in which a reader meets them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.comments import about_column, about_table
from warehouse.text import Text


@dataclass(frozen=True)
class Dataset:
    """One exported table. ``order`` sorts its rows; ``in_workbook`` tells whether it is also a sheet.

    A dataset that is not ``yearly`` is exported whole whatever years are chosen, and one that is not ``of_organs``
    whatever organs are.
    """

    name: str
    sheet: str
    order: str
    yearly: bool = True
    of_organs: bool = True
    in_workbook: bool = True

    @property
    def relation(self) -> str:
        """The view with its schema."""
        return f"main.{self.name}"

    @property
    def about(self) -> Text:
        """What one row is."""
        return about_table(self.relation)

    def about_column(self, column: str) -> Text:
        """What a column holds."""
        return about_column(self.relation, column)

    def headers(self, columns: Sequence[str]) -> list[str]:
        """The columns' Chinese names, no two the same: as short as they are, or else whole."""
        return headers([self.about_column(column).chinese for column in columns])


def headers(names: Sequence[str], before_details: str = "：") -> list[str]:
    """Shorten names to what stands before their details, where no two become the same by it."""
    short = [name.partition(before_details)[0] for name in names]
    times = Counter(short)
    return [long if times[brief] > 1 else brief for long, brief in zip(names, short, strict=True)]


_BY_ORGAN = "year, organ_id"

DATASETS = (
    Dataset("report", "报告", f"{_BY_ORGAN}, report_id"),
    Dataset("outcomes", "申请与办理", f"{_BY_ORGAN}, report_id"),
    Dataset("outcome_rates", "办理结果比例", f"{_BY_ORGAN}, report_id"),
    Dataset("applicant_mix", "申请人构成", f"{_BY_ORGAN}, report_id"),
    Dataset("carry_over", "结转", f"{_BY_ORGAN}, report_id"),
    Dataset("year_on_year", "同比", f"{_BY_ORGAN}, measure"),
    Dataset("dispute_rates", "复议诉讼", f"{_BY_ORGAN}, report_id"),
    Dataset("proactive_2021", "主动公开2021版", f"{_BY_ORGAN}, report_id"),
    Dataset("proactive_2019", "主动公开2019版", f"{_BY_ORGAN}, report_id"),
    Dataset("applications_wide", "依申请公开", f"{_BY_ORGAN}, report_id"),
    Dataset("disputes_wide", "复议诉讼明细", f"{_BY_ORGAN}, report_id"),
    Dataset("statistics", "附表2014—2018", f"{_BY_ORGAN}, report_id, position"),
    Dataset("labelled_cell", "单元格", f"{_BY_ORGAN}, table_code, position", in_workbook=False),
    Dataset("provenance", "出处", f"{_BY_ORGAN}, report_id, table_code, row_code, column_code", in_workbook=False),
    Dataset("claim", "文中所称", f"{_BY_ORGAN}, report_id, ordinal"),
    Dataset("finding", "校验发现", f"{_BY_ORGAN}, rule_id, finding_id"),
    Dataset("report_quality", "报告质量", f"{_BY_ORGAN}, report_id"),
    Dataset("correction", "悄然更正", f"{_BY_ORGAN}, url, table_code, row_code, column_code, first_seen_after_at"),
    Dataset("timeliness", "及时性", f"{_BY_ORGAN}, report_id"),
    Dataset("coverage", "覆盖", f"{_BY_ORGAN}, source_id"),
    Dataset("problem", "问题", "year, problem_id", of_organs=False),
    Dataset("organ", "机关", "organ_id", yearly=False),
    Dataset("region_register", "行政区划", "region_code", yearly=False, of_organs=False),
    Dataset("rule", "规则", "rule_id", yearly=False, of_organs=False),
    Dataset("form_cell", "表式", "table_code, edition, position", yearly=False, of_organs=False),
)
"""Every exported table."""
