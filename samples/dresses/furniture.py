"""The pages of portals that documents stand in: head, breadcrumb, date line, container, footer."""

from collections.abc import Callable
from html import escape
from string import Template

from samples.dresses.document import Document

Furniture = Callable[[Document, str, str, str], str]
"""Makes a page of a document, the markup's head, the marked-up body, and the charset to declare."""


def _furniture(template: str) -> Furniture:
    compiled = Template(template)

    def page(document: Document, head: str, body: str, charset: str) -> str:
        return compiled.substitute(
            title=escape(document.title),
            organ=escape(document.organ),
            published=escape(document.published),
            source=escape(document.source),
            breadcrumb=" &gt; ".join(map(escape, document.breadcrumb)),
            head=head,
            body=body,
            charset=charset,
        )

    return page


BARE = _furniture(
    """<!DOCTYPE html>
<html><head><meta charset="$charset"><title>$title</title>$head</head><body>
<h1>$title</h1>
<p>发布日期：$published　来源：$source</p>
$body</body></html>
"""
)
"""Nothing around the document."""

_DEPTH = 300

NESTED = _furniture(
    f"""<!DOCTYPE html>
<html><head><meta charset="$charset"><title>$title</title>$head</head><body>
{"<div>" * _DEPTH}<h1>$title</h1>
<p>发布日期：$published　来源：$source</p>
$body{"</div>" * _DEPTH}</body></html>
"""
)
"""Divisions in divisions, as a page builder leaves them: deeper than parsers go of themselves."""

ZOOM = _furniture(
    """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=$charset" />
<meta name="SiteName" content="云泽市人民政府" />
<meta name="ArticleTitle" content="$title" />
<meta name="PubDate" content="$published 10:20" />
<meta name="ContentSource" content="$source" />
<title>云泽市人民政府 信息公开年报 $title</title>
<style type="text/css">.bt{font-size:24px;text-align:center}</style>$head
<script type="text/javascript">function doZoom(size){document.getElementById('zoom').style.fontSize=size+'px'}</script>
</head><body>
<div class="header"><a href="/">网站首页</a> <a href="/zwgk/">政务公开</a> <a href="/bsfw/">办事服务</a></div>
<div class="wz">您现在的位置: $breadcrumb</div>
<div class="bt">$title</div>
<div class="xx">发布日期: $published 10: 20 浏览次数: 来源: $source 字体:[ 大 中 小 ]</div>
<div id="zoom"><!--ZJEG_RSS.content.begin-->
$body<!--ZJEG_RSS.content.end--></div>
<div class="footer">主办:云泽市人民政府办公室 联系电话:0990-0000000 网站标识码:9901000001</div>
</body></html>
"""
)
"""A Hanweb article page."""

TRS_EDITOR = _furniture(
    """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="$charset">
<meta name="ArticleTitle" content="$title"><meta name="PubDate" content="$published">
<meta name="ContentSource" content="$source">
<title>$title_云泽市信息公开</title>$head</head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li></ul></div>
<div class="crumb">当前位置：$breadcrumb</div>
<div class="article"><h2 class="article-title">$title</h2>
<div class="article-info"><span>发布时间：$published</span> <span>来源：$source</span></div>
<div class="article-content"><div class="TRS_Editor">
$body</div></div></div>
<div class="foot"><p>版权所有：$organ</p></div>
</body></html>
""".replace("$title_", "${title}_")
)
"""A TRS WCM article page."""

UCAP = _furniture(
    """<!doctype html>
<html><head>
<meta http-equiv="content-type" content="text/html;charset=$charset"/>
<meta name="keywords" content="政府信息公开"/>
<script>window.onerror=function(){return true};var tables="<table><tr><td>9</td></tr></table>";</script>
<title>$title</title>$head</head><body>
<!-- 頁面頂部 -->
<div class="top"><a href="javascript:void(0)" onclick="zh_tran('t')">繁體版</a> <a href="/en/">English</a></div>
<div class="pages-title">$title</div>
<div class="pages-date">$published <span class="font">来源： $source</span>
字号：<span>默认</span> <span>大</span></div>
<div class="pages_content" id="UCAP-CONTENT">
$body</div>
<div class="share">分享到：<span>微信</span> <span>微博</span></div>
<table class="links"><tr><td><a href="/">市级部门</a></td><td><a href="/">县(市、区)</a></td></tr></table>
</body></html>
"""
)
"""A page of the 中国政府网 family, with a switch to traditional characters and tables that mean nothing."""

XXGK_CARD = _furniture(
    """<!DOCTYPE html>
<html><head><meta charset="$charset"><title>$title</title>$head</head><body>
<div class="xxgk_nav">$breadcrumb</div>
<table class="xxgk_card"><tr><td><b>索引号：</b>990100/2020-00012</td><td><b>主题分类：</b>其他</td></tr>
<tr><td><b>发布机构：</b>$source</td><td><b>发文日期：</b>$published</td></tr>
<tr><td colspan="2"><b>名称：</b>$title</td></tr></table>
<div class="xxgk_content"><h1>$title</h1>
$body</div></body></html>
"""
)
"""An information card above the document, in a table of its own."""

LAYOUT_TABLES = _furniture(
    """<html><head><meta http-equiv="Content-Type" content="text/html; charset=$charset">
<title>$title</title>$head</head>
<body bgcolor="#ffffff"><table width="1000" border="0" align="center" cellpadding="0" cellspacing="0">
<tr><td height="120" background="/images/top.jpg">&nbsp;</td></tr>
<tr><td><table width="100%" border="0"><tr><td width="20">&nbsp;</td>
<td>当前位置：$breadcrumb</td></tr></table></td></tr>
<tr><td><table width="100%" border="0" cellpadding="5"><tr><td valign="top" width="180">
<table width="100%"><tr><td><a href="/xxgk/zn/">公开指南</a></td></tr>
<tr><td><a href="/xxgk/nb/">公开年报</a></td></tr></table></td>
<td valign="top"><table width="100%" border="0"><tr><td align="center"><font size="5"><b>$title</b></font></td></tr>
<tr><td align="center">发布时间：$published　　信息来源：$source</td></tr>
<tr><td class="content">
$body</td></tr></table></td></tr></table></td></tr>
<tr><td align="center">主办单位：云泽市人民政府</td></tr></table></body></html>
"""
)
"""A page laid out with nested tables."""
