"""Pages whose text stands in a script: gkmlpt (Guangdong) keeps it in ``window._CONFIG.DETAIL``."""

import json
import re
from datetime import datetime, timedelta, timezone
from html import escape

_DETAIL = re.compile(r"window\._CONFIG\s*=.{0,20000}?[\"']?DETAIL[\"']?\s*:\s*(?=\{)", re.DOTALL)
_PARTICULARS = (
    ("发布日期", ("date", "publish_time", "display_publish_time", "created_at")),
    ("发布机构", ("publisher", "source", "publish_organ")),
    ("文号", ("document_number",)),
)
_CHINA = timezone(timedelta(hours=8))


def unwrapped(text: str) -> str:
    """Return the page that a script would show, or the text as it is if it is no such page."""
    match = _DETAIL.search(text)
    if not match:
        return text
    try:
        detail, _ = json.JSONDecoder().raw_decode(text, match.end())
    except (ValueError, RecursionError):
        return text
    content = detail.get("content")
    return _page(detail, content) if isinstance(content, str) else text


def _page(detail: dict[str, object], content: str) -> str:
    title = escape(str(detail.get("title") or ""))
    lines = (
        f"<p>{label}：{escape(_shown(value))}</p>"
        for label, names in _PARTICULARS
        if (value := next((detail[name] for name in names if detail.get(name)), None)) is not None
    )
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{''.join(lines)}{content}</body></html>"


def _shown(value: object) -> str:
    """Write a value as text; a number is a time in seconds since 1970."""
    if isinstance(value, int) and 0 < value < 2**33:
        return datetime.fromtimestamp(value, _CHINA).date().isoformat()
    return str(value)
