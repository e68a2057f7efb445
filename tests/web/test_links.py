"""Links as browsers see them, in every part of a page where they can stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.web.addresses import address_key, clean_address, resolve
from tasks.web.links import find_links, parse_page

PAGE = "http://portal.example/zwgk/nb/index.html"
HERE = "http://portal.example/zwgk/nb/"


def links(markup: str, encoding: str = "utf-8") -> list[tuple[str | None, str]]:
    tree = parse_page(markup)
    return [] if tree is None else [(link.address, link.title) for link in find_links(tree, PAGE, encoding)]


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<a class="x>y" href="1.html">年报</a>', HERE + "1.html"),
        ("<a href=' 1\n.html\t'>年报</a>", HERE + "1.html"),
        ("<a href='a b.html'>年报</a>", HERE + "a%20b.html"),
        (r"<a href='\art\1.html'>年报</a>", "http://portal.example/art/1.html"),
        ("<a href='1.html#part'>年报</a>", HERE + "1.html"),
        ("<a href='?4100'>年报</a>", HERE + "index.html?4100"),
        ("<a href='http://政府.example/1'>年报</a>", "http://xn--mxtq1m.example/1"),
        ("<base href='/b/'><a href='1.html'>年报</a>", "http://portal.example/b/1.html"),
        ("<a href='1.html'>年报</a><base href='/late/'>", "http://portal.example/late/1.html"),
        ("<area href='1.html' alt='年报'>", HERE + "1.html"),
        ("<a href='1.html'><img alt='年报'></a>", HERE + "1.html"),
        ("<a href='1.html' title='年报'>年…</a>", HERE + "1.html"),
        ("<a href=\"javascript:window.open('1.html')\">年报</a>", HERE + "1.html"),
        ("<a href='#' onclick=\"openPage('/art/1.html', 1)\">年报</a>", "http://portal.example/art/1.html"),
        (
            "<script>function go(id){open('/a/'+id+'.html')}</script><a href='#' onclick='go(1234)'>年报</a>",
            "http://portal.example/a/1234.html",
        ),
        ("<script>function to(n){x='l_'+n+'.jhtml'}</script><a href='javascript:to(2)'>年报</a>", HERE + "l_2.jhtml"),
        (
            "<select onchange=\"location.href='?p='+this.value\"><option value=2>年报</option></select>",
            HERE + "index.html?p=2",
        ),
        ("<a href='#' onclick='openDetail(445825)'>年报</a>", None),
        ("<script>function to(n){x='?y='+y+'&p='+n}</script><a href='javascript:to(2)'>年报</a>", None),
        ("<li onclick='location.href=\"1.html\"'>年报</li>", HERE + "1.html"),
        ("<select onchange='go(this)'><option value='2023.html'>年报</option></select>", HERE + "2023.html"),
        ("<iframe src='list.html' title='年报'></iframe>", HERE + "list.html"),
        ("<embed src='1.pdf' title='年报'>", HERE + "1.pdf"),
        ("<a href='/pdf/viewer.html?file=..%2Fx.pdf'>年报</a>", "http://portal.example/x.pdf"),
    ],
)
def test_a_link_is_found_and_leads_where_it_leads_in_a_browser(markup, address):
    assert links(markup) == [(address, "年报")]


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- <a href='1.html'>年报</a> -->",
        "<script>var s = \"<a href='1.html'>年报</a>\"</script>",
        "<noscript><a href='1.html'>年报</a></noscript>",
        "<template><a href='1.html'>年报</a></template>",
        "<a href='#top'>年报</a>",
        "<a href='javascript:void(0);'>年报</a>",
        "<a href='javascript:;' onclick=\"show('tab1')\">年报</a>",
        "<a href='mailto:a@b.example'>年报</a>",
        "<a href='tel:12345'>年报</a>",
        "<a name='here'>年报</a>",
        "<iframe src='about:blank'></iframe>",
        "<select onchange='go(this)'><option value='3'>年报</option></select>",
    ],
)
def test_what_leads_nowhere_is_no_link(markup):
    assert links(markup) == []


@pytest.mark.parametrize("written", ["http://[broken", "javascript:showDetail(4711)"])
def test_a_link_whose_address_cannot_be_told_is_told(written):
    tree = parse_page(f"<a href='{written}'>2023年年报</a>")
    (link,) = find_links(tree, PAGE)
    assert (link.address, link.written, link.title) == (None, written, "2023年年报")


def test_a_query_is_sent_in_the_encoding_of_its_page():
    assert resolve(PAGE, "s.asp?局=年报", "gb18030") == HERE + "s.asp?%BE%D6=%C4%EA%B1%A8"
    assert resolve(PAGE, "s.asp?局=年报", "utf-16") == HERE + "s.asp?%E5%B1%80=%E5%B9%B4%E6%8A%A5"
    assert resolve(PAGE, "/局.asp?x=1", "gb18030") == "http://portal.example/%E5%B1%80.asp?x=1"


@pytest.mark.parametrize("depth", [250, 300, 1500])
def test_links_deep_down_are_found(depth):
    assert links("<div>" * depth + "<a href='1.html'>年报</a>") == [(HERE + "1.html", "年报")]


def test_what_is_nested_beyond_reading_is_never_read_in_part():
    with pytest.raises(ValueError, match="nested"):
        parse_page("<a href='0.html'>年报</a>" + "<div>" * 10_000 + "<a href='1.html'>年报</a>")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.cn/?4100", "http://a.cn/?4200"),
        ("http://a.cn/view?t=5", "http://a.cn/view?t=6"),
        ("http://a.cn/view.jsp?t=1579571840123", "http://a.cn/view.jsp?t=1579571840124"),
        ("http://a.cn/view?v=1", "http://a.cn/view?v=2"),
        ("http://a.cn/s?n=%C4%EA", "http://a.cn/s?n=%B1%A8"),
        ("http://a.cn/%C4%EA.html", "http://a.cn/%B1%A8.html"),
        ("http://a.cn/a%2Fb", "http://a.cn/a/b"),
        ("http://a.cn/x?from=office", "http://a.cn/x?from=bureau"),
        ("http://a.cn/x?a=1", "http://a.cn/x?a=1&a=2"),
    ],
)
def test_addresses_of_different_reports_are_never_joined(one, other):
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.cn/x.jsp?id=5&_t=1579571840123", "http://a.cn/x.jsp?id=5"),
        ("http://a.cn/1.html?from=singlemessage&isappinstalled=0", "http://a.cn/1.html"),
        ("http://a.cn/%e5%b9%b4.html", "http://a.cn/年.html"),
        ("http://a.cn/%7Ex/1.html", "http://a.cn/~x/1.html"),
        ("http://a.gov.cn./1.html", "http://a.gov.cn/1.html"),
    ],
)
def test_addresses_of_one_report_are_joined(one, other):
    assert address_key(one) == address_key(other)


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["utf-8", "gb18030", "big5", "utf-16"]))
def test_any_reference_leads_somewhere_or_is_refused(base, reference, encoding):
    try:
        address = resolve(f"http://a.cn/{base}", reference, encoding)
    except ValueError:
        return
    assert address.isascii()
    if address.startswith("http"):
        assert clean_address(clean_address(address)) == clean_address(address)
