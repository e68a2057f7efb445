"""What stands in a page is data, whatever it says: it never becomes SQL on its way through the warehouse."""

import ast
from dataclasses import replace

import pytest

from expectations import validate
from samples.city import organs
from samples.reports import sample_reports
from samples.warehouse import FIRST_RUN, listed, sample_source, stage
from tests import REPOSITORY
from warehouse import store
from warehouse.forms import TableCode
from warehouse.loading.load import load_batch

HOSTILE = "云泽市'); DROP TABLE core.report; --\"$1?{year}局"


def test_names_and_titles_that_look_like_sql_are_stored_as_they_are(tmp_path):
    (sample,) = sample_reports(years=[2023], organs=[organs()[3]])
    total = (TableCode.APPLICATIONS, "received_new", "total")
    sample = replace(
        sample,
        organ=replace(sample.organ, name=HOSTILE),
        title=HOSTILE,
        publisher=HOSTILE,
        figures={**sample.figures, total: sample.figures[total] + 7},
    )
    source = sample_source()
    with store.memory() as connection:
        load_batch(connection, stage(source, listed(source, [sample]), HOSTILE, FIRST_RUN, tmp_path / "o'batch"))
        validate(connection, run_id=HOSTILE, validated_at=FIRST_RUN)
        stored = connection.execute("SELECT organ_name, title, publisher, run_id FROM core.report").fetchall()
        broken = connection.execute("SELECT DISTINCT organ, rule_id FROM finding WHERE rule_id = 'A3'").fetchall()
    assert stored == [(HOSTILE, HOSTILE, HOSTILE, HOSTILE)]
    assert broken == [("".join(HOSTILE.split()), "A3")]


@pytest.mark.parametrize("package", ["tasks", "flows"])
def test_where_strings_of_pages_are_handled_no_sql_is_put_together(package):
    words = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "FROM ", "MERGE ", "CREATE ", "COPY ", "ATTACH ")
    made = [
        f"{path.relative_to(REPOSITORY)}:{node.lineno}"
        for path in (REPOSITORY / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        and any(isinstance(part, ast.Constant) and str(part.value).lstrip().startswith(words) for part in node.values)
    ]
    assert made == []
