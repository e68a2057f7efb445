"""SQL of a visitor's own, on the snapshot, which can only be read."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from warehouse.snapshots import query


def answer(
    bodies: list[bytes], *, snapshot: str, sql: str, parameters: Mapping[str, object], rows: int, seconds: float
) -> dict[str, object]:
    """Return the columns, whether each is of numbers, and the first rows; ``more`` says that there are others."""
    limits = query.Limits(seconds, None, 500)
    with query.answer(Path(snapshot), sql, parameters, limits) as found:
        first = found.first(rows + 1)
    return {
        "columns": first.column_names,
        "numbers": [_is_number(field.type) for field in first.schema],
        "rows": [list(row.values()) for row in first.slice(0, rows).to_pylist()],
        "more": first.num_rows > rows,
    }


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
