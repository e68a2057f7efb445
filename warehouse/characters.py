"""Characters that look alike, or like nothing, made one: for labels, names, titles, prose and figures alike."""

import re
import unicodedata

INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ue5e5"
)
"""What is drawn as nothing, as the inside of a regular expression's class: control and zero-width characters, marks of
direction, variation selectors, fillers, and U+E5E5, which stands for a blank of GBK."""

_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬"
    "⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西"
    "⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""CJK radicals and the ideographs that they look like: Unicode's EquivalentUnifiedIdeograph.txt, U+2E81 to U+2EF3."""
_IDEOGRAPHS = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
_LOOK_ALIKES = "\u2e80-\u2fdf\uf900-\ufaff"
_LOOK_ALIKE = re.compile(f"[{_LOOK_ALIKES}]")
_UNUSUAL = re.compile(f"[{INVISIBLE}{_LOOK_ALIKES}]")

_NOTES = re.compile(
    "\u207d[^\u207e]*\u207e|\u208d[^\u208e]*\u208e|[\u00b2\u00b3\u00b9\u2070-\u207c\u207f-\u208c\ufffc]+"
)
"""Raised and lowered characters, among them bracketed texts, and the sign for an object between characters."""
_NOTE_SIGN = re.compile("[\u00b2\u00b3\u00b9\u2070-\u208e\ufffc]")
_FULL_WIDTH = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"))
_REVERSED = re.compile("\u202e([^\u202c\n\ue000-\uf8ff]*)\u202c?")
"""Text that is shown from right to left, whatever it is."""


def folded(text: str) -> str:
    """Write a text as it is seen: drop what is invisible, and put what is shown in reverse into its order.

    Radicals and compatibility ideographs become the ideographs that they look like. What differs to the eye (full
    width, raised figures, dashes) stays.
    """
    if "\u202e" in text:
        text = _REVERSED.sub(lambda match: match[1][::-1], text)
    return _UNUSUAL.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    if not _LOOK_ALIKE.match(match[0]):
        return ""
    return _IDEOGRAPHS.get(match[0]) or unicodedata.normalize("NFKC", match[0])


def compatible(text: str) -> str:
    """Write Unicode's compatibility forms plainly (NFKC).

    The usual ones go first: a text that has no other is then seen to be plain at a glance.
    """
    for full, half in _FULL_WIDTH:
        text = text.replace(full, half)
    return unicodedata.normalize("NFKC", text)


def without_notes(text: str) -> str:
    """Drop raised and lowered notes (``148¹``), and the sign for an object (a picture) between characters."""
    return _NOTES.sub("", text) if _NOTE_SIGN.search(text) else text


def squeezed(text: str) -> str:
    """Fold a text, Unicode's compatibility forms (full width) too, and drop its white space."""
    return "".join(compatible(folded(text)).split())
