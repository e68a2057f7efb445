"""The questions of the cookbook, to start from: their words and their SQL."""

import re
from functools import cache

from tasks.settings import REPOSITORY
from warehouse.text import Text

_RECIPE = re.compile(r"^## (.+?)\n```sql\n(.+?)```\n", re.MULTILINE | re.DOTALL)


_CHINESE = {
    "Which reports are there, year by year?": "历年各有哪些报告？",
    "What tables and views can I ask?": "有哪些表和视图可查？",
    "What does a column mean, and in which unit is it?": "某一列是什么意思，单位是什么？",
    "Who received the most requests?": "谁收到的申请最多？",
    "How many requests did city departments receive and conclude?": "市级部门收到、办结多少申请？",
    "How were requests decided?": "申请的办理结果如何？",
    "What share did each organ grant?": "各机关予以公开的比例是多少？",
    "For which reasons is information refused?": "不予公开的理由有哪些？",
    "Who asks: natural persons or organisations?": "申请人是自然人还是组织？",
    "Which organs are asked by enterprises above all?": "哪些机关的申请主要来自企业？",
    "One organ's whole section three, as printed": "一个机关第三部分的全表，照所印",
    "One figure of every report, as a column": "每份报告的同一个数，列成一列",
    "How did requests develop against the year before?": "申请量与上年相比如何？",
    "Does what was carried out arrive in the next year?": "结转下年的件数，下年接上了吗？",
    "Where do received and concluded not balance within a year?": "哪里当年的收与办对不上？",
    "How does an organ rank among its peers?": "一个机关在同类中处于什么位置？",
    "Who refuses most, among the departments of a city?": "一个市的部门里谁最常不予公开？",
    "How often are organs corrected in review and in court?": "复议、诉讼中被纠正的有多少？",
    "How many normative documents are in force?": "现行有效的规范性文件有多少？",
    "How much was charged in administrative fees?": "收了多少行政事业性收费？",
    "Who published late?": "谁逾期发布？",
    "How complete is the coverage?": "覆盖有多全？",
    "Whose report is missing, and why?": "缺谁的报告，为什么？",
    "How good are the reports?": "报告的质量如何？",
    "Which rules are broken most?": "最常违反的是哪些规则？",
    "What is wrong in one organ's reports?": "一个机关的报告错在哪里？",
    "Which figures were silently corrected?": "哪些数字被悄然更正？",
    "What did we know on a day?": "某一天所知的是什么？",
    "Where does a figure come from?": "一个数字出自哪里？",
    "What does the prose claim, and does the table agree?": "正文怎么说，与表格相符吗？",
    "Requests by year, one column a year": "逐年的申请量，一年一列",
}
"""The questions as they stand in the cookbook, which is English, and in Chinese."""


@cache
def recipes() -> tuple[tuple[Text, str], ...]:
    """Return every question with its SQL; none where Gouji is installed without its documents."""
    path = REPOSITORY / "docs" / "cookbook.md"
    if not path.exists():
        return ()
    found = _RECIPE.findall(path.read_text(encoding="utf-8"))
    return tuple((Text(_CHINESE.get(question, question), question), sql.strip()) for question, sql in found)
