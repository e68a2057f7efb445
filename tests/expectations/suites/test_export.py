"""The suites, taken elsewhere: plain Great Expectations runs what was exported."""

import json

import great_expectations as gx
import pytest

from expectations import RULES
from expectations.pages.rules import page
from expectations.suites.duckdb_source import open_source
from expectations.suites.export import export
from tests import REPOSITORY
from tests.expectations.books import DISPUTES, consistent, load
from warehouse.store import writer

PAGE = REPOSITORY / "docs" / "rules.md"


def test_the_page_of_the_documentation_is_that_of_the_declarations():
    assert PAGE.read_text(encoding="utf-8") == page(RULES.values()), "make it anew: make docs"


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suites")
    export(folder)
    return folder


def test_every_suite_is_exported_without_classes_of_ours(exported):
    suites = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in exported.glob("*.json")}
    assert suites.keys() == {
        *("form-2019", "form-2021", "statistics", "across-years", "prose", "aggregate", "warehouse")
    }
    expectations = [each for suite in suites.values() for each in suite["expectations"]]
    assert {each["type"] for each in expectations} == {"unexpected_rows_expectation"}
    assert RULES.keys() <= {each["meta"]["rule_id"] for each in expectations}


def test_plain_great_expectations_runs_an_exported_suite(exported, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with writer(path) as connection:
        load([consistent().changed("report", {(DISPUTES, "review", "total"): 99})], connection)
    content = json.loads((exported / "form-2019.json").read_text(encoding="utf-8"))
    content["expectations"] = [each for each in content["expectations"] if each["meta"]["rule_id"] in ("A1", "B1")]
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    with open_source(context, path) as source:
        asset = source.add_query_asset("cells", query=(exported / "batch.sql").read_text(encoding="utf-8"))
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        result = batch.validate(gx.ExpectationSuite(**content))
    assert {each.expectation_config.meta["rule_id"]: each.success for each in result.results} == {
        "A1": True,
        "B1": False,
    }
