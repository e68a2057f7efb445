"""A digest of a report's prose, by which texts that are nearly the same can be told without keeping the texts.

One-permutation MinHash (Li, Owen, Zhang 2012): every run of four characters is hashed once, the hashes are dealt into
buckets, and each bucket keeps its least, of that a byte (b-bit minwise hashing: Li, König 2010). The share of equal
buckets of two digests estimates the share of runs that both texts have, ± 3 per cent. Figures and the organ's own name
do not count.
"""

import re
from collections.abc import Iterable
from zlib import crc32

from warehouse.characters import compatible
from warehouse.prose import BUCKETS, EMPTY

_RUN_BYTES = 8
"""Four characters, of two bytes each in UTF-16."""
_FEWEST_RUNS = 150
"""Runs below which a text is too short to be compared."""
_SHORTEST_PARAGRAPH = 20
_NOT_COUNTED = re.compile(r"[\W\d_]+")
_MIX = 2654435761
_MASK = 2**32 - 1


def prose_digest(paragraphs: Iterable[str], organ: str | None) -> tuple[int, ...] | None:
    """Digest the paragraphs that are sentences; ``None`` if there is too little text."""
    text = "".join(each for each in paragraphs if len(each) >= _SHORTEST_PARAGRAPH and "。" in each)
    text = compatible(text)
    if organ:
        text = text.replace(compatible(organ), "")
    units = _NOT_COUNTED.sub("", text).encode("utf-16-le")
    runs = {units[at : at + _RUN_BYTES] for at in range(0, len(units) - _RUN_BYTES + 1, 2)}
    if len(runs) < _FEWEST_RUNS:
        return None
    buckets = [_MASK + 1] * BUCKETS
    for run in runs:
        mixed = crc32(run) * _MIX & _MASK
        bucket = mixed % BUCKETS
        if mixed < buckets[bucket]:
            buckets[bucket] = mixed
    return tuple([EMPTY if least > _MASK else least // BUCKETS % EMPTY for least in buckets])
