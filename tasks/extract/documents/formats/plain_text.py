"""Plain text → document: lines are paragraphs; lines cut by pipes or tabs are the rows of a table."""

import re

from tasks.extract.documents.document import Block, Document, Table
from tasks.extract.documents.file import Evidence, File, Format

_FEWEST_FIELDS = 2
_RULE_LINE = re.compile(r"[\s|:+]*(?:(?:-{3,}|={3,}|[─━┼│├┤]+)[\s|:+]*)+")


def recognise(file: File) -> Evidence:
    """Tell whether it is text at all."""
    return Evidence.TEXT if file.is_text else Evidence.NONE


def read_text(file: File) -> Document:
    """Read plain text, Markdown-like tables included."""
    blocks: list[Block] = []
    open_table: Table | None = None
    ordinal = 0
    for line in file.text.splitlines():
        stripped = line.strip()
        if not stripped or stripped == "\x0c":
            continue
        fields = _fields(line)
        if fields is None:
            blocks.append(stripped)
            open_table = None
        elif not _RULE_LINE.fullmatch(stripped):
            if open_table is None:
                open_table = Table(ordinal, [])
                ordinal += 1
                blocks.append(open_table)
            open_table.rows.append([field.strip().strip("*") for field in fields])
    for table in (block for block in blocks if isinstance(block, Table)):
        _take_off_frame(table)
    return Document(blocks)


def _take_off_frame(table: Table) -> None:
    """Drop the empty fields outside pipes that frame a whole table; without such a frame they are blank cells."""
    if all(len(row) > _FEWEST_FIELDS and not row[0] and not row[-1] for row in table.rows):
        table.rows = [row[1:-1] for row in table.rows]


def _fields(line: str) -> list[str] | None:
    """Cut a line of a table into its cells; ``None`` if it is no such line."""
    for separator in ("|", "\t"):
        if line.count(separator) >= _FEWEST_FIELDS - 1 and not line.strip(separator + " \t").startswith("http"):
            fields = line.split(separator)
            if len(fields) >= _FEWEST_FIELDS:
                return fields
    return None


FORMAT = Format(recognise, read_text)
