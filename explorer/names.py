"""What codes of the warehouse are called on a page, in Chinese and English."""

from collections.abc import Mapping

from expectations.naming import cell_place
from warehouse.forms import newest_form
from warehouse.text import Text

QUALITIES: Mapping[str, Text] = {
    "clean": Text("勾稽相符", "clean"),
    "questionable": Text("有存疑或提示", "with warnings or hints"),
    "inconsistent": Text("勾稽不符", "inconsistent"),
    "incomplete": Text("未能读全", "not read whole"),
    "blank": Text("没有填写", "not filled in"),
    "missing": Text("未见报告", "missing"),
}
"""What a report comes to."""

SEVERITIES: Mapping[str, Text] = {
    "critical": Text("不符", "critical"),
    "warning": Text("存疑", "warning"),
    "info": Text("提示", "info"),
}
LEVELS: Mapping[str, Text] = {
    "country": Text("国家", "national"),
    "province": Text("省级", "province"),
    "city": Text("市级", "city"),
    "county": Text("县级", "county"),
    "township": Text("乡级", "township"),
}
KINDS: Mapping[str, Text] = {
    "government": Text("政府", "government"),
    "department": Text("部门", "department"),
    "township": Text("乡镇", "township"),
    "subdistrict": Text("街道", "subdistrict"),
    "administrative_committee": Text("管委会", "committee"),
}
STATUSES: Mapping[str, Text] = {
    "published": Text("按时", "in time"),
    "late": Text("逾期", "late"),
    "missing": Text("未见", "missing"),
    "unreadable": Text("未能读取", "not read"),
}
STATES: Mapping[str, Text] = {
    "number": Text("数字", "number"),
    "blank": Text("空白", "blank"),
    "dash": Text("不适用", "not applicable"),
    "unreadable": Text("无法辨认", "unreadable"),
    "absent": Text("页面缺此格", "absent from the page"),
}
VERDICTS: Mapping[str, Text] = {
    "pass": Text("符合", "holds"),
    "fail": Text("违反", "broken"),
    "not_assessable": Text("不作判断", "not assessable"),
    "not_assessed": Text("上年报告未入库，未判断", "last year’s report is not loaded"),
}
MEASURES: Mapping[str, Text] = {
    "received_new": Text("本年新收", "Received"),
    "carried_in": Text("上年结转", "Carried in"),
    "concluded": Text("本年办结", "Concluded"),
    "carried_out": Text("结转下年", "Carried out"),
    "granted": Text("予以公开", "Granted"),
    "partially_granted": Text("部分公开", "Partially granted"),
    "denied": Text("不予公开", "Denied"),
    "unavailable": Text("无法提供", "Unavailable"),
    "not_processed": Text("不予处理", "Not processed"),
    "other": Text("其他处理", "Other handling"),
    "review_decided": Text("复议已审结", "Reviews decided"),
    "litigation_decided": Text("诉讼已审结", "Litigation decided"),
    "pending": Text("复议诉讼未审结", "Disputes pending"),
    "licensing": Text("行政许可", "Licensing decisions"),
    "penalties": Text("行政处罚", "Penalties"),
    "coercion": Text("行政强制", "Coercive measures"),
    "unavailable_or_not_held": Text("无法提供或不掌握", "Unavailable or not held"),
    "granted_or_partially_granted": Text("予以公开及部分公开", "Granted, wholly or in part"),
    "listed_members": Text("分项之和", "Members listed"),
    "report_year": Text("报告年度", "Report year"),
    "period_year": Text("统计年度", "Period"),
    "title_year": Text("标题年度", "Year in the title"),
    "natural_person": Text("自然人", "Natural persons"),
    "organizations": Text("法人或其他组织", "Legal persons and other organisations"),
    "other_total": Text("其他处理", "Other handling"),
    "concluded_total": Text("本年办结", "Concluded"),
    "review": Text("行政复议", "Administrative review"),
    "litigation": Text("行政诉讼", "Administrative litigation"),
    "granted_rate": Text("予以公开占办结", "Granted of concluded"),
    "partially_granted_rate": Text("部分公开占办结", "Partially granted of concluded"),
    "denied_rate": Text("不予公开占办结", "Denied of concluded"),
    "unavailable_rate": Text("无法提供占办结", "Unavailable of concluded"),
    "not_processed_rate": Text("不予处理占办结", "Not processed of concluded"),
    "other_rate": Text("其他处理占办结", "Other handling of concluded"),
    "corrected_rate": Text("复议诉讼纠正率", "Disputes corrected of decided"),
}
CLAIMS: Mapping[str, Text] = {
    **MEASURES,
    "received_new": Text("收到（或含上年结转）", "Received (perhaps with carried in)"),
}
"""What the prose speaks of, where its words may mean more than the row of the form."""
RUNS: Mapping[str, Text] = {
    "backfill": Text("补录", "backfill"),
    "refresh": Text("更新", "refresh"),
    "reextract": Text("重新读取", "reextract"),
    "revalidate": Text("重新校验", "revalidate"),
    "publish": Text("发布", "publish"),
    "housekeeping": Text("清理", "housekeeping"),
    "running": Text("进行中", "running"),
    "completed": Text("完成", "completed"),
    "failed": Text("失败", "failed"),
    "cancelled": Text("已取消", "cancelled"),
    "crashed": Text("中断", "crashed"),
    "discover": Text("发现", "discover"),
    "fetch": Text("抓取", "fetch"),
    "extract": Text("读取", "extract"),
    "load": Text("入库", "load"),
    "validate": Text("校验", "validate"),
}
"""Flows, how they ended, and their stages."""
FACETS: Mapping[str, Text] = {
    "severity": Text("级别", "Severity"),
    "rule": Text("规则", "Rule"),
    "year": Text("年度", "Year"),
    "level": Text("机关层级", "Level"),
    "kind": Text("机关类型", "Kind"),
    "region": Text("区划", "Region"),
    "waived": Text("是否豁免", "Waived"),
    "organ": Text("机关", "Organ"),
    "q": Text("机关名称含", "Name contains"),
}
FIELDS: Mapping[str, Text] = {
    **FACETS,
    "code": Text("问题代码", "Problem code"),
    "measure": Text("指标", "Measure"),
    "status": Text("状况", "Status"),
    "a": Text("甲", "First"),
    "b": Text("乙", "Second"),
    "show": Text("范围", "Shown"),
}
"""What may be asked of a page."""
CHOICES: Mapping[str, Mapping[str, Text]] = {
    "severity": SEVERITIES,
    "level": LEVELS,
    "kind": KINDS,
    "measure": MEASURES,
    "status": {**STATUSES, "wanting": Text("未见或逾期", "missing or late")},
    "waived": {"yes": Text("是", "yes"), "no": Text("否", "no")},
    "show": {"different": Text("不同的格", "cells that differ"), "all": Text("所有的格", "all cells")},
}
"""What such a question may be one of."""
COLUMNS: Mapping[str, Text] = {
    "finding_id": Text("问题编号", "Finding"),
    "report_id": Text("报告编号", "Report"),
    "organ_id": Text("机关编号", "Organ’s identity"),
    "group_id": Text("错误编号", "Error"),
    "organ": Text("机关", "Organ"),
    "year": Text("年度", "Year"),
    "rule_id": Text("规则", "Rule"),
    "rule_title": Text("规则名称", "Title in Chinese"),
    "rule_title_en": Text("规则英文名称", "Title"),
    "severity": Text("级别", "Severity"),
    "sentence_zh": Text("说明", "Sentence in Chinese"),
    "sentence_en": Text("英文说明", "What is wrong"),
    "place": Text("位置", "Place"),
    "left_value": Text("左式", "Left side"),
    "right_value": Text("右式", "Right side"),
    "difference": Text("差额", "Difference"),
    "waiver": Text("豁免理由", "Waived because"),
    "url": Text("原网页", "Original page"),
    "level": Text("机关层级", "Level"),
    "kind": Text("机关类型", "Kind"),
    "region_code": Text("区划代码", "Region code"),
    "table_code": Text("表代码", "Table code"),
    "row_code": Text("行代码", "Row code"),
    "column_code": Text("列代码", "Column code"),
    "suspected": Text("疑为误填的格", "Cells likely wrong"),
    "should_be": Text("应为", "What they should be"),
    "address": Text("本站地址", "Address on this site"),
    "cases": Text("件数", "Cases"),
    "out_of": Text("总件数（办结或审结）", "Out of (concluded or decided)"),
    "share": Text("比例", "Share"),
    "rate": Text("比例", "Rate"),
    "is_faulty": Text("所用数字有不符", "Fault in these figures"),
    "low": Text("95% 置信区间下限", "95% interval from"),
    "high": Text("95% 置信区间上限", "95% interval to"),
    "reports": Text("报告数", "Reports"),
    "failed_per_thousand": Text("每千处违反", "Broken per 1,000"),
    "raw_a": Text("甲原文", "First as printed"),
    "raw_b": Text("乙原文", "Second as printed"),
    "value_a": Text("甲数值", "First value"),
    "value_b": Text("乙数值", "Second value"),
    "state_a": Text("甲状态", "First state"),
    "state_b": Text("乙状态", "Second state"),
    "is_different": Text("是否不同", "Differs"),
    "edition_a": Text("甲版式", "Form of the first"),
    "edition_b": Text("乙版式", "Form of the second"),
    "only_in": Text("仅见于", "Only in"),
    "schema": Text("模式", "Schema"),
    "table": Text("表", "Table"),
    "column": Text("列", "Column"),
    "type": Text("类型", "Type"),
    "comment": Text("说明", "Comment"),
}
"""Columns of lists, in few words."""
SECTIONS: Mapping[str, Text] = {
    "proactive": Text("第二部分", "Section two"),
    "applications": Text("第三部分", "Section three"),
    "disputes": Text("第四部分", "Section four"),
    "statistics": Text("附表", "Appendix"),
}
"""The tables of a report, as its reader counts them."""


def cell_words(code: str) -> Text:
    """Say a place that is written as ``table/row/column``, of which row or column may be empty."""
    table, row, column = code.split("/")
    section, place = SECTIONS[table], Text("", "")
    if form := newest_form(table, row) or newest_form(table):
        place = cell_place(form, row or None, column if column in form.columns else None)
    english = ", ".join(filter(None, (section.english, place.english)))
    return Text(f"{section.chinese}{place.chinese}", english)
