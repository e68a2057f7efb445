"""Lines that number the columns of a table below its header, as in statistics: 甲, 1, 2, 3."""

import re
from collections.abc import Sequence

from warehouse.labels import compact

_LETTERS = frozenset("甲乙丙丁") | {"栏次", "列次"}
_WORD = re.compile("(?![甲乙丙丁栏列])[一-鿿]")
"""A character that no such letter begins with, nor a number."""
_FEWEST_COLUMNS = 5
"""Numbers that are those of columns even without 甲 before them: as figures, their sums would be wrong in any table."""


def numbers_columns(texts: Sequence[str]) -> bool:
    """Tell whether texts count from 1 on, behind 甲 and the like, or far enough to be no figures of a form."""
    letters = numbers = 0
    for text in texts:
        if _WORD.match(text):
            return False
        plain = compact(text).strip("()")
        if plain == str(numbers + 1):
            numbers += 1
        elif plain in _LETTERS and not numbers:
            letters += 1
        elif plain:
            return False
    return numbers >= (1 if letters else _FEWEST_COLUMNS)
