"""What can go wrong while pages are fetched."""

from tasks.fetch.response import Response
from tasks.problems import ProblemKind, by_code
from warehouse.text import Text

_AGAIN = Text(
    "稍后再运行；已抓取的页面不会重复抓取", "run the backfill again later; what was fetched is not fetched again"
)
_BROWSER = Text(
    "用浏览器打开该地址；若年报仍在，请告知维护者网站现在如何应答",
    "open the address in a browser; if the report is there, tell the maintainers how the portal answers now",
)
_SLOWER = Text(
    "调高来源文件中的 politeness.interval，稍后再运行", "raise politeness.interval in the source file, run again later"
)

FETCH_KINDS = by_code(
    ProblemKind(
        "unreachable",
        Text("无法连接主机，或连接中断", "the host could not be reached, or the connection broke"),
        _AGAIN,
    ),
    ProblemKind(
        "timeout", Text("应答没有按时到达，或没有按时结束", "the answer did not come, or did not end, in time"), _AGAIN
    ),
    ProblemKind(
        "name_not_resolved",
        Text("主机名无法解析", "the host name does not resolve"),
        Text("核对来源文件中的主机名和本机 DNS", "check the host in the source file and the DNS"),
    ),
    ProblemKind(
        "tls_failed",
        Text("主机证书无法验证", "the host's certificate could not be verified"),
        Text(
            "在来源文件中声明 tls.certificates（网站缺少的中间证书或其自有根证书）；"
            "实在不行才用 verify: false，并写明理由",
            "declare tls.certificates in the source file (the intermediate that the portal does not send, or an "
            "issuer of its own); only where nothing else helps verify: false, with a reason",
        ),
    ),
    ProblemKind(
        "tls_outdated",
        Text(
            "网站的 TLS 版本、密钥或协商方式过旧，今天的系统不再接受",
            "the portal's TLS is older than systems accept today: its version, its keys, or how it negotiates",
        ),
        Text(
            "在来源文件中声明 tls: {outdated: true, reason: …}，并告知网站",
            "declare tls with outdated: true and a reason in the source file, and tell the portal",
        ),
    ),
    ProblemKind("http_error", Text("网站返回错误状态码", "the portal answered with an error status"), _BROWSER),
    ProblemKind(
        "not_found",
        Text("网站称该页面不存在（404 或 410）", "the portal says that the page is not there (404 or 410)"),
        _BROWSER,
    ),
    ProblemKind(
        "rate_limited",
        Text("网站要求放慢（429），放慢后仍如此", "the portal asked to slow down (429), and went on asking"),
        _SLOWER,
    ),
    ProblemKind(
        "host_resting",
        Text("主机接连失败，暂时不再访问", "the host failed so often in a row that it is left alone for a while"),
        _AGAIN,
    ),
    ProblemKind(
        "interrupted", Text("页面尚未取得，运行即被停止", "the run was stopped before the page had come"), _AGAIN
    ),
    ProblemKind(
        "host_not_allowed",
        Text(
            "该地址或其跳转目标不在来源声明的主机之列",
            "the address, or one that it redirects to, is not on a host that the source declares",
        ),
        Text(
            "若该主机确属此网站，将其加入来源文件的 hosts",
            "if the host belongs to the portal, add it to hosts in the source file",
        ),
    ),
    ProblemKind(
        "private_address",
        Text(
            "主机名解析为内网、本机或其他非公网地址",
            "the host's name resolves to a private, loopback or otherwise not public address",
        ),
        Text(
            "若网站确在该网段，在来源文件中声明该网段",
            "if the portal really is there, declare the network in the source file",
        ),
    ),
    ProblemKind(
        "robots_unreachable",
        Text("网站无法说明其 robots.txt 允许什么", "the portal could not say what its robots.txt allows"),
        _AGAIN,
    ),
    ProblemKind(
        "robots_refused",
        Text("网站的 robots.txt 不允许抓取该页面", "the portal's robots.txt does not want this page fetched"),
        Text("尊重其规定", "respect it"),
    ),
    ProblemKind(
        "bad_address",
        Text("该地址根本无法抓取", "the address cannot be fetched at all"),
        Text("在其出处改正该地址", "mend the address where it comes from"),
    ),
    ProblemKind("redirect_loop", Text("跳转没有尽头", "the redirects do not end"), _BROWSER),
    ProblemKind(
        "too_large",
        Text("应答大于 GOUJI_MAXIMUM_BYTES", "the answer is larger than GOUJI_MAXIMUM_BYTES"),
        Text("若年报确有这么大，调高该设置", "raise it if the report is really that large"),
    ),
    ProblemKind(
        "decompression_bomb",
        Text("压缩应答解开后大于 GOUJI_MAXIMUM_BYTES", "a compressed answer unpacks to more than GOUJI_MAXIMUM_BYTES"),
        Text("将此情况告知网站", "report it to the portal"),
    ),
    ProblemKind("bad_encoding", Text("应答的压缩数据已损坏", "the answer's compression is broken"), _AGAIN),
    ProblemKind("truncated", Text("应答未完即止", "the answer ended before it was complete"), _AGAIN),
    ProblemKind("empty_answer", Text("应答没有内容", "the answer has no content"), _AGAIN),
    ProblemKind(
        "wrong_content_type", Text("应答既不是网页也不是文档", "the answer is neither a page nor a document"), _BROWSER
    ),
    ProblemKind(
        "soft_404",
        Text(
            "网站称页面不存在，状态码却称存在",
            "the portal says that the page is not there, with a status that says it is",
        ),
        _BROWSER,
    ),
    ProblemKind("waf_challenge", Text("应答来自防火墙而非网站", "a firewall answered instead of the portal"), _SLOWER),
    ProblemKind("login_page", Text("应答是登录页而非年报", "a login page answered instead of the report"), _BROWSER),
    ProblemKind(
        "empty_shell",
        Text(
            "页面本身没有文字，要靠浏览器脚本填充",
            "the page has no text of its own: scripts would fill it in a browser",
        ),
        _BROWSER,
    ),
    ProblemKind(
        "scraped_mirror",
        Text("该页面是他人转载的年报", "the page is a copy that somebody else made of the report"),
        Text("从来源文件中去掉该主机或链接", "remove the host or link"),
    ),
)
"""Every code that fetching can give."""


class FetchError(Exception):
    """An address that could not be had.

    ``transient`` errors may pass when tried again. ``response`` is what was answered, as far as it came.
    """

    def __init__(self, code: str, detail: str, *, transient: bool = False) -> None:
        super().__init__(detail)
        self.code = FETCH_KINDS[code].code
        self.detail = detail
        self.transient = transient
        self.attempts = 1
        self.response: Response | None = None

    @property
    def missing(self) -> bool:
        """Whether the portal says that there is no such page."""
        return self.code in {"not_found", "soft_404"}

    @property
    def unasked(self) -> bool:
        """Whether the host was not even asked to the end, so that nothing is known of the page."""
        return self.code in {"host_resting", "interrupted"}

    @property
    def host_trouble(self) -> bool:
        """Whether the host rather than the page is to blame, so that it should be left in peace for a while."""
        status = self.response.status if self.response else 0
        return self.code in HOST_TROUBLE or status >= 500

    @property
    def suspicion(self) -> bool:
        """Whether only the content of one page speaks against the host, which may be wrong."""
        return self.code == "waf_challenge" and self.response is not None and self.response.status < 400


HOST_TROUBLE = frozenset(
    {"unreachable", "timeout", "name_not_resolved", "tls_failed", "tls_outdated", "rate_limited", "waf_challenge"}
)
"""Codes that tell of the host, whatever it was asked for."""
