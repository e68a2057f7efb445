from itertools import islice
from typing import Any

import pytest

from samples import sample_reports
from samples.dresses import DEFICIENT, DRESSES, random_dress, render
from samples.portals.gkmlpt import GkmlptPortal
from samples.portals.reports import reports
from samples.portals.server import Request
from tasks.fetch.attachments import find_attachments
from tasks.fetch.recognise import foreign_to_documents, foreign_to_lists, foreign_to_reports
from tasks.fetch.response import Response
from tests.pages import exchange
from tests.real_reports import REPORTS, needs_real_reports

GOOD = reports(1, 2019)[0].body


def answer(body: str | bytes, content_type: str = "text/html", url: str = "http://portal.example/a.html") -> Response:
    content = body.encode() if isinstance(body, str) else body
    return answered(content, url, headers={"content-type": content_type})


def answered(body: bytes, url: str = "http://portal.example/a.html", **fields: Any) -> Response:
    return Response(exchange(url, **fields), body)


HOSTILE = [
    ("<html><title>404 Not Found</title><body>nginx</body></html>", "soft_404"),
    ("<html><body><div class=tip>对不起，您访问的页面不存在！</div></body></html>", "soft_404"),
    ("<html><body>您要查看的信息已被删除</body></html>", "soft_404"),
    ("<html><script>var _0x1='acw_sc__v2';document.cookie=x;location.reload()</script></html>", "waf_challenge"),
    ("<html><body>您的请求可能对网站造成安全威胁，已被云防护拦截</body></html>", "waf_challenge"),
    ("<html><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.cd='q';</script><body></body></html>", "waf_challenge"),
    (
        "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+" + "('x')+" * 300 + "('');location.reload()</script>",
        "waf_challenge",
    ),
    (f"<html><title>页面不存在</title><body>{'网站导航 政务公开 办事服务 ' * 60}</body></html>", "soft_404"),
    ("<form action=/login>用户登录<input type=password></form>", "login_page"),
]


@pytest.mark.parametrize(("body", "code"), HOSTILE)
def test_what_stands_in_for_a_page_is_recognised_in_reports_and_lists(body, code):
    assert foreign_to_reports(answer(body)) == code
    assert foreign_to_lists(answer(body)) == code


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        ("<html><body><div id=app></div><script src=app.js></script></body></html>", "text/html", "empty_shell"),
        (
            "<p>{{title}}</p><p>{{date}}</p><div>{{content}} 公开目录 网站地图</div>",
            "text/html",
            "empty_shell",
        ),
        (GOOD[: len(GOOD) // 2], "text/html", "truncated"),
        (GOOD.translate(str.maketrans("报开请诉议", "報開請訴議")), "text/html", "scraped_mirror"),
        (GOOD.replace("总体情况", "总(zǒng)体(tǐ)情(qíng)况(kuàng)公(gōng)开(kāi)"), "text/html", "scraped_mirror"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "text/html", "wrong_content_type"),
        ("<svg/>", "image/svg+xml", "wrong_content_type"),
        (
            '{"message": "系统繁忙，请稍后再试，或与网站管理员联系，给您带来不便"}',
            "application/json",
            "wrong_content_type",
        ),
    ],
)
def test_what_is_no_report_is_recognised(body, content_type, code):
    assert foreign_to_reports(answer(body, content_type)) == code


FOOTER = "<footer>网站找不到页面？信息不存在时请联系我们。密码登录</footer><input type=password>"


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        GOOD.replace("</body>", f"{FOOTER}</body>"),
        GOOD.replace("一、总体情况", "一、总体情况。其中政府信息不存在2件，页面不存在0件"),
        "<html><body><p>2017年报告</p><a href='tongji.docx'>统计表见附件</a></body></html>",
        "<html><body><img src='biao1.jpg'><img src='biao2.jpg'></body></html>",
        GkmlptPortal(reports(1, 2019))(Request("GET", "/gkmlpt/content/9/0/post_9469000.html", {}, {}, {})).body,
        b"%PDF-1.5 binary \x00",
        b"PK\x03\x04 docx \x00",
    ],
)
def test_a_report_is_left_alone(body):
    assert foreign_to_reports(answer(body)) is None


def test_a_list_may_be_a_shell_that_scripts_fill():
    assert foreign_to_lists(answer("<html><body><div id=5504308></div><script>jpage()</script></body></html>")) is None


def test_an_error_page_by_its_address_and_a_second_sign():
    assert foreign_to_reports(answer("<p>出错了</p>", url="http://portal.example/error/404.html")) == "soft_404"
    home = f"<html><body>{'政务公开 办事服务 互动交流 ' * 80}</body></html>"
    led = answered(home.encode(), "http://portal.example/1.html", final_url="http://portal.example/404.html")
    assert foreign_to_reports(led) == "soft_404"


SCANNED = "<h1>清河市2019年政府信息公开年报</h1><p>见<a href='1.pdf'>附件</a>。</p>"
BADGES = "<script src='//waf.example/safedog.js'></script><p>本站由创宇盾、云防护守护 WAF</p>"
WIDGET = "<form>用户名<input name=u>密码<input type=password> 登录</form>"


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (SCANNED, "http://portal.example/error-corrections/1.html"),
        (SCANNED, "http://portal.example/zwgk/404_2019.html"),
        (SCANNED + BADGES, "http://portal.example/1.html"),
        (SCANNED + "<script>document.cookie='a=1';location.hash='x'</script>", "http://portal.example/1.html"),
        (SCANNED + WIDGET, "http://portal.example/1.html"),
        (SCANNED + "<p>如信息不存在，请联系我们</p>", "http://portal.example/1.html"),
        (BADGES + "<p>" + "栏目导航 " * 20 + "</p>", "http://portal.example/1.html"),
        (WIDGET + "<p>" + "栏目导航 " * 20 + "</p>", "http://portal.example/list.html"),
    ],
)
def test_one_sign_alone_is_no_verdict(body, url):
    assert foreign_to_reports(answer(body, url=url)) is None
    assert foreign_to_lists(answer(body, url=url)) is None


@pytest.mark.parametrize("path", ["", "/", "/index.html", "/default.aspx"])
def test_a_redirect_to_the_home_page_is_no_report(path):
    home = f"<html><title>清河市人民政府</title><body>{'政务公开 办事服务 互动交流 ' * 80}</body></html>"
    assert foreign_to_reports(answer(home, url=f"http://portal.example{path}")) == "soft_404"
    assert foreign_to_reports(answer(home, url="http://portal.example/index.php?c=article&id=2528")) is None
    assert foreign_to_reports(answer(GOOD, url=f"http://portal.example{path}")) is None


@pytest.mark.parametrize("status", [412, 521])
def test_statuses_that_only_firewalls_answer_with(status):
    challenge = answered(b"<script>go()</script>", status=status)
    assert foreign_to_reports(challenge) == foreign_to_lists(challenge) == "waf_challenge"


def test_a_report_is_left_alone_however_it_is_dressed():
    reports_to_dress = list(islice(sample_reports(711), 20))
    dresses = [*DRESSES.values(), *DEFICIENT.values(), *map(random_dress, range(40))]
    for number, dress in enumerate(dresses):
        page = render(reports_to_dress[number % len(reports_to_dress)], dress)
        assert foreign_to_reports(answer(page, dress.writer.content_type)) is None, dress


@needs_real_reports
def test_a_real_report_is_left_alone():
    kinds = {".html": "text/html", ".pdf": "application/pdf", ".txt": "text/plain"}
    real = [path for path in REPORTS.iterdir() if path.suffix in kinds]
    assert real
    for path in real:
        assert foreign_to_reports(answer(path.read_bytes(), kinds[path.suffix])) is None, path.name


def test_an_attachment_is_a_document():
    assert foreign_to_documents(answer(b"%PDF-1.4", "application/pdf")) is None
    assert foreign_to_documents(answer("<html>下载次数过多，请稍后再试，联系管理员处理</html>")) == "wrong_content_type"


def test_pages_in_frames_count_where_the_page_has_no_report_itself():
    frames = "<iframe src='/inner.html' title='正文'></iframe><iframe src='about:blank'></iframe>"
    inner = (("http://portal.example/inner.html", "正文"),)
    assert find_attachments(f"<html><body>{frames}</body></html>", "http://portal.example/a.html") == inner
    assert find_attachments(GOOD.replace("</body>", f"{frames}</body>"), "http://portal.example/a.html") == ()


def test_attachments_by_name_and_by_viewer():
    text = """
        <a href="P020200121.pdf">2019年度报告.pdf</a> <a href='/downfile.jsp?classid=0&amp;filename=a.doc'>附件1</a>
        <a href="notice.doc">放假安排</a> <embed src="embedded.pdf"></embed>
        <a href="viewer.html?file=%2Fx%2Fy.pdf"></a> <a href="javascript:void(0)">附件.doc</a>
        <!-- <a href="old.pdf">2018年度报告.pdf</a> --> <a class="x>y" href="d.xls?x=1">统计表</a>
    """
    assert find_attachments(text, "http://portal.example/a/b.html") == (
        ("http://portal.example/a/P020200121.pdf", "2019年度报告.pdf"),
        ("http://portal.example/downfile.jsp?classid=0&filename=a.doc", "附件1"),
        ("http://portal.example/a/embedded.pdf", "embedded.pdf"),
        ("http://portal.example/x/y.pdf", "y.pdf"),
        ("http://portal.example/a/d.xls?x=1", "统计表"),
    )
