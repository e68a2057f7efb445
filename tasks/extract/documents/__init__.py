"""Bytes → document: what a reader sees of a published file, the same format-neutral texts and grids for every format.

Every format has one module in ``formats``. What a document's texts *mean* is none of a format's business: that is
for ``tables`` and ``prose``.
"""

from tasks.extract.documents.document import Block, Document, Picture, Table, UnreadableDocumentError
from tasks.extract.documents.reading import read_document

__all__ = ["Block", "Document", "Picture", "Table", "UnreadableDocumentError", "read_document"]
