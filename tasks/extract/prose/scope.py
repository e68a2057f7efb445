"""What a figure of the prose counts: of whom, of when, of what, and whether of all or of a part.

Each question is answered by the words before the figure, the nearest mention first: the year last named, the organ
last named, the business last named. A claim is held against the tables only where every answer is this report's.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

from tasks.extract.prose.vocabulary import LEAD

_CLAUSE = re.compile(r"([，；;。：:（）()]|,(?!\d{3}))")
_YEAR = re.compile(r"(?<![较比与])(20\d{2})年(?!度?(?:结转|转入))")
_TO = "(?:至|到|[-—~～－])+"
_TIME = re.compile(
    rf"(?P<whole>全年|全年度|本年度?|今年|(?<!\d)1月?{_TO}12月(?!\d))"
    rf"|(?P<other>20\d\d年?{_TO}20\d\d年|自[^，。]{{4,20}}?[至到]20\d\d年[底末]|近[一二两三四五六七八九十几\d]+年|(?<![〇零○一二三四五六七八九十新第])[两二三四五]年|施行(?:以?来|后)|实施(?:以?来|后)|印发后|《[^》]*》[^，。；]{{0,6}}[以之]?后"
    r"|(?:上一?年度?|去年|前年)[，,]|(?<!今年)以来|(?<!报告)(?<!统计)期间|季度|[上下]半年|截[至止](?![^，]{0,8}(?:12月31日|年[底末]))"
    rf"|(?<!\d)\d{{1,2}}月?{_TO}\d{{1,2}}月(?!\d)|(?<!\d)\d{{1,2}}月(?![\d至到]))"
    r"|(?P<year>20\d\d年)(?!以来|度?结转|度?转入)"
)
"""Times: those that are a whole year, and spans that are less or more than one."""
_NOT_THIS_YEAR = re.compile(
    r"累计|截[至止](?![^，]{0,8}(?:12月31日|年[底末]))|去年|上一?年度?(?:同期|共|收|新收|受理|办结|答复)|[较比与]20\d\d年|同期|历年|近[三五两]年"
)

_COUNTED = "(?:收到|受理|新收|接收|收办|承办|办理|办结|答复|处理|发生)"
_OWN = "[我本](?:局|委|厅|办|院|机关|单位|部门|中心|所|站|镇|乡|街道|县|区|市|级)(?!机关)"
_AREAS = "省|市|区|县|州|盟|旗|镇|乡|街道"
_OF_AN_AREA = re.compile(rf"(?P<area>{_AREAS})?(?:人民政府|政府|办事处)$|(?:管理委员会|管委会|街道|镇|乡)$")
"""Organs whose reports are of an area, and what the area is."""
_SAMPLE = re.compile("抽查|抽取|抽检|抽样|评查|随机")
_HELPING = re.compile(r"协助|配合|协办|会同|代为|审核|指导|督促")
_FOREIGN = (
    r"(?:该|邻近|相邻|周边|毗邻|兄弟|外地|其他|其它|邻)(?:的|各)?[^，。；]{0,10}?(?:省|市|区|县|州|局|委|单位|部门)"
)
"""Organs that a sentence tells of as others than the report's."""
_OF_ANOTHER = (
    r"(?:(?<![我本办各])(?:局|委|委员会|厅)(?<!代表.)(?<!机关)|(?:学校|医院|幼儿园|卫生院|中心|企业|村|社区)[）)]?)"
    rf"(?:，|全年|本年度?|年内|自行|共|[均也]|\d{{4}}年度?)*{_COUNTED}"
)
"""Another organ or body, named right before what it counted."""
_BELOW = r"(?:局|委|厅|院|办|部|市|县|区|镇|乡|下|所|直)属[^，。；]{0,20}?"
_NOT_OURS = "(?<![我本][局委厅办院])(?<![我本]机关)(?<![我本]单位)"
_AND_ALL = "(?:及|和|与|、|以及)"
_ALL_BELOW = (
    rf"{_NOT_OURS}(?<!指导)(?<!督促)(?<!协调)(?<!组织)(?:各(?:级|县|乡|镇|街道|部门|单位|区|市)|[省市区县州](?:直|级)(?:各|机关|部门|单位))"
    r"[^，。；\d]{0,14}?(?:收到|受理|新收|接收|收办|办结|答复)(?:政府|政务|信息|公开|依?申请|事项|各类|[的了共合总计])*\d"
)
"""All organs of an area, or of a kind, with what they counted."""
PART = re.compile(
    rf"其中|另有|{_NOT_OURS}(?<!各级)(?<!全[省市区县州])(?<!本级[及和与、])各(?:县|乡|镇|街道|部门|单位|区|市)|县级|市直|镇街|本级(?!{_AND_ALL}各)|二级单位|[省市区]级(?:部门|机关|单位)"
    "|平均|[日月]均|每[天日月]|最多|补正后"
)

_OTHER_BUSINESS = (
    "复议|诉讼|留言|信箱|来信|来访|热线|咨询|建议|提案|信访|投诉|工单|网民|举报|议案"
    "|许可|证照|案件|审批|登记(?!并|在册|的?(?:政府)?信息公开|依申请)|服务事项|服务(?=受理|收到)|资料共享|一件事|诉求|文书|稿件"
)
_OTHER_APPLICATION = "(?:提取|保障|开办|援助|救助|注册|仲裁|认定|补贴|贷款|备案|变更)申请"
_TOPIC = re.compile(
    rf"(?P<applications>依申请|公开申请|信息申请|申请公开)|(?P<other>{_OTHER_BUSINESS}|{_OTHER_APPLICATION}"
    r"|公文|发文|属性|文件|评价|征求意见|(?:收到|受理)(?![数总共信政])[^，。；\d申请]{2,12}\d+[件条])|(?:涉及|内容)[^，。；]*"
)
"""What the prose turns to; what applications are about (涉及规划许可) is no other business."""
OTHER_BUSINESS = re.compile(_OTHER_BUSINESS)
"""Letters, proposals, reviews, licences and the like."""


@cache
def _organs_named(of_area: bool, area: str | None) -> re.Pattern[str]:
    """Find where the prose turns to the report's own organ, and where to others that receive applications.

    A department does not answer for an area. A government does, and not for a greater one; its office and its bureaus
    handle only a part. ``area`` is what the area is, if the organ's name says so.
    """
    if not of_area:
        above = "(?<!代表)(?<!受)[省市县区州](?:人民)?政府(?!办|信息)"
        whole = f"(?:全(?:{_AREAS}|系统)|[局委厅办]机关|{above})[^，。；]{{0,20}}?"
        others = f"(?:{whole}|{_FOREIGN}[^，。；]{{0,14}}?|{_BELOW}){_COUNTED}|{_ALL_BELOW}|{_OF_ANOTHER}"
        others += f"|全(?:{_AREAS}|系统)[^，。；]{{0,20}}?(?:复议|诉讼)"
        return re.compile(f"(?P<others>{others})|(?P<own>{_OWN})")
    office = f"(?:办公室|办公厅|府办|本办|我办)[^，。；]{{0,12}}?{_COUNTED}"
    others = f"(?:全(?:{_AREAS})[^，。；]{{0,20}}?|{_FOREIGN}[^，。；]{{0,14}}?){_COUNTED}|{office}"
    others += f"|{_OF_ANOTHER}"
    return re.compile(f"(?P<own>(?<![居占])全(?:{area or _AREAS})|{_OWN})|(?P<others>{others})")


@dataclass(frozen=True)
class Mentions:
    """Where a text says something, in reading order: the end of each mention, and its kind."""

    ends: tuple[int, ...]
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, pattern: re.Pattern[str], text: str) -> "Mentions":
        """Find what ``pattern`` finds; the kind is the name of its group, else the text of its first group, if any."""
        found = [(each.end(), kind) for each in pattern.finditer(text) if (kind := each.lastgroup or each[1])]
        ends, kinds = zip(*found, strict=True) if found else ((), ())
        return cls(ends, kinds)

    def last(self, since: int, until: int) -> str | None:
        """Return the kind of the last mention between two offsets, if there is one."""
        position = bisect_right(self.ends, until)
        return self.kinds[position - 1] if position and self.ends[position - 1] > since else None


class Paragraph:
    """A paragraph of the report of ``organ``, and what it mentions."""

    def __init__(self, text: str, organ: str | None) -> None:
        self.text, self._organ = text, organ

    @property
    def of_area(self) -> bool:
        """Whether the report is of all organs of an area."""
        return _OF_AN_AREA.search(self._organ or "") is not None

    @cached_property
    def years(self) -> Mentions:
        """Years."""
        return Mentions.of(_YEAR, self.text)

    @cached_property
    def times(self) -> Mentions:
        """Whole years, and times that are less or more than one."""
        return Mentions.of(_TIME, self.text)

    @cached_property
    def organs(self) -> Mentions:
        """The report's own organ, and others."""
        reporting = _OF_AN_AREA.search(self._organ or "")
        return Mentions.of(_organs_named(reporting is not None, reporting and reporting["area"]), self.text)

    @cached_property
    def topics(self) -> Mentions:
        """Applications for information, and other business."""
        return Mentions.of(_TOPIC, self.text)

    @cached_property
    def clauses(self) -> Mentions:
        """The marks that end a clause."""
        return Mentions.of(_CLAUSE, self.text)


@dataclass(eq=False)
class Figure:
    """Where a figure stands: in ``paragraph`` a sentence from ``sentence_at``, in it the figure's words from ``at`` on.

    ``end`` is where the figure ends. All three are offsets in the paragraph.
    """

    paragraph: Paragraph
    sentence_at: int
    at: int
    end: int

    @cached_property
    def sentence(self) -> str:
        """The sentence up to the figure's end."""
        return self.paragraph.text[self.sentence_at : self.end]

    @cached_property
    def before(self) -> str:
        """The clause up to the figure's words."""
        ends = self.paragraph.clauses.ends
        mark = bisect_right(ends, self.at)
        return self.paragraph.text[max(self.sentence_at, ends[mark - 1] if mark else 0) : self.at]

    @property
    def clause(self) -> str:
        """The clause in which the figure's words begin, up to the figure's end."""
        return self.before + self.paragraph.text[self.at : self.end]

    def is_of_year(self, year: int | None) -> bool:
        """Whether the figure is of the whole of ``year``, as far as the words say."""
        if _NOT_THIS_YEAR.search(self.clause):
            return False
        named = self.paragraph.years.last(self.sentence_at, self.end)
        if year is not None and named is not None and int(named) != year:
            return False
        return self.paragraph.times.last(self.sentence_at, self.end) != "other"

    def is_own(self) -> bool:
        """Whether the figure is of the reporting organ, not of all organs of its area, nor of its office alone."""
        return self.paragraph.organs.last(0, self.end) != "others"

    def is_part(self) -> bool:
        """Whether the words say that the figure is a part of another one."""
        text = self.paragraph.text
        since = max(self.sentence_at, *(text.rfind(mark, 0, self.end) for mark in "；;"))
        return bool(PART.search(text, since, self.end))

    def is_plain(self, lead: re.Pattern[str] = LEAD) -> bool:
        """Whether every word of the clause before the figure's words is one that narrows nothing."""
        return bool(lead.fullmatch(self.before.removesuffix("未").removesuffix("没有").removesuffix("无")))

    def is_help(self) -> bool:
        """Whether the figure counts what another organ handled with this one's help."""
        return bool(_HELPING.search(self.clause))

    def is_of_sample(self) -> bool:
        """Whether the figure counts what was looked at for a check."""
        return bool(_SAMPLE.search(self.clause))

    @property
    def topic(self) -> str | None:
        """The business last named before the figure: ``applications`` for information, or ``other``."""
        return self.paragraph.topics.last(0, self.end)

    def is_of_other_business(self) -> bool:
        """Whether the clause speaks of letters, proposals, licences and the like."""
        return bool(OTHER_BUSINESS.search(self.clause))
