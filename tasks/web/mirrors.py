"""Copies of reports that somebody else made: whose figures nobody vouches for."""

import re

_SUBJECT = "信息公开"
_TRADITIONAL_SUBJECT = "信息公開"
_TRADITIONAL = "報開請訴議處"
_SIMPLIFIED = "报开请诉议处"
_MANY_TRADITIONAL = 4
_PINYIN = re.compile(r"[一-鿿]\s*[（(]\s*[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\s*[)）]")
_MANY_PINYIN = 5
_PINYIN_WITHIN = 400


def is_mirror(text: str) -> bool:
    """Whether a text is in traditional characters, or carries pinyin in brackets, as copies for search engines do."""
    if _TRADITIONAL_SUBJECT in text and _SUBJECT not in text:
        return True
    if sum(sign in text for sign in _TRADITIONAL) >= _MANY_TRADITIONAL:
        traditional = sum(map(text.count, _TRADITIONAL))
        if traditional > sum(map(text.count, _SIMPLIFIED)):
            return True
    middle = len(text) // 2
    return len(_PINYIN.findall(text, max(0, middle - _PINYIN_WITHIN), middle + _PINYIN_WITHIN)) >= _MANY_PINYIN
