"""The appendix of the reports for 2014 to 2018, 《政府信息公开情况统计表》 (国办发〔2014〕32号).

Three columns, 统计指标, 单位 and 统计数; nesting is shown by numbering and by 其中. A code is the numbering path
(``3.3.4.1`` is the first item of 其中 under 三、（三）4.). Local tables add rows of their own; they have no code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from warehouse.forms.model import Block, Column, Edition, Form, Label, Measure, Row, TableCode


@dataclass(frozen=True)
class Indicator:
    """One line of the appendix. ``unit`` is ``None`` for a heading without a figure (printed ——)."""

    code: str
    label: Label
    unit: str | None

    @property
    def parent(self) -> str | None:
        """The code of the line that this one is part of, ``None`` for the nine main headings."""
        return self.code.rpartition(".")[0] or None


_LINES = (
    ("1", "一、主动公开情况", None, "Proactive disclosure"),
    ("1.1", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "Items disclosed, each once"),
    ("1.1.1", "其中：主动公开规范性文件数", "条", "of which normative documents"),
    ("1.1.2", "制发规范性文件总数", "件", "Normative documents issued"),
    ("1.2", "（二）通过不同渠道和方式公开政府信息的情况", None, "By channel"),
    ("1.2.1", "1.政府公报公开政府信息数", "条", "In gazettes"),
    ("1.2.2", "2.政府网站公开政府信息数", "条", "On websites"),
    ("1.2.3", "3.政务微博公开政府信息数", "条", "On Weibo"),
    ("1.2.4", "4.政务微信公开政府信息数", "条", "On WeChat"),
    ("1.2.5", "5.其他方式公开政府信息数", "条", "Otherwise"),
    ("2", "二、回应解读情况", None, "Responses and interpretation"),
    (
        "2.1",
        "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）",
        "次",
        "Responses, each topic once",
    ),
    ("2.2", "（二）通过不同渠道和方式回应解读的情况", None, "By channel"),
    ("2.2.1", "1.参加或举办新闻发布会总次数", "次", "Press conferences"),
    ("2.2.1.1", "其中：主要负责同志参加新闻发布会次数", "次", "of which with the principal officer"),
    ("2.2.2", "2.政府网站在线访谈次数", "次", "Online interviews"),
    ("2.2.2.1", "其中：主要负责同志参加政府网站在线访谈次数", "次", "of which with the principal officer"),
    ("2.2.3", "3.政策解读稿件发布数", "篇", "Interpretations published"),
    ("2.2.4", "4.微博微信回应事件数", "次", "Responses on Weibo and WeChat"),
    ("2.2.5", "5.其他方式回应事件数", "次", "Other responses"),
    ("3", "三、依申请公开情况", None, "Disclosure on application"),
    ("3.1", "（一）收到申请数", "件", "Applications received"),
    ("3.1.1", "1.当面申请数", "件", "In person"),
    ("3.1.2", "2.传真申请数", "件", "By fax"),
    ("3.1.3", "3.网络申请数", "件", "Online"),
    ("3.1.4", "4.信函申请数", "件", "By letter"),
    ("3.2", "（二）申请办结数", "件", "Applications concluded"),
    ("3.2.1", "1.按时办结数", "件", "In time"),
    ("3.2.2", "2.延期办结数", "件", "After an extension"),
    ("3.3", "（三）申请答复数", "件", "Applications answered"),
    ("3.3.1", "1.属于已主动公开范围数", "件", "Already disclosed"),
    ("3.3.2", "2.同意公开答复数", "件", "Granted"),
    ("3.3.3", "3.同意部分公开答复数", "件", "Partially granted"),
    ("3.3.4", "4.不同意公开答复数", "件", "Denied"),
    ("3.3.4.1", "其中：涉及国家秘密", "件", "State secret"),
    ("3.3.4.2", "涉及商业秘密", "件", "Commercial secret"),
    ("3.3.4.3", "涉及个人隐私", "件", "Privacy"),
    ("3.3.4.4", "危及国家安全、公共安全、经济安全和社会稳定", "件", "Security and stability"),
    ("3.3.4.5", "不是《条例》所指政府信息", "件", "No government information under the regulation"),
    ("3.3.4.6", "法律法规规定的其他情形", "件", "Other cases in law"),
    ("3.3.5", "5.不属于本行政机关公开数", "件", "Not this organ's to disclose"),
    ("3.3.6", "6.申请信息不存在数", "件", "Information does not exist"),
    ("3.3.7", "7.告知作出更改补充数", "件", "Told to correct"),
    ("3.3.8", "8.告知通过其他途径办理数", "件", "Told of another channel"),
    ("4", "四、行政复议数量", "件", "Administrative reviews"),
    ("4.1", "（一）维持具体行政行为数", "件", "Upheld"),
    ("4.2", "（二）被依法纠错数", "件", "Corrected"),
    ("4.3", "（三）其他情形数", "件", "Other"),
    ("5", "五、行政诉讼数量", "件", "Administrative litigation"),
    ("5.1", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "Upheld or dismissed"),
    ("5.2", "（二）被依法纠错数", "件", "Corrected"),
    ("5.3", "（三）其他情形数", "件", "Other"),
    ("6", "六、举报投诉数量", "件", "Reports and complaints"),
    ("7", "七、依申请公开信息收取的费用", "万元", "Fees for disclosure on application"),
    ("8", "八、机构建设和保障经费情况", None, "Institutions and funds"),
    ("8.1", "（一）政府信息公开工作专门机构数", "个", "Dedicated institutions"),
    ("8.2", "（二）设置政府信息公开查阅点数", "个", "Consultation points"),
    ("8.3", "（三）从事政府信息公开工作人员数", "人", "Staff"),
    ("8.3.1", "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人", "Full-time"),
    ("8.3.2", "2.兼职人员数", "人", "Part-time"),
    (
        "8.4",
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
        "万元",
        "Dedicated funds",
    ),
    ("9", "九、政府信息公开会议和培训情况", None, "Meetings and training"),
    ("9.1", "（一）召开政府信息公开工作会议或专题会议数", "次", "Meetings"),
    ("9.2", "（二）举办各类培训班数", "次", "Training courses"),
    ("9.3", "（三）接受培训人员数", "人次", "Persons trained"),
)

STATISTICS: Mapping[str, Indicator] = MappingProxyType(
    {code: Indicator(code, Label(chinese, english), unit) for code, chinese, unit, english in _LINES}
)
"""Every line of the appendix by code, in printed order."""


def members_of(code: str) -> Iterator[Indicator]:
    """Yield the lines directly below one, in printed order."""
    return (indicator for indicator in STATISTICS.values() if indicator.parent == code)


FIGURE_COLUMN, AMOUNT_COLUMN = "figure", "amount"
_COLUMNS = {
    False: Column(FIGURE_COLUMN, Label("统计数", "Figure")),
    True: Column(AMOUNT_COLUMN, Label("统计数（万元）", "Amount"), Measure.MONEY),
}
AMOUNTS = tuple(indicator.code for indicator in STATISTICS.values() if indicator.unit == "万元")
"""The lines whose figure is money; it stays in the unit that is printed."""

STATISTICS_2014 = Form(
    table=TableCode.STATISTICS,
    edition=Edition.E2014,
    title=Label("政府信息公开情况统计表", "Statistics of disclosure"),
    blocks=tuple(
        Block(tuple(Row(indicator.code, indicator.label) for indicator in indicators), (_COLUMNS[is_amount],))
        for is_amount, indicators in groupby(
            (indicator for indicator in STATISTICS.values() if indicator.unit),
            key=lambda indicator: indicator.code in AMOUNTS,
        )
    ),
)
"""The appendix as a form of one column: every line that has a figure is a row."""
