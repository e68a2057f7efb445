"""Where the warehouse is: a DuckDB file, or a DuckLake catalogue. Knows nothing of DuckDB itself."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from warehouse.errors import StoreError

_PREFIX = "ducklake:"
_POSTGRES = "ducklake:postgres:"
_SECRETS = re.compile(r"(password\s*=\s*)('[^']*'|\S+)|(://[^:/@\s]*:)[^@\s]+(?=@)")


@dataclass(frozen=True)
class Lake:
    """A DuckLake catalogue as DuckDB attaches it, ``ducklake:postgres:…`` or ``ducklake:FILE``, and its data path.

    ``data`` is a folder or an ``s3://`` address; an existing lake knows its own.
    """

    catalogue: str
    data: str | None = None

    def __post_init__(self) -> None:
        if self.catalogue.removeprefix(_PREFIX).partition(":")[0] in {"sqlite", "mysql"}:
            raise StoreError(f"{self}: a lake's catalogue is PostgreSQL (ducklake:postgres:…) or a DuckDB file")

    def __str__(self) -> str:
        return without_secrets(self.catalogue)

    @property
    def connection_string(self) -> str | None:
        """How PostgreSQL is reached, if it is the catalogue: several processes can have that open at a time."""
        return self.catalogue.removeprefix(_POSTGRES) if self.catalogue.startswith(_POSTGRES) else None

    @property
    def is_there(self) -> bool:
        """Whether its catalogue is a file that exists."""
        return self.connection_string is None and Path(self.catalogue.removeprefix(_PREFIX)).exists()


Store: TypeAlias = Path | Lake
"""Where the warehouse is: a DuckDB file, or a lake."""


def locate(warehouse: str, lake_data: str, default: Path) -> Store:
    """Return the store that two settings mean: a DuckDB file, ``default`` if none is named, or a lake."""
    if warehouse.startswith(_PREFIX):
        return Lake(warehouse, lake_data or None)
    return Path(warehouse) if warehouse else default


def without_secrets(text: str) -> str:
    """Hide the passwords of connection strings.

    >>> without_secrets("ducklake:postgres:host=catalogue password=geheim")
    'ducklake:postgres:host=catalogue password=…'
    """
    return _SECRETS.sub(lambda match: f"{match[1] or match[3]}…", text)
