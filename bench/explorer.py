"""The explorer beside Datasette on the same data, at the size of the samples and of a nation's years, in one run.

``python -m bench explorer`` prints medians and their ratios. Datasette is installed into a folder of its own with uv;
where that cannot be, it is left out and said so.
"""

import gzip
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from samples.warehouse import build
from warehouse import mart
from warehouse.migrations import migrate

COPIES = 110
"""How many times the sample warehouse's 540 reports are copied: some 60,000 reports, 12 million cells."""
ROUNDS = 15
DATASETTE = ("datasette==0.65.1", "setuptools<81")
"""With the last setuptools that has what it imports."""
_YEARS, _WAIVED = range(2019, 2025), ("no", "yes")
_SORTS = ("severity", "organ", "year", "difference")
_RENAMED = ("report_id", "organ_id", "parent_organ_id", "finding_id", "group_id")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "sample")
        build(home)
        snapshot = home / "published" / "gouji.duckdb"
        with explored(home) as (site, seconds):
            print(f"first page {seconds:.1f} s after `gouji explore`")
            pages = {name: [f"{site}{path}" for path in paths] for name, paths in addresses(snapshot).items()}
            small = {name: median_of(paths[:ROUNDS]) for name, paths in pages.items()}
            for name, paths in pages.items():
                size = len(gzip.compress(read(paths[0])))
                print(f"{name}: {small[name] * 1e3:.1f} ms, {size / 1e3:.1f} KB compressed")
            unchanged(pages["sheet"][0], small["sheet"])
            crowd([address for both in zip(*pages.values(), strict=True) for address in both][2 * ROUNDS :], small)
        at_scale(home, Path(folder, "nation"), small)


def at_scale(home: Path, nation: Path, small: dict[str, float]) -> None:
    """Copy the warehouse many times, and measure the mart and the same pages again."""
    published = nation / "published" / "gouji.duckdb"
    published.parent.mkdir(parents=True)
    published.write_bytes((home / "published" / "gouji.duckdb").read_bytes())
    with duckdb.connect(str(published)) as connection:
        replicate(connection)
        (reports, cells) = connection.execute(
            "SELECT (SELECT count(*) FROM core.report), (SELECT count(*) FROM core.cell)"
        ).fetchone() or (0, 0)
        with_views_as_written(connection)
        scan = seconds_of(lambda: connection.execute(SCAN).fetchall())
        made = seconds_of(lambda: mart.build(connection))
        (in_mart,) = connection.execute("SELECT count(*) FROM mart.report").fetchone() or (0,)
        print(f"{reports:,} reports ({in_mart:,} of them in the mart), {cells:,} cells")
        print(f"mart {made:.1f} s, one scan {scan:.2f} s; ratio {made / scan:.1f}")
    with explored(nation) as (site, seconds):
        print(f"first page {seconds:.1f} s after `gouji explore`")
        beside_datasette(published, nation, site)
        for name, paths in addresses(published).items():
            taken = median_of([f"{site}{path}" for path in paths[ROUNDS:]])
            print(f"{name}: {taken * 1e3:.1f} ms; ratio to the samples {taken / small[name]:.2f}")
        for path in ("/en", "/regions", "/coverage", "/peers", "/rules", "/organs", "/corrections"):
            print(f"{path}: {seconds_of(lambda path=path: read(f'{site}{path}')) * 1e3:.1f} ms, the first time")


_SHEETS = f"SELECT report_id FROM mart.report ORDER BY critical DESC, report_id LIMIT {2 * ROUNDS}"
SCAN = """
    SELECT sum(received), sum(denied), sum(concluded), max(blanks) FROM (
        SELECT report_no, sum(value) FILTER (row_code = 'received_new') AS received,
            sum(value) FILTER (row_code = 'denied') AS denied, count(*) FILTER (state = 'blank') AS blanks,
            sum(value) FILTER (row_code = 'concluded_total') AS concluded
        FROM core.cell GROUP BY report_no
    )
"""


def replicate(connection: duckdb.DuckDBPyConnection, copies: int = COPIES) -> None:
    """Copy every table that is about organs or reports, each copy under identities of its own."""
    tables = connection.execute(
        "SELECT schema_name, table_name, list(column_name) FROM duckdb_columns() JOIN duckdb_tables() "
        "USING (schema_name, table_name) WHERE schema_name IN ('core', 'audit') GROUP BY ALL"
    ).fetchall()
    (step,) = connection.execute("SELECT max(report_no) + 1 FROM core.report").fetchone() or (0,)
    for schema, table, columns in sorted(tables):
        renamed = [name for name in _RENAMED if name in columns]
        if not renamed:
            continue
        changed = [f"{name} || '-' || copy AS {name}" for name in renamed]
        if "report_no" in columns:
            changed.append(f"(report_no + copy * {step})::INTEGER AS report_no")
        connection.execute(
            f"INSERT INTO {schema}.{table} BY NAME SELECT original.* REPLACE ({', '.join(changed)}) "
            f"FROM range(1, {copies + 1}) AS copies(copy), {schema}.{table} AS original"
        )


def with_views_as_written(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the views read the store again, as they do until a mart is made: those of a snapshot read the mart."""
    connection.execute("DELETE FROM audit.migration WHERE name LIKE 'views-%'")
    migrate(connection)


def beside_datasette(snapshot: Path, folder: Path, explorer: str) -> None:
    """Put the same cells and findings into an indexed SQLite file, and ask the explorer and Datasette by turns."""
    if (program := installed(folder / "datasette")) is None:
        print(f"{DATASETTE[0]} could not be installed: not compared")
        return
    database = folder / "gouji.db"
    columns = as_sqlite(snapshot, database)
    facets = "&".join(f"_facet={name}" for name in columns)
    ours = addresses(snapshot)
    ours["all findings"] = [f"{lang}/findings?sort={sort}" for lang in ("", "/en") for sort in _SORTS]
    theirs = {
        "all findings": [f"finding?_size=50&{facets}"] * len(ours["all findings"]),
        "sheet": [f"cell?_size=300&report_id={path.rpartition('/')[2]}" for path in ours["sheet"]],
        "findings": [
            f"finding?_size=50&{facets}&{path.partition('?')[2].partition('&')[0]}" for path in ours["findings"]
        ],
    }
    command = [program, "serve", str(database), "--setting", "facet_time_limit_ms", "20000"]
    with serving(command, "/-/versions.json") as (datasette, _):
        for name, paths in ours.items():
            pairs = list(zip(paths, theirs[name], strict=True))[:ROUNDS]
            taken = [
                (median_of([f"{explorer}{path}"]), median_of([f"{datasette}/gouji/{other}"])) for path, other in pairs
            ]
            mine, other = (statistics.median(each) for each in zip(*taken, strict=True))
            print(f"{name}: {mine * 1e3:.1f} ms, Datasette {other * 1e3:.1f} ms; ratio {mine / other:.2f}")


def as_sqlite(snapshot: Path, database: Path) -> tuple[str, ...]:
    """Write cells and findings as Datasette wants them; return the columns to count by."""
    columns = ("severity", "rule_id", "year", "level", "kind", "region_code")
    tables = {
        "cell": "SELECT report_id, table_code, row_code, column_code, raw, value::DOUBLE AS v, state FROM core.cell "
        f"WHERE report_id IN (SELECT report_id FROM ({_SHEETS}))",
        "finding": f"SELECT finding_id, organ, sentence_zh, {', '.join(columns)} FROM mart.finding",
    }
    with duckdb.connect(str(snapshot), read_only=True) as source, sqlite3.connect(database) as target:
        for table, sql in tables.items():
            found = source.execute(sql)
            names = [column[0] for column in found.description or ()]
            target.execute(f"CREATE TABLE {table} ({', '.join(names)})")
            target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", found.fetchall())
        target.execute("CREATE INDEX cell_report ON cell (report_id)")
        for name in columns:
            target.execute(f"CREATE INDEX finding_{name} ON finding ({name})")
    return columns


def installed(folder: Path) -> str | None:
    """Install Datasette into an environment of its own; ``None`` where that cannot be."""
    uv = str(Path(sys.executable).with_name("uv"))
    try:
        subprocess.run([uv, "venv", "--quiet", folder], check=True, timeout=60)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", folder, *DATASETTE], check=True, timeout=300)
    except (OSError, subprocess.SubprocessError):
        return None
    return str(folder / "bin" / "datasette")


def unchanged(address: str, rendered: float) -> None:
    """Measure the answer to who has the page already."""
    with urllib.request.urlopen(address) as answer:
        tag = answer.headers["etag"]

    def ask() -> None:
        request = urllib.request.Request(address, headers={"if-none-match": tag})
        try:
            urllib.request.urlopen(request).read()
        except urllib.error.HTTPError as error:
            if error.code != 304:
                raise

    taken = statistics.median(seconds_of(ask) for _ in range(ROUNDS))
    print(f"304: {taken * 1e3:.1f} ms; ratio to the page {taken / rendered:.2f}")


def crowd(addresses: Sequence[str], small: dict[str, float]) -> None:
    """Let eight visitors ask at once for pages that nobody has asked for yet."""
    taken: list[float] = []

    def visit(mine: Sequence[str]) -> None:
        taken.extend(seconds_of(lambda address=address: read(address)) for address in mine)

    visitors = [threading.Thread(target=visit, args=(addresses[number::8],)) for number in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    worst, alone = sorted(taken)[int(len(taken) * 0.95)], statistics.median(small.values())
    print(f"8 visitors, {len(taken)} pages: 95 % within {worst * 1e3:.0f} ms; ratio to one visitor {worst / alone:.1f}")


def median_of(addresses: Sequence[str]) -> float:
    """Return the median seconds of addresses, each asked for once: no page comes from a cache."""
    return statistics.median(seconds_of(lambda address=address: read(address)) for address in addresses)


def read(address: str) -> bytes:
    """Fetch an address."""
    with urllib.request.urlopen(address, timeout=120) as answer:
        return bytes(answer.read())


def seconds_of(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def addresses(snapshot: Path) -> dict[str, list[str]]:
    """Return twice as many different addresses of sheets and of findings as there are rounds."""
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        found = connection.execute(_SHEETS).fetchall()
    asked = [f"/findings?year={year}&sort={sort}&waived={yes}" for year in _YEARS for sort in _SORTS for yes in _WAIVED]
    return {"sheet": [f"/reports/{report}" for (report,) in found], "findings": asked[: 2 * ROUNDS]}


@contextmanager
def explored(home: Path) -> Iterator[tuple[str, float]]:
    """Serve a home's snapshot as a user does."""
    gouji = [sys.executable, "-c", "from flows.command_line import main; main()", "explore"]
    with serving(gouji, "/", {"GOUJI_HOME": str(home)}) as served:
        yield served


@contextmanager
def serving(command: list[str], first: str, environment: dict[str, str] | None = None) -> Iterator[tuple[str, float]]:
    """Run a server on a free port; give its address, and the seconds until it answered first."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    started = time.perf_counter()
    with subprocess.Popen(
        [*command, "--port", port], env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL
    ) as process:
        site = f"http://127.0.0.1:{port}"
        try:
            while True:
                try:
                    read(f"{site}{first}")
                    break
                except OSError:
                    if process.poll() is not None:
                        raise
                    time.sleep(0.05)
            yield site, time.perf_counter() - started
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
