"""One format-neutral document: what every reader produces and all recognition works on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Spans = Sequence[Sequence[tuple[int, int]]]
"""How many columns and rows each cell of a table's rows takes, as the format says it."""


@dataclass(slots=True)
class Table:
    """A table as printed: rows of the texts of the cells that stand in them, stripped, none repeated for a span.

    Spans are not kept: those of real pages contradict each other, and a value is told by its ordinal in its row.
    ``ordinal`` is the table's number in the document, ``hidden`` tells a copy that a reader does not see,
    ``pictured`` that pictures stand in its cells, ``sheet`` names the sheet of a workbook that it stands in.
    """

    ordinal: int
    rows: list[list[str]]
    hidden: bool = False
    pictured: bool = False
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture between paragraphs. What it shows is not read."""


Block = str | Table | Picture
"""A paragraph, a table or a picture."""


@dataclass(slots=True)
class Document:
    """Blocks in reading order, and what the format itself says about the document.

    ``title`` is the format's own title field, ``fields`` its named metadata (names in lower case),
    ``attachments`` the addresses of linked office documents. ``layout`` tells on demand how the cells of tables span,
    by their ordinals, where the format says so: for showing a table, not for understanding it.
    """

    blocks: list[Block]
    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    layout: Callable[[], Mapping[int, Spans]] = dict

    @property
    def paragraphs(self) -> Iterator[str]:
        """The paragraphs in reading order."""
        return (block for block in self.blocks if isinstance(block, str))

    @property
    def tables(self) -> Iterator[Table]:
        """The tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))


class UnreadableDocumentError(Exception):
    """A reader could not make a document of the bytes. ``code`` is one of :mod:`tasks.extract.problems`."""

    def __init__(self, code: str, detail: str):
        super().__init__(detail)
        self.code = code
        self.detail = detail
