"""Bytes → document: one module a format, all giving the same format-neutral texts and grids.

What a document's texts *mean* is none of a format's business: that is for ``tables`` and ``prose``.
"""
