"""What the warehouse keeps of a report's prose: the figures that it claims, and the digest of its wording."""

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

from warehouse.forms import APPLICANT_PARTS, FORMS, Edition, TableCode

_DISPUTES = {
    "review": "行政复议",
    "litigation": "行政诉讼",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_review": "复议后起诉",
    "disputes": "行政复议、行政诉讼",
}
LAWSUITS = ("litigation_direct", "litigation_after_review")
"""Rows of section four that the prose names by themselves."""
_DISPUTE_OUTCOMES = {"upheld": "维持", "corrected": "纠正、败诉", "other_result": "其他结果", "pending": "尚未审结"}
DOCUMENTS = MappingProxyType({"regulations": "规章", "normative_documents": "行政规范性文件"})
DOCUMENT_COLUMNS = MappingProxyType({"issued": "制发", "repealed": "废止", "in_force": "现行有效"})
DECISIONS = MappingProxyType({"licensing": "行政许可", "penalties": "行政处罚", "coercion": "行政强制"})
"""Rows and columns of section two that the prose names."""
_APPLICATIONS = FORMS[TableCode.APPLICATIONS, Edition.E2021]
REASONS = tuple(
    row.code
    for group in ("denied", "unavailable", "not_processed", "other")
    for row in _APPLICATIONS.rows_in(group)
    if row.code != "other_remaining"
)
"""Rows of section three that the prose names by themselves."""
ORGANIZATIONS = APPLICANT_PARTS[1:-1]
"""Kinds of organisations that the prose names by themselves."""

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "received_new": "收到/新收/受理 N 件: received_new.total, or that with carried_in.total",
        "concluded_total": "答复/办结 N 件: concluded_total.total",
        "granted": "予以公开 N 件: granted.total",
        "partially_granted": "部分公开 N 件: partially_granted.total",
        "granted_or_partially_granted": "予以公开及部分公开 N 件, one figure: the sum of both rows",
        "denied": "不予公开 N 件: the sum of the group (三)",
        "unavailable": "无法提供 N 件: the sum of the group (四)",
        "unavailable_or_not_held": "因不掌握等原因无法提供 N 件: the group (四), or its row unavailable_not_held alone",
        "not_processed": "不予处理 N 件: the sum of the group (五)",
        "other_total": "其他处理 N 件: the sum of (六)",
        "carried_in": "上年结转 N 件: carried_in.total",
        "carried_out": "结转下年度 N 件: carried_out.total",
        "natural_person": "自然人 N 件: that column of received_new, or of it with carried_in",
        "organizations": "法人或其他组织 N 件: the five middle columns of received_new, or of it with carried_in",
        "review": "行政复议 N 件: review.total, or that without pending",
        "litigation": "行政诉讼 N 件: both rows' total, or that without pending",
        **dict.fromkeys(REASONS, "N 件 of one reason: the total of that row"),
        **dict.fromkeys(ORGANIZATIONS, "N 件 of one kind of applicant: that column, like natural_person"),
        **{f"{row}_total": f"{_DISPUTES[row]} N 件: its total, like review" for row in LAWSUITS},
        **{
            f"{row}_{column}": f"{_DISPUTES[row]}{_DISPUTE_OUTCOMES[column]} N 件: that column"
            for row, column in product(_DISPUTES, _DISPUTE_OUTCOMES)
        },
        **{
            f"{row}_{column}": f"{DOCUMENTS[row]}{DOCUMENT_COLUMNS[column]} N 件: that cell of section two"
            for row, column in product(DOCUMENTS, DOCUMENT_COLUMNS)
        },
        **{f"{row}_decisions": f"{name}决定 N 件: that row of section two" for row, name in DECISIONS.items()},
        "fees_amount": "行政事业性收费 N 元: that of section two; the digit it was rounded to in ``parts``",
        "review_and_litigation": "行政复议、行政诉讼共 N 件: all rows' total, or that without pending",
        "listed_members": "N 件(甲 a 件、乙 b 件 …): the members in brackets, in ``parts``, add up to N",
        "members_among": "N 件，其中甲 a 件、乙 b 件: those members, in ``parts``, are no more than N",
        "share": "占 N%: that of the part in the whole, in ``parts``",
        "growth": "增长 N%, less than zero for 下降: from the second of ``parts`` to the first",
        "increase": "增加 N 件, less than zero for 减少: from the second of ``parts`` to the first",
        "multiple": "是上年的 N 倍, and 增长 N - 1 倍: the first of ``parts`` in the second",
        "points": "提高 N 个百分点, less than zero for 下降: from the second of ``parts`` to the first, both per cent",
        "growth_of_received": "收到申请同比增长 N%: from received_new.total of the year before to ``parts``",
        "increase_of_received": "收到申请同比增加 N 件, 持平: from received_new.total of the year before to ``parts``",
        "shortcomings": "the paragraphs of section five, told only where there is none",
        "untold_fees": "信息处理费 N 元: charged by the prose, denied by section six",
        "period_year": "the year of either end of the statistics period",
        "report_year": "the year that the prose gives the report",
    }
)
"""Every measure that a statement can have, and what it is compared with."""

BUCKETS = 128
"""How many buckets the digest of a report's prose has."""
EMPTY = 255
"""What an empty bucket of it holds; the others hold less."""
