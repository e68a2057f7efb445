"""What a report's prose claims, of whom and when, and a digest to tell texts that are nearly the same.

``claims`` finds the figures, ``scope`` tells what each counts, ``digest`` compares whole texts.
Nothing here knows tables.
"""

from tasks.extract.prose.claims import read_statements
from tasks.extract.prose.digest import prose_digest

__all__ = ["prose_digest", "read_statements"]
