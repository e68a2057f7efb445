"""What Markdown has of its own: fields in front of the text, and tables of pipes between markup."""

import re
from html import escape

_FRONT_MATTER = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|publishDate)[ \t]*:[ \t]*(['\"]?)(.+?)\2[ \t]*$", re.MULTILINE | re.IGNORECASE)
_MEANT = {"date": "pubdate"}
"""What a field of static sites is called elsewhere."""
_PIPED_TABLE = re.compile(r"(?:^[ \t]*\|.*\|[ \t]*\r?$\n?)+", re.MULTILINE)
_RULE = re.compile(r"[\s|:-]+")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the fields that stand in front of a text between two rules (title, date), and the text behind them."""
    match = _FRONT_MATTER.match(text) if "---" in text[:20] else None
    fields = _FIELD.findall(match[1]) if match else []
    if match is None or not fields:
        return {}, text
    return {_MEANT.get(name.lower(), name.lower()): value for name, _, value in fields}, text[match.end() :]


def with_tables_as_markup(text: str) -> str:
    """Return a text with its tables of pipes as elements."""
    return _PIPED_TABLE.sub(_as_markup, text)


def _as_markup(table: re.Match[str]) -> str:
    lines = [line.strip()[1:-1].split("|") for line in table[0].splitlines() if not _RULE.fullmatch(line)]
    rows = ("".join(f"<td>{escape(cell.strip(), quote=False)}" for cell in cells) for cells in lines)
    return f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>\n"
