"""The portal's list pages in the two families: Hanweb's data proxy and TRS's numbered static pages."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from string import Template

from samples.city import CITY
from samples.site import Column, Entry

PER_PAGE = 15
_LONGEST_PRINTED_TITLE = 30


def _item(entry: Entry, href: str) -> str:
    """A list entry; a long title is cut in print and whole in the attribute, as portals do."""
    printed = entry.title if len(entry.title) <= _LONGEST_PRINTED_TITLE else entry.title[:28] + "..."
    return (
        f'<li><a href="{escape(href)}" title="{escape(entry.title)}" target="_blank">{escape(printed)}</a>'
        f"<span>{entry.listed_on.isoformat()}</span></li>"
    )


_HANWEB_PAGE = Template(
    """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>$city人民政府 $category $year</title>
<script src="/script/jpage.js"></script></head><body>
<div class="wz">您现在的位置: <a href="/">首页</a> &gt; <a href="/zwgk/nb/index.html">信息公开年报</a>
 &gt; $category &gt; $year</div>
<div id="201">
<script type="text/xml">$datastore</script></div>
<script type="text/javascript">
 $$('#201').jpage({
   proxyUrl: '/module/web/jpage/dataproxy.jsp',
   perPage: $per_page,
   ajaxParam: {col:1, appid:1, webid:1, path:'/', columnid:$number, sourceContentType:1, unitid:'201',
               webname:'$city人民政府', permissiontype:0}
 });
</script></body></html>
"""
)


def hanweb_page(column: Column) -> str:
    """The list page of a Hanweb column: a script, and its first records inlined."""
    return _HANWEB_PAGE.substitute(
        city=CITY,
        category=escape(column.category),
        year=column.year,
        datastore=hanweb_records(column, 1, PER_PAGE),
        number=column.number,
        per_page=PER_PAGE,
    )


def hanweb_records(column: Column, first: int, last: int) -> str:
    """The data proxy's answer: records ``first`` to ``last``, counted from one."""
    chosen = column.entries[max(first, 1) - 1 : last]
    records = "".join(f"<record><![CDATA[{_item(entry, entry.path)}]]></record>" for entry in chosen)
    total = len(column.entries)
    return (
        f"<datastore><nextgroup></nextgroup><totalrecord>{total}</totalrecord>"
        f"<totalpage>{page_count(column)}</totalpage><recordset>{records}</recordset></datastore>"
    )


def page_count(column: Column) -> int:
    """How many list pages a column has."""
    return max(1, -(-len(column.entries) // PER_PAGE))


_TRS_PAGE = Template(
    """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>$category-$year-$city信息公开</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/zwgk/zn/index.html">信息公开指南</a>
<a href="/zwgk/nb/index.html">信息公开年报</a> 当前栏目：$category $year</div>
<ul class="list">
$items
</ul>
<div class="page"><script>createPageHTML($pages, $current, "index", "html");</script></div>
</body></html>
"""
)


def trs_page(column: Column, number: int) -> str:
    """One list page of a TRS folder, counted from zero."""
    chosen = column.entries[number * PER_PAGE : (number + 1) * PER_PAGE]
    items = "\n".join(_item(entry, f"./{entry.path.removeprefix(column.path)}") for entry in chosen)
    return _TRS_PAGE.substitute(
        city=CITY,
        category=escape(column.category),
        year=column.year,
        items=items,
        pages=page_count(column),
        current=number,
    )


def index_page(title: str, links: Iterable[tuple[str, str]]) -> str:
    """A page of links: the portal's home, the categories of 信息公开年报, the years of a category."""
    items = "\n".join(f'<li><a href="{escape(href)}">{escape(text)}</a></li>' for text, href in links)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(title)}</title></head><body>\n'
        f"<h1>{escape(title)}</h1>\n<ul>\n{items}\n</ul>\n</body></html>\n"
    )


def index_pages(columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Yield the address and text of every page that leads to the lists: home, categories, years."""
    by_category: dict[str, list[Column]] = {}
    for column in columns:
        by_category.setdefault(column.category, []).append(column)
    reports = "/zwgk/nb/index.html"
    yield "/", index_page(f"{CITY}人民政府", (("信息公开指南", "/zwgk/zn/index.html"), ("信息公开年报", reports)))
    yield "/zwgk/zn/index.html", index_page("信息公开指南", (("首页", "/"),))
    folders = {category: f"/zwgk/nb/lb{position}/index.html" for position, category in enumerate(by_category)}
    yield reports, index_page("信息公开年报", folders.items())
    for category, members in by_category.items():
        years = ((str(column.year), f"{column.path}index.html") for column in members)
        yield folders[category], index_page(category, years)
