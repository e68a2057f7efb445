"""Section four, 政府信息公开行政复议、行政诉讼情况: three rows by five columns, printed as one line of 15 figures."""

from warehouse.forms.model import TOTAL_COLUMN, Block, Column, Edition, Form, Group, Label, Row, TableCode

_TITLE = Label(
    "政府信息公开行政复议、行政诉讼情况",
    "Administrative review and litigation",
    (
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "行政复议、行政诉讼情况",
    ),
)

_DISPUTE_COLUMNS = (
    Column("upheld", Label("结果维持", "Upheld", ("维持",))),
    Column("corrected", Label("结果纠正", "Corrected", ("纠正",))),
    Column("other_result", Label("其他结果", "Other result")),
    Column("pending", Label("尚未审结", "Pending", ("未审结",))),
    Column(TOTAL_COLUMN, Label("总计", "Total", ("合计",))),
)

DISPUTE_PARTS = tuple(column.code for column in _DISPUTE_COLUMNS if column.code != TOTAL_COLUMN)
"""The four dispute columns that add up to ``total``."""

_DISPUTE_GROUPS = (Group("litigation", Label("行政诉讼", "Administrative litigation")),)
_DISPUTE_BLOCK = Block(
    rows=(
        Row("review", Label("行政复议", "Administrative review")),
        Row(
            "litigation_direct",
            Label("未经复议直接起诉", "Litigation without prior review", ("未经复议直接诉讼",)),
            "litigation",
        ),
        Row(
            "litigation_after_review",
            Label("复议后起诉", "Litigation after review", ("复议后诉讼",)),
            "litigation",
        ),
    ),
    columns=_DISPUTE_COLUMNS,
)

DISPUTES_2019 = Form(TableCode.DISPUTES, Edition.E2019, _TITLE, blocks=(_DISPUTE_BLOCK,), groups=_DISPUTE_GROUPS)
DISPUTES_2021 = Form(TableCode.DISPUTES, Edition.E2021, _TITLE, blocks=(_DISPUTE_BLOCK,), groups=_DISPUTE_GROUPS)
