"""An archived page as text: its paragraphs and the cells of its tables, as the extractor saw them."""

from tasks.extract.documents import Picture, Table, UnreadableDocumentError, read_document
from warehouse.errors import GoujiError

_MOST_CHARACTERS = 400_000
_MOST_CELLS = 20_000
_LONGEST_CELL = 500


class _UnreadableError(GoujiError):
    """The bytes cannot be read."""


def answer(bodies: list[bytes], *, content_type: str | None) -> dict[str, object]:
    """Return the blocks of the document in reading order; ``cut`` says that there are more than can be shown."""
    try:
        document = read_document(bodies[0], content_type)
    except UnreadableDocumentError as error:
        raise _UnreadableError(str(error)) from error
    layout = document.layout()
    blocks: list[dict[str, object]] = []
    characters = cells = 0
    for block in document.blocks:
        if characters > _MOST_CHARACTERS or cells > _MOST_CELLS:
            return {"blocks": blocks, "cut": True}
        if isinstance(block, Table):
            rows = [[text[:_LONGEST_CELL] for text in row] for row in block.rows[:_MOST_CELLS]]
            cells += sum(map(len, rows))
            characters += sum(len(text) for row in rows for text in row)
            spans = layout.get(block.ordinal)
            blocks.append(
                {
                    "table": block.ordinal,
                    "rows": rows,
                    "spans": spans,
                    "is_ragged": spans is None and len(set(map(len, rows))) > 1,
                    "hidden": block.hidden,
                    "sheet": block.sheet,
                }
            )
        elif isinstance(block, Picture):
            blocks.append({"picture": True})
        elif block.strip():
            characters += len(block)
            blocks.append({"text": block})
    return {"blocks": blocks, "cut": False}
