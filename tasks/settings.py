"""The one settings object. Every setting is an environment variable with the prefix ``GOUJI_``."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from warehouse.connection.location import Store, locate
from warehouse.errors import GoujiError

REPOSITORY = Path(__file__).resolve().parent.parent


_PREFIX = "GOUJI_"


class SettingsError(GoujiError):
    """A setting has a value that it cannot have; the message names it, in one line."""

    exit_code = 2


class Settings(BaseSettings):
    """Where Gouji keeps its state and how it behaves. All state lives under ``home``.

    Raises :class:`SettingsError` for values that are none.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsError("; ".join(map(_mistake, error.errors(include_url=False)))) from None

    home: Path = Field(Path("var"), description="Folder of all state.")
    warehouse: str = Field(
        "",
        description="The working store: a DuckDB file (`GOUJI_HOME/warehouse.duckdb` if empty), or for several "
        "machines a DuckLake catalogue such as `ducklake:postgres:host=… dbname=…`.",
    )
    lake_data: str = Field(
        "",
        description="Where a new DuckLake keeps its Parquet files: a folder that every machine sees, or "
        "`s3://bucket/folder`.",
    )
    archive: str = Field(
        "",
        description="The store of every answer: a folder, or any fsspec URL such as `s3://bucket/folder` "
        "(`GOUJI_HOME/archive` if empty).",
    )
    sources: Path = Field(REPOSITORY / "sources", description="Folder of the portals' YAML files.")
    waivers: Path = Field(
        REPOSITORY / "waivers.yaml", description="File of findings that a person has looked into and excused."
    )
    contact: str = Field(
        "",
        pattern=r"^[ -~]*$",
        description="E-mail address or URL that the User-Agent names, so that a portal can reach you; ASCII, as "
        "headers are.",
    )
    connect_timeout: float = Field(10.0, gt=0, description="Seconds to wait for a connection.")
    read_timeout: float = Field(30.0, gt=0, description="Seconds to wait for the next bytes of an answer.")
    answer_timeout: float = Field(120.0, gt=0, description="Seconds within which a whole answer must have come.")
    fetch_attempts: int = Field(3, ge=1, description="Tries for one address before it becomes a problem.")
    retry_seconds: float = Field(0.5, gt=0, description="Wait before the second try; it doubles with each further one.")
    rest_seconds: float = Field(
        10.0, gt=0, description="How long a host that fails time after time is left alone; longer each further time."
    )
    maximum_bytes: int = Field(50_000_000, gt=0, description="Size above which an answer is refused.")
    freshness_hours: float = Field(20.0, ge=0, description="A page fetched within this window is not fetched again.")
    batch_size: int = Field(200, ge=1, description="Links in one task.")
    sources_at_once: int = Field(4, ge=1, description="Sources that one run works on at the same time.")
    task_runner: str = Field(
        "processes",
        pattern=r"^(processes|threads|dask|(tcp|tls)://.+)$",
        description="Where batches are read: in `processes` of this machine, one a core, `threads` of one process, "
        "`dask` (a cluster on this machine), or the address of a Dask scheduler (`tcp://…`).",
    )
    memory: int = Field(
        600, ge=100, description="Megabytes that DuckDB takes for the warehouse; what does not fit goes to a folder."
    )
    temporary: str = Field(
        "", description="That folder, private and emptied after a crash too (`GOUJI_HOME/temporary` if empty)."
    )
    lock_wait_seconds: float = Field(600.0, ge=0, description="How long to wait while another process writes.")

    explorer_host: str = Field("127.0.0.1", description="Address that `gouji explore` listens on.")
    explorer_port: int = Field(8400, ge=1, le=65535, description="Port of `gouji explore`.")
    explorer_address: str = Field(
        "",
        pattern=r"^(https?://[!-~]+)?$",
        description="Where the world finds it, such as `https://gouji.example.org`; messages and artifacts lead there.",
    )
    explorer_sql: Literal["auto", "on", "off"] = Field(
        "auto", description="Its SQL page: `on`, `off`, or `auto`, which is on unless others can reach it."
    )
    explorer_check: Literal["auto", "on", "off"] = Field(
        "auto", description="Its page that checks files of visitors: `on`, `off` or `auto`, as above."
    )
    explorer_contact: str = Field(
        "", pattern=r"^[!-~]*$", description="E-mail address or URL that its pages name for questions."
    )
    snapshots: int = Field(3, ge=1, description="How many published snapshots are kept.")
    log: str = Field(
        "", description="File that gets every log line as JSON, with run, source, stage and item; none if empty."
    )
    notify: SecretStr = Field(
        SecretStr(""),
        description="Where runs that need a person are told: Apprise URLs (`gouji notify --help`).",
    )
    lang: Literal["zh", "en"] = Field("zh", description="Language of sentences: Chinese or English.")

    @property
    def archive_root(self) -> str:
        """Content-addressed store of every response body: a folder, or an fsspec URL."""
        return self.archive or str(self.home / "archive")

    @property
    def archive_folder(self) -> Path | None:
        """The archive's folder; ``None`` where it is elsewhere than on a file system."""
        return None if "://" in self.archive_root else Path(self.archive_root)

    @property
    def reads_in_processes(self) -> bool:
        """Whether a run reads on every core of the machine that it is on."""
        return self.task_runner == "processes"

    @property
    def reads_here(self) -> bool:
        """Whether a run fetches in threads of its own process, and needs no cluster."""
        return self.task_runner in ("processes", "threads")

    @property
    def staging(self) -> Path:
        """Parquet on its way into the warehouse, one folder per run and batch."""
        return self.home / "staging"

    @property
    def temporary_folder(self) -> Path:
        """Where DuckDB puts what does not fit into its memory."""
        return Path(self.temporary) if self.temporary else self.home / "temporary"

    @property
    def locks(self) -> Path:
        """Locked files by which the runs of this machine know of each other."""
        return self.home / "locks"

    @property
    def store(self) -> Store:
        """The working store, written by flows only."""
        return locate(self.warehouse, self.lake_data, self.home / "warehouse.duckdb")

    @property
    def published(self) -> Path:
        """The read-only snapshot that analysts open."""
        return self.home / "published" / "gouji.duckdb"

    @property
    def docs(self) -> Path:
        """Great Expectations' Data Docs."""
        return self.home / "docs"


def _mistake(error: ErrorDetails) -> str:
    name, message = str(error["loc"][0]), error["msg"]
    return (
        f"{_PREFIX}{name.upper()} is {error['input']!r}: {message[0].lower()}{message[1:]}; the README says what fits"
    )
