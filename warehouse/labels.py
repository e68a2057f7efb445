"""How printed labels are compared: by a key that survives the ways in which pages write them."""

import re
import unicodedata
from functools import lru_cache

_ENUMERATOR = re.compile(r"^\(?[一二三四五六七八九十\d]+[)、.,:]*")
_NOT_WORD = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """Reduce a printed label to what identifies it.

    Unicode compatibility forms are folded (full width, Kangxi radicals, circled numbers), a leading
    enumerator such as ``(一)``, ``1.`` or ``四、`` is dropped, then white space, zero-width characters and
    all punctuation. ``"（六）其他 处理"`` and ``"其他处理"`` have the same key. A figure has an empty key.
    """
    folded = unicodedata.normalize("NFKC", text)
    compact = "".join(folded.split())
    return _NOT_WORD.sub("", _ENUMERATOR.sub("", compact, count=1))


@lru_cache(maxsize=16384)
def bare_label_key(text: str) -> str:
    """Reduce a label like :func:`label_key`, also without what stands in brackets behind it.

    ``"本年收费金额（单位：万元）"`` gives ``"本年收费金额"``. A label that is nothing but brackets gives its whole key.
    """
    folded = unicodedata.normalize("NFKC", text)
    compact = _ENUMERATOR.sub("", "".join(folded.split()), count=1)
    return _NOT_WORD.sub("", _BRACKETED.sub("", compact)) or label_key(text)
