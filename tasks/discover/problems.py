"""What can go wrong while lists are read. A list that cannot be fetched has a code of :mod:`tasks.fetch.problems`."""

from tasks.problems import ProblemKind, by_code
from warehouse.text import Text

DISCOVER_KINDS = by_code(
    ProblemKind(
        "list_unreadable",
        Text("列表页有应答，但内容不是其适配器所能识别的样子", "a list page answered, but not as its adapter expects"),
        Text(
            "用浏览器打开该地址；若网站已改版，换用其他适配器或修改现有适配器",
            "open the address in a browser; if the portal changed, name another adapter or mend this one",
        ),
    ),
    ProblemKind(
        "list_empty",
        Text("本应列有年报的列表一个链接也没有", "a list that should hold reports holds no link at all"),
        Text("核对来源文件中的列表地址", "check the list's address in the source file"),
    ),
    ProblemKind(
        "list_incomplete",
        Text(
            "列表给出的条数或页数少于它自称的",
            "a list ended before it gave as many records or pages as it says it has",
        ),
        Text(
            "稍后再运行；若仍如此，与网站页面逐条比对",
            "run again later; if it stays, compare with the portal's own pages",
        ),
    ),
    ProblemKind(
        "list_too_long",
        Text("列表翻页超过允许的页数", "a list went on beyond the number of pages allowed for it"),
        Text(
            "若列表确有这么长，调高来源文件中该列表的 maximum_pages",
            "raise maximum_pages of the list in the source file, if the list is really that long",
        ),
    ),
    ProblemKind(
        "below_floor",
        Text(
            "某来源某年度列出的年报少于其文件规定的下限；该年度数据保持原样",
            "a source lists fewer reports for a year than its file says it must; that year was left as it was",
        ),
        Text(
            "查看网站列表；若年报确已撤下，调低来源文件中的 floor",
            "look at the portal's lists; if the reports are gone there, lower the floor in the source file",
        ),
    ),
    ProblemKind(
        "address_shared",
        Text("列表将同一地址列为两份不同的年报", "lists give one address for two different reports"),
        Text(
            "用浏览器打开该地址，看它是哪一份；另一份的地址请告知网站",
            "open the address in a browser to see which one it is; tell the portal of the other",
        ),
    ),
    ProblemKind(
        "year_unknown",
        Text(
            "标题、列表和日期都没有说明是哪一年度的年报",
            "neither a title, nor its list, nor its date says for which year the report is",
        ),
        Text("在来源文件中给该列表注明年度", "give the list a year in the source file"),
    ),
)
"""Every code that discovery can give, beside those of fetching."""
