"""Telling a report from what portals, firewalls and thieves answer in its place with status 200."""

import re
from itertools import islice

from tasks.fetch.response import Response
from tasks.web.encodings import marked_encoding
from tasks.web.mirrors import is_mirror

_TAG = re.compile(r"<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
_SPACE = re.compile(r"\s+|&nbsp;|&#160;")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_SECTIONS = ("主动公开", "依申请公开", "申请", "行政复议", "行政诉讼", "予以公开", "年度报告", "总体情况")
_ENOUGH_SECTIONS = 3
_SHORT_TEXT = 400
_SHELL_TEXT = 30
_LOGIN_ALONE = 60
_TEMPLATE_SIGNS = 3
_FILLED_ELSEWHERE = re.compile(
    r"window\._CONFIG|<(?:iframe|embed|object|img)\b|\.(?:pdf|docx?|xlsx?|wps)\b|downfile", re.IGNORECASE
)

_CHALLENGE = re.compile(
    r"__jsl_clid|_jsluid|acw_sc__v2|yunsuo_session|EO_Bot|\$_ts\s*=|"
    r"document\.cookie\s*=(?:.{0,400}?location|\s*\(['\"]\w?['\"]\)\s*\+)",
    re.IGNORECASE | re.DOTALL,
)
"""What firewalls' scripts do, in a page that shows nothing."""
_REFUSED = re.compile(
    r"访问被(?:拦截|阻断|拒绝)|请求.{0,12}(?:拦截|威胁|攻击)|request (?:has been )?blocked|人机验证|安全验证|滑动验证|"
    r"(?:安全狗|防火墙|云防护|创宇盾|WAF).{0,12}(?:拦截|阻断|拒绝)",
    re.IGNORECASE,
)
"""What firewalls tell a reader."""
_GONE = re.compile(
    r"(?:页面|网页|文章|信息|内容|栏目|资源|稿件).{0,8}(?:不存在|已删除|被删除|找不到|没有找到|未找到|已下线|走丢)|"
    r"(?:找不到|未找到|没有找到|无法找到|不存在).{0,6}(?:页面|网页|文章|信息|内容)|404\s*not\s*found|page not found|"
    r"^\W*404\W|(?:error|错误)\W{0,3}404|http\W{0,3}404",
    re.IGNORECASE,
)
_WRONG = re.compile(r"出错|错误|异常|error|404", re.IGNORECASE)
_LOGIN = re.compile(r"type\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN_TEXT = re.compile(r"登\s*录|登\s*陆|用户名|统一身份认证|login", re.IGNORECASE)
_LOGIN_ADDRESS = re.compile(r"/(?:login|logon|sso|cas|oauth|passport)\b", re.IGNORECASE)
_OF_DISCLOSURE = re.compile(
    r"(?:信息|政务)公开.{0,12}(?:年报|年度报告|报告)|\.(?:pdf|docx?|xlsx?|wps)\b", re.IGNORECASE
)
"""What a page has of its own: a report that it names, or a document."""
_ERROR_ADDRESS = re.compile(r"/(?:404|error|notfound)[^/]*$", re.IGNORECASE)
_HOME_PAGE = re.compile(r"^https?://[^/?#]+/?(?:(?:index|default)\.\w+)?$", re.IGNORECASE)
_CHALLENGE_STATUSES = frozenset({412, 521})
_DATA_TYPES = ("application/json", "application/javascript", "text/javascript", "text/css")
_MEDIA_TYPES = ("image/", "audio/", "video/", "font/")
_DOCUMENT_STARTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_BINARY_WITHIN = 2048
_TAIL = 2048


def is_document(body: bytes) -> bool:
    """Whether a body is a PDF, Office or RTF document by its first bytes."""
    return body.startswith(_DOCUMENT_STARTS)


def foreign_to_reports(response: Response) -> str | None:
    """The problem's code when an answer cannot be a report; ``None`` when it may be one."""
    if is_document(response.body):
        return None
    if _is_media(response):
        return "wrong_content_type"
    text = response.text
    if is_mirror(text):
        return "scraped_mirror"
    if names_sections(text):
        return "truncated" if _is_cut_off(text) else None
    return _foreign(response, text) or _beside(response) or _lacking(text)


def names_sections(text: str) -> bool:
    """Whether a text has what only reports have."""
    named = (section for section in _SECTIONS if section in text)
    return len(tuple(islice(named, _ENOUGH_SECTIONS))) == _ENOUGH_SECTIONS


def foreign_to_lists(response: Response) -> str | None:
    """The problem's code when an answer cannot be a list page; ``None`` when it may be one."""
    return "wrong_content_type" if _is_media(response) else _foreign(response, response.text)


def foreign_to_documents(response: Response) -> str | None:
    """The problem's code when an answer cannot be an attached document; ``None`` when it may be one."""
    if is_document(response.body):
        return None
    return _foreign(response, response.text) or "wrong_content_type"


def _is_media(response: Response) -> bool:
    declared = (response.exchange.content_type or "").lower()
    binary = b"\0" in response.body[:_BINARY_WITHIN] and not marked_encoding(response.body)
    return declared.startswith(_MEDIA_TYPES) or binary


def _foreign(response: Response, text: str) -> str | None:
    """Whether a firewall, a login or an error page stands where something else was asked for.

    No single sign is enough where the page has something of its own to show.
    """
    title = _TITLE.search(text)
    heading = visible_text(title.group(1)) if title else ""
    visible = visible_text(text)
    if _is_error_page(response, heading, visible):
        return "soft_404"
    if response.status in _CHALLENGE_STATUSES:
        return "waf_challenge"
    if len(visible) > _SHORT_TEXT or (response.status < 400 and _OF_DISCLOSURE.search(text)):
        return None
    if _REFUSED.search(visible) or (len(visible) < _SHELL_TEXT and _CHALLENGE.search(text)):
        return "waf_challenge"
    if _LOGIN.search(text) and _LOGIN_TEXT.search(visible) and _is_login(response, heading, visible):
        return "login_page"
    return "soft_404" if _GONE.search(visible) else None


def _is_error_page(response: Response, heading: str, visible: str) -> bool:
    """Whether the title says so, or the address, and with it a redirect to it or the text."""
    if _GONE.search(heading) and "公开" not in heading:
        return True
    short = len(visible) <= _SHORT_TEXT
    return bool(_ERROR_ADDRESS.search(response.url)) and (response.led or (short and bool(_WRONG.search(visible))))


def _is_login(response: Response, heading: str, visible: str) -> bool:
    """Whether a page with a login is nothing but that."""
    named = _LOGIN_ADDRESS.search(response.url) or _LOGIN_TEXT.search(heading)
    return response.led or bool(named) or len(visible) <= _LOGIN_ALONE


def _beside(response: Response) -> str | None:
    """Whether the answer is beside the point: the portal's home page in place of a page that is gone, or mere data."""
    if _HOME_PAGE.match(response.url):
        return "soft_404"
    return "wrong_content_type" if (response.exchange.content_type or "").lower().startswith(_DATA_TYPES) else None


def _lacking(text: str) -> str | None:
    """Whether a page that is not visibly a report has nothing in it, or ends before it should."""
    if _FILLED_ELSEWHERE.search(text):
        return None
    if len(visible_text(text)) < _SHELL_TEXT or text.count("{{") >= _TEMPLATE_SIGNS:
        return "empty_shell"
    return "truncated" if _is_cut_off(text) else None


def _is_cut_off(text: str) -> bool:
    """Whether markup ends in the middle: no end of the document, and text, a tag or a table still open."""
    tail = text[-_TAIL:].rstrip().lower()
    if "</html" in tail or "</body" in tail or "<html" not in text[:_TAIL].lower():
        return False
    return not tail.endswith(">") or text.count("<table") > text.count("</table")


def visible_text(text: str) -> str:
    """What is left of a page without markup, scripts and blanks."""
    return _SPACE.sub("", _TAG.sub("", text))
