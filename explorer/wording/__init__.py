"""Every word of the interface, in Chinese and English."""

from collections.abc import Mapping

from explorer.wording import frame, lists, reports, tools
from warehouse.text import Text

WORDS: Mapping[str, Text] = {**frame.WORDS, **reports.WORDS, **lists.WORDS, **tools.WORDS}
