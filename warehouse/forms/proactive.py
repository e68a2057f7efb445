"""Section two, 主动公开政府信息情况: 22 cells in the edition of 2019, 10 in that of 2021."""

from warehouse.forms.model import Block, Column, Edition, Form, Label, Measure, Row, TableCode

_TITLE = Label("主动公开政府信息情况", "Proactive disclosure")


def _article_20(item: str) -> Label:
    """Caption of a block of section two. Some pages cite article 21 by mistake."""
    return Label(f"第二十条第（{item}）项", f"Article 20 ({item})", (f"第二十一条第（{item}）项",))


_PRIOR_ITEMS = Column("prior_items", Label("上一年项目数量", "Items in the previous year", ("上一年项目数",)))
_CHANGE = Column(
    "change", Label("本年增/减", "Change in this year", ("本年增减", "本年增／减数")), Measure.SIGNED_COUNT
)
_DECISIONS_2019 = Column("decisions", Label("处理决定数量", "Decisions taken", ("处理决定数",)))
_DECISIONS_2021 = Column(
    "decisions", Label("本年处理决定数量", "Decisions taken in this year", ("本年处理决定数", "处理决定数量"))
)

_REGULATIONS = Label("规章", "Regulations")
_LICENSING = Row("licensing", Label("行政许可", "Administrative licensing"))
_PENALTIES = Row("penalties", Label("行政处罚", "Administrative penalties"))
_COERCION = Row("coercion", Label("行政强制", "Administrative coercion"))
_FEES = Row("fees", Label("行政事业性收费", "Administrative fees", ("行政事业收费",)))

PROACTIVE_2019 = Form(
    table=TableCode.PROACTIVE,
    edition=Edition.E2019,
    title=_TITLE,
    blocks=(
        Block(
            caption=_article_20("一"),
            rows=(
                Row("regulations", _REGULATIONS),
                Row("normative_documents", Label("规范性文件", "Normative documents", ("行政规范性文件",))),
            ),
            columns=(
                Column("made", Label("本年新制作数量", "Made in this year", ("本年制作数量",))),
                Column(
                    "newly_disclosed",
                    Label("本年新公开数量", "Newly disclosed in this year", ("本年公开数量",)),
                ),
                Column("total_disclosed", Label("对外公开总数量", "Disclosed in total", ("对外公开总数",))),
            ),
        ),
        Block(
            caption=_article_20("五"),
            rows=(
                _LICENSING,
                Row(
                    "other_services",
                    Label("其他对外管理服务事项", "Other external management and service matters"),
                ),
            ),
            columns=(_PRIOR_ITEMS, _CHANGE, _DECISIONS_2019),
        ),
        Block(
            caption=_article_20("六"),
            rows=(_PENALTIES, _COERCION),
            columns=(_PRIOR_ITEMS, _CHANGE, _DECISIONS_2019),
        ),
        Block(caption=_article_20("八"), rows=(_FEES,), columns=(_PRIOR_ITEMS, _CHANGE)),
        Block(
            caption=_article_20("九"),
            rows=(Row("procurement", Label("政府集中采购", "Centralised government procurement")),),
            columns=(
                Column("projects", Label("采购项目数量", "Procurement projects", ("采购项目数",))),
                Column("amount", Label("采购总金额", "Procurement amount", ("采购金额",)), Measure.MONEY),
            ),
        ),
    ),
)

PROACTIVE_2021 = Form(
    table=TableCode.PROACTIVE,
    edition=Edition.E2021,
    title=_TITLE,
    blocks=(
        Block(
            caption=_article_20("一"),
            rows=(
                Row("regulations", _REGULATIONS),
                Row("normative_documents", Label("行政规范性文件", "Normative documents", ("规范性文件",))),
            ),
            columns=(
                Column("issued", Label("本年制发件数", "Issued in this year", ("本年制发数", "本年制发数量"))),
                Column("repealed", Label("本年废止件数", "Repealed in this year", ("本年废止数", "本年废止数量"))),
                Column(
                    "in_force",
                    Label("现行有效件数", "In force", ("现行有效件", "现行有效数", "现行有效数量")),
                ),
            ),
        ),
        Block(caption=_article_20("五"), rows=(_LICENSING,), columns=(_DECISIONS_2021,)),
        Block(caption=_article_20("六"), rows=(_PENALTIES, _COERCION), columns=(_DECISIONS_2021,)),
        Block(
            caption=_article_20("八"),
            rows=(_FEES,),
            columns=(
                Column(
                    "amount",
                    Label(
                        "本年收费金额（单位：万元）",
                        "Fees collected in this year",
                        ("本年收费金额", "本年收费总金额", "本年收费金额（万元，保留四位小数）"),
                    ),
                    Measure.MONEY,
                ),
            ),
        ),
    ),
)
