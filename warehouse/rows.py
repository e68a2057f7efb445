"""Rows by column name: what queries give, and what staging and insertion take."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from warehouse.connection.transactions import Connection

Row: TypeAlias = dict[str, Any]
"""One row by column name; of which type each value is, the columns say."""


def rows_of(connection: "Connection", sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
    """Run one query and return its rows."""
    result = connection.execute(sql, parameters)
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
