"""What a report's prose claims, of whom and when, and a digest to tell texts that are nearly the same.

``claims`` finds the figures, ``scope`` tells what each counts, ``shares`` finds percentages, ``growth``
what figures are compared with, ``sections`` those that
stand without text, ``digest`` compares whole texts.
Nothing here knows tables.
"""

from tasks.extract.prose.claims import read_statements
from tasks.extract.prose.digest import prose_digest
from tasks.extract.prose.growth import read_growth
from tasks.extract.prose.sections import read_empty_sections, read_untold_fees
from tasks.extract.prose.shares import read_shares

__all__ = [
    "prose_digest",
    "read_empty_sections",
    "read_growth",
    "read_shares",
    "read_statements",
    "read_untold_fees",
]
