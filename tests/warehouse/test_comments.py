"""Everything in the warehouse says what it holds, in Chinese and English, and every client of a snapshot sees it."""

import pytest
import yaml

from warehouse import comments, store
from warehouse.comments import MissingCommentError, about_column, about_macro, about_schema, about_table
from warehouse.comments.writing import describe
from warehouse.mart import build

COMMENTED = {
    "duckdb_tables()": "schema_name || '.' || table_name",
    "duckdb_views()": "schema_name || '.' || view_name",
    "duckdb_columns()": "schema_name || '.' || table_name || '.' || column_name",
    "duckdb_functions()": "schema_name || '.' || function_name",
}


@pytest.fixture(scope="module")
def connection():
    with store.memory() as connection:
        build(connection)
        describe(connection)
        yield connection


def rows(connection, sql):
    return connection.execute(sql).fetchall()


@pytest.mark.parametrize("what", COMMENTED)
def test_everything_has_a_comment_in_both_languages(connection, what):
    found = rows(
        connection,
        f"SELECT {COMMENTED[what]}, comment FROM {what} WHERE NOT internal AND database_name = current_database()",
    )
    assert found
    lacking = [
        name
        for name, comment in found
        if comment is None
        or not any("\u4e00" <= letter <= "\u9fff" for letter in comment.partition(" | ")[0])
        or not comment.partition(" | ")[2].isascii()
    ]
    assert lacking == []


def test_every_schema_is_described(connection):
    for (schema,) in rows(connection, "SELECT DISTINCT schema_name FROM duckdb_tables()"):
        assert about_schema(schema).chinese


def test_nothing_is_described_that_is_not_there(connection):
    declared = yaml.safe_load(comments._FILE.read_text(encoding="utf-8"))
    tables = {name for (name,) in rows(connection, f"SELECT {COMMENTED['duckdb_tables()']} FROM duckdb_tables()")}
    tables |= {name for (name,) in rows(connection, f"SELECT {COMMENTED['duckdb_views()']} FROM duckdb_views()")}
    columns = {name for (name,) in rows(connection, "SELECT DISTINCT column_name FROM duckdb_columns()")}
    assert declared["tables"].keys() <= tables
    assert declared["columns"].keys() <= columns


@pytest.mark.parametrize(
    ("table", "column", "says"),
    [
        ("main.applications_wide", "received_new_natural_person", "一、本年新收政府信息公开申请数量·自然人（件）"),
        ("main.proactive_2021", "fees_amount", "行政事业性收费·本年收费金额（元）"),
        ("main.applications", "other", "其他（件）"),
        ("main.outcomes", "other", "（六）其他处理合计（件）"),
        ("core.cell", "value", "数值：计数（件、个），金额（元）"),
    ],
)
def test_labels_come_from_the_forms_and_units_are_told(table, column, says):
    assert about_column(table, column).chinese == says


def test_what_nobody_described_is_an_error():
    for asked in (
        lambda: about_table("main.nothing"),
        lambda: about_column("main.report", "nothing"),
        lambda: about_macro("main.nothing"),
    ):
        with pytest.raises(MissingCommentError, match="has no comment"):
            asked()


def test_describing_again_writes_nothing(connection):
    before = rows(connection, "FROM audit.migration")
    describe(connection)
    assert rows(connection, "FROM audit.migration") == before
