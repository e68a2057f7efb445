"""How pages mangle labels: other wordings, broken by spaces and tags, characters lost or replaced."""

import re
import unicodedata
from collections.abc import Callable
from random import Random

from samples.dresses.document import Document, Quirk, RowKind, each_heading, each_label
from warehouse.forms import APPLICANT_GROUP, FORMS, Label

_HALF_WIDTH = str.maketrans("（），：；", "(),:;")
_ARABIC = re.compile(r"^(\d)\.")
_QUOTES = re.compile("“(.*?)”")
_ENUMERATOR = re.compile(r"^(?:（[一二三四五六七]）|\d\.|[一二三四]、)")
_ZERO_WIDTH = ("\u200b", "\u200c", "\ufeff", "\u00ad")
_SPACES = (" ", "\u00a0", "\u3000", "  ")
_LONG_LABEL = 9
_UNIT = "万元"
_RADICALS = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in range(0x2F00, 0x2FD6)
    if unicodedata.normalize("NFKC", chr(code))
    in "一二人入八力十又口土大女子小工己干弓心手文斗方日曰月木止比水火父片牛玄玉生用田白皮目"
    "石示立竹米羊老而耳肉臣自至舌色行衣见角言谷豆足身里金长门面页风飞食首高"
}


def _variants() -> dict[str, tuple[str, ...]]:
    """Return the other wordings of every label; the one that tells a unit of money goes on to tell it."""
    labels: list[Label] = [APPLICANT_GROUP]
    for form in FORMS.values():
        labels += [row.label for row in form.rows.values()]
        labels += [column.label for column in form.columns.values()]
        labels += [group.label for group in form.groups]
        labels += [block.caption for block in form.blocks if block.caption]
    wordings = {
        label.chinese: tuple(other for other in label.variants if (_UNIT in other) == (_UNIT in label.chinese))
        for label in labels
    }
    return {label: others for label, others in wordings.items() if others}


_VARIANTS = _variants()


def _some(change: Callable[[str, Random], str], share: float, rows: frozenset[RowKind] = frozenset(RowKind)) -> Quirk:
    """A quirk that changes a share of the labels."""

    def quirk(document: Document, random: Random) -> Document:
        return each_label(document, lambda text: change(text, random) if random.random() < share else text, rows)

    return quirk


def half_width_brackets(document: Document, random: Random) -> Document:
    """``(一)`` for ``（一）``, in headings too."""
    labelled = each_label(document, lambda text: text.translate(_HALF_WIDTH))
    return each_heading(labelled, lambda text: text.translate(_HALF_WIDTH))


def enumerators_as(pattern: str) -> Quirk:
    """Write ``1.`` as ``1、``, ``1．``, ``（1）`` …: ``pattern`` takes ``{digit}``."""
    return _some(lambda text, _: _ARABIC.sub(lambda match: pattern.format(digit=match[1]), text), 1.0)


def quotes_as(opening: str, closing: str) -> Quirk:
    """Other quotes around 三安全一稳定, or none."""
    return _some(lambda text, _: _QUOTES.sub(rf"{opening}\1{closing}", text), 1.0)


def _variant(text: str, random: Random) -> str:
    return random.choice(_VARIANTS[text]) if text in _VARIANTS else text


def _broken(text: str, random: Random) -> str:
    if len(text) < 4 or "\n" in text:
        return text
    at = random.randint(2, len(text) - 1)
    return f"{text[:at]}\n{text[at:]}"


def _spaced(text: str, random: Random) -> str:
    space = random.choice(_SPACES)
    if 2 <= len(text) <= 4:
        return space.join(text)
    at = random.randint(0, len(text))
    return f"{text[:at]}{space}{text[at:]}"


def _with_zero_width(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return f"{text[:at]}{random.choice(_ZERO_WIDTH)}{text[at:]}"


def _with_losses(text: str, random: Random) -> str:
    enumerator = _ENUMERATOR.match(text)
    first = enumerator.end() if enumerator else 0
    if len(text) - first < _LONG_LABEL or "\n" in text:
        return text
    at = random.randint(first + 1, len(text) - 3)
    return text[:at] + text[at + random.randint(1, 2) :]


def _with_radicals(text: str, random: Random) -> str:
    return "".join(_RADICALS.get(character, character) for character in text)


_EXPLANATIONS = {
    "规章": "地方政府规章",
    "行政规范性文件": "以本机关名义印发的文件",
    "行政强制": "强制措施、强制执行",
    "6.属于四类过程性信息": "讨论记录、过程稿、磋商信函、请示报告",
}


def _explained(text: str, random: Random) -> str:
    return f"{text}{random.choice('：:')}{_EXPLANATIONS[text]}" if text in _EXPLANATIONS else text


explained_labels = _some(_explained, 1.0, frozenset({RowKind.DATA}))
"""``规章：地方政府规章``. Goes before other quirks of labels."""
other_wordings = _some(_variant, 0.5)
"""Known local wordings: 科研企业, 合计, 现行有效件, 第二十一条第（一）项 …"""
broken_labels = _some(_broken, 0.4)
"""``本年新<br>制作数量``."""
spaced_labels = _some(_spaced, 0.5)
"""``规　　章``, ``总 计``."""
zero_width_labels = _some(_with_zero_width, 0.5)
"""Characters that nobody sees."""
lost_characters = _some(_with_losses, 0.25, frozenset({RowKind.DATA}))
"""``其他法律行政止公开``: one or two characters missing inside a long label."""
kangxi_radicals = _some(_with_radicals, 0.6)
"""``⼀、本年新收…``, as text copied from a PDF."""
