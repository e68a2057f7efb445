"""Text inside SQL: the only two ways in which a string may become part of a statement."""


def literal(text: str | None) -> str:
    """Return a string constant of SQL with exactly this text, ``NULL`` for ``None``."""
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return a quoted name of SQL."""
    return '"' + name.replace('"', '""') + '"'
