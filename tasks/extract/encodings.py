"""Bytes → text: byte-order mark, header, meta tag and the bytes themselves may disagree."""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_HEAD = 4096


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text and the name of the encoding that was used.

    A byte-order mark decides. Else UTF-8 if the bytes are valid UTF-8, which hardly any other text is; else the
    encoding that damages least among those declared (by the caller or a meta tag), gb18030, big5 and UTF-8.
    gb2312 and gbk are read as gb18030, their superset.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) if encoding == "utf-8" else 0 :].decode(encoding, "replace"), encoding
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        pass
    meta = _META.search(data[:_HEAD])
    wanted = [declared or "", meta[1].decode("ascii") if meta else "", "gb18030", "big5", "utf-8"]
    candidates = dict.fromkeys(name for name in map(_known, wanted) if name)
    decoded = [(data.decode(name, "replace"), name) for name in candidates]
    return min(decoded, key=lambda text_and_name: text_and_name[0].count("\ufffd"))


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    if found in {"gb2312", "gbk", "hz", "gb18030"}:
        return "gb18030"
    return found if found in {"utf-8", "big5", "utf-16", "utf-16-le", "utf-16-be"} else None
