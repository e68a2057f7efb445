"""What a report's prose claims, of whom and when, and a digest to tell texts that are nearly the same.

``vocabulary`` declares the words: what names a row, and what narrows nothing. ``claims`` finds the figures, ``named``
those told by a name of the vocabulary (none, all, 分别), ``disputes`` reviews and lawsuits, ``published`` section two;
``scope`` tells what each counts, ``among`` which are of a part told before them. ``shares`` finds percentages,
``growth`` what figures are compared with, ``sections`` those that stand without text, ``digest`` compares whole texts.
Nothing here knows tables.
"""

from collections.abc import Iterable, Iterator

from tasks.extract.prose.claims import read_statements
from tasks.extract.prose.digest import prose_digest
from tasks.extract.prose.growth import read_growth
from tasks.extract.prose.sections import read_empty_sections, read_untold_fees
from tasks.extract.prose.shares import read_shares
from tasks.extract.report import Statement

__all__ = ["prose_digest", "read_prose"]


def read_prose(paragraphs: Iterable[str], year: int | None, organ: str | None = None) -> Iterator[Statement]:
    """Yield everything that the prose of the report of ``organ`` for ``year`` claims."""
    paragraphs = tuple(paragraphs)
    yield from read_statements(paragraphs, year, organ)
    yield from read_shares(paragraphs)
    yield from read_growth(paragraphs, year, organ)
    yield from read_empty_sections(paragraphs)
    yield from read_untold_fees(paragraphs)
