"""Bytes of a published report → statutory cells with value, state, raw text and place.

``extraction.extract`` is the whole interface. ``documents`` makes one format-neutral document of the bytes, whatever
their format; ``metadata``, ``tables`` and ``prose`` recognise in it what the report says, ``extraction`` puts that
together.
Nothing here fetches, stores or judges.
"""

EXTRACTOR_VERSION = "9"
"""A whole number, raised whenever the same bytes may be read differently than before."""
