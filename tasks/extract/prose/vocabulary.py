"""The words that name what the tables count, and those that may stand around them without narrowing anything.

A name leads to one measure of ``warehouse.prose.MEASURES``. Readers that use these words take a clause only if they
know every word of it: a word that nobody declared here may narrow the figure, and then nothing is claimed.
"""

import re
from collections.abc import Iterator, Mapping

_LAWS = r"(?:其[他它])?(?:法律、?)?行政法规(?:规定)?禁止公开"
_EACH = "(?:[、和及与或]|以及)"

OUTCOMES: Mapping[str, str] = {
    "granted_or_partially_granted": "(?<!不)予以公开(?:[和及与或]|以及)部分公开",
    "granted": "(?<!不)予以公开|(?<!不)同意公开",
    "partially_granted": "部分(?:予以)?公开",
    "denied": "不予以?公开",
    "unavailable": "无法提供",
    "not_processed": "不予处理",
    "other_total": "其他处理",
}
"""Groups of outcomes."""
REASONS: Mapping[str, str] = {
    "denied_state_secret": "(?:属于|涉及)?国家秘密",
    "denied_prohibited_by_law": _LAWS,
    "denied_security_stability": '(?:危及)?[“"]?三安全一稳定[”"]?',
    "denied_third_party_rights": "(?:保护|涉及|损害)?第三方(?:合法)?权益",
    "denied_internal_affairs": "(?:属于)?(?:三类)?内部事务信息",
    "denied_process_information": "(?:属于)?(?:四类)?过程性信息",
    "denied_enforcement_file": "(?:属于)?行政执法案卷(?:信息)?",
    "denied_administrative_inquiry": "(?:属于)?行政查询事项",
    "unavailable_not_held": "(?:本机关|本单位|我局)?不掌握(?:相关)?(?:政府信息|信息)?",
    "unavailable_requires_creation": "没有现成信息(?:、?需要?另行制作)?|需要?另行制作",
    "unavailable_still_unclear": "(?:补正后)?(?:申请)?(?:内容)?仍?不明确",
    "not_processed_petition": "信访、?举报、?投诉类?(?:申请)?",
    "not_processed_repeated": "重复申请",
    "not_processed_publication": "要求提供公开出版物",
    "not_processed_excessive": "(?:无正当理由)?大量反复申请",
    "not_processed_reissue": "要求(?:行政机关)?确认或重新出具(?:已获取信息)?",
    "other_not_corrected": "(?:申请人)?(?:无正当理由)?逾期不补正",
    "other_fee_unpaid": "(?:申请人)?逾期未(?:按收费通知要求)?(?:缴纳费用|缴费)",
}
"""Reasons, each a row of its group."""
CARRIED_OVER: Mapping[str, str] = {
    "carried_in": "(?:上|前)一?年度?(?:的|未办结)*(?:结转|转入|跨年)(?:而?来)?",
    "carried_out": "(?:结转|转|顺延|延续|延)(?:办理)?(?:至|到|入)?(?:下|次|翌)一?年度?(?:继续)?(?:办理|处理|答复)?"
    "|跨年(?!度)(?:办理|件)?",
}
"""What was carried over."""
CONCLUDED = "办结|答复|办复|回复|办理完毕"
"""What says that applications were concluded."""
APPLICANTS: Mapping[str, str] = {
    "organizations": "(?:法人|企业|单位)(?:或者|[、和及与或])其[他它](?:社会)?组织",
    "natural_person": "自然人|公民个人",
}
"""Who applied."""
ORGANIZATIONS: Mapping[str, str] = {
    "commercial_enterprise": "商业企业|(?<!国有)企业",
    "research_institution": "科研机构",
    "public_welfare_organization": "社会公益组织",
    "legal_service_organization": "(?:律师事务所等)?法律服务机构",
}
"""Kinds of organisations."""
DISPUTE_NAMES: Mapping[str, str] = {
    "upheld": "(?:行政)?(?:复议|诉讼)?(?:结果|决定)?(?:被)?维持(?:原(?:行政行为|决定|答复))?",
    "corrected": "(?:行政)?(?:复议|诉讼)?(?:结果)?(?:被(?:复议机关|法院)?)?(?:予以)?纠[正错]"
    "|(?:判决)?(?:[我本](?:局|委))?败诉",
    "other_result": "其[他它]结果",
    "pending": "(?:尚|仍)?未审结|(?:尚|仍|正)在审理(?:中)?|审理中",
}
"""Outcomes of reviews and lawsuits."""

KINDS_OF_LAWSUITS: Mapping[str, str] = {
    "litigation_direct_total": "(?:未经复议)?直接(?:提起)?(?:行政)?(?:起诉|诉讼)",
    "litigation_after_review_total": "经?复议后再?(?:提起)?(?:行政)?(?:起诉|诉讼)",
}
FAMILIES = (OUTCOMES, REASONS, APPLICANTS, ORGANIZATIONS, KINDS_OF_LAWSUITS, DISPUTE_NAMES)
"""Names of which no case has two."""
NAMES = {name: words for family in (*FAMILIES, CARRIED_OVER) for name, words in family.items()}
_ALL_NAMES = "|".join(NAMES.values())
_IN_NAMES = f"""(?=["{"".join(sorted({each for each in _ALL_NAMES if not each.isascii()}))}])"""
"""Looks for any character of the names: where none stands, none of them need be tried."""
_ANY_NAME = f"{_IN_NAMES}(?:{_ALL_NAMES})"
NAME = re.compile(_ANY_NAME)
NAME_LIST = f"{_ANY_NAME}(?:{_EACH}{_ANY_NAME})*+"
_MEASURE = re.compile(f"{_IN_NAMES}(?:{'|'.join(f'(?P<{measure}>{words})' for measure, words in NAMES.items())})")

TIME = (
    r"(?:全年度?|本年度?|今年|当年|一年来|年内|(?:20\d\d年)度?|1月1?日?至12月(?:31日)?"
    r"|截[至止]到?(?:20\d\d年)?(?:12月31日|年底|年末))"
)
_KINDS_OF_ORGANS = "局|委|厅|办|院|机关|单位|部门|中心|所|站|镇|乡|街道|县|区|市|州|省|旗"
OURS = (
    rf"(?:[我本](?:{_KINDS_OF_ORGANS})|全[省市区县州旗镇乡局委](?!.{{0,3}}(?:系统|学校))|(?<!\w)管委会|(?:各级)?各(?:行政机关|部门|单位)|各级(?:行政机关|部门|单位)?|行政机关"
    "|[省市区县州](?:人民)?政府(?:办公室|办公厅))"
)
_PLAIN_WORDS = (
    "“ ” \" ' ‘ ’ 其中 均 都 也 亦 且 并 另 还 共计 合计 总计 共 仅 只 已 依法 依规 按规定 对于 对 在",
    "中 内 度 的 为 是 有 和 办理结果看 办理结果中 办理结果 答复结果看 答复结果中 答复结果 从 按 看 方面",
    "政府 政务 信息 公开 申请人 申请 工作 情况 情形 事项 类 答复 决定 作出 办结 经审查 审查 属于 因 系",
    "由于 由 涉及 提出 提交 来自 理由 上 下 以上",
)
PLAIN = f"(?:{TIME}|{OURS}|{'|'.join(' '.join(_PLAIN_WORDS).split())})"
"""A word that narrows nothing."""

_COUNTED = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:件次|件|宗|起|份|例|条|项|个|封)"
LEAD = re.compile(
    rf"(?:{PLAIN}|实际|按[期时]|(?:新收|收到|受理)的?(?=申请中)|代表|受|[省市区县州]?(?:人民)?政府(?:办公厅|办公室)?(?=代表)|(?<=代表)[省市区县州](?:人民)?政府|依?申请"
    rf"|(?:新收|收到|受理|办结|答复|{_ANY_NAME})(?:申请|的|为)*{_COUNTED}、)*"
)
"""Words that may stand in a clause before what was received, concluded or how it ended."""
CARRIED_LEAD = re.compile(
    rf"(?:{LEAD.pattern}|含|包括|[另尚]有|剩余|余下|其余|除|加上|连同|减去|扣除|办理|在办|年底|年末|继续|将|、)*"
)
"""The same before what was carried over."""
DISPUTE_LEAD = re.compile(
    rf"(?:{PLAIN}|行政|被|提起|引起|引发|发生|申请|复议|诉讼|涉|因|类|案件?|受到|新增|、|[和及与]|(?<=[议讼])(?:申请|案件?)?{_COUNTED}、)*"
)
"""The same before reviews and lawsuits."""


def named(words: str) -> Iterator[str]:
    """Yield the measures that a list of names names, in their order."""
    for match in _MEASURE.finditer(words):
        if match.lastgroup:
            yield match.lastgroup
