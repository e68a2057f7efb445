"""Plain text → document: lines are paragraphs; lines cut by pipes, tabs or drawn boxes are the rows of a table."""

import re

from tasks.extract.documents.document import Block, Document, Table
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.flat import LOWERED, PLAIN, RAISED, STRUCK, cell_text, sentence_text, without_marks
from tasks.extract.documents.markdown import front_matter
from warehouse.characters import folded

_FEWEST_FIELDS = 2
_BOX = str.maketrans(dict.fromkeys("│┃║╎╏┆┇┊┋｜", "|"))
"""What draws the upright lines of boxes."""
_RULE_LINE = re.compile(r"[\s|:+]*+(?:(?:-{3,}+|={3,}+|[\u2500-\u257f]++)[\s|:+]*+)++")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HIDDEN = re.compile(
    r"<(?P<tag>[a-z]+)\b[^<>]*(?:\bhidden\b|display\s*:\s*none)[^<>]*>.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE
)
_MANNERS = (
    (
        re.compile(r"~~(?=\S)(.+?)~~|<(?:del|s|strike)\b[^<>]*>(.*?)</(?:del|s|strike)>", re.IGNORECASE),
        rf"{STRUCK}\1\2{PLAIN}",
    ),
    (
        re.compile(
            r"\[\^([^\[\]]+)\](?!:)|<sup\b[^<>]*>(.*?)</sup>|\$\^\{?([^${}]{1,8})\}?\$|(?<=[^\s|^])\^([^\s|^]{1,8})\^",
            re.IGNORECASE,
        ),
        rf"{RAISED}\1\2\3\4{PLAIN}",
    ),
    (re.compile(r"<sub\b[^<>]*>(.*?)</sub>", re.IGNORECASE), rf"{LOWERED}\1{PLAIN}"),
)
"""What Markdown, and the tags that it allows, set in another manner, and how that is marked."""
_QUOTED = re.compile(r"^\s*(?:> ?)+")
"""What begins a line of a quotation, in Markdown and in mails."""
_EMPHASIS = re.compile(r"^(\*{1,3}|_{1,3}|`)([^*_`]+)\1$")
_LINK = re.compile(r"\[([^\[\]|]*)\]\([^()|]*\)")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|font|code|mark|ins|small|big|div|p|center|br|a)\b[^<>]*>", re.IGNORECASE)


def recognise(file: File) -> Evidence:
    """Tell whether it is text at all."""
    return Evidence.TEXT if file.is_text else Evidence.NONE


def read_text(file: File) -> Document:
    """Read plain text, tables as in Markdown or drawn in boxes included."""
    blocks: list[Block] = []
    open_table: Table | None = None
    ordinal = 0
    fields_in_front, text = front_matter(file.text)
    for line in _as_seen(folded(without_marks(text))).splitlines():
        line = _QUOTED.sub("", line)
        stripped = line.strip()
        if not stripped or stripped == "\x0c":
            continue
        ruled = line.translate(_BOX)
        if _RULE_LINE.fullmatch(ruled.strip()):
            continue
        fields = _fields(ruled)
        if fields is None:
            if sentence := sentence_text(_EMPHASIS.sub(r"\2", stripped)):
                blocks.append(sentence)
            open_table = None
        else:
            if open_table is None:
                open_table = Table(ordinal, [])
                ordinal += 1
                blocks.append(open_table)
            open_table.rows.append([cell_text(_undecorated(field)) for field in fields])
    for table in (block for block in blocks if isinstance(block, Table)):
        _take_off_frame(table)
    return Document(blocks, fields=fields_in_front)


def _as_seen(text: str) -> str:
    """Leave out comments and hidden elements, and mark what is struck, raised or lowered."""
    if "<" in text:
        text = _TAG.sub(" ", _HIDDEN.sub("", _COMMENT.sub("", text)))
    for pattern, marked in _MANNERS:
        text = pattern.sub(marked, text)
    return text


def _undecorated(field: str) -> str:
    """Take Markdown's links and emphasis off a cell."""
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", field).strip()).strip()


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
