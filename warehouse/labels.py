"""How printed labels are compared: by a key that survives the ways in which pages write them."""

import re
from functools import lru_cache

from warehouse.characters import squeezed, without_notes

_MARKED = re.compile(r"[\u2460-\u2487*＊※](?<=\S.)[\u2460-\u2487*＊※]*\s*$")
"""Signs behind a label that lead to a remark elsewhere."""
_ENUMERATOR = re.compile(r"^(?:\(?[一二三四五六七八九十]+[)、.,:]+|\(?\d+[)、.,:]*)")
_WORD = re.compile(r"\w+")
_BRACKETED = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=16384)
def compact(text: str) -> str:
    """Fold what looks alike, and 其它 for 其他; drop white space, invisible characters and marks of remarks."""
    return squeezed(_MARKED.sub("", without_notes(text))).replace("其它", "其他")


@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """Reduce a printed label to what identifies it.

    Unicode compatibility forms are folded (full width, Kangxi radicals, circled numbers), a leading
    enumerator such as ``(一)``, ``1.`` or ``四、`` is dropped, then white space, zero-width characters and
    all punctuation. ``"（六）其他 处理"`` and ``"其他处理"`` have the same key. A figure has an empty key.
    """
    return _words(_ENUMERATOR.sub("", compact(text), count=1))


@lru_cache(maxsize=16384)
def bare_label_key(text: str) -> str:
    """Reduce a label like :func:`label_key`, also without what stands in brackets behind it.

    ``"本年收费金额（单位：万元）"`` gives ``"本年收费金额"``. A label that is nothing but brackets gives its whole key.
    """
    if "(" not in compact(text):
        return label_key(text)
    unnumbered = _ENUMERATOR.sub("", compact(text), count=1)
    return _words(_BRACKETED.sub("", unnumbered)) or label_key(text)


def _words(text: str) -> str:
    return "".join(_WORD.findall(text)).replace("_", "")


def is_numbered(text: str) -> bool:
    """Tell whether a printed label has an enumerator before it: ``（七）总计``, but not ``总计``."""
    return _ENUMERATOR.match(compact(text)) is not None
