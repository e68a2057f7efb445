"""What the sentences of all rules share. What a kind of check says of its own stands in its module."""

from collections.abc import Mapping

from expectations.model import Assessment, Reason
from expectations.naming import cell_place
from warehouse.text import Text

REASONS: Mapping[str, Text] = {
    Reason.PREVIOUS_YEAR_MISSING: Text("上年报告未入库", "the report of the year before is not loaded"),
    Reason.READINGS_DISAGREE: Text("两次识读结果不一致", "two readings of the table disagree"),
    Reason.TABLE_INCOMPLETE: Text("页面缺少所涉数字", "the page lacks a figure concerned"),
    Reason.UNREADABLE: Text("所填内容无法识读", "what stands there cannot be read"),
    Reason.RESULT_BLANK: Text("总计未填", "the total is not stated"),
    Reason.PARTS_BLANK: Text("各分项均未填", "no part is filled in"),
    Reason.MOSTLY_BLANK: Text("半数以上分项未填", "more than half of the parts are blank"),
    Reason.OWN_OFFICE: Text(
        "政府报告文中可能仅述本级办理数", "the prose may speak of the government's own office alone"
    ),
    Reason.LOCAL_LINES: Text("表内有本地增设的分项", "the table has parts of its own"),
}
"""Why a rule could not be assessed, in words."""


def sentence(assessment: Assessment) -> Text:
    """Say in both languages what is wrong in one place, or why it could not be assessed."""
    if assessment.reason is Reason.READINGS_DISAGREE:
        table = assessment.form.title
        return Text(
            f"「{table.chinese}」表：两次识读结果不一致，不作判断。",
            f"Table “{table.english}”: its two readings disagree, not assessable.",
        )
    return assessment.rule.check.sentence(assessment)


def place_of(assessment: Assessment) -> Text:
    """Name the place of an assessment, to begin a sentence with."""
    place = cell_place(assessment.form, assessment.row, assessment.column)
    return Text(place.chinese, place.english[:1].upper() + place.english[1:])
