"""Whatever is asked of the snapshot: it only reads, it stays within its limits, and its errors are one helpful line."""

import threading
import time

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import store
from warehouse.errors import QueryError, StoreError, StoreMissingError
from warehouse.snapshots.publish import publish
from warehouse.snapshots.query import Limits, answer, query, rows
from warehouse.snapshots.reader import reader
from warehouse.sql import identifier, literal

ORGANS = 3000


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("query")
    working, published = folder / "warehouse.duckdb", folder / "published" / "gouji.duckdb"
    with store.writer(working) as connection:
        connection.execute(
            f"INSERT INTO core.organ (organ_id, name) SELECT range, '云泽市' || range FROM range({ORGANS})"
        )
        publish(connection, working, published)
    return published


def test_no_snapshot_yet_says_what_to_run(tmp_path):
    with pytest.raises(StoreMissingError, match="gouji backfill"):
        query(tmp_path / "none.duckdb", "SELECT 1")


def test_a_file_that_is_no_snapshot_is_refused_in_one_line(tmp_path):
    (tmp_path / "gouji.duckdb").write_text("政府信息公开" * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match=r"not a valid DuckDB") as caught:
        query(tmp_path / "gouji.duckdb", "SELECT 1")
    assert "\n" not in str(caught.value)


HOSTILE = (
    "CREATE TABLE x (a INTEGER)",
    "CREATE TEMP TABLE x AS SELECT 1",
    "CREATE TABLE memory.main.x AS SELECT 1",
    "CREATE TYPE x AS ENUM ('a'); SELECT 1",
    "CREATE SECRET s (TYPE http)",
    "DELETE FROM core.organ",
    "UPDATE core.organ SET name = ''",
    "INSERT INTO core.organ (organ_id, name) VALUES ('a', 'b')",
    "MERGE INTO core.organ USING core.organ AS other ON organ.organ_id = other.organ_id WHEN MATCHED THEN DELETE",
    "DROP VIEW main.report",
    "COMMENT ON TABLE core.organ IS 'x'",
    "ATTACH 'other.duckdb' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH gouji",
    "USE memory",
    "COPY (SELECT 1) TO 'out.csv'",
    "COPY core.organ FROM '/etc/passwd'",
    "COPY FROM DATABASE gouji TO memory",
    "EXPORT DATABASE 'out'",
    "IMPORT DATABASE '/tmp'",
    "FROM read_csv('/etc/passwd')",
    "FROM read_text('/etc/passwd')",
    "FROM read_blob('/etc/passwd')",
    "FROM sniff_csv('/etc/passwd')",
    "FROM glob('/etc/*')",
    "FROM '/etc/passwd'",
    "FROM 'https://portal.example/x.parquet'",
    "SELECT (SELECT count(*) FROM read_parquet('x.parquet'))",
    "WITH x AS (SELECT * FROM (FROM glob('*'))) FROM x",
    "PIVOT (FROM glob('/etc/*')) ON file USING count(*)",
    "EXPLAIN ANALYZE DELETE FROM core.organ",
    "SELECT getenv('HOME')",
    "SELECT getvariable('x'); SELECT 2",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '/tmp/x.duckdb_extension'",
    "SET enable_external_access = true",
    "SET memory_limit = '100GB'",
    "RESET lock_configuration",
    "SET VARIABLE x = 1",
    "SET search_path = 'memory'",
    "PRAGMA enable_profiling",
    "PRAGMA memory_limit = '100GB'",
    "CALL enable_logging()",
    "FROM force_checkpoint()",
    "PREPARE x AS SELECT 1",
    "EXECUTE x",
    "CHECKPOINT",
    "VACUUM",
    "BEGIN",
    "",
    "-- nothing",
    "SELECT '",
    "SELECT 1; SELECT 2",
)


@pytest.fixture(scope="module")
def files(snapshot):
    """Nothing beside the snapshot is changed, made or removed by any of the tests."""

    def all_files():
        return {path: path.read_bytes() for path in snapshot.parent.rglob("*") if path.is_file()}

    before = all_files()
    yield
    assert all_files() == before


@pytest.mark.parametrize("sql", HOSTILE)
def test_a_query_can_neither_change_nor_reach_anything_and_is_refused_in_one_line(snapshot, files, sql):
    with pytest.raises(QueryError) as caught:
        query(snapshot, sql)
    assert "\n" not in str(caught.value)
    assert "Error:" not in str(caught.value)


HARMLESS = (
    "EXPLAIN ANALYZE FROM enable_logging()",
    "EXPLAIN ANALYZE CREATE TEMP TABLE x AS SELECT 1",
    "PRAGMA database_list",
    "FROM enable_logging('QueryLog', storage = 'file', storage_path = 'FOLDER/log')",
    "FROM enable_logging(storage = 'file', storage_path = 'FOLDER/log'), range(3)",
    "FROM enable_profiling(format = 'json', save_location = 'FOLDER/profile.json'), range(3)",
    "EXPLAIN ANALYZE FROM enable_profiling(format = 'json', save_location = 'FOLDER/profile.json')",
    "FROM query('SELECT 1')",
    "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "FROM checkpoint()",
    "FROM duckdb_secrets()",
    "SELECT write_log('x')",
)


@pytest.mark.parametrize("sql", HARMLESS)
def test_functions_that_would_write_reach_no_file(snapshot, files, sql):
    query(snapshot, sql.replace("FOLDER", str(snapshot.parent)))


@pytest.mark.parametrize("inner", ["DELETE FROM core.organ", "COPY (SELECT 1) TO 'x.csv'", "FROM glob('/etc/*')"])
def test_sql_inside_sql_can_do_no_more(snapshot, files, inner):
    with pytest.raises(QueryError):
        query(snapshot, f"FROM query({literal(inner)})")


@pytest.mark.parametrize(
    "sql",
    [
        "FROM organ LIMIT 1",
        "TABLE organ",
        "VALUES (1)",
        "SHOW TABLES",
        "DESCRIBE organ",
        "SUMMARIZE organ",
        "EXPLAIN SELECT 1",
        "PIVOT (FROM organ LIMIT 3) ON name USING count(*)",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 9) FROM n",
        "SELECT unnest(range(3)), generate_series FROM generate_series(2)",
        "SELECT comment FROM duckdb_columns()",
        "SELECT 'query' AS query; -- enable_logging",
    ],
)
def test_what_analysts_write_is_answered(snapshot, sql):
    assert query(snapshot, sql).num_rows > 0


@pytest.mark.parametrize("name", ["organ", "core.organ", "rule", "source", "organ_alias", "finding", "page", "run"])
def test_names_mean_what_they_mean_to_any_client(snapshot, name):
    def asked(ask):
        try:
            return [each.split(".")[-1] for each in ask(f"DESCRIBE {name}")]
        except (QueryError, duckdb.Error):
            return None

    with duckdb.connect(str(snapshot), read_only=True) as client:
        plainly = asked(lambda sql: [column for column, *_ in client.execute(sql).fetchall()])
    assert asked(lambda sql: query(snapshot, sql)["column_name"].to_pylist()) == plainly


def test_variables_of_the_program_are_out_of_reach(snapshot):
    secret = pd.DataFrame({"password": ["x"]})
    with pytest.raises(QueryError, match="secret does not exist"):
        query(snapshot, "FROM secret")
    assert len(secret) == 1


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT nam FROM organ", r'"nam" not found.*there are "name"'),
        ("SELECT organ.nam FROM organ", r'"nam"; did you mean "name"'),
        ("FROM organs", r'organs does not exist.*Did you mean "organ'),
        ("SELECT yearr(valid_from) FROM organ", r'yearr does not exist.*Did you mean "year"'),
        ("SELECT name FROM organ WHERE name + 1 > 2", r"\+\(VARCHAR, INTEGER"),
        ("SELECT name, count(*) FROM organ", "GROUP BY"),
        ("SELECT CAST(name AS INTEGER) FROM organ", "Could not convert string '云泽市0'"),
    ],
)
def test_errors_say_what_there_is_instead(snapshot, sql, says):
    with pytest.raises(QueryError, match=says) as caught:
        query(snapshot, sql)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c",
        "FROM organ a, organ b, organ c ORDER BY a.name, b.name, c.name",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "SELECT list(range) FROM range(3000000000)",
        "FROM organ a, organ b, organ c WHERE a.name = b.name || c.name",
    ],
)
def test_a_query_that_takes_too_much_is_stopped(snapshot, sql):
    with pytest.raises(QueryError, match=r"stopped after 0\.3 s|more than 100 MB of memory"):
        query(snapshot, sql, limits=Limits(seconds=0.3, megabytes=100))


def test_what_does_not_fit_into_memory_goes_to_the_folder_given_for_it_and_to_no_other_disk(snapshot, tmp_path):
    sorted_words = "SELECT hash(n)::VARCHAR AS word FROM range(1_500_000) AS row (n) ORDER BY word LIMIT 1_400_000"
    for temporary, fits in ((tmp_path / "temporary", True), (None, False)):
        with reader(snapshot, megabytes=40, temporary=temporary) as connection:
            if fits:
                assert connection.execute(f"SELECT count(*) FROM ({sorted_words})").fetchone() == (1_400_000,)
            else:
                with pytest.raises(duckdb.OutOfMemoryException):
                    connection.execute(f"SELECT count(*) FROM ({sorted_words})")


def test_rows_beyond_the_limit_are_never_computed(snapshot):
    with pytest.raises(QueryError, match="more than 50000 rows"):
        query(snapshot, "FROM organ a, organ b, organ c", limits=Limits(rows=50_000, megabytes=100))


def test_rows_are_computed_while_they_are_read(snapshot):
    with answer(snapshot, "SELECT range AS n FROM range(1000000000000)") as found:
        assert found.first(30_000)["n"].to_pylist() == list(range(30_000))


def test_a_reader_too_slow_is_told_so(snapshot):
    def dawdle():
        with answer(snapshot, "FROM range(1000000000000)", limits=Limits(seconds=0.2)) as found:
            for _ in found.batches:
                time.sleep(0.05)

    with pytest.raises(QueryError, match=r"stopped after 0\.2 s"):
        dawdle()


def test_many_readers_in_one_process_do_not_disturb_each_other(snapshot):
    counts = []

    def ask():
        with reader(snapshot) as connection:
            counts.append(connection.execute("SELECT count(*) FROM organ").fetchone())

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [(ORGANS,)] * 6


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40) | st.sampled_from(["'; DROP TABLE x; --", "\\'", "''", '"', "$1", "?"]))
def test_any_text_stays_text_in_sql(plain, text):
    if "\0" in text:
        return
    found = plain.execute(f"SELECT {literal(text)} AS {identifier('a' + text)}")
    assert found.fetchall() == [(text,)]


@pytest.fixture(scope="module")
def plain():
    with store.memory() as connection:
        yield connection


def test_names_of_parameters_bind(snapshot):
    assert rows(snapshot, "SELECT count(*) AS n FROM organ WHERE name = $name", {"name": "云泽市7"}) == [{"n": 1}]
